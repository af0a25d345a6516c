import type { CommandName, CommandOf } from "./command.ts";
import { type AcceptedCommand, acceptedCommands } from "./replies.ts";
import type { IncidentState } from "./state.ts";

type Accepted<Name extends CommandName> = AcceptedCommand & { readonly command: CommandOf<Name> };

type Ending = Accepted<"abort" | "resolved">;

/** What the accepted commands of people come to. */
export interface Decisions {
  /** Who accepted an incident whose label did not count. */
  readonly start: AcceptedCommand | null;
  /** Nothing more is done (abort), or nothing but the documents (resolved). */
  readonly ended: Ending | null;
  readonly severity: Accepted<"severity"> | null;
  /** The last time somebody wanted a deleted status comment back. */
  readonly status: AcceptedCommand | null;
  /** By branch: whether it is a target, by what was said last. `landed` leaves it one. */
  readonly targets: ReadonlyMap<string, Accepted<"target" | "skip">>;
  /** By branch: landings that a person settled, each for its round and the earlier ones. */
  readonly landed: ReadonlyMap<string, Accepted<"landed">>;
  /** By round: the branch that the hotfix comes from instead of ours. */
  readonly adopted: ReadonlyMap<number, Accepted<"adopt"> & { readonly branch: string }>;
  /** The last round that somebody opened; 1: none was. */
  readonly rounds: number;
}

const RESUMES = new Set(["start", "again"]);

export function decisionsOf(state: IncidentState): Decisions {
  const commands = acceptedCommands(state);
  const all = <Name extends CommandName>(...names: readonly Name[]): readonly Accepted<Name>[] =>
    commands.filter((each): each is Accepted<Name> =>
      (names as readonly string[]).includes(each.command.name),
    );
  const turns = commands.filter(({ command }) => isEnding(command.name) || RESUMES.has(command.name));
  const last = turns.at(-1);
  const adopted = all("adopt").flatMap(({ branch, ...each }) =>
    branch === null ? [] : [{ ...each, branch }],
  );
  return {
    start: all("start")[0] ?? null,
    ended: all("abort", "resolved").find((each) => each === last) ?? null,
    severity: all("severity").at(-1) ?? null,
    status: all("status").at(-1) ?? null,
    targets: new Map(all("target", "skip").map((each) => [each.command.branch, each])),
    landed: new Map(all("landed").map((each) => [each.command.branch, each])),
    adopted: new Map(adopted.map((each) => [each.round, each])),
    rounds: Math.max(1, ...all("again").map((each) => each.round)),
  };
}

/** Every branch that somebody ever adopted: what it holds belongs to the incident, and is theirs. */
export function adoptedBranches(state: IncidentState): readonly string[] {
  return [...new Set([...decisionsOf(state).adopted.values()].map((each) => each.branch))];
}

function isEnding(name: string): boolean {
  return name === "abort" || name === "resolved";
}
