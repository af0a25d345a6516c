import type { GitRepository } from "./git.ts";

/** GitHub's state, held in memory. Everything is mutable; commits, trees and refs (tags too) live in the real git repository. */

export type AccountType = "User" | "Organization" | "Bot";
/** In rising order of power. */
export type Role = "pull" | "triage" | "push" | "maintain" | "admin";
export type PermissionLevel = "read" | "write" | "admin";
/** App permissions by their names in the API: `{ contents: "write", metadata: "read" }`. */
export type Permissions = Readonly<Record<string, PermissionLevel>>;
export type MergeMethod = "merge" | "squash" | "rebase";

export interface Account {
  readonly id: number;
  readonly nodeId: string;
  readonly login: string;
  readonly type: AccountType;
  name: string | null;
  email: string | null;
  readonly createdAt: Date;
}

export interface AppRecord {
  readonly id: number;
  readonly nodeId: string;
  readonly slug: string;
  readonly name: string;
  readonly clientId: string;
  readonly owner: Account;
  /** The account `<slug>[bot]` that acts when the app acts. */
  readonly bot: Account;
  readonly publicKey: string;
  readonly hookId: number;
  webhookUrl: string;
  webhookSecret: string;
  permissions: Permissions;
  events: readonly string[];
  readonly createdAt: Date;
  updatedAt: Date;
}

export interface Installation {
  readonly id: number;
  readonly app: AppRecord;
  readonly account: Account;
  repositorySelection: "all" | "selected";
  /** Only read when the selection is `selected`. */
  readonly repositoryIds: Set<number>;
  /** What the owner approved; may lag behind `app.permissions`. */
  permissions: Permissions;
  events: readonly string[];
  suspendedAt: Date | null;
  suspendedBy: Account | null;
  readonly createdAt: Date;
  updatedAt: Date;
}

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

export interface Review {
  readonly id: number;
  readonly nodeId: string;
  readonly author: Account;
  body: string;
  state: "APPROVED" | "CHANGES_REQUESTED" | "COMMENTED" | "DISMISSED" | "PENDING";
  readonly commitId: string;
  submittedAt: Date | null;
}

export interface ReviewComment {
  readonly id: number;
  readonly nodeId: string;
  readonly author: Account;
  readonly reviewId: number | null;
  readonly path: string;
  readonly line: number | null;
  readonly side: "LEFT" | "RIGHT";
  readonly commitId: string;
  readonly inReplyTo: number | null;
  body: string;
  readonly createdAt: Date;
  updatedAt: Date;
}

export type CheckStatus = "queued" | "in_progress" | "completed";
export type CheckConclusion =
  | "action_required"
  | "cancelled"
  | "failure"
  | "neutral"
  | "success"
  | "skipped"
  | "stale"
  | "timed_out";

export interface CheckSuite {
  readonly id: number;
  readonly nodeId: string;
  readonly app: AppRecord;
  readonly headSha: string;
  readonly headBranch: string | null;
  readonly before: string | null;
  status: CheckStatus;
  conclusion: CheckConclusion | null;
  readonly createdAt: Date;
  updatedAt: Date;
}

export interface CheckAnnotation {
  readonly path: string;
  readonly startLine: number;
  readonly endLine: number;
  readonly startColumn: number | null;
  readonly endColumn: number | null;
  readonly annotationLevel: "notice" | "warning" | "failure";
  readonly title: string | null;
  readonly message: string;
  readonly rawDetails: string | null;
}

export interface CheckAction {
  readonly label: string;
  readonly description: string;
  readonly identifier: string;
}

export interface CheckRun {
  readonly id: number;
  readonly nodeId: string;
  readonly app: AppRecord;
  readonly suite: CheckSuite;
  readonly headSha: string;
  name: string;
  externalId: string;
  detailsUrl: string | null;
  status: CheckStatus;
  conclusion: CheckConclusion | null;
  startedAt: Date | null;
  completedAt: Date | null;
  output: { title: string | null; summary: string | null; text: string | null };
  readonly annotations: CheckAnnotation[];
  actions: readonly CheckAction[];
}

export interface CommitStatus {
  readonly id: number;
  readonly nodeId: string;
  readonly sha: string;
  readonly creator: Account;
  readonly state: "error" | "failure" | "pending" | "success";
  readonly context: string;
  readonly description: string | null;
  readonly targetUrl: string | null;
  readonly createdAt: Date;
}

export interface Deployment {
  readonly id: number;
  readonly nodeId: string;
  readonly creator: Account;
  readonly sha: string;
  readonly ref: string;
  readonly environment: string;
  readonly description: string | null;
  readonly createdAt: Date;
  /** Oldest first. */
  readonly statuses: DeploymentStatus[];
}

export interface DeploymentStatus {
  readonly id: number;
  readonly nodeId: string;
  readonly creator: Account;
  readonly state: "error" | "failure" | "inactive" | "in_progress" | "queued" | "pending" | "success";
  readonly description: string;
  readonly logUrl: string;
  readonly createdAt: Date;
}

export interface Release {
  readonly id: number;
  readonly nodeId: string;
  readonly author: Account;
  tagName: string;
  targetCommitish: string;
  name: string | null;
  body: string | null;
  draft: boolean;
  prerelease: boolean;
  immutable: boolean;
  /** `make_latest` as asked; which release is latest is derived. */
  makeLatest: "true" | "false" | "legacy";
  readonly createdAt: Date;
  publishedAt: Date | null;
}

export interface RequiredCheck {
  readonly context: string;
  /** Null: any app may set it. */
  readonly appId: number | null;
}

/** Classic branch protection of one branch. */
export interface Protection {
  readonly requirePullRequest: boolean;
  readonly requiredApprovals: number;
  readonly dismissStaleReviews: boolean;
  readonly requireCodeOwners: boolean;
  readonly requiredChecks: readonly RequiredCheck[];
  /** Required checks must run on a head that contains the base ("up to date before merging"). */
  readonly strictChecks: boolean;
  readonly enforceAdmins: boolean;
  readonly restrictDeletions: boolean;
  readonly blockForcePushes: boolean;
  readonly requireLinearHistory: boolean;
  /** Only through rulesets on real GitHub: creating a matching ref is refused. */
  readonly blockCreations: boolean;
  /** Logins or app slugs that may push although a pull request is required. */
  readonly bypass: readonly string[];
}

export interface Ruleset {
  readonly id: number;
  readonly nodeId: string;
  readonly name: string;
  readonly target: "branch" | "tag";
  readonly enforcement: "active" | "disabled" | "evaluate";
  /** fnmatch patterns over full ref names, `~DEFAULT_BRANCH` and `~ALL`. */
  readonly include: readonly string[];
  readonly exclude: readonly string[];
  readonly bypassApps: readonly number[];
  readonly rules: readonly RulesetRule[];
  readonly createdAt: Date;
}

export interface RulesetRule {
  /** `creation`, `update`, `deletion`, `non_fast_forward`, `pull_request`, `required_status_checks`, `merge_queue`, ... */
  readonly type: string;
  readonly parameters?: Readonly<Record<string, unknown>>;
}

export type ActivityType =
  | "push"
  | "force_push"
  | "branch_creation"
  | "branch_deletion"
  | "pr_merge"
  | "merge_queue_merge";

export interface ActivityEntry {
  readonly id: number;
  readonly nodeId: string;
  readonly ref: string;
  readonly before: string;
  readonly after: string;
  readonly actor: Account;
  readonly timestamp: Date;
  readonly activityType: ActivityType;
}

/** One attempt to deliver one webhook. Redelivery makes a new record with the same `guid`. */
export interface Delivery {
  readonly id: number;
  readonly guid: string;
  readonly app: AppRecord;
  readonly installationId: number | null;
  readonly repositoryId: number | null;
  readonly event: string;
  readonly action: string | null;
  readonly redelivery: boolean;
  readonly payload: unknown;
  readonly requestHeaders: Readonly<Record<string, string>>;
  readonly queuedAt: Date;
  deliveredAt: Date | null;
  /** Seconds. */
  duration: number;
  /** `OK`, or what went wrong; `pending` until an answer arrived. */
  status: string;
  /** 0 when no answer arrived. */
  statusCode: number;
  responseHeaders: Readonly<Record<string, string>>;
  responseBody: string;
}

/** Who makes a request, from its `Authorization` header. */
export type Viewer =
  | { readonly kind: "anonymous" }
  | { readonly kind: "app"; readonly app: AppRecord }
  | { readonly kind: "user"; readonly account: Account }
  | {
      readonly kind: "installation";
      readonly account: Account;
      readonly app: AppRecord;
      readonly installation: Installation;
      /** Narrowed by the token request; null means all repositories of the installation. */
      readonly repositoryIds: ReadonlySet<number> | null;
      readonly permissions: Permissions;
    };
