import type { Action, OutcomeValue } from "./action.ts";
import { headMoved, ourCommit } from "./advance-branch.ts";
import type { IncidentState } from "./state.ts";
import type { Actor } from "./state/actor.ts";
import type { CommitFacts, Sha } from "./state/commit-facts.ts";
import type { Instant } from "./state/instant.ts";
import type { PullRequestFacts } from "./state/pull-request-facts.ts";

export function openedPullRequest(
  state: IncidentState,
  action: Omit<Extract<Action, { kind: "open-pull-request" }>, "kind">,
  value: Extract<OutcomeValue, { kind: "pull-request" }>,
  app: Actor,
  at: Instant,
): IncidentState {
  const opened: PullRequestFacts = {
    nodeId: value.nodeId,
    number: value.number,
    url: value.url,
    title: action.title,
    body: action.body,
    head: action.head,
    base: action.base,
    headSha: value.headSha,
    author: app,
    state: "open",
    isDraft: value.isDraft,
    createdAt: at,
    closedAt: null,
    mergedAt: null,
    mergedBy: null,
    mergeCommit: null,
    mergeable: "unknown",
    mergeState: "unknown",
    autoMergeEnabled: false,
    assignees: [],
    requestedReviewers: [],
    reviews: [],
    checkRuns: [],
    events: [],
    changedFiles: 0,
  };
  const others = state.pullRequests.filter((pull) => pull.number !== value.number);
  return { ...state, pullRequests: [...others, opened] };
}

/** Merged, or waiting for GitHub to merge it. That the fix is in the base is not said with it: landing is proven by looking. */
export function mergedPullRequest(
  state: IncidentState,
  action: Extract<Action, { kind: "merge-pull-request" }>,
  value: Extract<OutcomeValue, { kind: "merge-pull-request" }>,
  app: Actor,
  at: Instant | null,
): IncidentState {
  const before = state.pullRequests.find((pull) => pull.number === action.pullRequest);
  if (before === undefined) return state;
  if (!value.merged) {
    return advancePullRequest(state, action.pullRequest, () => ({ autoMergeEnabled: true }));
  }
  const mergeCommit = value.sha === null ? null : mergeCommitOf(state, action, before, value.sha, at);
  const merged = advancePullRequest(state, action.pullRequest, () => ({
    state: "merged",
    mergedAt: at,
    closedAt: at,
    mergedBy: app,
    mergeCommit,
  }));
  const branch = state.branches.find((each) => each.name === before.head);
  const brought = action.method === "merge" ? (branch?.commits ?? []) : [];
  return mergeCommit === null ? merged : headMoved(merged, before.base, mergeCommit, brought);
}

/** The tree is not known before it is read; the commit's own name stands for it. */
function mergeCommitOf(
  state: IncidentState,
  action: Extract<Action, { kind: "merge-pull-request" }>,
  pull: PullRequestFacts,
  sha: Sha,
  at: Instant | null,
): CommitFacts {
  const trunks = [state.integration, state.production, ...state.releaseBranches];
  const head = trunks.find((trunk) => trunk?.name === pull.base)?.head;
  const parents = [
    ...(head === undefined ? [] : [head]),
    ...(action.method === "merge" ? [action.headSha] : []),
  ];
  return ourCommit(state, {
    sha,
    tree: sha,
    parents,
    message: pull.title,
    committedAt: at ?? pull.createdAt,
  });
}

export function advancePullRequest(
  state: IncidentState,
  number: number,
  change: (pull: PullRequestFacts) => Partial<PullRequestFacts>,
): IncidentState {
  return {
    ...state,
    pullRequests: state.pullRequests.map((pull) =>
      pull.number === number ? { ...pull, ...change(pull) } : pull,
    ),
  };
}
