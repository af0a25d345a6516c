import type { Actor } from "./actor.ts";
import type { Sha } from "./commit-facts.ts";
import type { Instant } from "./instant.ts";

export interface DeploymentFacts {
  readonly commit: Sha;
  readonly environment: string;
  readonly creator: Actor;
  readonly at: Instant;
  /** Oldest first, at most 10. */
  readonly statuses: readonly DeploymentStatusFacts[];
}

export interface DeploymentStatusFacts {
  readonly state:
    | "success"
    | "failure"
    | "error"
    | "inactive"
    | "in_progress"
    | "queued"
    | "pending"
    | "waiting";
  readonly creator: Actor;
  readonly at: Instant;
  /** Its log; null: none was given. */
  readonly url: string | null;
}
