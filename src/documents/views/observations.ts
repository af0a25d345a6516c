import type { IncidentFacts, MedianFacts } from "../../incident/facts.ts";
import { between } from "../../incident/times.ts";
import { code, join, type SafeMarkdown } from "../markdown.ts";
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
  const remarks = [
    ...aboutSpeed(facts),
    ...aboutChecks(facts),
    ...aboutReview(facts),
    ...aboutRounds(facts),
    ...aboutLanding(facts),
    ...aboutMedians(facts),
    ...aboutUpdates(facts),
    ...aboutExceptions(facts),
  ];
  const well = remarks.filter(({ isGood }) => isGood).map((each) => each.observation);
  const notWell = remarks.filter(({ isGood }) => !isGood).map((each) => each.observation);
  const told = capped(notWell, MOST_OBSERVATIONS);
  return {
    well,
    notWell: told.more === 0 ? notWell : [...told.shown, observation("more", { count: told.more })],
  };
}

interface Remark {
  readonly isGood: boolean;
  readonly observation: Observation;
}

function good(kind: Observation["kind"], fields?: Parameters<typeof observation>[1]): Remark {
  return { isGood: true, observation: observation(kind, fields) };
}

function bad(kind: Observation["kind"], fields?: Parameters<typeof observation>[1]): Remark {
  return { isGood: false, observation: observation(kind, fields) };
}

function aboutSpeed({ times, sla }: IncidentFacts): readonly Remark[] {
  const ready =
    times.branchCreated === null ? null : { milliseconds: distance(times.declared, times.branchCreated) };
  const slack =
    sla.met === null || times.released === null
      ? null
      : { milliseconds: distance(sla.deadline, times.released) };
  return [
    ...(ready === null ? [] : [good("branch-ready", ready)]),
    ...(slack === null ? [] : [sla.met === true ? good("sla-met", slack) : bad("sla-missed", slack)]),
  ];
}

function aboutChecks(facts: IncidentFacts): readonly Remark[] {
  const redChecks = redChecksOf(facts);
  const failed = redChecks.flatMap(({ entries }) => entries);
  const first = failed.slice(0, MOST_FAILED).map((entry) => phrase(facts, entry.text));
  const red = redTime(redChecks);
  return [
    ...(failed.length === 0 ? [] : [bad("checks-failed", { count: failed.length, what: join(first, "; ") })]),
    ...(red === null ? [] : [bad("checks-red", { milliseconds: red })]),
  ];
}

function aboutReview(facts: IncidentFacts): readonly Remark[] {
  const { times } = facts;
  const review = between(times.checksGreen, times.approved);
  const merge = between(times.approved, times.merged);
  return [
    ...(review === null
      ? []
      : [(isLong(facts, review) ? bad : good)("review-wait", { milliseconds: review })]),
    ...(merge !== null && isLong(facts, merge) ? [bad("merge-wait", { milliseconds: merge })] : []),
    ...(times.merged !== null && merge === null ? [bad("merged-unapproved")] : []),
  ];
}

function aboutRounds(facts: IncidentFacts): readonly Remark[] {
  // Only the last commit's checks are known for certain: with several pushes an earlier one may have been red.
  const pushes = facts.timeline.filter(({ kind }) => kind === "pushed" || kind === "force-pushed").length;
  const isGreenAtOnce =
    pushes === 1 &&
    facts.times.checksGreen !== null &&
    redChecksOf(facts).every(({ entries }) => entries.length === 0);
  const shipped = facts.rounds.filter((round) => round.mergeCommit !== null && !round.isEmptyMerge);
  const tags = shipped.flatMap((round) => (round.tag === null ? [] : [code(round.tag)]));
  const empty = facts.rounds.filter((round) => round.isEmptyMerge).length;
  return [
    ...(isGreenAtOnce ? [good("first-time-green")] : []),
    ...(shipped.length === 1 ? [good("one-round")] : []),
    ...(shipped.length > 1 ? [bad("several-rounds", { count: shipped.length, what: join(tags, ", ") })] : []),
    ...(empty > 0 ? [bad("empty-merge", { count: empty })] : []),
  ];
}

function aboutLanding(facts: IncidentFacts): readonly Remark[] {
  const { toLand } = facts.durations;
  const isSoon = toLand !== null && toLand <= facts.sla.minutes * 60_000;
  return [
    ...conflictsOf(facts),
    ...(toLand === null
      ? []
      : [(isSoon ? good : bad)(isSoon ? "landed-soon" : "owed", { milliseconds: toLand })]),
  ];
}

function aboutMedians(facts: IncidentFacts): readonly Remark[] {
  return comparisonsOf(facts).flatMap(({ name, milliseconds, median, count }) => {
    const fields = { name, milliseconds, median, count };
    if (milliseconds < median * (1 - NOTABLE)) return [good("faster", fields)];
    return milliseconds > median * (1 + NOTABLE) ? [bad("slower", fields)] : [];
  });
}

function aboutUpdates({ obligations }: IncidentFacts): readonly Remark[] {
  const { onTime } = obligations.updates;
  if (onTime === null || onTime.due === 0) return [];
  return onTime.met === onTime.due
    ? [good("updates-on-time", { count: onTime.due })]
    : [bad("updates-late", { count: onTime.due - onTime.met })];
}

function aboutExceptions(facts: IncidentFacts): readonly Remark[] {
  return [
    ...facts.decisions
      .filter(({ command }) => command === "override")
      .map(({ text, because }) =>
        bad("override", {
          what: join([phrase(facts, text), ...(because === null ? [] : [reason(because)])], ": "),
        }),
      ),
    ...facts.excludedReleases.map(({ name }) => bad("excluded-release", { what: code(name) })),
    ...facts.noticed
      .slice(0, MOST_NOTICED)
      .map((text) => bad("noticed", { what: phrase(facts, text.replace(/\.$/u, "")) })),
  ];
}

/** Each once, however many rounds met it: `count` says how many, and is 0 where it was one. */
function conflictsOf(facts: IncidentFacts): readonly Remark[] {
  const times = new Map<string, number>();
  for (const { kind, text } of facts.timeline) {
    if (kind === "conflict") times.set(text, (times.get(text) ?? 0) + 1);
  }
  return [...times].map(([text, count]) =>
    bad("conflict", { what: phrase(facts, text), count: count > 1 ? count : 0 }),
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
