import type { IncidentFacts } from "../../incident/facts.ts";
import { recoveredAt, shippedAt } from "../../incident/times.ts";

/** How the incident did against the configured targets, and which steps of the process can be proven. */
export interface Scorecard {
  readonly resolution: "excellent" | "good" | "minimum" | "missed" | null;
  /** Hotfixes after the first one that shipped. */
  readonly followUps: number;
  readonly steps: readonly Step[];
  readonly documentation: Documentation;
  /** Items that keep it from coming again; `done` of them are. */
  readonly prevention: { readonly done: number; readonly count: number };
  /** null: no update was due before the fix was out. */
  readonly communication: { readonly met: number; readonly due: number } | null;
}

/** What only people can say, and which of it is missing. */
export interface Documentation {
  readonly given: number;
  readonly wanted: number;
  readonly missing: readonly ("impact" | "users" | "cause" | "recovery" | "action")[];
}

/** One step that the process asks for; templates name it. */
export interface Step {
  readonly step: "branch" | "review" | "checks" | "tag" | "release" | "deployment" | "recovery" | "landing";
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
      ...(isUnshipped(facts) ? [] : shippingSteps(facts)),
      step("recovery", times.verified),
      ...(isUnshipped(facts) ? [] : [step("landing", times.landed)]),
    ],
    documentation: documentationOf(facts),
    prevention: preventionOf(facts),
    communication: facts.obligations.updates.onTime,
  };
}

/** A person ended it before anything was merged: then nobody asks for what a release needs. */
export function isUnshipped({ ended, times }: IncidentFacts): boolean {
  return ended !== null && times.merged === null && shippedAt(times) === null;
}

function shippingSteps({ times, deployments }: IncidentFacts): readonly Step[] {
  return [
    step("checks", before(times.checksGreen, times.merged)),
    step("review", before(times.approved, times.merged)),
    step("tag", times.tagged),
    // Where nobody releases, the tag is the end of it.
    ...(times.released === null && times.tagged !== null ? [] : [step("release", times.released)]),
    // Only where deployments are observed at all.
    ...(deployments.length === 0 ? [] : [step("deployment", times.deployed)]),
  ];
}

function documentationOf(facts: IncidentFacts): Documentation {
  const known = {
    impact: facts.times.impactStarted !== null,
    users: facts.usersAffected !== null || facts.shares.some(({ statedBy }) => statedBy !== null),
    cause: facts.cause !== null,
    recovery: recoveredAt(facts.times) !== null,
    action: facts.actions.length > 0,
  };
  const names = Object.keys(known) as readonly (keyof typeof known)[];
  const missing = names.filter((name) => !known[name]);
  return { given: names.length - missing.length, wanted: names.length, missing };
}

function preventionOf({ actions }: IncidentFacts): Scorecard["prevention"] {
  const wanted = actions.filter(({ type, state }) => type === "prevent" && state !== "not-doing");
  return { done: wanted.filter(({ state }) => state === "done").length, count: wanted.length };
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
