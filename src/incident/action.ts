import type { ForbidRule } from "../config/schema/forbid-rule-schema.ts";
import type { Sha } from "./state/commit-facts.ts";
import type { VersionFileKind } from "./state/forecast-facts.ts";
import type { Instant } from "./state/instant.ts";
import type { Paste, Problem } from "./state/problem.ts";
import type { PullRequestFacts } from "./state/pull-request-facts.ts";

/**
 * One thing that is missing. `plan` returns them, `github/apply.ts` does them: each checks what is there before it is redone,
 * so that doing one twice is harmless. Actions of one plan are independent of each other and run side by side; what follows
 * from their outcomes is planned next, in the same pass, on the state that `advance` makes of them.
 */
export type Action =
  /** Empty commit (same tree) on `from`, then a new ref to it. Never moves an existing ref. */
  | {
      readonly kind: "create-branch";
      readonly branch: string;
      readonly from: Sha;
      readonly tree: Sha;
      readonly message: string;
    }
  | {
      readonly kind: "open-pull-request";
      readonly head: string;
      readonly base: string;
      readonly title: string;
      readonly body: string;
      readonly draft: boolean;
    }
  /** `commentId` null: no status comment exists. `body` is the whole comment, text of people around the section kept. */
  | { readonly kind: "write-status"; readonly commentId: number | null; readonly body: string }
  /** The one comment about incidents that are held back (`incident/storm.ts`). `commentId` null: there is none. `body` is the whole comment. */
  | { readonly kind: "write-digest"; readonly commentId: number | null; readonly body: string }
  /**
   * One comment for ever for one `marker` (which the body carries). `on`: issue or pull request number. `notifies`: what is announced outside of GitHub
   * when it was written.
   */
  | {
      readonly kind: "post-comment";
      readonly on: number;
      readonly marker: string;
      readonly body: string;
      readonly notifies?: Announcement;
    }
  | { readonly kind: "mark-ready"; readonly pullRequest: number; readonly nodeId: string }
  | {
      readonly kind: "request-review";
      readonly pullRequest: number;
      readonly users: readonly string[];
      /** Slugs, without the organisation. */
      readonly teams: readonly string[];
    }
  | { readonly kind: "assign"; readonly issue: number; readonly logins: readonly string[] }
  /** Annotated tag object, then the ref. The ref is the lock; an existing one is never moved. */
  | { readonly kind: "create-tag"; readonly tag: string; readonly commit: Sha; readonly message: string }
  | {
      readonly kind: "publish-release";
      readonly tag: string;
      readonly name: string;
      readonly body: string;
      readonly latest: boolean;
    }
  /** `POST /merges`: merges `commit` into `branch`. */
  | {
      readonly kind: "merge-into-branch";
      readonly branch: string;
      readonly commit: Sha;
      readonly message: string;
    }
  /**
   * Where GitHub sees a conflict that the app may take further: one commit with two parents on `branch`, made file by file from the sides, and set
   * only while the branch is at `expectedHead`. `markers`: what no policy settles is committed with conflict markers.
   */
  | {
      readonly kind: "commit-merge";
      readonly branch: string;
      readonly expectedHead: Sha;
      /** The two sides; one of them is `expectedHead`. */
      readonly hotfix: Sha;
      readonly into: Sha;
      readonly versionFiles: readonly VersionFile[];
      readonly markers: boolean;
      readonly message: string;
    }
  /** The check run `hotfix/conflicts` on the head of a back-merge branch. */
  | {
      readonly kind: "report-conflicts";
      readonly pullRequest: number;
      readonly head: Sha;
      readonly conclusion: "failure" | "success";
      readonly title: string;
      readonly summary: string;
      readonly detailsUrl: string | null;
    }
  /** The check run `hotfix/back-merge` on the head of the hotfix. */
  | {
      readonly kind: "report-forecast";
      readonly pullRequest: number;
      readonly head: Sha;
      readonly externalId: string;
      readonly conclusion: "success" | "neutral";
      readonly title: string;
      readonly summary: string;
      readonly detailsUrl: string | null;
    }
  | {
      readonly kind: "merge-pull-request";
      readonly pullRequest: number;
      readonly nodeId: string;
      readonly headSha: Sha;
      readonly method: "merge" | "squash" | "rebase";
    }
  /**
   * All files in one commit on `branch` (`createCommitOnBranch` with `expectedHead`). Where that is refused, on the branch `fallback.branch`
   * with a pull request to `branch`; `fallback` null: `branch` is the pull request's already.
   */
  | {
      readonly kind: "commit-documents";
      readonly branch: string;
      readonly expectedHead: Sha;
      readonly files: readonly { readonly path: string; readonly text: string }[];
      readonly message: string;
      readonly fallback: { readonly branch: string; readonly title: string; readonly body: string } | null;
    }
  /** A branch with one commit on the head of the default branch, and a pull request. Nothing is there that a person could lose. */
  | {
      readonly kind: "propose-change";
      readonly branch: string;
      readonly base: string;
      readonly change: ProposedChange;
      readonly message: string;
      readonly title: string;
      readonly body: string;
      /** For a person to do the same by hand; null: the sentence says it. */
      readonly paste: Paste | null;
      /** The open pull request whose branch is made anew, only while its head is `expectedHead`. Absent: there is none yet. */
      readonly renews?: Pick<PullRequestFacts, "number" | "nodeId" | "url"> & { readonly expectedHead: Sha };
    }
  /** Closes a proposal that is ours and not merged, after one comment that says why. */
  | {
      readonly kind: "withdraw-proposal";
      readonly pullRequest: number;
      readonly marker: string;
      readonly body: string;
    }
  /** Compare-and-set: only while its head is `expectedHead`. */
  | { readonly kind: "delete-branch"; readonly branch: string; readonly expectedHead: Sha }
  | { readonly kind: "close-issue"; readonly reason: "completed" }
  /**
   * One issue for ever for one `marker` (which the bodies carry), as a sub-issue of the incident where GitHub has those. `known`: it is there, and
   * only the link is missing. `withoutLabel`: the body where the label cannot be put.
   */
  | {
      readonly kind: "open-follow-up";
      readonly key: string;
      readonly marker: string;
      readonly title: string;
      readonly body: string;
      readonly withoutLabel: string;
      readonly label: string;
      readonly assignees: readonly string[];
      readonly known: { readonly number: number; readonly id: number } | null;
    }
  /** As not planned: somebody said why. */
  | { readonly kind: "close-follow-up"; readonly issue: number };

/** `comment`: id of the comment in which a person asked for it; one announcement for each. */
export interface Announcement {
  readonly kind: "stakeholder-update";
  readonly comment: number;
}

export type ProposedChange =
  | { readonly kind: "forbid"; readonly rule: ForbidRule; readonly inForce: RulesInForce }
  | { readonly kind: "retire"; readonly name: string }
  | { readonly kind: "setup"; readonly text: string };

/** A file of the repository itself would hide rules that come from elsewhere. */
export interface RulesInForce {
  readonly count: number;
  /** Configuration of the repository or of its owner is in force. */
  readonly isConfigured: boolean;
}

/** Files of one kind, by glob. */
export interface VersionFile {
  readonly path: string;
  readonly kind: VersionFileKind;
}

export type ActionKind = Action["kind"];

/** What doing an action gave. `value` is what `advance` needs to know of the new thing. */
export type Outcome =
  | { readonly action: Action; readonly ok: true; readonly value: OutcomeValue }
  | { readonly action: Action; readonly ok: false; readonly problem: Problem };

export type OutcomeValue = (
  | { readonly kind: "done" }
  | { readonly kind: "branch"; readonly head: Sha }
  | {
      readonly kind: "pull-request";
      readonly number: number;
      readonly nodeId: string;
      readonly url: string;
      readonly isDraft: boolean;
      readonly headSha: Sha;
    }
  | { readonly kind: "comment"; readonly id: number; readonly nodeId: string; readonly url: string }
  | { readonly kind: "issue"; readonly number: number; readonly id: number; readonly url: string }
  | { readonly kind: "release"; readonly url: string }
  /** New head of the branch; null when there was nothing to merge. */
  | { readonly kind: "merge"; readonly sha: Sha | null }
  /** The pull request was merged, or GitHub will merge it when its requirements are met. */
  | { readonly kind: "merge-pull-request"; readonly merged: boolean; readonly sha: Sha | null }
  | { readonly kind: "documents"; readonly sha: Sha; readonly pullRequest: number | null }
) & {
  /** When it happened, by GitHub's answer; absent where the answer does not say. Never the app's own clock. */
  readonly at?: Instant;
};

/** Names an action by what it is about, stable across passes: the key of refusals and of the log line. */
export function actionKey(action: Action): string {
  switch (action.kind) {
    case "create-branch":
    case "merge-into-branch":
    case "commit-merge":
    case "delete-branch":
    case "commit-documents":
    case "propose-change":
      return `${action.kind}:${action.branch}`;
    case "open-pull-request":
      return `${action.kind}:${action.head}->${action.base}`;
    case "write-status":
    case "write-digest":
    case "close-issue":
      return action.kind;
    case "post-comment":
      return `${action.kind}:${action.on}:${action.marker}`;
    case "mark-ready":
    case "request-review":
    case "report-conflicts":
    case "report-forecast":
    case "merge-pull-request":
    case "withdraw-proposal":
      return `${action.kind}:${action.pullRequest}`;
    case "assign":
    case "close-follow-up":
      return `${action.kind}:${action.issue}`;
    case "open-follow-up":
      return `${action.kind}:${action.key}`;
    case "create-tag":
    case "publish-release":
      return `${action.kind}:${action.tag}`;
  }
}
