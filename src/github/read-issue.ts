import type { CommentFacts, IssueEventFacts, IssueFacts } from "../incident/state/issue-facts.ts";
import type { CommentAnswer, IssueAnswer, IssueEventAnswer } from "./documents/answers.ts";
import { actorOf, isByApp } from "./read-actor.ts";
import { nodesOf } from "./read-commit.ts";

export function issueOf(answer: IssueAnswer): IssueFacts {
  return {
    nodeId: answer.id,
    number: answer.number,
    title: answer.title,
    body: answer.body,
    url: answer.url,
    state: answer.state === "OPEN" ? "open" : "closed",
    stateReason: stateReasonOf(answer.stateReason),
    isLocked: answer.locked,
    author: actorOf(answer.author),
    createdAt: answer.createdAt,
    closedAt: answer.closedAt,
    labels: nodesOf(answer.labels).map((label) => label.name),
    assignees: nodesOf(answer.assignees).map((assignee) => assignee.login),
  };
}

export function stateReasonOf(reason: IssueAnswer["stateReason"]): IssueFacts["stateReason"] {
  switch (reason) {
    case "COMPLETED":
      return "completed";
    case "NOT_PLANNED":
      return "not_planned";
    case "DUPLICATE":
      return "duplicate";
    case "REOPENED":
      return "reopened";
    case null:
      return null;
  }
}

export function commentOf(answer: CommentAnswer, app: { readonly login: string }): CommentFacts {
  const author = actorOf(answer.author);
  return {
    id: Number(answer.fullDatabaseId),
    nodeId: answer.id,
    url: answer.url,
    author,
    body: answer.body,
    createdAt: answer.createdAt,
    editedAt: answer.lastEditedAt,
    isOurs: isByApp(author, app),
  };
}

/** null: a kind of event that was not asked for. */
export function issueEventOf(answer: IssueEventAnswer): IssueEventFacts | null {
  const event = { id: answer.id, actor: actorOf(answer.actor), at: answer.createdAt };
  switch (answer.__typename) {
    case "LabeledEvent":
      return { kind: "labeled", ...event, label: answer.label?.name ?? "" };
    case "UnlabeledEvent":
      return { kind: "unlabeled", ...event, label: answer.label?.name ?? "" };
    case "ClosedEvent":
      return { kind: "closed", ...event };
    case "ReopenedEvent":
      return { kind: "reopened", ...event };
    case "AssignedEvent":
      return { kind: "assigned", ...event };
    case "CommentDeletedEvent":
      return { kind: "comment-deleted", ...event, author: actorOf(answer.deletedCommentAuthor ?? null) };
    default:
      return null;
  }
}
