import { roleAtLeast, roleOf } from "../access.ts";
import { isoTime, isoTimeOrNull } from "../hub.ts";
import type { Issue } from "../model.ts";
import type { Review } from "../model/review.ts";
import { authorAssociation, issuePage } from "../present-issue.ts";
import { actorOrNull } from "./actor.ts";
import { commitByOid } from "./git-object.ts";
import type { Fields, Scope } from "./scope.ts";

export function reviewFields(scope: Scope, issue: Issue, review: Review): Fields {
  const { hub, repository } = scope;
  const at = isoTime(review.submittedAt ?? issue.createdAt);
  return {
    __typename: "PullRequestReview",
    id: review.nodeId,
    databaseId: review.id,
    fullDatabaseId: String(review.id),
    url: `${issuePage(hub, repository, issue)}#pullrequestreview-${review.id}`,
    author: () => actorOrNull(hub, review.author),
    authorAssociation: authorAssociation(repository, review.author),
    authorCanPushToRepository: roleAtLeast(roleOf(repository, review.author.login), "push"),
    body: review.body,
    state: review.state,
    commit: () => commitByOid(scope, review.commitId),
    createdAt: at,
    updatedAt: at,
    submittedAt: isoTimeOrNull(review.submittedAt),
    pullRequest: () => scope.types.pullRequest(scope, issue),
  };
}
