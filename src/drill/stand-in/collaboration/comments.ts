import { validationFailed } from "../api-error.ts";
import type { Issue, IssueComment } from "../model.ts";
import { nodeId } from "../node-id.ts";
import { commentBody, issueInList } from "../present-issue.ts";
import type { JsonObject } from "../router.ts";
import { type Act, recordEvent } from "./act.ts";
import { checkBody } from "./issues.ts";
import { recordReferences } from "./references.ts";

export function addComment(act: Act, issue: Issue, body: string): IssueComment {
  checkText(body);
  const { hub, repository, actor, viaApp } = act;
  const id = hub.nextId();
  const now = hub.now();
  const comment: IssueComment = {
    id,
    nodeId: nodeId("IC", id),
    issue,
    author: actor,
    viaApp,
    body,
    createdAt: now,
    updatedAt: now,
    lastEditedAt: null,
  };
  repository.comments.set(id, comment);
  issue.updatedAt = now;
  recordReferences(act, issue, body);
  emitComment(act, comment, "created");
  return comment;
}

export function editComment(act: Act, comment: IssueComment, body: string): void {
  checkText(body);
  const from = comment.body;
  comment.body = body;
  comment.updatedAt = act.hub.now();
  comment.lastEditedAt = comment.updatedAt;
  recordReferences(act, comment.issue, body);
  emitComment(act, comment, "edited", { changes: { body: { from } } });
}

export function deleteComment(act: Act, comment: IssueComment): void {
  act.repository.comments.delete(comment.id);
  recordEvent(act, comment.issue, "comment_deleted", { author: comment.author });
  emitComment(act, comment, "deleted");
}

function checkText(body: string): void {
  if (body.trim() === "") {
    throw validationFailed({
      resource: "IssueComment",
      code: "unprocessable",
      field: "data",
      message: "Body cannot be blank",
    });
  }
  checkBody("IssueComment", body);
}

function emitComment(act: Act, comment: IssueComment, action: string, extra: JsonObject = {}): void {
  const { hub, repository, actor } = act;
  const payload = {
    issue: issueInList(hub, repository, comment.issue),
    comment: commentBody(hub, repository, comment),
    ...extra,
  };
  hub.emit("issue_comment", action, payload, { sender: actor, repository });
}
