import type { IncidentFacts } from "../../incident/facts.ts";
import type { RoundFacts } from "../../incident/facts/round-facts.ts";
import { code, inline, join, type SafeMarkdown } from "../markdown.ts";
import { formatInZone } from "../format-in-zone.ts";

/** Something that went well and might as well not have: computed from what was observed, never guessed. Templates word the kind. */
export interface Luck {
  readonly kind: "deadline-close" | "checks-running" | "untested" | "unconfirmed-revert" | "working-hours";
  readonly milliseconds: number;
  /** `15:31` on the clocks of `zone`; empty where there is no time to tell. */
  readonly hour: string;
  readonly zone: string;
  readonly what: SafeMarkdown;
}

/** Within this part of the time that the SLA gives, a deadline was nearly missed. */
const CLOSE = 0.1;
const WORK_BEGINS = 9;
const WORK_ENDS = 17;
const MOST_NAMES = 5;

export function luckOf(facts: IncidentFacts): readonly Luck[] {
  const shipped = facts.rounds.filter((round) => round.mergeCommit !== null && !round.isEmptyMerge);
  return [
    ...closeDeadline(facts),
    ...shipped.flatMap((round) => runningChecks(round)),
    ...(shipped.length === 1 ? untested(shipped[0]!) : []),
    ...shipped.flatMap((round) => unconfirmedRevert(facts, round)),
    ...workingHours(facts),
  ];
}

function closeDeadline({ sla, times }: IncidentFacts): readonly Luck[] {
  const shipped = times.released ?? times.tagged;
  if (sla.met !== true || shipped === null) return [];
  const milliseconds = Date.parse(sla.deadline) - Date.parse(shipped);
  return milliseconds < sla.minutes * 60_000 * CLOSE ? [luck("deadline-close", { milliseconds })] : [];
}

/** Checks that had begun and not ended when it was merged, and were green in the end. */
function runningChecks({ pullRequest }: RoundFacts): readonly Luck[] {
  const mergedAt = pullRequest?.mergedAt ?? null;
  if (pullRequest === null || mergedAt === null) return [];
  const running = pullRequest.checkRuns.filter(
    ({ startedAt, completedAt, conclusion }) =>
      conclusion === "success" &&
      startedAt !== null &&
      completedAt !== null &&
      Date.parse(startedAt) < Date.parse(mergedAt) &&
      Date.parse(completedAt) > Date.parse(mergedAt),
  );
  const names = [...new Set(running.map(({ name }) => name))].slice(0, MOST_NAMES);
  return names.length === 0 ? [] : [luck("checks-running", { what: join(names.map(code), ", ") })];
}

/** Our own check of the tests had something to say about what was merged, and it worked at once all the same. */
function untested({ pullRequest }: RoundFacts): readonly Luck[] {
  const run = pullRequest?.checkRuns
    .filter(({ isOurs, name }) => isOurs && /^hotfix\/tests(?: \(advice\))?$/u.test(name))
    .toSorted((one, other) => one.id - other.id)
    .at(-1);
  return run?.status === "completed" &&
    ["failure", "neutral", "action_required"].includes(run.conclusion ?? "")
    ? [luck("untested", { what: join([code(run.name), inline(run.title ?? "")], ": ") })]
    : [];
}

/** The hotfix took a suspect back, and nobody confirmed that it was the cause. */
function unconfirmedRevert(facts: IncidentFacts, { commits }: RoundFacts): readonly Luck[] {
  if (facts.cause !== null) return [];
  const reverted = commits.flatMap(({ message }) =>
    Array.from(message.matchAll(/\bThis reverts commit ([0-9a-f]{7,40})\b/gu), ([, sha = ""]) => sha),
  );
  const suspects = facts.suspects.filter(({ sha }) => reverted.some((each) => sha.startsWith(each)));
  return suspects.length === 0
    ? []
    : [
        luck("unconfirmed-revert", {
          what: join(
            suspects.map(({ sha }) => code(sha.slice(0, 7))),
            ", ",
          ),
        }),
      ];
}

/** Only where it is known what the team's clocks said. */
function workingHours({ times, timezone }: IncidentFacts): readonly Luck[] {
  const local = timezone === null ? null : formatInZone(times.declared, timezone);
  if (local === null || timezone === null) return [];
  const weekday = new Date(`${local.slice(0, 10)}T12:00:00Z`).getUTCDay();
  const hour = Number(local.slice(11, 13));
  const isWorkTime = weekday >= 1 && weekday <= 5 && hour >= WORK_BEGINS && hour < WORK_ENDS;
  return isWorkTime ? [luck("working-hours", { hour: local.slice(11, 16), zone: timezone })] : [];
}

function luck(kind: Luck["kind"], fields: Partial<Omit<Luck, "kind">> = {}): Luck {
  return { kind, milliseconds: 0, hour: "", zone: "", what: join([], ""), ...fields };
}
