import { roleAtLeast, roleOf } from "../access.ts";
import { forbidden, notFound, validationFailed } from "../api-error.ts";
import { type Act, actOf, mayManage, recordEvent } from "../collaboration/act.ts";
import {
  addAssignees,
  checkTitle,
  closeIssue,
  editIssue,
  emitIssue,
  isAssignable,
  openIssue,
  removeAssignees,
  reopenIssue,
} from "../collaboration/issues.ts";
import { setLabels } from "../collaboration/labels.ts";
import { closePullRequest, reopenPullRequest } from "../collaboration/pulls.ts";
import type { Hub } from "../hub.ts";
import type { Issue } from "../model.ts";
import type { Account } from "../model/account.ts";
import type { Permissions } from "../model/app-record.ts";
import { paginate } from "../pagination.ts";
import { simpleUser } from "../present-account.ts";
import { issueBody, issueInList } from "../present-issue.ts";
import type { RepositoryContext, Reply } from "../router.ts";
import { readNames, readText } from "./read-body.ts";

/** A pull request is an issue too: either permission opens these. */
export const ISSUE_READ: readonly Permissions[] = [{ issues: "read" }, { pull_requests: "read" }];
export const ISSUE_WRITE: readonly Permissions[] = [{ issues: "write" }, { pull_requests: "write" }];

const DOCS = "https://docs.github.com/rest/issues/issues";

export function issueOf(context: RepositoryContext): Issue {
  const issue = context.repository.issues.get(Number(context.params.issue_number));
  if (issue === undefined) throw notFound();
  return issue;
}

export function registerIssues(hub: Hub): void {
  const { router } = hub;
  const base = "/repos/{owner}/{repo}";
  router.repository({
    method: "GET",
    path: `${base}/issues`,
    permissions: ISSUE_READ,
    docs: `${DOCS}#list-repository-issues`,
    handler: list,
  });
  router.repository({
    method: "POST",
    path: `${base}/issues`,
    permissions: [{ issues: "write" }],
    role: "pull",
    docs: `${DOCS}#create-an-issue`,
    handler: create,
  });
  router.repository({
    method: "GET",
    path: `${base}/issues/{issue_number}`,
    permissions: ISSUE_READ,
    docs: `${DOCS}#get-an-issue`,
    handler: (context) => ({ status: 200, body: issueBody(hub, context.repository, issueOf(context)) }),
  });
  router.repository({
    method: "PATCH",
    path: `${base}/issues/{issue_number}`,
    permissions: ISSUE_WRITE,
    role: "pull",
    docs: `${DOCS}#update-an-issue`,
    handler: update,
  });
  for (const [method, locked] of [
    ["PUT", true],
    ["DELETE", false],
  ] as const) {
    router.repository({
      method,
      path: `${base}/issues/{issue_number}/lock`,
      permissions: ISSUE_WRITE,
      role: "push",
      docs: `${DOCS}#lock-an-issue`,
      handler: (context) => setLocked(context, locked),
    });
  }
  registerAssignees(hub, base);
}

function registerAssignees(hub: Hub, base: string): void {
  const docs = "https://docs.github.com/rest/issues/assignees";
  hub.router.repository({
    method: "GET",
    path: `${base}/assignees`,
    permissions: ISSUE_READ,
    docs,
    handler: (context) => paginate(context, assignable(context), (account) => simpleUser(hub, account)),
  });
  hub.router.repository({
    method: "GET",
    path: `${base}/assignees/{assignee}`,
    permissions: ISSUE_READ,
    docs,
    handler: (context) => {
      const login = context.params.assignee?.toLowerCase();
      if (!assignable(context).some((account) => account.login.toLowerCase() === login)) throw notFound();
      return { status: 204 };
    },
  });
  for (const [method, status, change] of [
    ["POST", 201, addAssignees],
    ["DELETE", 200, removeAssignees],
  ] as const) {
    hub.router.repository({
      method,
      path: `${base}/issues/{issue_number}/assignees`,
      permissions: ISSUE_WRITE,
      role: "triage",
      docs,
      handler: async (context) => {
        const [act, issue] = [actOf(context), issueOf(context)];
        const accounts = readNames(context.body.assignees).flatMap((login) => hub.findAccount(login) ?? []);
        // Names that cannot be assigned are passed over in silence (docs: "Users with push access").
        await change(
          act,
          issue,
          accounts.filter((account) => method === "DELETE" || isAssignable(act, account)),
        );
        return { status, body: issueBody(hub, context.repository, issue) };
      },
    });
  }
}

function assignable(context: RepositoryContext): readonly Account[] {
  const { hub, repository } = context;
  const names = [repository.owner.login, ...repository.collaborators.keys()];
  return [...new Set(names)]
    .flatMap((login) => hub.findAccount(login) ?? [])
    .filter((account) => account.type === "User" && roleAtLeast(roleOf(repository, account.login), "pull"));
}

function list(context: RepositoryContext): Promise<Reply> {
  const { hub, repository, query } = context;
  const state = query.get("state") ?? "open";
  const labels = (query.get("labels") ?? "").split(",").filter((name) => name !== "");
  const since = query.get("since");
  const creator = query.get("creator");
  const assignee = query.get("assignee");
  const chosen = [...repository.issues.values()].filter(
    (issue) =>
      (state === "all" || issue.state === state) &&
      labels.every((name) => issue.labels.some((label) => label.name.toLowerCase() === name.toLowerCase())) &&
      (since === null || issue.updatedAt >= new Date(since)) &&
      (creator === null || issue.author.login.toLowerCase() === creator.toLowerCase()) &&
      matchesAssignee(issue, assignee),
  );
  return paginate(context, sorted(chosen, query), (issue) => issueInList(hub, repository, issue));
}

function matchesAssignee(issue: Issue, wanted: string | null): boolean {
  if (wanted === null) return true;
  if (wanted === "none") return issue.assignees.length === 0;
  if (wanted === "*") return issue.assignees.length > 0;
  return issue.assignees.some((account) => account.login.toLowerCase() === wanted.toLowerCase());
}

function sorted(issues: readonly Issue[], query: URLSearchParams): readonly Issue[] {
  const field = query.get("sort") === "updated" ? "updatedAt" : "createdAt";
  const direction = query.get("direction") === "asc" ? 1 : -1;
  return issues.toSorted(
    (a, b) => direction * (a[field].getTime() - b[field].getTime() || a.number - b.number),
  );
}

async function create(context: RepositoryContext): Promise<Reply> {
  const { body, hub, repository } = context;
  const title = checkTitle("Issue", body.title);
  // Labels and assignees of somebody who may only read are dropped in silence (endpoint text: "silently dropped otherwise").
  const manages = mayManage(context.viewer, repository, "triage");
  const issue = await openIssue(actOf(context), {
    title,
    body: readText(body.body),
    labels: manages ? readNames(body.labels) : [],
    assignees: manages
      ? readNames(body.assignees ?? (body.assignee === undefined ? [] : [body.assignee]))
      : [],
  });
  const url = `${hub.apiUrl}/repos/${repository.owner.login}/${repository.name}/issues/${issue.number}`;
  return { status: 201, body: issueBody(hub, repository, issue), headers: { location: url } };
}

async function update(context: RepositoryContext): Promise<Reply> {
  const { body, hub, repository } = context;
  const [act, issue] = [actOf(context), issueOf(context)];
  const manages = mayManage(context.viewer, repository, "triage");
  if (!manages && issue.author !== act.actor) throw forbidden("Must have admin rights to Repository.");
  await editIssue(act, issue, {
    ...(body.title === undefined || body.title === null ? {} : { title: checkTitle("Issue", body.title) }),
    ...(body.body === undefined ? {} : { body: readText(body.body) }),
  });
  if (manages && body.labels !== undefined) await setLabels(act, issue, readNames(body.labels));
  if (manages && body.assignees !== undefined) await setAssignees(act, issue, readNames(body.assignees));
  await changeState(act, issue, body.state, body.state_reason);
  return { status: 200, body: issueBody(hub, repository, issue) };
}

async function setAssignees(act: Act, issue: Issue, logins: readonly string[]): Promise<void> {
  const accounts = logins.map((login) => {
    const account = act.hub.findAccount(login);
    if (account !== undefined && isAssignable(act, account)) return account;
    throw validationFailed({ value: login, resource: "Issue", field: "assignees", code: "invalid" });
  });
  await removeAssignees(
    act,
    issue,
    issue.assignees.filter((account) => !accounts.includes(account)),
  );
  await addAssignees(act, issue, accounts);
}

async function changeState(act: Act, issue: Issue, state: unknown, reason: unknown): Promise<void> {
  if (state === undefined) return;
  if (state !== "open" && state !== "closed") {
    throw validationFailed({ resource: "Issue", field: "state", code: "invalid", value: state });
  }
  if (issue.pullRequest !== null) {
    await (state === "closed" ? closePullRequest(act, issue) : reopenPullRequest(act, issue));
    return;
  }
  if (state === "open") reopenIssue(act, issue);
  else closeIssue(act, issue, reason === "not_planned" || reason === "duplicate" ? reason : "completed");
}

function setLocked(context: RepositoryContext, locked: boolean): Reply {
  const [act, issue] = [actOf(context), issueOf(context)];
  if (issue.locked !== locked) {
    issue.locked = locked;
    recordEvent(act, issue, locked ? "locked" : "unlocked", {
      lockReason: locked ? (readText(context.body.lock_reason) ?? null) : null,
    });
    if (issue.pullRequest === null) emitIssue(act, issue, locked ? "locked" : "unlocked");
  }
  return { status: 204 };
}
