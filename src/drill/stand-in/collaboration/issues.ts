import { roleAtLeast, roleOf } from "../access.ts";
import { validationFailed } from "../api-error.ts";
import type { Issue, PullRequest } from "../model.ts";
import type { Account } from "../model/account.ts";
import { nodeId } from "../node-id.ts";
import { issueInList } from "../present-issue.ts";
import { simpleUser } from "../present-account.ts";
import type { JsonObject } from "../router.ts";
import { type Act, recordEvent } from "./act.ts";
import { announceLabels, attachLabels } from "./labels.ts";
import { emitPullRequest } from "./emit-pull-request.ts";
import { recordReferences } from "./references.ts";

/** Platform §2: longer bodies are refused. */
const MAX_BODY = 65_536;
const MAX_TITLE = 256;
const MAX_ASSIGNEES = 10;

export function emitIssue(act: Act, issue: Issue, action: string, extra: JsonObject = {}): void {
  const { hub, repository, actor } = act;
  const payload = { issue: issueInList(hub, repository, issue), ...extra };
  hub.emit("issues", action, payload, { sender: actor, repository });
}

export function checkBody(resource: string, body: string | null): void {
  if (body === null || body.length <= MAX_BODY) return;
  throw validationFailed({
    resource,
    code: "custom",
    field: "body",
    message: `body is too long (maximum is ${MAX_BODY} characters)`,
  });
}

export function checkTitle(resource: string, title: unknown): string {
  if (typeof title !== "string" && typeof title !== "number") {
    throw validationFailed({ resource, code: "missing_field", field: "title" });
  }
  const text = String(title);
  if (text.trim() === "") throw validationFailed({ resource, code: "missing_field", field: "title" });
  if (text.length > MAX_TITLE) {
    throw validationFailed({
      resource,
      code: "custom",
      field: "title",
      message: `title is too long (maximum is ${MAX_TITLE} characters)`,
    });
  }
  return text;
}

/** Takes the next number. Issues and pull requests share them. */
export function addIssue(
  act: Act,
  content: { readonly title: string; readonly body: string | null },
  pullRequest: PullRequest | null,
): Issue {
  const { hub, repository, actor, viaApp } = act;
  repository.lastNumber += 1;
  const id = hub.nextId();
  const now = hub.now();
  const issue: Issue = {
    id,
    nodeId: pullRequest?.nodeId ?? nodeId("I", id),
    number: repository.lastNumber,
    author: actor,
    viaApp,
    title: content.title,
    body: content.body,
    state: "open",
    stateReason: null,
    locked: false,
    labels: [],
    assignees: [],
    createdAt: now,
    updatedAt: now,
    closedAt: null,
    closedBy: null,
    events: [],
    pullRequest,
    parent: null,
  };
  repository.issues.set(issue.number, issue);
  return issue;
}

export async function openIssue(
  act: Act,
  content: {
    readonly title: string;
    readonly body: string | null;
    readonly labels: readonly string[];
    readonly assignees: readonly string[];
  },
): Promise<Issue> {
  checkBody("Issue", content.body);
  const assignees = content.assignees.map((login) => assignableOrRefuse(act, login));
  const issue = addIssue(act, content, null);
  // GitHub announces the whole issue as opened, and then each label again (platform §6).
  const labels = attachLabels(act, issue, content.labels);
  emitIssue(act, issue, "opened");
  recordReferences(act, issue, content.body ?? "");
  await announceLabels(act, issue, labels);
  await addAssignees(act, issue, assignees);
  return issue;
}

/** Who an issue can be assigned to: anybody who may read, and only with a place in the repository. */
export function isAssignable(act: Act, account: Account): boolean {
  return account.type === "User" && roleAtLeast(roleInRepository(act, account), "pull");
}

function roleInRepository(act: Act, account: Account): ReturnType<typeof roleOf> {
  const { repository } = act;
  const named =
    repository.collaborators.has(account.login.toLowerCase()) || account.id === repository.owner.id;
  return named ? roleOf(repository, account.login) : null;
}

function assignableOrRefuse(act: Act, login: string): Account {
  const account = act.hub.findAccount(login);
  if (account !== undefined && isAssignable(act, account)) return account;
  throw validationFailed({ value: login, resource: "Issue", field: "assignees", code: "invalid" });
}

export async function addAssignees(act: Act, issue: Issue, accounts: readonly Account[]): Promise<void> {
  for (const account of accounts) {
    if (issue.assignees.includes(account) || issue.assignees.length >= MAX_ASSIGNEES) continue;
    issue.assignees.push(account);
    recordEvent(act, issue, "assigned", { assignee: account });
    await emitAssignment(act, issue, "assigned", account);
  }
}

export async function removeAssignees(act: Act, issue: Issue, accounts: readonly Account[]): Promise<void> {
  for (const account of accounts) {
    const index = issue.assignees.indexOf(account);
    if (index < 0) continue;
    issue.assignees.splice(index, 1);
    recordEvent(act, issue, "unassigned", { assignee: account });
    await emitAssignment(act, issue, "unassigned", account);
  }
}

async function emitAssignment(act: Act, issue: Issue, action: string, account: Account): Promise<void> {
  const extra = { assignee: simpleUser(act.hub, account) };
  if (issue.pullRequest === null) emitIssue(act, issue, action, extra);
  else await emitPullRequest(act, issue, action, extra);
}

/** Title and body; what changed goes into the webhook as `changes`. */
export async function editIssue(
  act: Act,
  issue: Issue,
  edit: { readonly title?: string; readonly body?: string | null },
): Promise<void> {
  const changes: Record<string, { from: string }> = {};
  if (edit.title !== undefined && edit.title !== issue.title) {
    changes.title = { from: issue.title };
    const rename = { from: issue.title, to: edit.title };
    issue.title = edit.title;
    recordEvent(act, issue, "renamed", { rename });
  }
  if (edit.body !== undefined && edit.body !== issue.body) {
    checkBody("Issue", edit.body);
    changes.body = { from: issue.body ?? "" };
    issue.body = edit.body;
    issue.updatedAt = act.hub.now();
    recordReferences(act, issue, edit.body ?? "");
  }
  if (Object.keys(changes).length === 0) return;
  if (issue.pullRequest === null) emitIssue(act, issue, "edited", { changes });
  else await emitPullRequest(act, issue, "edited", { changes });
}

type CloseReason = "completed" | "not_planned" | "duplicate";

/** `commitId`: the commit whose message closed it. */
export function closeIssue(
  act: Act,
  issue: Issue,
  reason: CloseReason,
  commitId: string | null = null,
): void {
  if (issue.state === "closed") {
    issue.stateReason = reason;
    return;
  }
  issue.state = "closed";
  issue.stateReason = reason;
  issue.closedBy = act.actor;
  issue.closedAt = recordEvent(act, issue, "closed", { stateReason: reason, commitId }).createdAt;
  emitIssue(act, issue, "closed");
}

export function reopenIssue(act: Act, issue: Issue): void {
  if (issue.state === "open") return;
  issue.state = "open";
  issue.stateReason = "reopened";
  issue.closedAt = null;
  issue.closedBy = null;
  recordEvent(act, issue, "reopened");
  emitIssue(act, issue, "reopened");
}
