import { roleOf } from "./access.ts";
import type { Hub } from "./hub.ts";
import { isoTime, isoTimeOrNull } from "./hub.ts";
import type { Issue, IssueComment, IssueEvent, Label, Repository } from "./model.ts";
import type { Account } from "./model/account.ts";
import { integrationOrNull, simpleUser, simpleUserOrNull } from "./present-account.ts";
import { repositoryPage, repositoryUrl } from "./present-repository.ts";
import type { JsonObject } from "./router.ts";
import { unverified } from "./unverified.ts";

unverified("issues/bot-association", "author_association of an app's bot is NONE");

export function authorAssociation(repository: Repository, author: Account): string {
  if (author.id === repository.owner.id) return "OWNER";
  if (author.type === "Bot") return "NONE";
  const isCollaborator = repository.collaborators.has(author.login.toLowerCase());
  if (isCollaborator && repository.owner.type === "Organization") return "MEMBER";
  return isCollaborator && roleOf(repository, author.login) !== null ? "COLLABORATOR" : "NONE";
}

/** The schema `label`. */
export function labelBody(hub: Hub, repository: Repository, label: Label): JsonObject {
  return {
    id: label.id,
    node_id: label.nodeId,
    url: `${repositoryUrl(hub, repository)}/labels/${encodeURIComponent(label.name)}`,
    name: label.name,
    color: label.color,
    default: label.isDefault,
    description: label.description,
  };
}

export function issuePage(hub: Hub, repository: Repository, issue: Issue): string {
  const kind = issue.pullRequest === null ? "issues" : "pull";
  return `${repositoryPage(hub, repository)}/${kind}/${issue.number}`;
}

/** Oldest first. */
export function commentsOf(repository: Repository, issue: Issue): readonly IssueComment[] {
  return [...repository.comments.values()].filter((comment) => comment.issue === issue);
}

/** The schema `issue`; with `closed_by`, which lists leave out. */
export function issueBody(hub: Hub, repository: Repository, issue: Issue): JsonObject {
  return {
    ...issueInList(hub, repository, issue),
    closed_by: simpleUserOrNull(hub, issue.closedBy),
  };
}

/** The schema `issue` as lists and webhooks carry it. */
export function issueInList(hub: Hub, repository: Repository, issue: Issue): JsonObject {
  const root = repositoryUrl(hub, repository);
  const url = `${root}/issues/${issue.number}`;
  const assignees = issue.assignees.map((account) => simpleUser(hub, account));
  return {
    url,
    repository_url: root,
    labels_url: `${url}/labels{/name}`,
    comments_url: `${url}/comments`,
    events_url: `${url}/events`,
    html_url: issuePage(hub, repository, issue),
    id: issue.id,
    node_id: issue.nodeId,
    number: issue.number,
    title: issue.title,
    user: simpleUser(hub, issue.author),
    labels: issue.labels.map((label) => labelBody(hub, repository, label)),
    state: issue.state,
    locked: issue.locked,
    assignee: assignees[0] ?? null,
    assignees,
    milestone: null,
    comments: commentsOf(repository, issue).length,
    created_at: isoTime(issue.createdAt),
    updated_at: isoTime(issue.updatedAt),
    closed_at: isoTimeOrNull(issue.closedAt),
    author_association: authorAssociation(repository, issue.author),
    ...(issue.pullRequest === null
      ? issueOnly(hub, repository, issue)
      : pullRequestPart(hub, repository, issue)),
    body: issue.body,
    reactions: reactions(`${url}/reactions`),
    timeline_url: `${url}/timeline`,
    performed_via_github_app: integrationOrNull(hub, issue.viaApp),
    state_reason: issue.stateReason,
    active_lock_reason: null,
  };
}

/** In the order of their numbers. */
export function subIssuesOf(repository: Repository, parent: Issue): readonly Issue[] {
  return [...repository.issues.values()].filter((issue) => issue.parent === parent);
}

function issueOnly(hub: Hub, repository: Repository, issue: Issue): JsonObject {
  const parts = subIssuesOf(repository, issue);
  const completed = parts.filter((part) => part.state === "closed").length;
  const percent = parts.length === 0 ? 0 : Math.floor((100 * completed) / parts.length);
  return {
    type: null,
    ...(issue.parent !== null && {
      parent_issue_url: `${repositoryUrl(hub, repository)}/issues/${issue.parent.number}`,
    }),
    sub_issues_summary: { total: parts.length, completed, percent_completed: percent },
    issue_dependencies_summary: { blocked_by: 0, total_blocked_by: 0, blocking: 0, total_blocking: 0 },
  };
}

function pullRequestPart(hub: Hub, repository: Repository, issue: Issue): JsonObject {
  const page = issuePage(hub, repository, issue);
  return {
    draft: issue.pullRequest?.draft ?? false,
    pull_request: {
      url: `${repositoryUrl(hub, repository)}/pulls/${issue.number}`,
      html_url: page,
      diff_url: `${page}.diff`,
      patch_url: `${page}.patch`,
      merged_at: isoTimeOrNull(issue.pullRequest?.mergedAt ?? null),
    },
  };
}

/** The stand-in counts no reactions. */
export function reactions(url: string): JsonObject {
  const none = {
    "+1": 0,
    "-1": 0,
    laugh: 0,
    hooray: 0,
    confused: 0,
    heart: 0,
    rocket: 0,
    eyes: 0,
  };
  return { url, total_count: 0, ...none };
}

/** The schema `issue-comment`. */
export function commentBody(hub: Hub, repository: Repository, comment: IssueComment): JsonObject {
  const root = repositoryUrl(hub, repository);
  const url = `${root}/issues/comments/${comment.id}`;
  return {
    url,
    html_url: `${issuePage(hub, repository, comment.issue)}#issuecomment-${comment.id}`,
    issue_url: `${root}/issues/${comment.issue.number}`,
    id: comment.id,
    node_id: comment.nodeId,
    user: simpleUser(hub, comment.author),
    created_at: isoTime(comment.createdAt),
    updated_at: isoTime(comment.updatedAt),
    author_association: authorAssociation(repository, comment.author),
    body: comment.body,
    reactions: reactions(`${url}/reactions`),
    performed_via_github_app: integrationOrNull(hub, comment.viaApp),
  };
}

/** One entry of an issue's history in the form that events and timeline share. */
export function eventBody(hub: Hub, repository: Repository, event: IssueEvent): JsonObject {
  const commitId = typeof event.data.commitId === "string" ? event.data.commitId : null;
  return {
    id: event.id,
    node_id: event.nodeId,
    url: `${repositoryUrl(hub, repository)}/issues/events/${event.id}`,
    actor: simpleUserOrNull(hub, event.actor),
    event: event.event,
    commit_id: commitId,
    commit_url: commitId === null ? null : `${repositoryUrl(hub, repository)}/commits/${commitId}`,
    created_at: isoTime(event.createdAt),
    performed_via_github_app: integrationOrNull(hub, event.viaApp),
    ...eventDetails(hub, event),
  };
}

/** What `data` of the recorded kinds adds; see `recordEvent` callers for its keys. */
function eventDetails(hub: Hub, event: IssueEvent): JsonObject {
  const { data } = event;
  const account = (value: unknown): JsonObject => simpleUser(hub, value as Account);
  switch (event.event) {
    case "labeled":
    case "unlabeled": {
      const label = data.label as Label;
      return { label: { name: label.name, color: label.color } };
    }
    case "assigned":
    case "unassigned":
      return { assignee: account(data.assignee), assigner: simpleUserOrNull(hub, event.actor) };
    case "review_requested":
    case "review_request_removed":
      return {
        review_requester: simpleUserOrNull(hub, event.actor),
        requested_reviewer: account(data.reviewer),
      };
    case "review_dismissed":
      return { dismissed_review: data.dismissedReview };
    case "renamed":
      return { rename: data.rename };
    case "closed":
      return { state_reason: data.stateReason ?? null };
    case "reopened":
      return { state_reason: null };
    case "locked":
      return { lock_reason: data.lockReason ?? null };
    default:
      return {};
  }
}
