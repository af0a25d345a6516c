import type { NeededPermission } from "./missing-permission.ts";

/**
 * Everything `plan` may know about one incident: facts as GitHub shows them, and nothing derived from them. What follows
 * from the facts (phase, rounds, timeline, impact) is computed in this folder each time. Read by `github/observe-incident.ts`,
 * advanced inside one pass by `incident/advance.ts`.
 */

/** 40 hexadecimal digits. */
export type Sha = string;
/** ISO 8601, UTC, as GitHub sends it: `2026-11-20T14:30:00Z`. */
export type Instant = string;

export interface IncidentState {
  readonly app: AppFacts;
  readonly repository: RepositoryFacts;
  readonly configuration: ConfigurationFacts;
  /** Incidents that were declared around the same time. Absent: not asked for, because there are few or because it does not matter. */
  readonly neighbours?: NeighboursFacts;
  /** What is wrong with templates of the repository, by name: those are not used. Absent: nothing. */
  readonly brokenTemplates?: Readonly<Record<string, string>>;
  readonly issue: IssueFacts;
  /** Issue timeline, oldest first. */
  readonly events: readonly IssueEventFacts[];
  /** Comments of the issue, oldest first, ours included. */
  readonly comments: readonly CommentFacts[];
  /** Live permission of people whose acts still wait for acceptance, by login. Absent: not asked for. */
  readonly permissions: Readonly<Record<string, PermissionFacts>>;
  /** null: the branch does not exist. */
  readonly production: TrunkFacts | null;
  readonly integration: TrunkFacts | null;
  /** Branches that match `branches.release`, each with whether this hotfix may target it. */
  readonly releaseBranches: readonly ReleaseBranchFacts[];
  /** Existing branches of this incident: `hotfix/<number>-*`, `backmerge/<number>-*`, `backmerge/<number>.<round>-*` and the documents branch. */
  readonly branches: readonly BranchFacts[];
  /** Pull requests whose head is, or was, a branch of this incident (the documents branch included), in any state; oldest first. Head and base repository are equal. */
  readonly pullRequests: readonly PullRequestFacts[];
  /** Tags of the repository that parse as a version in the configured format, highest version first (at most 100), and every tag on a merge commit of ours. */
  readonly tags: readonly TagFacts[];
  /** Releases of the tags that this incident made or adopted. */
  readonly releases: readonly ReleaseFacts[];
  /** Of what shipped, oldest first. Absent: not read. */
  readonly deployments?: readonly DeploymentFacts[];
  /** Pushes to this incident's hotfix branches, and to a back-merge branch that is missing, from the repository's activity list, oldest first. */
  readonly pushes: readonly PushFacts[];
  /** For each (merge commit of a production pull request, target branch or production): is the fix there? Present once something merged. */
  readonly landings: readonly LandingFacts[];
  /** For each target: what becomes of the fix when it is merged there. Only for heads that have a fix and whose merge is still to come. */
  readonly forecasts: readonly ForecastFacts[];
  /** Commits on production before the declaration that changed what the issue names, then the newest of the service's paths (of all without a service). */
  readonly suspects: readonly SuspectCommitFacts[];
  /** Commits that people named as the cause, as far as there are such. Absent: nobody did. */
  readonly lookedUp?: readonly LookedUpCommitFacts[];
  /** Files of ours on the integration branch (or the documents pull request's head), by path. */
  readonly documents: readonly DocumentFacts[];
  /** Issues of this app that follow from the incident, oldest first. Absent: none. */
  readonly followUps?: readonly FollowUpIssueFacts[];
  /** Incidents that the index names, newest first; read while there is no status comment yet. Absent: not read, or there is none. */
  readonly indexed?: readonly IndexedIncident[];
  /** Marked by `observe` against its clock, so that `plan` needs none. */
  readonly deadlines: readonly DeadlineFacts[];
  /** What was proposed to the default branch. Absent: nothing. */
  readonly proposals?: ProposalsState;
  /** What could not be done in this pass, by action key (see `incident/action.ts`). Empty after `observe`. */
  readonly refusals: Readonly<Record<string, Problem>>;
  /**
   * Set by `advance`, absent after `observe`: branches, tags or merges in here follow from our own writes and were not read back. What must rest
   * on observation only (documents, closing) waits for the next one.
   */
  readonly isAdvanced?: true;
}

/** Pull requests to the default branch about the configuration: they are no part of the hotfix, and stand apart from those that are. */
export interface ProposalsState {
  /** Of this incident, in any state, oldest first; those of others from a branch with such a name included. */
  readonly pullRequests: readonly PullRequestFacts[];
  /** Their branches that exist. */
  readonly branches: readonly { readonly name: string; readonly head: Sha }[];
  /** Head branches of open ones of other incidents. */
  readonly elsewhere: readonly string[];
  /** The workflow of `/hotfix setup` is on the default branch. */
  readonly isValidationThere: boolean;
}

export interface NeighboursFacts {
  /** With the incident label, open or closed, and changed since shortly before this one was declared; in the order in which they were created. */
  readonly incidents: readonly NeighbourFacts[];
  /** How many more of them there are that were not read. */
  readonly unread: number;
}

export interface NeighbourFacts {
  readonly number: number;
  readonly isOpen: boolean;
  readonly labels: readonly string[];
  readonly body: string;
  /** Its newest label events, oldest first. */
  readonly labellings: readonly Extract<IssueEventFacts, { readonly label: string }>[];
  /** It has a hotfix branch. */
  readonly hasBegun: boolean;
}

export interface AppFacts {
  readonly slug: string;
  /** `<slug>[bot]` */
  readonly login: string;
  /** Absent: not known. */
  readonly homepage?: string;
  /** Permissions that the installation may not use. Absent: none. */
  readonly lacks?: readonly NeededPermission[];
  /** It was granted what app.yml does not ask for. Absent: it was not. */
  readonly mayWriteWorkflows?: true;
}

export interface RepositoryFacts {
  readonly id: number;
  readonly owner: string;
  readonly name: string;
  readonly url: string;
  readonly defaultBranch: string;
  readonly isPrivate: boolean;
  readonly isArchived: boolean;
  readonly isEmpty: boolean;
  readonly autoMergeAllowed: boolean;
  readonly mergeCommitAllowed: boolean;
  readonly squashMergeAllowed: boolean;
  readonly rebaseMergeAllowed: boolean;
  readonly deleteBranchOnMerge: boolean;
}

export interface ConfigurationFacts {
  /** Blob or commit SHA of the revision in force; `defaults` when there is no file. */
  readonly revision: string;
  /** Problems of the newest revision, which is then not in force. Sentences with line, path and allowed values, plain text. */
  readonly problems: readonly string[];
  /** False: the file is wrong and no earlier revision validates, so no code may be written. */
  readonly usable: boolean;
}

/** Login of an account that is gone, or of somebody of whom no record is left. */
export const GHOST = "ghost";

export interface Actor {
  /** `ghost` when the account is gone. */
  readonly login: string;
  readonly kind: "user" | "bot" | "ghost";
}

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

/** The booleans of the collaborator endpoint; custom role names match nothing. */
export interface PermissionFacts {
  readonly pull: boolean;
  readonly triage: boolean;
  readonly push: boolean;
  readonly maintain: boolean;
  readonly admin: boolean;
}

export interface CommitFacts {
  readonly sha: Sha;
  readonly tree: Sha;
  readonly parents: readonly Sha[];
  readonly message: string;
  /** GitHub login of the author where known, else the name in the commit. */
  readonly author: string;
  readonly committedAt: Instant;
  readonly url: string;
}

/** What tells of a commit whether it may be the cause. */
export interface SuspectCommitFacts extends CommitFacts {
  /** Paths that the issue's text names and that the commit changed. Absent: none. */
  readonly touched?: readonly string[];
  /** It changed files of the service. */
  readonly inService?: true;
  /** Added and removed together. Absent: not read. */
  readonly lines?: number;
}

export interface LookedUpCommitFacts {
  readonly commit: CommitFacts;
  /** The first ones, in the order of the diff. */
  readonly hunks: readonly HunkFacts[];
  readonly moreHunks: number;
}

export interface HunkFacts {
  readonly path: string;
  /** `@@ -10,4 +10,6 @@` */
  readonly header: string;
  /** Each begins with a blank, `+` or `-`. Raw text of people. */
  readonly lines: readonly string[];
}

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
  readonly excludedBecause: string | null;
}

export interface BranchFacts {
  readonly name: string;
  readonly head: Sha;
  readonly tree: Sha;
  /** Commits on the branch that are not on production, newest first, at most 100. Empty opening commits included. */
  readonly commits: readonly CommitFacts[];
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

/** An incident as the index of incidents tells of it. */
export interface IndexedIncident {
  /** null: none was named. */
  readonly service: string | null;
  readonly id: string;
  readonly number: number;
  readonly declared: Instant | null;
  /** Its action items that were open when the index was committed. */
  readonly open: readonly { readonly issue: number; readonly due: string }[];
  /** How long it took; null: an older index does not say. */
  readonly seconds: {
    readonly to_acknowledge: number | null;
    readonly to_fix: number | null;
    readonly to_review: number | null;
    readonly to_release: number | null;
    readonly to_land: number | null;
    readonly declared_to_released: number | null;
  } | null;
}

export interface FollowUpIssueFacts {
  /** Of the command that it comes from. */
  readonly key: string;
  readonly number: number;
  /** GitHub's number of the issue among all; null: not read. */
  readonly id: number | null;
  readonly url: string;
  /** `gone`: the status comment tells of it and GitHub does not: deleted, or moved to another repository. */
  readonly state: "open" | "closed" | "gone";
  readonly stateReason: IssueFacts["stateReason"];
  readonly closedAt: Instant | null;
  /** The last time that somebody closed it, also when it is open again. */
  readonly lastClosedAt: Instant | null;
  /** It was opened, or linked with the incident, in this pass. */
  readonly isLinked?: true;
}

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

export interface PushFacts {
  readonly branch: string;
  readonly actor: Actor;
  readonly before: Sha;
  readonly after: Sha;
  readonly at: Instant;
  readonly kind: "push" | "force_push" | "branch_creation" | "branch_deletion" | "merge";
}

export interface LandingFacts {
  /** Merge commit of the production pull request. */
  readonly mergeCommit: Sha;
  readonly target: string;
  /** How it was proven, or `missing` (looked, not there), or `unknown` (could not look). */
  readonly proof: "ancestry" | "content" | "pull-request" | "missing" | "unknown";
}

/** What merging would give, worked out file by file from the blobs of three commits. Renames are not followed. */
export interface ForecastFacts {
  readonly target: string;
  /** The side with the fix: head of the hotfix or of the back-merge branch, or the shipped commit while the back-merge branch lacks it. */
  readonly hotfix: Sha;
  /** The other side: head of the target, or of the back-merge branch while that lacks the shipped commit. */
  readonly into: Sha;
  /** Files of the fix's side in which conflict markers stand. */
  readonly markers: readonly string[];
  readonly outcome: ForecastOutcome;
}

export type ForecastOutcome =
  | { readonly kind: "clean" }
  | { readonly kind: "conflicts"; readonly files: readonly ConflictFacts[] }
  /** `because` completes "not known, because ...". */
  | { readonly kind: "unknown"; readonly because: string };

export interface ConflictFacts {
  readonly path: string;
  /** The kind of version file by whose policy the app resolves it; null: people do. */
  readonly settledAs: VersionFileKind | null;
  /** Why it cannot be merged where there are no lines to show; null where `hunks` says it. */
  readonly sentence: string | null;
  readonly hunks: readonly ConflictLines[];
  /** Newest commits of the other side that changed the file since the merge base, newest first. */
  readonly commits: readonly CommitFacts[];
}

/** One conflict, counted from 1 on each side; `lines` is 0 where the side has nothing there. */
export interface ConflictLines {
  readonly hotfix: { readonly line: number; readonly lines: number };
  readonly target: { readonly line: number; readonly lines: number };
}

/** A kind of file whose conflict has one right answer. */
export type VersionFileKind = "package" | "package-lock" | "changelog";

export interface DocumentFacts {
  readonly path: string;
  /** Where it was read. */
  readonly branch: string;
  /** null: something is there whose whole text GitHub did not give (a folder, binary, very long). */
  readonly text: string | null;
}

export interface DeadlineFacts {
  readonly name: "sla" | "update";
  readonly at: Instant;
  readonly passed: boolean;
}

/** Something the user can mend: design.md section 6, first kind. */
export interface Problem {
  /**
   * Stable, for tests, logs and the documentation: `branch-protected`, `permission-missing`, ... Three of them change what is planned next:
   * `merge-conflict` (of merge-into-branch and merge-pull-request: a person resolves) and `tag-taken` (of create-tag: the name exists elsewhere
   * or is burned, the next version is tried) and `name-taken` (of create-branch: observed again, another name is chosen).
   */
  readonly code: string;
  /** What was not done and why, one sentence, plain text (escaped when rendered). */
  readonly sentence: string;
  /** What a person does next, one sentence, plain text; commands in backticks. */
  readonly nextStep: string;
  /** True: the app will try again by itself; the sentence says so. */
  readonly transient: boolean;
  /** What a person types in a clone to do the same by hand, one command after the other; shown as one block to copy. */
  readonly commands?: readonly ShellCommand[];
  /** What a person puts into a file instead of the app. */
  readonly paste?: Paste;
}

/** Text to copy as it is. */
export interface Paste {
  readonly path: string;
  readonly text: string;
}

/** The program with its options, in our words; then words of anybody, quoted when shown. */
export type ShellCommand = readonly [program: string, ...words: readonly string[]];
