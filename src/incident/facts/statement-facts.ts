import type { Instant } from "../state/instant.ts";
import type { StatedTime } from "./incident-times.ts";

/** That a person said something with a command. */
export interface StatementFacts {
  /** Login. */
  readonly by: string;
  /** When they said it. */
  readonly at: Instant;
  /** Their comment. */
  readonly url: string;
}

export interface CorrectionFacts extends StatementFacts {
  readonly what: StatedTime;
  readonly from: Instant;
  readonly to: Instant;
}
