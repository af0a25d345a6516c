import { roleOf, viewerRole } from "../access.ts";
import { pullsOf } from "../collaboration/branch-pulls.ts";
import { latestRelease } from "../collaboration/releases.ts";
import { isoTime, isoTimeOrNull } from "../hub.ts";
import type { Issue, Role } from "../model.ts";
import { fullName, repositoryPage } from "../present-repository.ts";
import { actorFields } from "./actor.ts";
import { labelFields } from "./comment.ts";
import { connection, type PageArguments } from "./connection.ts";
import { gitObject } from "./git-object.ts";
import { type IssueArguments, issueFields, issuesConnection } from "./issue.ts";
import { notFound } from "./problem.ts";
import { pullRequestFields } from "./pull-request.ts";
import { type PullArguments, pullsConnection } from "./pulls-of-commit.ts";
import { refByName, type RefsArguments, refsConnection } from "./ref.ts";
import { publishedReleases, releaseFields } from "./release.ts";
import { demandRead, type Fields, type Scope } from "./scope.ts";

const PERMISSIONS: Readonly<Record<Role, string>> = {
  pull: "READ",
  triage: "TRIAGE",
  push: "WRITE",
  maintain: "MAINTAIN",
  admin: "ADMIN",
};

export function repositoryFields(scope: Scope): Fields {
  return {
    __typename: "Repository",
    ...settingFields(scope),
    ...gitFields(scope),
    ...threadFields(scope),
    ...releaseParts(scope),
  };
}

function settingFields({ hub, repository, viewer }: Scope): Fields {
  const url = repositoryPage(hub, repository);
  const role = viewerRole(viewer, repository);
  return {
    id: repository.nodeId,
    databaseId: repository.id,
    name: repository.name,
    nameWithOwner: fullName(repository),
    owner: () => actorFields(hub, repository.owner),
    description: repository.description,
    url,
    resourcePath: new URL(url).pathname,
    isPrivate: repository.private,
    visibility: repository.private ? "PRIVATE" : "PUBLIC",
    isArchived: repository.archived,
    isDisabled: false,
    isFork: false,
    isLocked: false,
    isTemplate: false,
    hasIssuesEnabled: true,
    isEmpty: repository.git.isEmpty(),
    isInOrganization: repository.owner.type === "Organization",
    autoMergeAllowed: repository.autoMergeAllowed,
    mergeCommitAllowed: repository.mergeMethods.has("merge"),
    squashMergeAllowed: repository.mergeMethods.has("squash"),
    rebaseMergeAllowed: repository.mergeMethods.has("rebase"),
    deleteBranchOnMerge: repository.deleteBranchOnMerge,
    allowUpdateBranch: false,
    createdAt: isoTime(repository.createdAt),
    updatedAt: isoTime(repository.updatedAt),
    pushedAt: isoTimeOrNull(repository.pushedAt),
    viewerPermission: role === null ? null : PERMISSIONS[role],
    viewerDefaultMergeMethod: "MERGE",
  };
}

function gitFields(scope: Scope): Fields {
  const { repository, hub } = scope;
  return {
    defaultBranchRef: () =>
      repository.git.branch(repository.defaultBranch) === undefined
        ? null
        : refByName(scope, `refs/heads/${repository.defaultBranch}`),
    ref: ({ qualifiedName }: { qualifiedName: string }) => refByName(scope, qualifiedName),
    refs: (wanted: RefsArguments) => refsConnection(scope, wanted),
    object: ({ oid, expression }: { oid?: string | null; expression?: string | null }) =>
      gitObject(scope, oid ?? expression ?? ""),
    collaborators: (page: PageArguments & { login?: string | null }) => {
      const logins = [...repository.collaborators.keys()].filter(
        (login) => !page.login || login === page.login.toLowerCase(),
      );
      const accounts = logins.flatMap((login) => hub.findAccount(login) ?? []);
      return connection("collaborators", accounts, page, (account) => actorFields(hub, account), {
        edges: () =>
          accounts.map((account) => ({
            cursor: account.login,
            permission: PERMISSIONS[roleOf(repository, account.login) ?? "pull"],
            node: actorFields(hub, account),
          })),
      });
    },
  };
}

function threadFields(scope: Scope): Fields {
  const { repository } = scope;
  const byNumber = (number: number, kind: string, fits: (issue: Issue) => boolean): Issue => {
    const issue = repository.issues.get(number);
    if (issue !== undefined && fits(issue)) return issue;
    throw notFound(`Could not resolve to ${kind} with the number of ${number}.`);
  };
  return {
    issue: ({ number }: { number: number }) => {
      demandRead(scope, "issues");
      return issueFields(
        scope,
        byNumber(number, "an Issue", (issue) => issue.pullRequest === null),
      );
    },
    issues: (wanted: IssueArguments) => issuesConnection(scope, wanted),
    issueOrPullRequest: ({ number }: { number: number }) => {
      const issue = byNumber(number, "an issue or pull request", () => true);
      return issue.pullRequest === null ? issueFields(scope, issue) : pullRequestFields(scope, issue);
    },
    pullRequest: ({ number }: { number: number }) => {
      demandRead(scope, "pull_requests");
      return pullRequestFields(
        scope,
        byNumber(number, "a PullRequest", (issue) => issue.pullRequest !== null),
      );
    },
    pullRequests: (wanted: PullArguments) => pullsConnection(scope, pullsOf(repository), wanted),
    label: ({ name }: { name: string }) => {
      const label = repository.labels.get(name.toLowerCase());
      return label === undefined ? null : labelFields(scope, label);
    },
    labels: (page: PageArguments) =>
      connection("labels", [...repository.labels.values()], page, (label) => labelFields(scope, label)),
  };
}

function releaseParts(scope: Scope): Fields {
  return {
    latestRelease: () => {
      demandRead(scope, "contents");
      const release = latestRelease(scope.repository);
      return release === undefined ? null : releaseFields(scope, release);
    },
    release: ({ tagName }: { tagName: string }) => {
      const release = publishedReleases(scope).find((it) => it.tagName === tagName);
      return release === undefined ? null : releaseFields(scope, release);
    },
    releases: (page: PageArguments) =>
      connection("releases", publishedReleases(scope), page, (release) => releaseFields(scope, release)),
  };
}
