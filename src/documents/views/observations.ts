import type { IncidentFacts } from "../../incident/facts.ts";
import { between } from "../../incident/times.ts";
import type { SafeMarkdown } from "../markdown.ts";
import { code, join } from "../markdown.ts";
import { phrase } from "./incident-view.ts";

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
    | "noticed";
  readonly milliseconds: number;
  readonly count: number;
  readonly what: SafeMarkdown;
}

export interface Observations {
  readonly well: readonly Observation[];
  readonly notWell: readonly Observation[];
}

const MOST_NOTICED = 50;
const MOST_FAILED = 5;

/** Only what was observed: what nobody could see is neither praised nor blamed. */
export function observationsOf(facts: IncidentFacts): Observations {
  const well: Observation[] = [];
  const notWell: Observation[] = [];
  const { times, durations, sla } = facts;
  const failed = facts.timeline.filter((entry) => entry.kind === "check-failed");
  // Only the last commit's checks are known for certain: with several pushes an earlier one may have been red.
  const pushes = facts.timeline.filter(
    (entry) => entry.kind === "pushed" || entry.kind === "force-pushed",
  ).length;
  const conflicts = facts.timeline.filter((entry) => entry.kind === "conflict");
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
  const red = redTime(facts);
  if (red !== null) notWell.push(observation("checks-red", { milliseconds: red }));
  const reviewWait = between(times.checksGreen, times.approved);
  if (reviewWait !== null) well.push(observation("review-wait", { milliseconds: reviewWait }));
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
  notWell.push(...conflicts.map((entry) => observation("conflict", { what: phrase(facts, entry.text) })));
  if (durations.toLand !== null) {
    const isSoon = durations.toLand <= sla.minutes * 60_000;
    if (isSoon) well.push(observation("landed-soon", { milliseconds: durations.toLand }));
    else notWell.push(observation("owed", { milliseconds: durations.toLand }));
  }
  notWell.push(
    ...facts.excludedReleases.map(({ name }) => observation("excluded-release", { what: code(name) })),
    ...facts.noticed
      .slice(0, MOST_NOTICED)
      .map((text) => observation("noticed", { what: phrase(facts, text.replace(/\.$/u, "")) })),
  );
  return { well, notWell };
}

/** From the first red check to the green one; null where either was not seen. */
function redTime({ timeline, times }: IncidentFacts): number | null {
  return between(timeline.find((entry) => entry.kind === "check-failed")?.at ?? null, times.checksGreen);
}

function observation(
  kind: Observation["kind"],
  fields: Partial<Omit<Observation, "kind">> = {},
): Observation {
  return { kind, milliseconds: 0, count: 0, what: join([], ""), ...fields };
}

function distance(from: string, to: string): number {
  return Math.abs(Date.parse(to) - Date.parse(from));
}
