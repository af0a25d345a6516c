import type { Config } from "../config/schema.ts";
import { ourComments } from "./comment-marker.ts";
import { declarationOf, isIncidentLabel } from "./declaration.ts";
import { parseForm } from "./form.ts";
import { severityOf } from "./severity.ts";
import type { IncidentState } from "./state.ts";
import type { Actor } from "./state/actor.ts";
import type { Instant } from "./state/instant.ts";
import type { CommentFacts } from "./state/issue-facts.ts";
import type { NeighbourFacts } from "./state/neighbours-facts.ts";

/** Kind of the one comment that lists what is held back. */
export const DIGEST = "digest";

/** Declarations that are further apart belong to different storms. */
const GAP_MS = 5 * 60_000;

/** More incidents than `trigger.atOnce`, declared by one person or app at once: labels put on by a script. */
export interface Storm {
  /** Who declared them. */
  readonly actor: Actor;
  /** How many of them are opened; the others wait until somebody asks for them. */
  readonly opened: number;
  /** Whether the incident that is looked at is one of those that wait. */
  readonly isHeld: boolean;
  /** The incident that was declared first: the digest stands there. */
  readonly teller: number;
  /** What waits, in the order in which it would go first, the incident that is looked at included where it waits. */
  readonly held: readonly Member[];
  /** Incidents of the repository that were not read. */
  readonly unread: number;
}

export interface Member {
  readonly number: number;
  readonly severity: string;
}

interface Declared extends Member {
  readonly actor: Actor;
  readonly at: Instant;
  /** Position among the severities, 0 the highest; then whether somebody chose it or it is taken for want of one. */
  readonly rank: readonly [severity: number, unstated: number];
  /** Open, and nothing of it was begun. */
  readonly isWaiting: boolean;
}

/** null: there is none, as far as the neighbours were read. The same for every incident of a storm. */
export function stormOf(state: IncidentState, config: Config): Storm | null {
  const own = ownDeclaration(state, config);
  if (own === null || state.neighbours === undefined) return null;
  const all = [own, ...state.neighbours.incidents.flatMap((each) => declaredBy(each, config))];
  const members = chainOf(
    own,
    all.filter(({ actor }) => actor.login === own.actor.login && actor.kind === own.actor.kind),
  );
  const opened = config.trigger.atOnce;
  if (members.length <= opened) return null;
  const beyond = members.toSorted(inTurn).slice(opened);
  return {
    actor: own.actor,
    opened,
    isHeld: beyond.includes(own),
    teller: members[0]!.number,
    held: beyond.filter(({ isWaiting }) => isWaiting).map(({ number, severity }) => ({ number, severity })),
    unread: state.neighbours.unread,
  };
}

/** Whether the incident waits for somebody who asks for it, because too many were declared at once. Asks nothing of what it has begun. */
export function isHeldBack(state: IncidentState, config: Config): boolean {
  return stormOf(state, config)?.isHeld ?? false;
}

/** The digest that stands on this issue. */
export function digestOf(state: IncidentState): CommentFacts | null {
  return ourComments(state).find(({ marker }) => marker.kind === DIGEST)?.comment ?? null;
}

/** By the same reading as every neighbour's, so that all of them see the same order. */
function ownDeclaration(state: IncidentState, config: Config): Declared | null {
  const declaration = declarationOf(state, config);
  if (declaration === null) return null;
  return {
    number: state.issue.number,
    actor: declaration.actor,
    at: declaration.at,
    isWaiting: state.issue.state === "open",
    ...gradeOf(state.issue, config),
  };
}

function declaredBy(neighbour: NeighbourFacts, config: Config): readonly Declared[] {
  const labellings = neighbour.labellings.filter(({ label }) => isIncidentLabel(label, config));
  const first = labellings.slice(labellings.findLastIndex(({ kind }) => kind === "unlabeled") + 1)[0];
  if (first === undefined) return [];
  const { number, isOpen, hasBegun } = neighbour;
  return [
    {
      number,
      actor: first.actor,
      at: first.at,
      isWaiting: isOpen && !hasBegun,
      ...gradeOf(neighbour, config),
    },
  ];
}

function gradeOf(
  { labels, body }: { readonly labels: readonly string[]; readonly body: string },
  config: Config,
): Pick<Declared, "severity" | "rank"> {
  // Without a usable word the highest is taken; many of those must not hide the one for which somebody said so.
  const { severity, problems } = severityOf(config, labels, parseForm(body).severity ?? "");
  const isStated = problems.length === 0;
  return { severity, rank: [Object.keys(config.severities).indexOf(severity), isStated ? 0 : 1] };
}

/** Those that are bound to it by declarations with no long gap between them, the first one first. */
function chainOf(own: Declared, declared: readonly Declared[]): readonly Declared[] {
  const ordered = declared.toSorted(
    (one, other) => Date.parse(one.at) - Date.parse(other.at) || one.number - other.number,
  );
  const isAfterGap = (index: number): boolean =>
    Date.parse(ordered[index]!.at) - Date.parse(ordered[index - 1]!.at) > GAP_MS;
  let first = ordered.indexOf(own);
  let last = first;
  while (first > 0 && !isAfterGap(first)) first -= 1;
  while (last + 1 < ordered.length && !isAfterGap(last + 1)) last += 1;
  return ordered.slice(first, last + 1);
}

function inTurn(one: Declared, other: Declared): number {
  return (
    one.rank[0] - other.rank[0] ||
    one.rank[1] - other.rank[1] ||
    Date.parse(one.at) - Date.parse(other.at) ||
    one.number - other.number
  );
}
