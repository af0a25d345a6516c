import type { CommitFacts, Sha } from "../state/commit-facts.ts";
import type { ForecastFacts } from "../state/forecast-facts.ts";
import type { Instant } from "../state/instant.ts";
import type { PullRequestFacts } from "../state/pull-request-facts.ts";

export interface RoundFacts {
  readonly number: number;
  readonly hotfixBranch: string;
  readonly branchExists: boolean;
  /** A commit with a change was pushed. */
  readonly hasFix: boolean;
  /** Commits of people on the hotfix, oldest first, without opening commits. */
  readonly commits: readonly CommitFacts[];
  readonly pullRequest: PullRequestFacts | null;
  /** When the last check of its newest commit that blocks turned green; null while one has not. */
  readonly checksGreen: Instant | null;
  readonly mergeCommit: Sha | null;
  /** The merge left production's tree as it was: never tagged, released or closed on. */
  readonly isEmptyMerge: boolean;
  readonly version: string | null;
  readonly tag: string | null;
  readonly releaseUrl: string | null;
  readonly backMerges: readonly BackMergeFacts[];
}

export interface BackMergeFacts {
  readonly target: string;
  readonly branch: string;
  readonly branchExists: boolean;
  readonly pullRequest: PullRequestFacts | null;
  readonly state: "waiting" | "conflict" | "ready" | "blocked" | "merged" | "landed" | "closed";
  readonly proof: "ancestry" | "content" | "pull-request" | "settled" | null;
  /** Who settled with `/hotfix landed` what cannot be proven, and why. Absent: nobody did, or it is proven. */
  readonly settled?: { readonly by: string; readonly because: string; readonly url: string };
  /** What merging the fix there gives as things stand; null: not looked yet, or nothing to merge. */
  readonly forecast: ForecastFacts | null;
}
