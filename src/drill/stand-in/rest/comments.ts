import { forbidden, notFound } from "../api-error.ts";
import { actOf, mayManage } from "../collaboration/act.ts";
import { addComment, deleteComment, editComment } from "../collaboration/comments.ts";
import type { Hub } from "../hub.ts";
import { isoTime } from "../hub.ts";
import type { IssueComment } from "../model.ts";
import { nodeId } from "../node-id.ts";
import { paginate } from "../pagination.ts";
import { simpleUser } from "../present-account.ts";
import { commentBody, commentsOf } from "../present-issue.ts";
import type { RepositoryContext, Reply } from "../router.ts";
import { ISSUE_READ, ISSUE_WRITE, issueOf } from "./issues.ts";
import { readText } from "./read-body.ts";

const DOCS = "https://docs.github.com/rest/issues/comments";
const BASE = "/repos/{owner}/{repo}/issues";

export function registerComments(hub: Hub): void {
  const { router } = hub;
  const present = (context: RepositoryContext) => (comment: IssueComment) =>
    commentBody(hub, context.repository, comment);
  router.repository({
    method: "GET",
    path: `${BASE}/comments`,
    permissions: ISSUE_READ,
    docs: DOCS,
    handler: (context) =>
      paginate(context, since(context, [...context.repository.comments.values()]), present(context)),
  });
  router.repository({
    method: "GET",
    path: `${BASE}/{issue_number}/comments`,
    permissions: ISSUE_READ,
    docs: DOCS,
    handler: (context) =>
      paginate(context, since(context, commentsOf(context.repository, issueOf(context))), present(context)),
  });
  router.repository({
    method: "POST",
    path: `${BASE}/{issue_number}/comments`,
    permissions: ISSUE_WRITE,
    role: "pull",
    docs: DOCS,
    handler: create,
  });
  registerOneComment(hub);
  registerReactions(hub);
}

function registerOneComment(hub: Hub): void {
  const path = `${BASE}/comments/{comment_id}`;
  hub.router.repository({
    method: "GET",
    path,
    permissions: ISSUE_READ,
    docs: DOCS,
    handler: (context) => ({
      status: 200,
      body: commentBody(hub, context.repository, commentOf(context)),
    }),
  });
  hub.router.repository({
    method: "PATCH",
    path,
    permissions: ISSUE_WRITE,
    role: "pull",
    docs: DOCS,
    handler: (context) => {
      const comment = ownCommentOf(context);
      editComment(actOf(context), comment, readText(context.body.body) ?? "");
      return { status: 200, body: commentBody(hub, context.repository, comment) };
    },
  });
  hub.router.repository({
    method: "DELETE",
    path,
    permissions: ISSUE_WRITE,
    role: "pull",
    docs: DOCS,
    handler: (context) => {
      deleteComment(actOf(context), ownCommentOf(context));
      return { status: 204 };
    },
  });
}

/** A reaction is answered and shown to nobody: nothing in this project reads them back. */
function registerReactions(hub: Hub): void {
  const path = `${BASE}/comments/{comment_id}/reactions`;
  const docs = "https://docs.github.com/rest/reactions/reactions";
  hub.router.repository({
    method: "GET",
    path,
    permissions: ISSUE_READ,
    docs,
    handler: (context) => {
      commentOf(context);
      return { status: 200, body: [] };
    },
  });
  hub.router.repository({
    method: "POST",
    path,
    permissions: ISSUE_WRITE,
    role: "pull",
    docs,
    handler: (context) => {
      commentOf(context);
      const id = hub.nextId();
      const user = simpleUser(hub, actOf(context).actor);
      const content = readText(context.body.content);
      const body = {
        id,
        node_id: nodeId("EV", `reaction:${id}`),
        user,
        content,
        created_at: isoTime(hub.now()),
      };
      return { status: 201, body };
    },
  });
}

function since(context: RepositoryContext, comments: readonly IssueComment[]): readonly IssueComment[] {
  const after = context.query.get("since");
  return after === null ? comments : comments.filter((comment) => comment.updatedAt >= new Date(after));
}

function create(context: RepositoryContext): Reply {
  const { hub, repository } = context;
  const issue = issueOf(context);
  if (issue.locked && !mayManage(context.viewer, repository, "push")) {
    throw forbidden("Unable to create comment because issue is locked.");
  }
  const comment = addComment(actOf(context), issue, readText(context.body.body) ?? "");
  const body = commentBody(hub, repository, comment);
  return { status: 201, body, headers: { location: String(body.url) } };
}

function commentOf(context: RepositoryContext): IssueComment {
  const comment = context.repository.comments.get(Number(context.params.comment_id));
  if (comment === undefined) throw notFound();
  return comment;
}

/** Anybody who may write to the repository can edit everybody's comments (platform §13). */
function ownCommentOf(context: RepositoryContext): IssueComment {
  const comment = commentOf(context);
  const isAuthor = comment.author === actOf(context).actor;
  if (!isAuthor && !mayManage(context.viewer, context.repository, "push")) {
    throw forbidden("Must have admin rights to Repository.");
  }
  return comment;
}
