import { readFileSync } from "node:fs";
import { findPackageJSON } from "node:module";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { WEBHOOK_EVENTS } from "../../src/drill/stand-in/openapi/selection.ts";
import { openIssue, openPull } from "./conformance-behaviour.ts";
import { commonShape, compareShapes, type Json } from "./conformance-shape.ts";
import { standInTarget, type Target } from "./conformance-target.ts";

interface Example {
  readonly name: string;
  readonly examples: readonly { readonly action?: string; readonly [key: string]: Json | undefined }[];
}

/** `event.action` -> what all of GitHub's examples of it have. */
function examples(): ReadonlyMap<string, Json> {
  const manifest = findPackageJSON("@octokit/webhooks-examples", import.meta.url);
  const file = join(dirname(manifest ?? ""), "api.github.com/index.json");
  const listed = JSON.parse(readFileSync(file, "utf8")) as readonly Example[];
  const grouped = new Map<string, Json[]>();
  for (const { name, examples: payloads } of listed) {
    for (const payload of payloads) {
      const key = payload.action === undefined ? name : `${name}.${payload.action}`;
      grouped.set(key, [...(grouped.get(key) ?? []), payload as Json]);
    }
  }
  return new Map([...grouped].map(([key, payloads]) => [key, commonShape(payloads)]));
}

/** What the examples have and the stand-in has not, on purpose. */
const EXPLAINED: readonly { readonly pointer: RegExp; readonly reason: string }[] = [
  { pointer: /\/permissions\//, reason: "which permissions there are is the app's own setting" },
  {
    pointer: /^(?:\/changes\/new_issue|\/issue)\/draft$/,
    reason: "optional in the description; only pull requests have it",
  },
  {
    pointer: /^\/installation\/(created|updated)_at: number became string$/,
    reason: "the description has both; the newer examples of the same event have text",
  },
];

function unexplained(pointers: readonly string[]): readonly string[] {
  return pointers.filter((it) => !EXPLAINED.some(({ pointer }) => pointer.test(it)));
}

/** Later parts of the stand-in, or sent only from GitHub's pages. */
const NOT_CAUSED = new Set([
  "deployment.created",
  "deployment_status.created",
  "installation_repositories.added",
  "installation_repositories.removed",
  "issues.deleted",
  "merge_group.checks_requested",
  "ping",
  "repository.edited",
  "workflow_run.completed",
]);

/** Everything people and apps do that GitHub announces, once. */
async function causeWebhooks(target: Target): Promise<void> {
  const { call } = target;
  const number = await openIssue(target, { body: "b", labels: ["incident"] });
  await call("POST", `/issues/${number}/assignees`, { assignees: ["alice"] });
  await call("DELETE", `/issues/${number}/assignees`, { assignees: ["alice"] });
  await call("PATCH", `/issues/${number}`, { title: "other", body: "c" });
  await call("PUT", `/issues/${number}/lock`, {});
  await call("DELETE", `/issues/${number}/lock`);
  await call("DELETE", `/issues/${number}/labels/incident`);
  await call("PATCH", `/issues/${number}`, { state: "closed" });
  await call("PATCH", `/issues/${number}`, { state: "open" });
  const comment = await call("POST", `/issues/${number}/comments`, { body: "one" });
  await call("PATCH", `/issues/comments/${comment.body.id}`, { body: "two" });
  await call("DELETE", `/issues/comments/${comment.body.id}`);
  await call("PATCH", "/labels/incident", { color: "aabbcc" });
  await call("DELETE", "/labels/incident");
  await pullRequestWebhooks(target);
  const release = await call("POST", "/releases", { tag_name: target.name("v"), name: "n", body: "b" });
  await call("PATCH", `/releases/${release.body.id}`, { body: "c", name: "o" });
  await call("DELETE", `/releases/${release.body.id}`);
}

async function pullRequestWebhooks(target: Target): Promise<void> {
  const { call } = target;
  const pull = await openPull(target, { draft: true, body: "b" });
  const ready =
    "mutation ($id: ID!) { markPullRequestReadyForReview(input: { pullRequestId: $id }) { clientMutationId } }";
  const draft =
    "mutation ($id: ID!) { convertPullRequestToDraft(input: { pullRequestId: $id }) { clientMutationId } }";
  await target.graphql(ready, { id: pull.nodeId });
  await target.graphql(draft, { id: pull.nodeId });
  await target.graphql(ready, { id: pull.nodeId });
  await call("PATCH", `/pulls/${pull.number}`, { title: "other" });
  await call("POST", `/issues/${pull.number}/labels`, { labels: ["urgent"] });
  await call("DELETE", `/issues/${pull.number}/labels/urgent`);
  await call("POST", `/issues/${pull.number}/assignees`, { assignees: ["bob"] });
  await call("DELETE", `/issues/${pull.number}/assignees`, { assignees: ["bob"] });
  await call("POST", `/pulls/${pull.number}/requested_reviewers`, { reviewers: ["bob"] });
  await call("DELETE", `/pulls/${pull.number}/requested_reviewers`, { reviewers: ["bob"] });
  const review = await call(
    "POST",
    `/pulls/${pull.number}/reviews`,
    { event: "APPROVE", body: "ok" },
    "reviewer",
  );
  await call("PUT", `/pulls/${pull.number}/reviews/${review.body.id}/dismissals`, { message: "no" });
  await call("PATCH", `/pulls/${pull.number}`, { state: "closed" });
  await call("PATCH", `/pulls/${pull.number}`, { state: "open" });
  await checkWebhooks(target, pull.sha);
  await autoMergeWebhooks(target, pull);
  await call("PUT", `/contents/${pull.branch}-2.txt`, { message: "m", content: "eAo=", branch: pull.branch });
  const { body } = await call("GET", `/pulls/${pull.number}`);
  await call("PUT", `/pulls/${pull.number}/merge`, { sha: body.head.sha });
  await call("DELETE", `/git/refs/heads/${pull.branch}`);
}

async function checkWebhooks(target: Target, sha: string): Promise<void> {
  const { call } = target;
  const actions = [{ label: "Fix", description: "Fix it", identifier: "fix" }];
  const output = { title: "t", summary: "s", text: "x" };
  const wanted = { name: "c", head_sha: sha, conclusion: "failure", external_id: "1", output, actions };
  const run = await call("POST", "/check-runs", wanted, "app");
  await call("POST", `/check-runs/${run.body.id}/rerequest`, undefined, "app");
  await call("POST", `/check-suites/${run.body.check_suite.id}/rerequest`, undefined, "app");
  await target.standIn?.pressCheckAction(`${target.owner}/${target.repo}`, run.body.id, "fix", "bob");
  await call("POST", `/statuses/${sha}`, { state: "success", context: "ci" });
}

async function autoMergeWebhooks(target: Target, pull: { nodeId: string; base: string }): Promise<void> {
  const name = `${target.owner}/${target.repo}`;
  target.standIn?.protect(name, pull.base, { requiredApprovals: 1, enforceAdmins: true });
  const enable =
    "mutation ($id: ID!) { enablePullRequestAutoMerge(input: { pullRequestId: $id }) { clientMutationId } }";
  const disable =
    "mutation ($id: ID!) { disablePullRequestAutoMerge(input: { pullRequestId: $id }) { clientMutationId } }";
  await target.graphql(enable, { id: pull.nodeId });
  await target.graphql(disable, { id: pull.nodeId });
  target.standIn?.unprotect(name, pull.base);
}

/** Somebody presses "Merge when ready". */
async function causeQueueWebhooks(target: Target): Promise<void> {
  const { standIn, owner, repo } = target;
  if (standIn === null) return;
  const pull = await openPull(target);
  const include = [`refs/heads/${pull.base}`];
  standIn.addRuleset(`${owner}/${repo}`, { name: "queue", include, rules: [{ type: "merge_queue" }] });
  await standIn.browser.enqueue("alice", `${owner}/${repo}`, pull.number);
}

/** What only people in a browser do, last, because the repository has another name afterwards. */
async function causeMoveWebhooks(target: Target): Promise<void> {
  const { standIn, owner, repo } = target;
  if (standIn === null) return;
  await standIn.createRepository({ owner, name: "elsewhere", private: true });
  standIn.addCollaborator(`${owner}/elsewhere`, "alice", "admin");
  const number = await openIssue(target, { body: "b" });
  standIn.browser.transferIssue("alice", `${owner}/${repo}`, number, `${owner}/elsewhere`);
  standIn.browser.renameRepository("alice", `${owner}/${repo}`, "renamed");
}

function causeInstallationWebhooks({ standIn }: Target): void {
  const installation = standIn?.hub.installations.values().next().value;
  if (standIn === null || installation === undefined) return;
  standIn.suspend(installation.id);
  standIn.unsuspend(installation.id);
  standIn.grant(installation.id, { contents: "read" });
  standIn.uninstall(installation.id);
}

describe("webhooks have what GitHub's examples always have", () => {
  let target: Target;
  const sent = new Map<string, Json>();
  beforeAll(async () => {
    target = await standInTarget();
    await causeWebhooks(target);
    await causeQueueWebhooks(target);
    await causeMoveWebhooks(target);
    causeInstallationWebhooks(target);
    await target.standIn?.idle();
    for (const { event, action, payload } of target.standIn?.deliveries ?? []) {
      const key = action === null ? event : `${event}.${action}`;
      if (!sent.has(key)) sent.set(key, payload as Json);
    }
  });
  afterAll(() => target.close());

  it("shows the labels of a new issue in opened already, and announces each again", () => {
    const events = (target.standIn?.deliveries ?? []).filter(({ event }) => event === "issues").slice(0, 2);
    expect(events.map(({ action, payload }) => ({ action, payload }))).toMatchObject([
      { action: "opened", payload: { issue: { labels: [{ name: "incident" }] } } },
      { action: "labeled", payload: { label: { name: "incident" } } },
    ]);
  });

  const known = examples();
  const compared = WEBHOOK_EVENTS.filter((name) => known.has(name) && !NOT_CAUSED.has(name));

  it("follows the description everywhere", () => {
    expect(target.standIn?.violations).toEqual([]);
  });

  it.for(compared)("%s", (name) => {
    const ours = sent.get(name);
    expect([...sent.keys()]).toContain(name);
    const differences = compareShapes(known.get(name) ?? null, ours ?? null);
    expect({
      missing: unexplained(differences.missing),
      changed: unexplained(differences.changed),
    }).toEqual({ missing: [], changed: [] });
  });
});
