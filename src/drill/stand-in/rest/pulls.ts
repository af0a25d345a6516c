import { notFound, unprocessable, validationFailed } from "../api-error.ts";
import { type Act, actOf, mayManage } from "../collaboration/act.ts";
import { openPulls, pullsOf } from "../collaboration/branch-pulls.ts";
import { checkTitle, editIssue } from "../collaboration/issues.ts";
import { mergePullRequest } from "../collaboration/merging.ts";
import { forgetMergeability } from "../collaboration/mergeability.ts";
import { changeBase, closePullRequest, openPullRequest, reopenPullRequest } from "../collaboration/pulls.ts";
import { mergeCommits } from "../git-merge.ts";
import { personOf, webFlow } from "../identity.ts";
import type { Hub } from "../hub.ts";
import type { Issue, MergeMethod } from "../model.ts";
import type { Permissions } from "../model/app-record.ts";
import { paginate } from "../pagination.ts";
import { pullOf, pullRequestBody, pullRequestInList } from "../present-pull.ts";
import { repositoryUrl } from "../present-repository.ts";
import { refAuthor, updateRefs } from "../ref-updates.ts";
import type { RepositoryContext, Reply } from "../router.ts";
import { unverified } from "../unverified.ts";
import { readFlag, readText } from "./read-body.ts";

unverified(
  "pulls/update-branch-conflict",
  "update-branch answers 422 `merge conflict between base and head` at once",
);

export const PULL_READ: readonly Permissions[] = [{ pull_requests: "read" }];
export const PULL_WRITE: readonly Permissions[] = [{ pull_requests: "write" }];
const DOCS = "https://docs.github.com/rest/pulls/pulls";
const BASE = "/repos/{owner}/{repo}/pulls";
const ONE = `${BASE}/{pull_number}`;

/** The pull request's issue; 404 for plain issues. */
export function pullIssueOf(context: RepositoryContext): Issue {
  const issue = context.repository.issues.get(Number(context.params.pull_number));
  if (issue?.pullRequest === null || issue === undefined) throw notFound();
  return issue;
}

export function registerPulls(hub: Hub): void {
  const { router } = hub;
  router.repository({ method: "GET", path: BASE, permissions: PULL_READ, docs: DOCS, handler: list });
  router.repository({
    method: "POST",
    path: BASE,
    permissions: PULL_WRITE,
    role: "push",
    docs: `${DOCS}#create-a-pull-request`,
    handler: create,
  });
  router.repository({
    method: "GET",
    path: ONE,
    permissions: PULL_READ,
    docs: `${DOCS}#get-a-pull-request`,
    handler: getOne,
  });
  router.repository({
    method: "PATCH",
    path: ONE,
    permissions: PULL_WRITE,
    role: "pull",
    docs: `${DOCS}#update-a-pull-request`,
    handler: update,
  });
  registerMerging(hub);
  router.repository({
    method: "GET",
    path: "/repos/{owner}/{repo}/commits/{commit_sha}/pulls",
    permissions: PULL_READ,
    docs: "https://docs.github.com/rest/commits/commits#list-pull-requests-associated-with-a-commit",
    handler: ofCommit,
  });
}

function registerMerging(hub: Hub): void {
  const { router } = hub;
  const docs = `${DOCS}#merge-a-pull-request`;
  router.repository({
    method: "GET",
    path: `${ONE}/merge`,
    permissions: PULL_READ,
    docs,
    handler: (context) => {
      if (!pullOf(pullIssueOf(context)).merged) throw notFound();
      return { status: 204 };
    },
  });
  router.repository({
    method: "PUT",
    path: `${ONE}/merge`,
    permissions: [{ contents: "write" }],
    role: "push",
    docs,
    handler: merge,
  });
  router.repository({
    method: "PUT",
    path: `${ONE}/update-branch`,
    permissions: PULL_WRITE,
    role: "push",
    docs: `${DOCS}#update-a-pull-request-branch`,
    handler: updateBranch,
  });
}

function list(context: RepositoryContext): Promise<Reply> {
  const { hub, repository, query } = context;
  const state = query.get("state") ?? "open";
  const head = query.get("head");
  const base = query.get("base");
  const chosen = pullsOf(repository).filter(
    ({ issue, pull }) =>
      (state === "all" || issue.state === state) &&
      (base === null || pull.base.ref === base) &&
      (head === null || head === `${repository.owner.login}:${pull.head.ref}` || head === pull.head.ref),
  );
  const field = query.get("sort") === "updated" ? "updatedAt" : "createdAt";
  // Newest first unless sorted by something other than creation (endpoint text).
  const descending = (query.get("direction") ?? (query.has("sort") ? "asc" : "desc")) === "desc";
  const issues = chosen
    .map(({ issue }) => issue)
    .toSorted((a, b) => a[field].getTime() - b[field].getTime() || a.number - b.number);
  return paginate(context, descending ? issues.toReversed() : issues, (issue) =>
    pullRequestInList(hub, repository, issue),
  );
}

async function create(context: RepositoryContext): Promise<Reply> {
  const { body, hub, repository } = context;
  const missing = ["head", "base"].filter((field) => readText(body[field]) === null);
  if (missing.length > 0) {
    throw validationFailed(
      ...missing.map((field) => ({ resource: "PullRequest", code: "missing_field", field })),
    );
  }
  const issue = await openPullRequest(actOf(context), {
    title: checkTitle("PullRequest", body.title),
    body: readText(body.body),
    head: readText(body.head) ?? "",
    base: readText(body.base) ?? "",
    draft: readFlag(body.draft, false),
    maintainerCanModify: readFlag(body.maintainer_can_modify, false),
  });
  const location = `${repositoryUrl(hub, repository)}/pulls/${issue.number}`;
  return { status: 201, body: await pullRequestBody(hub, repository, issue), headers: { location } };
}

/** Reading an unknown mergeability starts the job, so a test that froze the state sees it change. */
async function getOne(context: RepositoryContext): Promise<Reply> {
  const { hub, repository } = context;
  const issue = pullIssueOf(context);
  const body = await pullRequestBody(hub, repository, issue);
  if (issue.state === "open" && pullOf(issue).mergeable === null) forgetMergeability(hub, repository, issue);
  return { status: 200, body };
}

async function update(context: RepositoryContext): Promise<Reply> {
  const { body, hub, repository } = context;
  const [act, issue] = [actOf(context), pullIssueOf(context)];
  if (issue.author !== act.actor && !mayManage(context.viewer, repository, "triage")) throw notFound();
  await editIssue(act, issue, {
    ...(body.title === undefined ? {} : { title: checkTitle("PullRequest", body.title) }),
    ...(body.body === undefined ? {} : { body: readText(body.body) }),
  });
  const base = readText(body.base);
  if (base !== null) await changeBase(act, issue, base, false);
  if (body.state === "closed") await closePullRequest(act, issue);
  if (body.state === "open") await reopenPullRequest(act, issue);
  if (typeof body.maintainer_can_modify === "boolean") {
    pullOf(issue).maintainerCanModify = body.maintainer_can_modify;
  }
  return { status: 200, body: await pullRequestBody(hub, repository, issue) };
}

async function merge(context: RepositoryContext): Promise<Reply> {
  const { body, repository, viewer } = context;
  const merger = { ...actOf(context), refAuthor: refAuthor(viewer, repository) };
  const method = readText(body.merge_method) ?? "merge";
  if (!isMergeMethod(method)) {
    throw validationFailed({ resource: "PullRequest", field: "merge_method", code: "invalid" });
  }
  const sha = await mergePullRequest(merger, pullIssueOf(context), {
    method,
    expectedHead: readText(body.sha),
    title: readText(body.commit_title),
    message: readText(body.commit_message),
  });
  return { status: 200, body: { sha, merged: true, message: "Pull Request successfully merged" } };
}

function isMergeMethod(text: string): text is MergeMethod {
  return text === "merge" || text === "squash" || text === "rebase";
}

/** Answers 202 and merges the base into the head afterwards, as GitHub does. */
async function updateBranch(context: RepositoryContext): Promise<Reply> {
  const { body, hub, repository, viewer } = context;
  const [act, issue] = [actOf(context), pullIssueOf(context)];
  const { head, base } = pullOf(issue);
  const expected = readText(body.expected_head_sha);
  if (expected !== null && expected !== head.sha) {
    throw unprocessable("expected head sha didn’t match current head ref.");
  }
  const tip = repository.git.branch(base.ref);
  if (tip === undefined || issue.state === "closed") throw unprocessable("Pull request is not open");
  if (await repository.git.isAncestor(tip, head.sha)) {
    throw unprocessable("There are no new commits on the base branch.");
  }
  const merged = await mergeForUpdate(act, head, { ref: base.ref, sha: tip });
  if (merged === undefined) throw unprocessable("merge conflict between base and head");
  const update = { ref: `refs/heads/${head.ref}`, before: head.sha, after: merged };
  const author = refAuthor(viewer, repository);
  hub.background.start(async () => {
    await updateRefs(hub, repository, author, [update]);
  });
  const url = `${repositoryUrl(hub, repository)}/pulls/${issue.number}`;
  return { status: 202, body: { message: "Updating pull request branch.", url } };
}

function mergeForUpdate(
  act: Act,
  head: { readonly ref: string; readonly sha: string },
  base: { readonly ref: string; readonly sha: string },
): Promise<string | undefined> {
  const author = personOf(act.actor, act.hub.now());
  const message = `Merge branch '${base.ref}' into ${head.ref}`;
  const identity = { author, committer: webFlow(act.hub.now()) };
  return mergeCommits(act.repository.git, head.sha, base.sha, message, identity);
}

/** Merged pull requests that brought the commit, and open ones that contain it. */
async function ofCommit(context: RepositoryContext): Promise<Reply> {
  const { hub, repository, params } = context;
  const sha = await repository.git.resolveCommit(params.commit_sha ?? "");
  if (sha === undefined) throw notFound();
  const found: Issue[] = [];
  for (const { issue, pull } of pullsOf(repository)) {
    const isOpen = openPulls(repository).some((open) => open.issue === issue);
    if (!pull.merged && !isOpen) continue;
    if (pull.mergeCommitSha === sha && pull.merged) found.push(issue);
    else if (await brings(repository.git, pull.base.sha, pull.head.sha, sha)) found.push(issue);
  }
  return paginate(context, found, (issue) => pullRequestInList(hub, repository, issue));
}

async function brings(
  git: RepositoryContext["repository"]["git"],
  base: string,
  head: string,
  sha: string,
): Promise<boolean> {
  return (await git.isAncestor(sha, head)) && !(await git.isAncestor(sha, base));
}
