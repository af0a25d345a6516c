import type { Instant } from "../state/instant.ts";
import type { StatementFacts } from "./statement-facts.ts";

/** Money. No figure in here is rounded, and none is made of one that was. */
export interface ImpactFacts {
  readonly revenuePerHour: number;
  readonly currency: string;
  /** revenuePerHour / 60. */
  readonly perMinute: number;
  /** How the figure was given; the other one is computed. */
  readonly statedPer: "hour" | "minute";
  readonly source: "command" | "issue" | "service" | "configuration";
  /** Of source `command`. */
  readonly statedBy: StatementFacts | null;
  /** The incident's `impactWindow`. */
  readonly window: ImpactWindow | null;
  /** Sum of the pieces; null without a window. */
  readonly loss: number | null;
  /** null where nothing that is known is uncertain. */
  readonly range: LossRange | null;
  /** How `loss` is made up, oldest first: rate x share x time of each. */
  readonly pieces: readonly (ShareFacts & { readonly loss: number })[];
}

export interface ImpactWindow {
  readonly from: Instant;
  readonly to: Instant;
  readonly milliseconds: number;
  /** Nobody said when the impact started: it may have been earlier. */
  readonly fromIsDeclaration: boolean;
  /**
   * `recovery`: the time given as recovered, or as verified where only that was given. `release`: neither was, so recovery is unverified and the
   * release stands for it.
   */
  readonly toIs: "recovery" | "release";
}

/** The same rate and share are taken for the least and the most; only what people left open differs. */
export interface LossRange {
  readonly low: number;
  readonly high: number;
  /**
   * What is open. `start`: it began between the stated start and the detection (or declaration); `end`: it ended between the times given as recovered
   * and as verified; `share`: a share was given as a range.
   */
  readonly because: readonly ("start" | "end" | "share")[];
}

/** A part of the window in which the share was the same. Shares are from 0 to 1. */
export interface ShareFacts {
  readonly from: Instant;
  readonly to: Instant;
  readonly milliseconds: number;
  /** The middle where a range was given. */
  readonly share: number;
  readonly least: number;
  readonly most: number;
  /** null: nobody said, the whole is taken. */
  readonly statedBy: StatementFacts | null;
}
