import type { Instant } from "../state/instant.ts";

/** Each is null until observed. `recovered` and `deployed` are never guessed. */
export interface IncidentTimes {
  /** What a person said last, else the form ("since when") where it can be read as a time. */
  readonly impactStarted: Instant | null;
  /** When somebody or something noticed it, as a person said. */
  readonly detected: Instant | null;
  /** The label that counts. */
  readonly declared: Instant;
  /** First act of a person on the incident after the declaration. */
  readonly acknowledged: Instant | null;
  readonly branchCreated: Instant | null;
  readonly firstFixPushed: Instant | null;
  readonly checksGreen: Instant | null;
  readonly approved: Instant | null;
  readonly merged: Instant | null;
  readonly tagged: Instant | null;
  readonly released: Instant | null;
  /** First success of a deployment of what shipped last to the production environment. */
  readonly deployed: Instant | null;
  /** When customers were served again, as a person said. May be later than `verified`: somebody saw it work before it worked for all. */
  readonly recovered: Instant | null;
  /** When somebody saw that it works again, as a person said. */
  readonly verified: Instant | null;
  /** When the last target was merged. */
  readonly landed: Instant | null;
  readonly closed: Instant | null;
}

/** Milliseconds; null where an end is missing. */
export interface IncidentDurations {
  /** impact started -> detected, or declared where nobody said when it was detected */
  readonly toDetect: number | null;
  /** declared -> acknowledged */
  readonly toAcknowledge: number | null;
  /** declared -> first fix pushed */
  readonly toFix: number | null;
  /** first fix pushed -> merged */
  readonly toReview: number | null;
  /** merged -> released */
  readonly toRelease: number | null;
  /** released (or tagged) -> deployed */
  readonly toDeploy: number | null;
  /** impact started (or declared where that is not known) -> recovered (or verified where only that is known) */
  readonly toRecover: number | null;
  /** merged -> landed */
  readonly toLand: number | null;
  /** declared -> released: "time to release" while recovery is not verified */
  readonly total: number | null;
}

export type StatedTime = "impactStarted" | "detected" | "recovered" | "verified";
