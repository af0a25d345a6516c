import { isoTime, isoTimeOrNull } from "../hub.ts";
import type { IssueComment, Label } from "../model.ts";
import { authorAssociation, issuePage } from "../present-issue.ts";
import { repositoryPage } from "../present-repository.ts";
import { actorOrNull } from "./actor.ts";
import type { Fields, Scope } from "./scope.ts";

export function commentFields(scope: Scope, comment: IssueComment): Fields {
  const { hub, repository } = scope;
  const { issue } = comment;
  const url = `${issuePage(hub, repository, issue)}#issuecomment-${comment.id}`;
  return {
    __typename: "IssueComment",
    id: comment.nodeId,
    databaseId: comment.id,
    fullDatabaseId: String(comment.id),
    url,
    author: () => actorOrNull(hub, comment.author),
    authorAssociation: authorAssociation(repository, comment.author),
    body: comment.body,
    createdAt: isoTime(comment.createdAt),
    updatedAt: isoTime(comment.updatedAt),
    lastEditedAt: isoTimeOrNull(comment.lastEditedAt),
    includesCreatedEdit: comment.lastEditedAt !== null,
    isMinimized: false,
    viewerDidAuthor: scope.viewer.kind === "user" && scope.viewer.account === comment.author,
    issue: () => scope.types.issue(scope, issue),
    pullRequest: () => (issue.pullRequest === null ? null : scope.types.pullRequest(scope, issue)),
    repository: () => scope.types.repository(scope),
  };
}

export function labelFields(scope: Scope, label: Label): Fields {
  const page = repositoryPage(scope.hub, scope.repository);
  return {
    __typename: "Label",
    id: label.nodeId,
    name: label.name,
    color: label.color,
    description: label.description,
    isDefault: label.isDefault,
    url: `${page}/labels/${encodeURIComponent(label.name)}`,
  };
}
