import type { Instant } from "../state/instant.ts";

export interface ObligationFacts {
  readonly updates: {
    /** When stakeholders are told, oldest first; empty where the severity asks for no updates. */
    readonly due: readonly Instant[];
    /** The newest of them that has come without an update, while the fix is not out; null: none. */
    readonly reminder: Instant | null;
    /** The first that is still to come and for which nothing was sent. */
    readonly next: Instant | null;
    /** How many of those until the release were kept: an update was sent after the one before and not later. null: nothing was due. */
    readonly onTime: { readonly met: number; readonly due: number } | null;
  };
  /** `2026-11-23`; null until landed, or where the severity asks for none. */
  readonly retrospectiveDue: string | null;
  /** Minutes from declaration to resolution. */
  readonly targets: { readonly excellent: number; readonly good: number; readonly minimum: number };
}
