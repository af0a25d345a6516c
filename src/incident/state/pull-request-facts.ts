import type { Actor } from "./actor.ts";
import type { CommitFacts, Sha } from "./commit-facts.ts";
import type { Instant } from "./instant.ts";

export interface PullRequestFacts {
  readonly nodeId: string;
  readonly number: number;
  readonly url: string;
  readonly title: string;
  readonly body: string;
  /** Branch names, without `refs/heads/`. */
  readonly head: string;
  readonly base: string;
  readonly headSha: Sha;
  readonly author: Actor;
  readonly state: "open" | "closed" | "merged";
  readonly isDraft: boolean;
  readonly createdAt: Instant;
  readonly closedAt: Instant | null;
  readonly mergedAt: Instant | null;
  readonly mergedBy: Actor | null;
  /** What the merge put on the base: the merge, squash or last rebased commit. */
  readonly mergeCommit: CommitFacts | null;
  readonly mergeable: "mergeable" | "conflicting" | "unknown";
  /** GitHub's word for what stands in the way, e.g. `blocked`, `behind`, `clean`, `dirty`, `unstable`. */
  readonly mergeState: string;
  readonly autoMergeEnabled: boolean;
  readonly assignees: readonly string[];
  /** Users as `login`, teams as `org/team`. */
  readonly requestedReviewers: readonly string[];
  readonly reviews: readonly ReviewFacts[];
  /** Of the head commit, all apps. */
  readonly checkRuns: readonly CheckRunFacts[];
  /** Finished runs of ours on earlier commits of the pull request, oldest first: a check that was red once. Absent where they were not read. */
  readonly earlierCheckRuns?: readonly CheckRunFacts[];
  readonly events: readonly PullRequestEventFacts[];
  readonly changedFiles: number;
  /** Oldest first, at most 100. Absent where they were not read; then they are taken from the branch and from production, while those hold them. */
  readonly commits?: readonly CommitFacts[];
}

export interface PullRequestEventFacts {
  readonly kind:
    | "ready_for_review"
    | "convert_to_draft"
    | "closed"
    | "reopened"
    | "merged"
    | "head_ref_deleted"
    | "head_ref_restored"
    | "head_ref_force_pushed"
    | "base_ref_changed"
    | "review_requested"
    | "assigned"
    | "auto_merge_enabled"
    | "auto_merge_disabled";
  readonly actor: Actor;
  readonly at: Instant;
}

export interface ReviewFacts {
  readonly author: Actor;
  readonly state: "approved" | "changes_requested" | "commented" | "dismissed" | "pending";
  readonly commit: Sha;
  readonly at: Instant;
  readonly url: string;
}

export interface CheckRunFacts {
  readonly id: number;
  readonly name: string;
  readonly status: "queued" | "in_progress" | "completed" | "waiting" | "requested" | "pending";
  readonly conclusion: string | null;
  readonly title: string | null;
  readonly url: string;
  readonly startedAt: Instant | null;
  readonly completedAt: Instant | null;
  /** What its verdict derives from, of ours: `checks/commit-state.ts`. Absent: not read. */
  readonly externalId?: string | null;
  readonly isOurs: boolean;
  /** Of a run that is not on the head commit. */
  readonly commit?: Sha;
}
