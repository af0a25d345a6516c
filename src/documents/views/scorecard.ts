import type { IncidentFacts } from "../../incident/facts.ts";

/** How the incident did against the configured targets, and which steps of the process can be proven. */
export interface Scorecard {
  readonly resolution: "excellent" | "good" | "minimum" | "missed" | null;
  /** Hotfixes after the first one that shipped. */
  readonly followUps: number;
  readonly steps: readonly Step[];
}

/** One step that the process asks for; templates name it. */
export interface Step {
  readonly step: "branch" | "review" | "checks" | "tag" | "release" | "landing";
  readonly isProven: boolean;
  /** null where it did not happen, or nobody saw when. */
  readonly at: string | null;
}

const MINUTE_MS = 60_000;

export function scorecardOf(facts: IncidentFacts): Scorecard {
  const { times } = facts;
  const shipped = facts.rounds.filter((round) => round.mergeCommit !== null && !round.isEmptyMerge);
  return {
    resolution: resolutionOf(facts),
    followUps: Math.max(0, shipped.length - 1),
    steps: [
      step("branch", times.branchCreated),
      step("checks", before(times.checksGreen, times.merged)),
      step("review", before(times.approved, times.merged)),
      step("tag", times.tagged),
      // Where nobody releases, the tag is the end of it.
      ...(times.released === null && times.tagged !== null ? [] : [step("release", times.released)]),
      step("landing", times.landed),
    ],
  };
}

function resolutionOf({ durations, obligations }: IncidentFacts): Scorecard["resolution"] {
  if (durations.total === null) return null;
  const minutes = durations.total / MINUTE_MS;
  const { excellent, good, minimum } = obligations.targets;
  // What takes exactly as long as the target has not beaten it.
  if (minutes < excellent) return "excellent";
  if (minutes < good) return "good";
  return minutes < minimum ? "minimum" : "missed";
}

function step(name: Step["step"], at: string | null): Step {
  return { step: name, isProven: at !== null, at };
}

/** An approval that came after the merge proves no review. */
function before(at: string | null, end: string | null): string | null {
  return at !== null && end !== null && Date.parse(at) <= Date.parse(end) ? at : null;
}
