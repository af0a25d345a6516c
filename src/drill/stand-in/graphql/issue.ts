import { pullsOf } from "../collaboration/branch-pulls.ts";
import { closedBy } from "../collaboration/references.ts";
import { isoTime, isoTimeOrNull } from "../hub.ts";
import type { Issue } from "../model.ts";
import { authorAssociation, commentsOf, issuePage } from "../present-issue.ts";
import { actorFields, actorOrNull } from "./actor.ts";
import { commentFields, labelFields } from "./comment.ts";
import { connection, type PageArguments } from "./connection.ts";
import { pullsConnection } from "./pulls-of-commit.ts";
import { demandRead, type Fields, type Scope } from "./scope.ts";
import { type TimelineArguments, timelineConnection } from "./timeline.ts";

export interface IssueArguments extends PageArguments {
  readonly labels?: readonly string[] | null;
  readonly states?: readonly string[] | null;
  readonly filterBy?: { readonly labels?: readonly string[] | null; readonly since?: string | null } | null;
  readonly orderBy?: { readonly field: string; readonly direction: string } | null;
}

/** Fields that issues and pull requests share. */
export function sharedFields(scope: Scope, issue: Issue): Fields {
  const { hub, repository } = scope;
  const url = issuePage(hub, repository, issue);
  return {
    number: issue.number,
    title: issue.title,
    body: issue.body ?? "",
    bodyText: issue.body ?? "",
    url,
    resourcePath: new URL(url).pathname,
    locked: issue.locked,
    closed: issue.state === "closed",
    author: () => actorOrNull(hub, issue.author),
    authorAssociation: authorAssociation(repository, issue.author),
    createdAt: isoTime(issue.createdAt),
    updatedAt: isoTime(issue.updatedAt),
    closedAt: isoTimeOrNull(issue.closedAt),
    repository: () => scope.types.repository(scope),
    labels: (page: PageArguments) =>
      connection("labels", issue.labels, page, (label) => labelFields(scope, label)),
    assignees: (page: PageArguments) =>
      connection("assignees", issue.assignees, page, (account) => actorFields(hub, account)),
    comments: (page: PageArguments) =>
      connection("comments", commentsOf(repository, issue), page, (comment) => commentFields(scope, comment)),
    timelineItems: (wanted: TimelineArguments) => timelineConnection(scope, issue, wanted),
  };
}

export function issueFields(scope: Scope, issue: Issue): Fields {
  return {
    __typename: "Issue",
    id: issue.nodeId,
    databaseId: issue.id,
    fullDatabaseId: String(issue.id),
    ...sharedFields(scope, issue),
    state: issue.state.toUpperCase(),
    stateReason: ({ enableDuplicate }: { enableDuplicate?: boolean | null }) =>
      stateReason(issue, enableDuplicate),
    closedByPullRequestsReferences: (page: PageArguments) => {
      const closing = pullsOf(scope.repository).filter((it) =>
        closedBy(scope, it.issue.body ?? "").includes(issue),
      );
      return pullsConnection(scope, closing, page);
    },
  };
}

function stateReason(issue: Issue, enableDuplicate: boolean | null | undefined): string | null {
  if (issue.stateReason === "duplicate" && enableDuplicate !== true) return "NOT_PLANNED";
  return issue.stateReason?.toUpperCase() ?? null;
}

export function issuesConnection(scope: Scope, wanted: IssueArguments): Fields {
  demandRead(scope, "issues");
  const labels = wanted.labels ?? wanted.filterBy?.labels ?? null;
  const since = wanted.filterBy?.since;
  const chosen = [...scope.repository.issues.values()].filter(
    (issue) =>
      issue.pullRequest === null &&
      (!wanted.states || wanted.states.includes(issue.state.toUpperCase())) &&
      (labels === null || issue.labels.some((label) => labels.includes(label.name))) &&
      (!since || issue.updatedAt >= new Date(since)),
  );
  const field = wanted.orderBy?.field === "UPDATED_AT" ? "updatedAt" : "createdAt";
  const rising = chosen.toSorted((a, b) => a[field].getTime() - b[field].getTime() || a.number - b.number);
  const ordered = wanted.orderBy?.direction === "DESC" ? rising.toReversed() : rising;
  return connection("issues", ordered, wanted, (issue) => issueFields(scope, issue));
}
