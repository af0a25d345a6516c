import type { NeededPermission } from "./missing-permission.ts";
import type { BranchFacts, PushFacts, ReleaseBranchFacts, TrunkFacts } from "./state/branch-facts.ts";
import type { LookedUpCommitFacts, Sha, SuspectCommitFacts } from "./state/commit-facts.ts";
import type { DeploymentFacts } from "./state/deployment-facts.ts";
import type { ForecastFacts } from "./state/forecast-facts.ts";
import type { Instant } from "./state/instant.ts";
import type { CommentFacts, IssueEventFacts, IssueFacts } from "./state/issue-facts.ts";
import type { NeighboursFacts } from "./state/neighbours-facts.ts";
import type { Problem } from "./state/problem.ts";
import type { PullRequestFacts } from "./state/pull-request-facts.ts";
import type { ReleaseFacts, TagFacts } from "./state/release-facts.ts";

/**
 * Everything `plan` may know about one incident: facts as GitHub shows them, and nothing derived from them. What follows
 * from the facts (phase, rounds, timeline, impact) is computed in this folder each time. Its larger parts are in `state/`. Read by
 * `github/observe-incident.ts`, advanced inside one pass by `incident/advance.ts`.
 */
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

/** The booleans of the collaborator endpoint; custom role names match nothing. */
export interface PermissionFacts {
  readonly pull: boolean;
  readonly triage: boolean;
  readonly push: boolean;
  readonly maintain: boolean;
  readonly admin: boolean;
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

export interface LandingFacts {
  /** Merge commit of the production pull request. */
  readonly mergeCommit: Sha;
  readonly target: string;
  /** How it was proven, or `missing` (looked, not there), or `unknown` (could not look). */
  readonly proof: "ancestry" | "content" | "pull-request" | "missing" | "unknown";
}

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
