import type { IncidentFacts, MedianFacts } from "../../incident/facts.ts";
import { between } from "../../incident/times.ts";
import type { SafeMarkdown } from "../markdown.ts";
import { code, join } from "../markdown.ts";
import { capped, phrase, reason } from "./incident-view.ts";
import { redChecksOf, redTime } from "./red-checks.ts";
import { comparisonsOf } from "./team-median.ts";

/** Something that can be said of how the incident went, computed; templates word it. All fields are there, unused ones empty. */
export interface Observation {
  readonly kind:
    | "sla-met"
    | "sla-missed"
    | "branch-ready"
    | "first-time-green"
    | "checks-failed"
    | "checks-red"
    | "merged-unapproved"
    | "review-wait"
    | "one-round"
    | "several-rounds"
    | "empty-merge"
    | "conflict"
    | "landed-soon"
    | "owed"
    | "excluded-release"
    | "merge-wait"
    | "faster"
    | "slower"
    | "override"
    | "updates-on-time"
    | "updates-late"
    | "noticed"
    /** What is left out here. */
    | "more";
  readonly milliseconds: number;
  readonly count: number;
  readonly what: SafeMarkdown;
  /** Which duration is compared, and the team's own median of it; empty otherwise. */
  readonly name: MedianFacts["name"] | "";
  readonly median: number;
}

export interface Observations {
  readonly well: readonly Observation[];
  readonly notWell: readonly Observation[];
}

const MOST_NOTICED = 50;
const MOST_FAILED = 5;
const MOST_OBSERVATIONS = 100;
/** What differs from the median by less is as usual. */
const NOTABLE = 0.1;

/** Only what was observed: what nobody could see is neither praised nor blamed. */
export function observationsOf(facts: IncidentFacts): Observations {
  const well: Observation[] = [];
  const notWell: Observation[] = [];
  const { times, durations, sla } = facts;
  const redChecks = redChecksOf(facts);
  const failed = redChecks.flatMap(({ entries }) => entries);
  // Only the last commit's checks are known for certain: with several pushes an earlier one may have been red.
  const pushes = facts.timeline.filter(
    (entry) => entry.kind === "pushed" || entry.kind === "force-pushed",
  ).length;
  const shipped = facts.rounds.filter((round) => round.mergeCommit !== null && !round.isEmptyMerge);
  const empty = facts.rounds.filter((round) => round.isEmptyMerge).length;

  if (times.branchCreated !== null) {
    well.push(observation("branch-ready", { milliseconds: distance(times.declared, times.branchCreated) }));
  }
  if (sla.met !== null && times.released !== null) {
    const milliseconds = distance(sla.deadline, times.released);
    if (sla.met) well.push(observation("sla-met", { milliseconds }));
    else notWell.push(observation("sla-missed", { milliseconds }));
  }
  if (failed.length > 0) {
    const first = failed.slice(0, MOST_FAILED).map((entry) => phrase(facts, entry.text));
    notWell.push(observation("checks-failed", { count: failed.length, what: join(first, "; ") }));
  }
  const red = redTime(redChecks);
  if (red !== null) notWell.push(observation("checks-red", { milliseconds: red }));
  const reviewWait = between(times.checksGreen, times.approved);
  if (reviewWait !== null) {
    (isLong(facts, reviewWait) ? notWell : well).push(
      observation("review-wait", { milliseconds: reviewWait }),
    );
  }
  const mergeWait = between(times.approved, times.merged);
  if (mergeWait !== null && isLong(facts, mergeWait)) {
    notWell.push(observation("merge-wait", { milliseconds: mergeWait }));
  }
  if (times.merged !== null && between(times.approved, times.merged) === null) {
    notWell.push(observation("merged-unapproved"));
  }
  if (failed.length === 0 && times.checksGreen !== null && pushes === 1)
    well.push(observation("first-time-green"));
  if (shipped.length === 1) well.push(observation("one-round"));
  if (shipped.length > 1) {
    const tags = shipped.flatMap((round) => (round.tag === null ? [] : [code(round.tag)]));
    notWell.push(observation("several-rounds", { count: shipped.length, what: join(tags, ", ") }));
  }
  if (empty > 0) notWell.push(observation("empty-merge", { count: empty }));
  notWell.push(...conflictsOf(facts));
  if (durations.toLand !== null) {
    const isSoon = durations.toLand <= sla.minutes * 60_000;
    if (isSoon) well.push(observation("landed-soon", { milliseconds: durations.toLand }));
    else notWell.push(observation("owed", { milliseconds: durations.toLand }));
  }
  for (const { name, milliseconds, median, count } of comparisonsOf(facts)) {
    const fields = { name, milliseconds, median, count };
    if (milliseconds < median * (1 - NOTABLE)) well.push(observation("faster", fields));
    if (milliseconds > median * (1 + NOTABLE)) notWell.push(observation("slower", fields));
  }
  const { onTime } = facts.obligations.updates;
  if (onTime !== null && onTime.due > 0) {
    if (onTime.met === onTime.due) well.push(observation("updates-on-time", { count: onTime.due }));
    else notWell.push(observation("updates-late", { count: onTime.due - onTime.met }));
  }
  notWell.push(
    ...facts.decisions
      .filter(({ command }) => command === "override")
      .map(({ text, because }) =>
        observation("override", {
          what: join([phrase(facts, text), ...(because === null ? [] : [reason(because)])], ": "),
        }),
      ),
    ...facts.excludedReleases.map(({ name }) => observation("excluded-release", { what: code(name) })),
    ...facts.noticed
      .slice(0, MOST_NOTICED)
      .map((text) => observation("noticed", { what: phrase(facts, text.replace(/\.$/u, "")) })),
  );
  const told = capped(notWell, MOST_OBSERVATIONS);
  return {
    well,
    notWell: told.more === 0 ? notWell : [...told.shown, observation("more", { count: told.more })],
  };
}

/** Each once, however many rounds met it: `count` says how many, and is 0 where it was one. */
function conflictsOf(facts: IncidentFacts): readonly Observation[] {
  const times = new Map<string, number>();
  for (const { kind, text } of facts.timeline) {
    if (kind === "conflict") times.set(text, (times.get(text) ?? 0) + 1);
  }
  return [...times].map(([text, count]) =>
    observation("conflict", { what: phrase(facts, text), count: count > 1 ? count : 0 }),
  );
}

/** A wait that took more than this part of the whole time that the SLA gives. */
const LONG = 0.25;

function isLong({ sla }: IncidentFacts, milliseconds: number): boolean {
  return milliseconds > sla.minutes * 60_000 * LONG;
}

function observation(
  kind: Observation["kind"],
  fields: Partial<Omit<Observation, "kind">> = {},
): Observation {
  return { kind, milliseconds: 0, count: 0, what: join([], ""), name: "", median: 0, ...fields };
}

function distance(from: string, to: string): number {
  return Math.abs(Date.parse(to) - Date.parse(from));
}
