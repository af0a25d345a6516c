import type { Saying } from "../say.ts";
import type { Actor } from "./actor.ts";
import type { CommitFacts, Sha } from "./commit-facts.ts";
import type { Instant } from "./instant.ts";

export interface TrunkFacts {
  readonly name: string;
  readonly head: Sha;
  readonly tree: Sha;
  /** Newest first, head included, at most 100. */
  readonly history: readonly CommitFacts[];
}

export interface ReleaseBranchFacts {
  readonly name: string;
  readonly head: Sha;
  readonly tree: Sha;
  /** Why it is not a target; null when it is one. */
  readonly excludedBecause: Saying | string | null;
}

export interface BranchFacts {
  readonly name: string;
  readonly head: Sha;
  readonly tree: Sha;
  /** Commits on the branch that are not on production, newest first, at most 100. Empty opening commits included. */
  readonly commits: readonly CommitFacts[];
}

export interface PushFacts {
  readonly branch: string;
  readonly actor: Actor;
  readonly before: Sha;
  readonly after: Sha;
  readonly at: Instant;
  readonly kind: "push" | "force_push" | "branch_creation" | "branch_deletion" | "merge";
}
