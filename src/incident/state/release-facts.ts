import type { Actor } from "./actor.ts";
import type { Sha } from "./commit-facts.ts";
import type { Instant } from "./instant.ts";

export interface TagFacts {
  readonly name: string;
  /** The commit, peeled. */
  readonly commit: Sha;
  readonly isAnnotated: boolean;
  readonly taggedAt: Instant | null;
  /** The commit is an ancestor of (or is) the production head. */
  readonly onProduction: boolean;
}

export interface ReleaseFacts {
  readonly tag: string;
  readonly url: string;
  readonly author: Actor;
  readonly publishedAt: Instant | null;
  readonly isDraft: boolean;
}
