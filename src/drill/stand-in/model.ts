import type { GitRepository } from "./git.ts";
import type { Account } from "./model/account.ts";
import type { ActivityEntry } from "./model/activity-entry.ts";
import type { AppRecord } from "./model/app-record.ts";
import type { CheckRun, CheckSuite } from "./model/check-run.ts";
import type { CommitStatus } from "./model/commit-status.ts";
import type { Deployment } from "./model/deployment.ts";
import type { Protection } from "./model/protection.ts";
import type { Release } from "./model/release.ts";
import type { Review, ReviewComment } from "./model/review.ts";
import type { Ruleset } from "./model/ruleset.ts";

/**
 * GitHub's state, held in memory. Everything is mutable; commits, trees and refs (tags too) live in the real git repository.
 * What does not point back to the repository is in `model/`.
 */

/** In rising order of power. */
export type Role = "pull" | "triage" | "push" | "maintain" | "admin";

export type MergeMethod = "merge" | "squash" | "rebase";

export interface Repository {
  readonly id: number;
  readonly nodeId: string;
  owner: Account;
  name: string;
  description: string | null;
  private: boolean;
  archived: boolean;
  /** False: creating a draft pull request is refused (private repositories on free plans). */
  draftsAllowed: boolean;
  defaultBranch: string;
  deleteBranchOnMerge: boolean;
  autoMergeAllowed: boolean;
  mergeMethods: ReadonlySet<MergeMethod>;
  readonly createdAt: Date;
  updatedAt: Date;
  pushedAt: Date | null;
  readonly git: GitRepository;
  /** Login (lower case) -> role. The owner is admin without an entry; organization owners too. */
  readonly collaborators: Map<string, Role>;
  /** One counter for issues and pull requests. */
  lastNumber: number;
  /** Issues and pull requests (`issue.pullRequest` set) by number. */
  readonly issues: Map<number, Issue>;
  /** By lower-case name. */
  readonly labels: Map<string, Label>;
  /** Comments on issues and pull requests, by id. */
  readonly comments: Map<number, IssueComment>;
  readonly checkRuns: Map<number, CheckRun>;
  readonly checkSuites: Map<number, CheckSuite>;
  /** Commit statuses, oldest first. */
  readonly statuses: CommitStatus[];
  /** Oldest first. */
  readonly deployments: Deployment[];
  readonly releases: Map<number, Release>;
  /** Classic protection by branch name. */
  readonly protections: Map<string, Protection>;
  readonly rulesets: Map<number, Ruleset>;
  /** Oldest first. */
  readonly activity: ActivityEntry[];
}

export interface Label {
  readonly id: number;
  readonly nodeId: string;
  name: string;
  /** Six hex digits without `#`. */
  color: string;
  description: string | null;
  readonly isDefault: boolean;
}

export interface Issue {
  readonly id: number;
  readonly nodeId: string;
  readonly number: number;
  readonly author: Account;
  readonly viaApp: AppRecord | null;
  title: string;
  body: string | null;
  state: "open" | "closed";
  stateReason: "completed" | "not_planned" | "duplicate" | "reopened" | null;
  locked: boolean;
  labels: Label[];
  assignees: Account[];
  readonly createdAt: Date;
  updatedAt: Date;
  closedAt: Date | null;
  closedBy: Account | null;
  /** Oldest first; what the timeline and issue events are made from. Comments are merged in from `repository.comments`. */
  readonly events: IssueEvent[];
  /** Set when this number is a pull request. */
  pullRequest: PullRequest | null;
  /** Of a sub-issue. */
  parent: Issue | null;
}

export interface IssueComment {
  readonly id: number;
  readonly nodeId: string;
  readonly issue: Issue;
  readonly author: Account;
  readonly viaApp: AppRecord | null;
  body: string;
  readonly createdAt: Date;
  updatedAt: Date;
  /** Null while nobody changed the body. */
  lastEditedAt: Date | null;
}

/** One entry of an issue's history; `data` holds the fields of that event kind (`label`, `commitId`, `rename`, `assignee`, ...). */
export interface IssueEvent {
  readonly id: number;
  readonly nodeId: string;
  /** GitHub's name: `labeled`, `closed`, `merged`, `head_ref_deleted`, `ready_for_review`, ... */
  readonly event: string;
  /** Null for a deleted account. */
  readonly actor: Account | null;
  readonly viaApp: AppRecord | null;
  readonly createdAt: Date;
  readonly data: Readonly<Record<string, unknown>>;
}

/** One side of a pull request. */
export interface PullSide {
  /** Where the branch is, if not in the repository of the pull request. */
  readonly fork?: Repository;
  /** Branch name without `refs/heads/`. */
  ref: string;
  /** Last known commit; frozen when the branch is gone or the pull request is closed. */
  sha: string;
}

export interface PullRequest {
  readonly id: number;
  readonly nodeId: string;
  readonly head: PullSide;
  base: PullSide;
  draft: boolean;
  merged: boolean;
  mergedAt: Date | null;
  mergedBy: Account | null;
  /** The merge commit once merged; the test merge before; null while unknown. */
  mergeCommitSha: string | null;
  /** Null while GitHub computes it (F8). */
  mergeable: boolean | null;
  maintainerCanModify: boolean;
  readonly requestedReviewers: Account[];
  readonly reviews: Review[];
  readonly reviewComments: ReviewComment[];
  autoMerge: AutoMerge | null;
}

export interface AutoMerge {
  readonly enabledBy: Account;
  readonly enabledAt: Date;
  readonly method: MergeMethod;
  readonly commitTitle: string | null;
  readonly commitMessage: string | null;
}
