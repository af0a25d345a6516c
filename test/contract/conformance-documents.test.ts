import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { BRANCH_PAGE_QUERY } from "../../src/github/documents/branch-page-query.ts";
import { buildBlobTextsQuery, COMMIT_QUERY } from "../../src/github/documents/commit-query.ts";
import { buildDetailsQuery, detailsVariables } from "../../src/github/documents/details-query.ts";
import { INCIDENT_QUERY } from "../../src/github/documents/incident-query.ts";
import { NEIGHBOURS_QUERY } from "../../src/github/documents/neighbours-query.ts";
import { COMMENT_PAGES_QUERY, EVENT_PAGES_QUERY } from "../../src/github/documents/issue-pages-queries.ts";
import { buildObjectsQuery } from "../../src/github/documents/objects-query.ts";
import { buildSidesQuery } from "../../src/github/documents/sides-query.ts";
import {
  buildBlobsQuery,
  REF_QUERY,
  WORKFLOW_DRIFT_QUERY,
} from "../../src/github/documents/write-queries.ts";
import { incidentVariables, layoutOf } from "../../src/github/layout.ts";
import { defaultConfig } from "../../src/config/schema.ts";
import { defaultBranch, openIssue, openPull, type OpenedPull } from "./conformance-behaviour.ts";
import { standInTarget, type Target } from "./conformance-target.ts";

/** A field that the app asks for and the stand-in never built would fail first in a scenario, far from its cause. */
describe("every document that the app sends is answered in full", () => {
  let target: Target;
  let issue: number;
  let merged: OpenedPull;
  let open: OpenedPull;
  beforeAll(async () => {
    target = await standInTarget();
    issue = await openIssue(target, { labels: ["incident"], assignees: ["bob"] });
    await fillIssue(target, issue);
    merged = await openPull(target, { draft: false, body: `About #${issue}` });
    await fillPull(target, merged);
    open = await openPull(target, { draft: true });
    await tagDefaultBranch(target);
  });
  afterAll(() => target.close());

  async function ask(document: string, variables: Record<string, unknown>): Promise<unknown> {
    const where = document.includes("$owner") ? { owner: target.owner, repo: target.repo } : {};
    const body = await target.graphql(document, { ...where, ...variables }, "app");
    expect(body.errors ?? []).toEqual([]);
    expect(target.standIn?.violations).toEqual([]);
    return body.data;
  }

  it("incident, with only the owner's .github repository missing", async () => {
    const variables = incidentVariables(layoutOf(defaultConfig), issue, ".github/hotfix.yml");
    const where = { owner: target.owner, repo: target.repo };
    const body = await target.graphql(INCIDENT_QUERY, { ...where, ...variables }, "app");
    expect(body.errors).toMatchObject([{ type: "NOT_FOUND", path: ["fallback"] }]);
    expect(body.data.repository.issue).toMatchObject({
      state: "OPEN",
      comments: { nodes: [{ body: "edited", author: { __typename: "Bot", login: "conformance" } }] },
    });
    const events = body.data.repository.issue.timelineItems.nodes.map(
      (node: { __typename: string }) => node.__typename,
    );
    expect(events).toEqual([
      "LabeledEvent",
      "AssignedEvent",
      "CommentDeletedEvent",
      "ClosedEvent",
      "ReopenedEvent",
      "UnlabeledEvent",
    ]);
    expect(target.standIn?.violations).toEqual([]);
  });

  it("details of pull requests, branches, files and suspects", async () => {
    const { base } = await defaultBranch(target);
    const wanted = {
      numbers: [merged.number, open.number],
      heads: [open.branch],
      branches: [open.branch],
      named: [open.branch],
      files: [`${base}:README.md`, `${base}:absent.md`],
      suspectPaths: ["README.md"],
      namedPaths: ["src/payment/cart.ts"],
      deployed: ["0123456789012345678901234567890123456789"],
      followUps: [],
    };
    const variables = detailsVariables(wanted, `refs/heads/${base}`, "2100-01-01T00:00:00Z", 1);
    expect(await ask(buildDetailsQuery(wanted), variables)).toMatchObject({
      repository: {
        number0: {
          state: "MERGED",
          mergedBy: { login: "alice" },
          reviews: { nodes: [{ state: "APPROVED" }] },
        },
        number1: { state: "OPEN", isDraft: true },
        file0: { text: "# Scratch\n" },
        file1: null,
        named0: { target: { oid: open.sha } },
        production: { branch0: { commits: { nodes: [{ oid: open.sha }] } } },
      },
    });
  });

  it("a commit, its pull requests and the configuration", async () => {
    const data = await ask(COMMIT_QUERY, { app: 1, oid: open.sha, configuration: "HEAD:.github/hotfix.yml" });
    expect(data).toMatchObject({
      repository: { commit: { associatedPullRequests: { nodes: [{ headRefName: open.branch }] } } },
    });
  });

  it("texts of blobs", async () => {
    const tree = await target.call("GET", `/git/trees/${open.sha}`);
    const oids = tree.body.tree.map((entry: { sha: string }) => entry.sha);
    expect(await ask(buildBlobTextsQuery(oids), {})).toMatchObject({
      repository: { blob0: { text: "# Scratch\n" } },
    });
  });

  it("further pages, refs, objects and drift", async () => {
    const { base } = await defaultBranch(target);
    const pages = { number: issue, withBackward: true, withTail: true };
    await ask(COMMENT_PAGES_QUERY, pages);
    await ask(NEIGHBOURS_QUERY, {
      label: "bug",
      since: "2020-01-01T00:00:00Z",
      hotfixPrefix: "refs/heads/hotfix/",
    });
    await ask(EVENT_PAGES_QUERY, pages);
    await ask(BRANCH_PAGE_QUERY, { prefix: "refs/heads/", query: "topic" });
    await ask(REF_QUERY, { ref: `refs/heads/${base}` });
    await ask(WORKFLOW_DRIFT_QUERY, { commit: `${open.sha}:.github/workflows` });
    await ask(buildBlobsQuery(1), { ref: `refs/heads/${base}`, file0: `${base}:README.md` });
    const objects = await ask(buildObjectsQuery(2), {
      object0: `${base}:README.md`,
      object1: `${base}:none`,
    });
    expect(objects).toMatchObject({ repository: { object1: null } });
  });

  it("the sides of a merge", async () => {
    const sides = { base: open.sha, hotfix: open.sha, into: open.sha };
    const answer = await ask(buildSidesQuery(2, 10), { ...sides, path0: "README.md", path1: "none" });
    // Modes are decimal numbers there: 0o100644.
    const file0 = { mode: 33188, object: { __typename: "Blob", text: "# Scratch\n", isBinary: false } };
    expect(answer).toMatchObject({
      repository: {
        base: { file0, file1: null, history1: { nodes: [] } },
        hotfix: { file0 },
        into: {
          file0,
          tree: { oid: expect.any(String) },
          history0: { nodes: [{ message: expect.any(String) }] },
        },
      },
    });
  });

  it("says loudly that a field was never built", async () => {
    const before = target.standIn?.violations.length ?? 0;
    const document = `{ repository(owner: "${target.owner}", name: "${target.repo}") { diskUsage } }`;
    const body = await target.graphql(document, {}, "app");
    expect(body.errors[0].message).toBe("stand-in: Repository.diskUsage is not implemented");
    expect(target.standIn?.violations.length).toBe(before + 1);
  });
});

async function fillIssue({ call }: Target, number: number): Promise<void> {
  const comment = await call("POST", `/issues/${number}/comments`, { body: "first" }, "app");
  await call("PATCH", `/issues/comments/${comment.body.id}`, { body: "edited" }, "app");
  const other = await call("POST", `/issues/${number}/comments`, { body: "gone" });
  await call("DELETE", `/issues/comments/${other.body.id}`);
  await call("PATCH", `/issues/${number}`, { state: "closed" });
  await call("PATCH", `/issues/${number}`, { state: "open" });
  await call("DELETE", `/issues/${number}/labels/incident`);
}

async function fillPull({ call }: Target, { number, sha }: OpenedPull): Promise<void> {
  await call("POST", `/pulls/${number}/requested_reviewers`, { reviewers: ["bob"] });
  await call("POST", `/pulls/${number}/reviews`, { event: "APPROVE" }, "reviewer");
  const output = { title: "t", summary: "s" };
  await call("POST", "/check-runs", { name: "c", head_sha: sha, conclusion: "success", output }, "app");
  await call("PUT", `/pulls/${number}/merge`, { sha });
}

async function tagDefaultBranch(target: Target): Promise<void> {
  const { sha } = await defaultBranch(target);
  const wanted = { tag: "v1.0.0", message: "m", object: sha, type: "commit" };
  const { body } = await target.call("POST", "/git/tags", wanted);
  await target.call("POST", "/git/refs", { ref: "refs/tags/v1.0.0", sha: body.sha });
}
