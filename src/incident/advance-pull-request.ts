import type { Action, OutcomeValue } from "./action.ts";
import { headMoved, ourCommit } from "./advance-branch.ts";
import type { Actor, IncidentState, Instant, PullRequestFacts } from "./state.ts";

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
  const { sha } = value;
  const mergeCommit =
    sha === null
      ? null
      : ourCommit(
          state,
          sha,
          sha,
          action.method === "merge" ? [action.headSha] : [],
          before.title,
          at ?? before.createdAt,
        );
  const merged = advancePullRequest(state, action.pullRequest, () => ({
    state: "merged",
    mergedAt: at,
    closedAt: at,
    mergedBy: app,
    mergeCommit,
  }));
  return sha === null ? merged : headMoved(merged, before.base, sha);
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
