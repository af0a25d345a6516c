import type { RateLimits } from "./rate-limit.ts";
import type { Validator } from "./validator.ts";

export interface StandInOptions {
  /** Default: any free port of the loopback interface. */
  readonly port?: number;
  /** Folder for the bare repositories; made when absent. */
  readonly root: string;
  /** Milliseconds waited before every answer of the API. Default 0. */
  readonly latencyMs?: number;
  readonly clock?: () => Date;
  /** Calls that the stand-in does not know become violations. Default true. */
  readonly strict?: boolean;
  /** Default: GitHub's own description. */
  readonly validator?: Validator;
  /** Default: GitHub's 5,000 an hour, and no secondary limits. */
  readonly limits?: Partial<RateLimits>;
  /** How long a webhook's receiver has. Default: GitHub's 10 s. */
  readonly webhookTimeoutMs?: number;
}
