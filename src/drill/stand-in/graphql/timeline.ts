import { isoTime } from "../hub.ts";
import type { Issue, IssueComment, IssueEvent, Label } from "../model.ts";
import type { Account } from "../model/account.ts";
import type { Review } from "../model/review.ts";
import { commentsOf } from "../present-issue.ts";
import { repositoryPage } from "../present-repository.ts";
import { pullCommits } from "../collaboration/pull-stats.ts";
import { actorFields, actorOrNull } from "./actor.ts";
import { commentFields, labelFields } from "./comment.ts";
import { connection, type PageArguments } from "./connection.ts";
import { commitByOid } from "./git-object.ts";
import { reviewFields } from "./review.ts";
import type { Fields, Scope } from "./scope.ts";

export interface TimelineArguments extends PageArguments {
  readonly itemTypes?: readonly string[] | null;
  readonly since?: string | null;
  readonly skip?: number | null;
}

type Item =
  | { readonly kind: "event"; readonly at: Date; readonly order: number; readonly event: IssueEvent }
  | { readonly kind: "comment"; readonly at: Date; readonly order: number; readonly comment: IssueComment }
  | { readonly kind: "review"; readonly at: Date; readonly order: number; readonly review: Review }
  | { readonly kind: "commit"; readonly at: Date; readonly order: number; readonly oid: string };

/** GraphQL's name of a recorded event; those that are not here are in no GraphQL timeline. */
const TYPES: Readonly<Record<string, string>> = {
  assigned: "AssignedEvent",
  unassigned: "UnassignedEvent",
  labeled: "LabeledEvent",
  unlabeled: "UnlabeledEvent",
  closed: "ClosedEvent",
  reopened: "ReopenedEvent",
  locked: "LockedEvent",
  unlocked: "UnlockedEvent",
  renamed: "RenamedTitleEvent",
  comment_deleted: "CommentDeletedEvent",
  "cross-referenced": "CrossReferencedEvent",
  merged: "MergedEvent",
  head_ref_deleted: "HeadRefDeletedEvent",
  head_ref_restored: "HeadRefRestoredEvent",
  head_ref_force_pushed: "HeadRefForcePushedEvent",
  base_ref_changed: "BaseRefChangedEvent",
  base_ref_deleted: "BaseRefDeletedEvent",
  automatic_base_change_succeeded: "AutomaticBaseChangeSucceededEvent",
  automatic_base_change_failed: "AutomaticBaseChangeFailedEvent",
  ready_for_review: "ReadyForReviewEvent",
  convert_to_draft: "ConvertToDraftEvent",
  review_requested: "ReviewRequestedEvent",
  review_request_removed: "ReviewRequestRemovedEvent",
  review_dismissed: "ReviewDismissedEvent",
  auto_merge_enabled: "AutoMergeEnabledEvent",
  auto_merge_disabled: "AutoMergeDisabledEvent",
};

/** `LabeledEvent` -> `LABELED_EVENT`, as `itemTypes` writes it. */
function itemTypeOf(type: string): string {
  return type.replaceAll(/(?<=[a-z])(?=[A-Z])/g, "_").toUpperCase();
}

/** History of an issue or pull request, oldest first. */
export async function timelineConnection(
  scope: Scope,
  issue: Issue,
  wanted: TimelineArguments,
): Promise<Fields> {
  const all = await itemsOf(scope, issue);
  const since = wanted.since ? new Date(wanted.since) : null;
  const items = all.filter(
    (item) =>
      (!wanted.itemTypes || wanted.itemTypes.includes(itemTypeOf(typeOf(item)))) &&
      (since === null || item.at >= since),
  );
  const shown = items.slice(wanted.skip ?? 0);
  const present = (item: Item): unknown => presentItem(scope, issue, item);
  return connection("timelineItems", shown, wanted, present, {
    filteredCount: items.length,
    pageCount: shown.length,
    updatedAt: isoTime(issue.updatedAt),
  });
}

function typeOf(item: Item): string {
  switch (item.kind) {
    case "event":
      return TYPES[item.event.event] ?? "";
    case "comment":
      return "IssueComment";
    case "review":
      return "PullRequestReview";
    case "commit":
      return "PullRequestCommit";
  }
}

async function itemsOf(scope: Scope, issue: Issue): Promise<readonly Item[]> {
  const events = issue.events
    .filter((event) => TYPES[event.event] !== undefined)
    .map((event): Item => ({ kind: "event", at: event.createdAt, order: event.id, event }));
  const comments = commentsOf(scope.repository, issue).map(
    (comment): Item => ({ kind: "comment", at: comment.createdAt, order: comment.id, comment }),
  );
  const pull = issue.pullRequest;
  const reviews = (pull?.reviews ?? []).map(
    (review): Item => ({
      kind: "review",
      at: review.submittedAt ?? issue.createdAt,
      order: review.id,
      review,
    }),
  );
  const oids = pull === null ? [] : await pullCommits(scope.repository, pull);
  const commits = oids.map((oid): Item => ({ kind: "commit", at: issue.createdAt, order: 0, oid }));
  const timed = [...events, ...comments, ...reviews].toSorted(
    (a, b) => a.at.getTime() - b.at.getTime() || a.order - b.order,
  );
  return [...commits, ...timed];
}

function presentItem(scope: Scope, issue: Issue, item: Item): unknown {
  switch (item.kind) {
    case "event":
      return eventFields(scope, issue, item.event);
    case "comment":
      return commentFields(scope, item.comment);
    case "review":
      return reviewFields(scope, issue, item.review);
    case "commit":
      return pullRequestCommitFields(scope, issue, item.oid);
  }
}

export function pullRequestCommitFields(scope: Scope, issue: Issue, oid: string): Fields {
  const page = `${repositoryPage(scope.hub, scope.repository)}/pull/${issue.number}/commits/${oid}`;
  return {
    __typename: "PullRequestCommit",
    id: `PRC_${Buffer.from(`${issue.id}:${oid}`).toString("base64url")}`,
    url: page,
    resourcePath: new URL(page).pathname,
    commit: () => commitByOid(scope, oid),
    pullRequest: () => scope.types.pullRequest(scope, issue),
  };
}

function eventFields(scope: Scope, issue: Issue, event: IssueEvent): Fields {
  return {
    __typename: TYPES[event.event],
    id: event.nodeId,
    databaseId: event.id,
    createdAt: isoTime(event.createdAt),
    actor: () => actorOrNull(scope.hub, event.actor),
    ...(issue.pullRequest === null ? {} : { pullRequest: () => scope.types.pullRequest(scope, issue) }),
    ...detailFields(scope, issue, event),
  };
}

function detailFields(scope: Scope, issue: Issue, event: IssueEvent): Fields {
  const { data } = event;
  const subject = (it: Issue) => (): Fields =>
    it.pullRequest === null ? scope.types.issue(scope, it) : scope.types.pullRequest(scope, it);
  const account = (value: unknown) => (): Fields => actorFields(scope.hub, value as Account);
  const commit = (value: unknown) => (): unknown =>
    commitByOid(scope, typeof value === "string" ? value : null);
  switch (event.event) {
    case "labeled":
    case "unlabeled":
      return { label: () => labelFields(scope, data.label as Label), labelable: subject(issue) };
    case "assigned":
    case "unassigned":
      return { assignee: account(data.assignee), assignable: subject(issue) };
    case "closed":
      return {
        closable: subject(issue),
        closer: commit(data.commitId),
        stateReason: typeof data.stateReason === "string" ? data.stateReason.toUpperCase() : null,
      };
    case "reopened":
      return { closable: subject(issue), stateReason: null };
    case "renamed": {
      const rename = data.rename as { readonly from: string; readonly to: string };
      return { previousTitle: rename.from, currentTitle: rename.to, subject: subject(issue) };
    }
    case "comment_deleted":
      return { deletedCommentAuthor: account(data.author) };
    case "cross-referenced":
      return { source: subject(data.source as Issue), target: subject(issue), isCrossRepository: false };
    case "merged":
      return { commit: commit(data.commitId), mergeRefName: data.mergeRefName };
    case "head_ref_force_pushed":
      return { beforeCommit: commit(data.before), afterCommit: commit(data.after) };
    case "head_ref_deleted":
      return { headRefName: issue.pullRequest?.head.ref };
    case "base_ref_changed":
      return { previousRefName: data.previous, currentRefName: data.current };
    case "automatic_base_change_succeeded":
    case "automatic_base_change_failed":
      return { oldBase: data.previous, newBase: data.current };
    case "review_requested":
    case "review_request_removed":
      return { requestedReviewer: account(data.reviewer) };
    case "review_dismissed":
      return { review: () => reviewFields(scope, issue, data.review as Review) };
    default:
      return {};
  }
}
