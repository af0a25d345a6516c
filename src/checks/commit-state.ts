import type { ConfigurationFacts } from "../incident/state.ts";
import type { Sha } from "../incident/state/commit-facts.ts";

/** What the commit is to an incident. */
export type IncidentSubject =
  | { readonly kind: "hotfix"; readonly incident: number; readonly branch: string; readonly target: string }
  | {
      readonly kind: "back-merge";
      readonly incident: number;
      readonly branch: string;
      readonly target: string;
    };

/** Head of a pull request that is about no incident: where all of them are guarded. */
export interface GuardedSubject {
  readonly kind: "pull-request";
  readonly number: number;
  readonly branch: string;
  readonly target: string;
}

export type Subject = IncidentSubject | GuardedSubject;

/** A check run of this app on the commit. */
export interface CheckRunState {
  readonly id: number;
  readonly name: string;
  readonly status: "queued" | "in_progress" | "completed";
  readonly conclusion: string | null;
  readonly title: string | null;
  readonly summary: string | null;
  readonly externalId: string | null;
  readonly annotations: number;
}

/** A file, link or submodule of the commit's tree. */
export interface TreeEntry {
  readonly path: string;
  readonly mode: string;
  /** Blob id; for a submodule the commit it points at. */
  readonly oid: string;
  /** Bytes; 0 where git knows none. */
  readonly size: number;
}

/** Everything the checks may know about a commit before any file is read. */
export interface CommitState {
  readonly sha: Sha;
  /** The branch has not moved on. */
  readonly isHead: boolean;
  readonly repositoryUrl: string;
  /** False in a public repository unless configuration allows it. */
  readonly mayNamePeople: boolean;
  /** From the subject's branch to its target, open; null: there is none. */
  readonly pullRequest: number | null;
  readonly subject: Subject;
  readonly configuration: ConfigurationFacts;
  /** Head of the branch that the commit is to be merged into; null where that branch does not exist. */
  readonly targetHead: Sha | null;
  readonly entries: readonly TreeEntry[];
  /** GitHub listed only part of the tree. */
  readonly isTreeTruncated: boolean;
  /** Somebody pressed "Re-run": runs that have ended are wanted anew. */
  readonly isRerunRequested: boolean;
  /** Ours only, oldest first. */
  readonly runs: readonly CheckRunState[];
  /** Checks and statuses of others on the commit. */
  readonly otherChecks: readonly OtherCheck[];
  /** Reviews of the pull request to the target; null: there is none yet. */
  readonly reviews: readonly CommitReview[] | null;
}

/** A commit of an incident. */
export type IncidentCommit = CommitState & { readonly subject: IncidentSubject };

export function isOfIncident(state: CommitState): state is IncidentCommit {
  return state.subject.kind !== "pull-request";
}

/** What another app or system says about the commit. */
export interface OtherCheck {
  readonly name: string;
  readonly isRequired: boolean;
  readonly status: "queued" | "in_progress" | "completed";
  readonly conclusion: string | null;
  readonly url: string | null;
}

/** What somebody said in a review, oldest first. */
export interface CommitReview {
  /** Login. */
  readonly author: string;
  readonly isPerson: boolean;
  readonly state: "approved" | "changes_requested" | "commented" | "dismissed" | "pending";
  readonly commit: Sha;
  /** Whether GitHub counts it: the author may push. */
  readonly mayPush: boolean;
}

/**
 * What a verdict derives from, besides the commit itself: two runs with equal ids say the same. Read again by `planCheck`, and by
 * people who ask why a check said what it said.
 */
export function externalIdOf(
  name: string,
  basis: {
    readonly configuration: string;
    readonly targetHead: Sha | null;
    /** Fingerprint of the rules and settings. */
    readonly rules: string;
    /** Fingerprint of what else can change it: checks of others, reviews. null: nothing can. */
    readonly news: string | null;
    /** Fingerprint of what people decided on the incident about this check; null: nothing. */
    readonly decisions: string | null;
  },
): string {
  return [
    name,
    `config=${basis.configuration}`,
    `target=${basis.targetHead ?? "none"}`,
    `rules=${basis.rules}`,
    ...(basis.news === null ? [] : [`news=${basis.news}`]),
    ...(basis.decisions === null ? [] : [`decisions=${basis.decisions}`]),
  ].join(";");
}
