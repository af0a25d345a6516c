import type { FollowUpAnswer } from "./follow-up-queries.ts";

/** Shapes of the answers to the documents of this folder, field for field. */

export interface Page<T> {
  readonly pageInfo: {
    readonly hasNextPage: boolean;
    readonly endCursor: string | null;
    /** Of pages that are read from the end of the list. */
    readonly hasPreviousPage?: boolean;
    readonly startCursor?: string | null;
  };
  readonly nodes: readonly (T | null)[] | null;
}

/** Where the last entries of a list begin. */
export interface StartCursor {
  readonly pageInfo: { readonly startCursor: string | null };
}

/** A list with where it ends, for reading it from both ends. */
export interface CommentEnds {
  readonly comments: Page<CommentAnswer>;
  readonly lastHundredComments: StartCursor;
  readonly lastNinetyNineComments: StartCursor;
}

export interface Nodes<T> {
  readonly nodes: readonly (T | null)[] | null;
}

/** null: the account is gone. */
export type ActorAnswer = { readonly __typename: string; readonly login: string } | null;

export interface CommitAnswer {
  readonly oid: string;
  readonly tree: { readonly oid: string };
  readonly parents: Nodes<{ readonly oid: string }>;
  readonly message: string;
  readonly author: {
    readonly name: string | null;
    readonly user: { readonly login: string } | null;
  } | null;
  readonly committedDate: string;
  readonly url: string;
}

export interface CommentAnswer {
  readonly id: string;
  /** A BigInt, which GraphQL sends as text. */
  readonly fullDatabaseId: string | number;
  readonly url: string;
  readonly author: ActorAnswer;
  readonly body: string;
  readonly createdAt: string;
  readonly lastEditedAt: string | null;
}

export interface IssueEventAnswer {
  readonly __typename: string;
  readonly id: string;
  readonly createdAt: string;
  readonly actor: ActorAnswer;
  readonly label?: { readonly name: string };
  readonly deletedCommentAuthor?: ActorAnswer;
}

export interface IssueAnswer extends CommentEnds {
  readonly id: string;
  readonly number: number;
  readonly title: string;
  readonly body: string;
  readonly url: string;
  readonly state: "OPEN" | "CLOSED";
  readonly stateReason: "COMPLETED" | "NOT_PLANNED" | "DUPLICATE" | "REOPENED" | null;
  readonly locked: boolean;
  readonly author: ActorAnswer;
  readonly createdAt: string;
  readonly closedAt: string | null;
  readonly labels: Nodes<{ readonly name: string }> | null;
  readonly assignees: Nodes<{ readonly login: string }>;
  readonly timelineItems: Page<IssueEventAnswer>;
  /** Issues and pull requests that name the incident. */
  readonly references?: Nodes<{
    readonly __typename: string;
    readonly source?: ({ readonly __typename: string } & Partial<FollowUpAnswer>) | null;
  }>;
  readonly lastHundredItems: StartCursor;
  readonly lastNinetyNineItems: StartCursor;
}

export interface TrunkAnswer {
  readonly name: string;
  readonly target: {
    readonly oid: string;
    readonly tree?: { readonly oid: string };
    readonly history?: {
      readonly pageInfo: { readonly hasNextPage: boolean };
      readonly nodes: readonly (CommitAnswer | null)[] | null;
    };
  } | null;
}

export interface BranchAnswer {
  /** `refs/heads/`, or more of the name: only both together are the full name. */
  readonly prefix: string;
  readonly name: string;
  readonly target: {
    readonly oid: string;
    readonly tree?: { readonly oid: string };
    readonly history?: {
      readonly pageInfo: { readonly hasNextPage: boolean };
      readonly nodes: readonly ({ readonly oid: string } | null)[] | null;
    };
  } | null;
}

export interface TagAnswer {
  readonly name: string;
  readonly target: {
    readonly __typename: string;
    readonly oid: string;
    readonly tagger?: { readonly date: string | null } | null;
    readonly target?: {
      readonly __typename: string;
      readonly oid: string;
      readonly target?: { readonly oid: string };
    };
  } | null;
}

export interface PullRequestNameAnswer {
  readonly number: number;
  readonly state: "OPEN" | "CLOSED" | "MERGED";
  readonly isCrossRepository: boolean;
  readonly headRefName: string;
  readonly headRefOid: string;
  readonly baseRefName: string;
  readonly mergeCommit: {
    readonly oid: string;
    readonly parents: Nodes<{ readonly oid: string }>;
  } | null;
}

export interface FileAnswer {
  readonly __typename: string;
  readonly oid: string;
  readonly text?: string | null;
  readonly isTruncated?: boolean;
}

export interface RepositoryAnswer {
  readonly id: string;
  readonly databaseId: number | null;
  readonly name: string;
  readonly owner: { readonly login: string };
  readonly url: string;
  readonly isPrivate: boolean;
  readonly isArchived: boolean;
  readonly isEmpty: boolean;
  readonly autoMergeAllowed: boolean;
  readonly mergeCommitAllowed: boolean;
  readonly squashMergeAllowed: boolean;
  readonly rebaseMergeAllowed: boolean;
  readonly deleteBranchOnMerge: boolean;
  readonly defaultBranchRef: { readonly name: string } | null;
  readonly configuration: FileAnswer | null;
  /** Folder of the repository's own templates. */
  readonly templates?: { readonly __typename: string; readonly oid: string } | null;
  readonly issue: IssueAnswer | null;
  /** With the label that was asked with. */
  readonly openIncidents: { readonly totalCount: number };
  readonly production: TrunkAnswer | null;
  readonly integration: TrunkAnswer | null;
  readonly documentsBranch: BranchAnswer | null;
  /** Absent where nobody asked: no proposal is known then. */
  readonly validation?: { readonly oid: string } | null;
  readonly proposalBranches?: Page<BranchAnswer> | null;
  readonly hotfixBranches: Page<BranchAnswer> | null;
  readonly backMergeBranches: Page<BranchAnswer> | null;
  readonly laterBackMergeBranches: Page<BranchAnswer> | null;
  readonly releaseBranches: Page<BranchAnswer> | null;
  readonly newestTags: Nodes<TagAnswer> | null;
  readonly versionTags: Nodes<TagAnswer> | null;
  readonly pullRequests: Page<PullRequestNameAnswer>;
}

export interface IncidentAnswer {
  readonly repository: RepositoryAnswer | null;
  readonly fallback: { readonly configuration: FileAnswer | null } | null;
}

export interface CheckRunAnswer {
  readonly databaseId: number | null;
  readonly name: string;
  readonly status: string;
  readonly conclusion: string | null;
  readonly title: string | null;
  readonly url: string;
  readonly startedAt: string | null;
  readonly completedAt: string | null;
  readonly externalId: string | null;
}

export interface CheckSuiteAnswer {
  readonly app: { readonly databaseId: number | null } | null;
  readonly checkRuns: Nodes<CheckRunAnswer> | null;
}

export interface ReviewAnswer {
  readonly author: ActorAnswer;
  readonly state: string;
  readonly commit: { readonly oid: string } | null;
  readonly createdAt: string;
  readonly submittedAt: string | null;
  readonly url: string;
}

export interface PullRequestAnswer {
  readonly id: string;
  readonly number: number;
  readonly url: string;
  readonly title: string;
  readonly body: string;
  readonly headRefName: string;
  readonly headRefOid: string;
  readonly baseRefName: string;
  readonly isCrossRepository: boolean;
  readonly author: ActorAnswer;
  readonly state: "OPEN" | "CLOSED" | "MERGED";
  readonly isDraft: boolean;
  readonly createdAt: string;
  readonly closedAt: string | null;
  readonly mergedAt: string | null;
  readonly mergedBy: ActorAnswer;
  readonly mergeCommit: CommitAnswer | null;
  readonly mergeable: "MERGEABLE" | "CONFLICTING" | "UNKNOWN";
  readonly mergeStateStatus: string;
  readonly autoMergeRequest: { readonly enabledAt: string | null } | null;
  readonly changedFiles: number;
  readonly assignees: Nodes<{ readonly login: string }>;
  readonly reviewRequests: Nodes<{
    readonly requestedReviewer: {
      readonly __typename: string;
      readonly login?: string;
      readonly combinedSlug?: string;
    } | null;
  }> | null;
  readonly reviews: Nodes<ReviewAnswer> | null;
  readonly timelineItems: Nodes<{
    readonly __typename: string;
    readonly createdAt: string;
    readonly actor: ActorAnswer;
  }>;
  readonly allCommits: Nodes<{ readonly commit: CommitAnswer }>;
  /** Of each, the checks of this app alone; the newest commit is among them. */
  readonly earlierCommits: Nodes<{
    readonly commit: { readonly oid: string; readonly checkSuites: Nodes<CheckSuiteAnswer> | null };
  }> | null;
  readonly newestCommit: Nodes<{
    readonly commit: { readonly oid: string; readonly checkSuites: Nodes<CheckSuiteAnswer> | null };
  }>;
}
