import { type Action, actionKey, type Outcome, type OutcomeValue } from "./action.ts";
import { advanceBranch, createdBranch, mergedInto } from "./advance-branch.ts";
import { committedMerge, reportedConflicts, reportedForecast } from "./advance-conflicts.ts";
import { committedDocuments } from "./advance-documents.ts";
import { closedFollowUp, openedFollowUp } from "./advance-follow-up.ts";
import { deletedProposal, proposed, withdrawn } from "./advance-proposal.ts";
import { advancePullRequest, mergedPullRequest, openedPullRequest } from "./advance-pull-request.ts";
import type { IncidentState } from "./state.ts";
import type { Actor } from "./state/actor.ts";
import type { Instant } from "./state/instant.ts";
import type { CommentFacts } from "./state/issue-facts.ts";

/**
 * The state as a fresh observation would show it after this outcome: what was made is there, what was refused stands in `refusals`. Times come from
 * GitHub's answer; where it gave none they stay unknown, or stand at the newest time that was observed.
 */
export function advance(state: IncidentState, outcome: Outcome): IncidentState {
  const { action } = outcome;
  if (!outcome.ok) {
    return { ...state, refusals: { ...state.refusals, [actionKey(action)]: outcome.problem } };
  }
  const next = applied(state, action, outcome.value);
  return movesCode(action) ? { ...next, isAdvanced: true } : next;
}

/** Whether proofs and times have to be read again after it. */
function movesCode(action: Action): boolean {
  switch (action.kind) {
    case "create-branch":
    case "open-pull-request":
    case "mark-ready":
    case "create-tag":
    case "publish-release":
    case "merge-into-branch":
    case "commit-merge":
    case "merge-pull-request":
      return true;
    case "write-status":
    case "write-digest":
    case "post-comment":
    case "request-review":
    case "assign":
    case "commit-documents":
    case "delete-branch":
    case "close-issue":
    case "report-conflicts":
    case "open-follow-up":
    case "close-follow-up":
    case "report-forecast":
    case "propose-change":
    case "withdraw-proposal":
      return false;
  }
}

function applied(state: IncidentState, action: Action, value: OutcomeValue): IncidentState {
  const at = value.at ?? newestInstant(state);
  const app = appActor(state);
  switch (action.kind) {
    case "create-branch":
      return value.kind === "branch" ? createdBranch(state, action, value.head, app, at) : state;
    case "open-pull-request":
      return value.kind === "pull-request" ? openedPullRequest(state, action, value, app, at) : state;
    case "write-status":
    case "write-digest":
      return wroteLiving(state, action, value, at);
    case "post-comment":
      return value.kind === "comment" && action.on === state.issue.number
        ? { ...state, comments: [...state.comments, newComment(state, value, action.body, at)] }
        : state;
    case "mark-ready":
      return advancePullRequest(state, action.pullRequest, (pull) => ({
        isDraft: false,
        events: [...pull.events, { kind: "ready_for_review", actor: app, at }],
      }));
    case "request-review":
      return advancePullRequest(state, action.pullRequest, (pull) => ({
        requestedReviewers: [
          ...pull.requestedReviewers,
          ...action.users,
          ...action.teams.map((team) => `${state.repository.owner}/${team}`),
        ],
        events: [...pull.events, { kind: "review_requested", actor: app, at }],
      }));
    case "assign":
      return assigned(state, action, app, at);
    case "create-tag":
      return {
        ...state,
        tags: [
          {
            name: action.tag,
            commit: action.commit,
            isAnnotated: true,
            taggedAt: value.at ?? null,
            onProduction: true,
          },
          ...state.tags,
        ],
      };
    case "publish-release":
      return {
        ...state,
        releases: [
          ...state.releases,
          {
            tag: action.tag,
            url: value.kind === "release" ? value.url : `${state.repository.url}/releases/tag/${action.tag}`,
            author: app,
            publishedAt: value.at ?? null,
            isDraft: false,
          },
        ],
      };
    case "merge-into-branch":
      return value.kind === "merge" ? mergedInto(state, action, value.sha, app, at) : state;
    case "commit-merge":
      return value.kind === "merge" ? committedMerge(state, action, value.sha, app, at) : state;
    case "report-conflicts":
      return reportedConflicts(state, action, at);
    case "report-forecast":
      return reportedForecast(state, action, at);
    case "merge-pull-request":
      return value.kind === "merge-pull-request"
        ? mergedPullRequest(state, action, value, app, value.at ?? null)
        : state;
    case "commit-documents":
      return value.kind === "documents" ? committedDocuments(state, action, value, app, at) : state;
    case "propose-change":
      return value.kind === "pull-request" ? proposed(state, action, value, app, at) : state;
    case "withdraw-proposal":
      return withdrawn(state, action, app, at);
    case "delete-branch":
      return deletedProposal(state, action.branch, app, at) ?? deletedBranch(state, action.branch, app, at);
    case "open-follow-up":
      return value.kind === "issue" ? openedFollowUp(state, action.key, value) : state;
    case "close-follow-up":
      return closedFollowUp(state, action.issue, at);
    case "close-issue":
      return {
        ...state,
        issue: { ...state.issue, state: "closed", stateReason: action.reason, closedAt: at },
        events: [...state.events, { kind: "closed", id: "closed-in-this-pass", actor: app, at }],
      };
  }
}

function wroteLiving(
  state: IncidentState,
  action: Extract<Action, { kind: "write-status" | "write-digest" }>,
  value: OutcomeValue,
  at: Instant,
): IncidentState {
  if (action.commentId === null) {
    return value.kind === "comment"
      ? { ...state, comments: [...state.comments, newComment(state, value, action.body, at)] }
      : state;
  }
  return {
    ...state,
    comments: state.comments.map((comment) =>
      comment.id === action.commentId ? { ...comment, body: action.body, editedAt: at } : comment,
    ),
  };
}

function newComment(
  state: IncidentState,
  value: Extract<OutcomeValue, { kind: "comment" }>,
  body: string,
  at: Instant,
): CommentFacts {
  return {
    id: value.id,
    nodeId: value.nodeId,
    url: value.url,
    author: appActor(state),
    body,
    createdAt: at,
    editedAt: null,
    isOurs: true,
  };
}

function assigned(
  state: IncidentState,
  action: Extract<Action, { kind: "assign" }>,
  app: Actor,
  at: Instant,
): IncidentState {
  if (action.issue === state.issue.number) {
    return {
      ...state,
      issue: { ...state.issue, assignees: [...new Set([...state.issue.assignees, ...action.logins])] },
      events: [...state.events, { kind: "assigned", id: "assigned-in-this-pass", actor: app, at }],
    };
  }
  return advancePullRequest(state, action.issue, (pull) => ({
    assignees: [...new Set([...pull.assignees, ...action.logins])],
    events: [...pull.events, { kind: "assigned", actor: app, at }],
  }));
}

function deletedBranch(state: IncidentState, branch: string, app: Actor, at: Instant): IncidentState {
  const pulls = state.pullRequests.map((pull) =>
    pull.head === branch
      ? { ...pull, events: [...pull.events, { kind: "head_ref_deleted" as const, actor: app, at }] }
      : pull,
  );
  return advanceBranch({ ...state, pullRequests: pulls }, branch, () => null);
}

function appActor(state: IncidentState): Actor {
  return { login: state.app.login, kind: "bot" };
}

/** The newest time in the state: what was done now cannot have been before it. */
function newestInstant(state: IncidentState): Instant {
  const instants = [
    state.issue.createdAt,
    ...state.events.map((event) => event.at),
    ...state.comments.map((comment) => comment.createdAt),
    ...state.pushes.map((push) => push.at),
    ...state.pullRequests.flatMap((pull) => [pull.createdAt, pull.mergedAt ?? pull.createdAt]),
  ];
  return instants.reduce((one, other) => (Date.parse(other) > Date.parse(one) ? other : one));
}
