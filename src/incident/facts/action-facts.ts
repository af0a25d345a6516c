import type { Instant } from "../state/instant.ts";

/** Something that people promised, or owe. Each becomes one issue of its own. */
export interface ActionFacts {
  /** Names it for ever: the comment and the line that it comes from. */
  readonly key: string;
  /** Raw, from a person; of an override ours. */
  readonly text: string;
  readonly type: ActionType;
  readonly horizon: ActionHorizon;
  /** `2026-12-01` */
  readonly due: string;
  /** `login` or `org/team`; null: nobody yet. */
  readonly owner: string | null;
  /** Login of who asked for it. */
  readonly by: string;
  readonly at: Instant;
  /** Their comment. */
  readonly url: string;
  /** null: not opened yet, or not to be opened. */
  readonly issue: { readonly number: number; readonly url: string } | null;
  /** `gone`: its issue was deleted or moved away. */
  readonly state: "open" | "done" | "not-doing" | "gone";
  /** Why it is not done; null also where it was closed as not planned and nobody said why. */
  readonly because: string | null;
  /** When its issue was closed. */
  readonly closedAt: Instant | null;
}

export type ActionType = "prevent" | "mitigate" | "detect" | "process";

export type ActionHorizon = "sprint" | "next" | "quarter";
