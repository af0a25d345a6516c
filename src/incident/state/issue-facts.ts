import type { Actor } from "./actor.ts";
import type { Instant } from "./instant.ts";

export interface IssueFacts {
  readonly nodeId: string;
  readonly number: number;
  readonly title: string;
  readonly body: string;
  readonly url: string;
  readonly state: "open" | "closed";
  readonly stateReason: "completed" | "not_planned" | "duplicate" | "reopened" | null;
  readonly isLocked: boolean;
  readonly author: Actor;
  readonly createdAt: Instant;
  readonly closedAt: Instant | null;
  readonly labels: readonly string[];
  readonly assignees: readonly string[];
}

export type IssueEventFacts =
  | {
      readonly kind: "labeled" | "unlabeled";
      readonly id: string;
      readonly actor: Actor;
      readonly at: Instant;
      readonly label: string;
    }
  | {
      readonly kind: "closed" | "reopened" | "assigned";
      readonly id: string;
      readonly actor: Actor;
      readonly at: Instant;
    }
  /** Somebody deleted a comment; tells a status comment that is not there yet from one that a person does not want. */
  | {
      readonly kind: "comment-deleted";
      readonly id: string;
      readonly actor: Actor;
      readonly at: Instant;
      /** Who had written it. */
      readonly author: Actor;
    };

export interface CommentFacts {
  readonly id: number;
  readonly nodeId: string;
  readonly url: string;
  readonly author: Actor;
  readonly body: string;
  readonly createdAt: Instant;
  readonly editedAt: Instant | null;
  /** Written by this app: only then are markers in it trusted. */
  readonly isOurs: boolean;
}
