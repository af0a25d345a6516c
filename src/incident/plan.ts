import type { Config } from "../config/schema.ts";
import type { Renderer } from "../documents/renderer.ts";
import type { Action } from "./action.ts";
import type { Instant, IncidentState, Sha } from "./state.ts";

export interface PlanContext {
  readonly config: Config;
  readonly render: Renderer;
}

export interface Plan {
  /** What is missing and can be done now, in any order. Empty: settled. */
  readonly actions: readonly Action[];
  /** Commits whose checks are missing or unfinished: one work key each. */
  readonly commitsToCheck: readonly Sha[];
  /** When time alone will change the plan. */
  readonly wakeAt: Instant | null;
  /**
   * Only an observation can take it further: GitHub has not shown something yet that must be there, or a proof has to be read back after our own
   * writes. When `actions` is empty and this is true, observe once more (soon, a few times at most); news and the sweep do the rest.
   */
  readonly lookAgain: boolean;
}

/** Which actions are missing. Pure: no clock, no randomness, no input or output. */
export function plan(_state: IncidentState, _context: PlanContext): Plan {
  return { actions: [], commitsToCheck: [], wakeAt: null, lookAgain: false };
}
