import { expect } from "vitest";
import { ZERO_OID } from "../../src/drill/stand-in/hub.ts";
import {
  type Behaviour,
  branchAtDefault,
  branchWithCommit,
  defaultBranch,
  openIssue,
  openPull,
  poll,
  pullToProtected,
} from "./conformance-behaviour.ts";
import type { Target } from "./conformance-target.ts";

const CREATE_COMMIT =
  "mutation ($input: CreateCommitOnBranchInput!) { createCommitOnBranch(input: $input) { commit { oid } } }";
const UPDATE_REFS = "mutation ($input: UpdateRefsInput!) { updateRefs(input: $input) { clientMutationId } }";
const AUTO_MERGE =
  "mutation ($id: ID!) { enablePullRequestAutoMerge(input: { pullRequestId: $id }) { clientMutationId } }";

async function repositoryId(target: Target): Promise<string> {
  return (await target.call("GET", "")).body.node_id;
}

function commitInput(target: Target, branch: string, expectedHeadOid: string): object {
  return {
    branch: { repositoryNameWithOwner: `${target.owner}/${target.repo}`, branchName: branch },
    message: { headline: "Write two files" },
    expectedHeadOid,
    fileChanges: {
      additions: [
        { path: "docs/one.md", contents: Buffer.from("one\n").toString("base64") },
        { path: "docs/two.md", contents: Buffer.from("two\n").toString("base64") },
      ],
    },
  };
}

async function headOf(target: Target, branch: string): Promise<string | null> {
  const answer = await target.call("GET", `/git/ref/heads/${branch}`);
  return answer.status === 200 ? answer.body.object.sha : null;
}

const reads: readonly Behaviour[] = [
  {
    name: "a repository that is not there is an error of type NOT_FOUND in an answer of status 200",
    source: "docs",
    reference: "graphql/guides/forming-calls-with-graphql",
    run: async (target) => {
      const body = await target.graphql(
        '{ repository(owner: "octokit", name: "no-such-repository-here") { id } }',
      );
      expect(body).toMatchObject({
        data: { repository: null },
        errors: [{ type: "NOT_FOUND", path: ["repository"] }],
      });
    },
  },
  {
    name: "a connection without first or last is refused",
    source: "docs",
    reference: "graphql/overview/rate-limits-and-node-limits-for-the-graphql-api",
    run: async (target) => {
      const body = await target.graphql(
        `{ repository(owner: "${target.owner}", name: "${target.repo}") { labels { totalCount } } }`,
      );
      expect(body.errors[0].type).toBe("MISSING_PAGINATION_BOUNDARIES");
    },
  },
  {
    name: "a document that does not fit the schema runs nothing",
    source: "spec",
    reference: "@octokit/graphql-schema",
    breaksDescription: true,
    run: async (target) => {
      const body = await target.graphql(
        `{ repository(owner: "${target.owner}", name: "${target.repo}") { nonsense } }`,
      );
      expect(body.data).toBeUndefined();
      expect(body.errors).toHaveLength(1);
    },
  },
  {
    name: "a bot's login has no [bot] in GraphQL, and has it in REST",
    source: "reported",
    reference: "cli/cli#5692",
    needs: ["app"],
    run: async (target) => {
      const number = await openIssue(target);
      const comment = await target.call(
        "POST",
        `/issues/${number}/comments`,
        { body: "from the app" },
        "app",
      );
      expect(comment.body.user).toMatchObject({ type: "Bot", login: expect.stringMatching(/\[bot\]$/) });
      const body = await target.graphql(
        `{ repository(owner: "${target.owner}", name: "${target.repo}") {
          issue(number: ${number}) { comments(last: 1) { nodes { author { __typename login } } } } } }`,
      );
      expect(body.data.repository.issue.comments.nodes[0].author).toEqual({
        __typename: "Bot",
        login: comment.body.user.login.replace("[bot]", ""),
      });
    },
  },
  {
    name: "refs are listed below a prefix, which their names then lack",
    source: "spec",
    reference: "@octokit/graphql-schema Ref.prefix",
    run: async (target) => {
      const stem = target.name("list");
      await branchAtDefault(target, `${stem}/one`);
      const body = await target.graphql(
        `{ repository(owner: "${target.owner}", name: "${target.repo}") {
          refs(refPrefix: "refs/heads/${stem}/", first: 10) { nodes { prefix name } } } }`,
      );
      expect(body.data.repository.refs.nodes).toEqual([{ prefix: `refs/heads/${stem}/`, name: "one" }]);
    },
  },
];

const writes: readonly Behaviour[] = [
  {
    name: "createCommitOnBranch writes many files in one commit, and only at the head it was told",
    source: "spec",
    reference: "@octokit/graphql-schema createCommitOnBranch; planetscale/ghcommit#153",
    run: async (target) => {
      const branch = target.name("docs");
      const head = await branchAtDefault(target, branch);
      const done = await target.graphql(CREATE_COMMIT, { input: commitInput(target, branch, head) });
      const { oid } = done.data.createCommitOnBranch.commit;
      expect(await headOf(target, branch)).toBe(oid);
      expect((await target.call("GET", `/contents/docs/two.md?ref=${branch}`)).body.size).toBe(4);
      const late = await target.graphql(CREATE_COMMIT, { input: commitInput(target, branch, head) });
      expect(late.errors[0]).toMatchObject({
        type: "STALE_DATA",
        message: `Expected branch to point to "${head}" but it did not. Pull and try again.`,
      });
    },
  },
  {
    name: "createCommitOnBranch makes no branch",
    source: "reported",
    reference: "github/gh-aw#22564",
    run: async (target) => {
      const { sha } = await defaultBranch(target);
      const body = await target.graphql(CREATE_COMMIT, {
        input: commitInput(target, target.name("none"), sha),
      });
      expect(body.errors).toHaveLength(1);
      expect(body.data.createCommitOnBranch).toBeNull();
    },
  },
  {
    name: "updateRefs compares and sets several refs, all or none",
    source: "spec",
    reference: "@octokit/graphql-schema updateRefs",
    run: async (target) => {
      const repository = await repositoryId(target);
      const { branch, sha } = await branchWithCommit(target);
      const fresh = target.name("fresh");
      const update = (beforeOid: string) =>
        target.graphql(UPDATE_REFS, {
          input: {
            repositoryId: repository,
            refUpdates: [
              { name: `refs/heads/${fresh}`, beforeOid: ZERO_OID, afterOid: sha },
              { name: `refs/heads/${branch}`, beforeOid, afterOid: ZERO_OID },
            ],
          },
        });
      const refused = await update((await defaultBranch(target)).sha);
      expect(refused.errors).toHaveLength(1);
      expect([await headOf(target, fresh), await headOf(target, branch)]).toEqual([null, sha]);
      expect((await update(sha)).errors).toBeUndefined();
      expect([await headOf(target, fresh), await headOf(target, branch)]).toEqual([sha, null]);
    },
  },
  {
    name: "a draft becomes ready",
    source: "spec",
    reference: "@octokit/graphql-schema markPullRequestReadyForReview",
    run: async (target) => {
      const { nodeId, number } = await openPull(target, { draft: true });
      const body = await target.graphql(
        "mutation ($id: ID!) { markPullRequestReadyForReview(input: { pullRequestId: $id }) { pullRequest { isDraft } } }",
        { id: nodeId },
      );
      expect(body.data.markPullRequestReadyForReview.pullRequest.isDraft).toBe(false);
      expect((await target.call("GET", `/pulls/${number}`)).body.draft).toBe(false);
    },
  },
  {
    name: "auto-merge is refused where the base has no rules",
    source: "reported",
    reference: "peter-evans/enable-pull-request-automerge#343",
    run: async (target) => {
      const { nodeId } = await openPull(target);
      const body = await target.graphql(AUTO_MERGE, { id: nodeId });
      expect(body.errors[0].message).toMatch(
        /Protected branch rules not configured|clean status|Auto merge is not allowed/,
      );
    },
  },
];

const PROTECTS = "it protects a branch, which takes an administrator";

const autoMerge: readonly Behaviour[] = [
  {
    name: "a pull request that could be merged at once is refused auto-merge",
    source: "reported",
    reference: "peter-evans/enable-pull-request-automerge#355",
    standInOnly: PROTECTS,
    needs: ["app"],
    run: async (target) => {
      const { nodeId } = await pullToProtected(target, { requirePullRequest: true });
      const body = await target.graphql(AUTO_MERGE, { id: nodeId });
      expect(body.errors[0]).toMatchObject({
        type: "UNPROCESSABLE",
        message: "Pull request Pull request is in clean status",
      });
    },
  },
  {
    name: "auto-merge merges when the required check turns green",
    source: "docs",
    reference: "pull-requests/.../automatically-merging-a-pull-request",
    standInOnly: PROTECTS,
    needs: ["app"],
    run: async (target) => {
      const { nodeId, number, sha } = await pullToProtected(target, { requiredChecks: ["gate"] });
      expect((await target.graphql(AUTO_MERGE, { id: nodeId })).errors).toBeUndefined();
      await target.call("POST", "/check-runs", { name: "gate", head_sha: sha, conclusion: "failure" }, "app");
      await target.standIn?.idle();
      expect((await target.call("GET", `/pulls/${number}`)).body).toMatchObject({
        merged: false,
        mergeable_state: "blocked",
      });
      await target.call("POST", "/check-runs", { name: "gate", head_sha: sha, conclusion: "success" }, "app");
      const answer = await poll(
        () => target.call("GET", `/pulls/${number}`),
        ({ body }) => body.merged,
      );
      expect(answer.body).toMatchObject({ merged: true, auto_merge: null });
    },
  },
  {
    name: "auto-merge merges when the missing approval arrives",
    source: "docs",
    reference: "pull-requests/.../automatically-merging-a-pull-request",
    standInOnly: PROTECTS,
    needs: ["app", "reviewer"],
    run: async (target) => {
      const { nodeId, number } = await pullToProtected(target, { requiredApprovals: 1 });
      expect((await target.graphql(AUTO_MERGE, { id: nodeId })).errors).toBeUndefined();
      await target.call("POST", `/pulls/${number}/reviews`, { event: "APPROVE" }, "reviewer");
      const answer = await poll(
        () => target.call("GET", `/pulls/${number}`),
        ({ body }) => body.merged,
      );
      expect(answer.body.merged).toBe(true);
    },
  },
];

const permissions: readonly Behaviour[] = [
  {
    name: "a part that the installation may not see is null with an error of type FORBIDDEN",
    source: "unverified",
    reference: "platform: 401 in the documentation, FORBIDDEN inside 200 in practice",
    needs: ["narrow-app"],
    run: async (target) => {
      const number = await openIssue(target);
      const body = await target.graphql(
        `{ repository(owner: "${target.owner}", name: "${target.repo}") { name issue(number: ${number}) { id } } }`,
        {},
        "narrow-app",
      );
      expect(body.data.repository).toEqual({ name: target.repo, issue: null });
      expect(body.errors).toMatchObject([{ type: "FORBIDDEN", path: ["repository", "issue"] }]);
      const refused = await target.call("POST", "/issues", { title: "x" }, "narrow-app");
      expect(refused).toMatchObject({
        status: 403,
        body: { message: "Resource not accessible by integration" },
      });
      expect(refused.headers.get("x-accepted-github-permissions")).toBe("issues=write");
    },
  },
];

export const graphqlBehaviours: readonly Behaviour[] = [...reads, ...permissions, ...writes, ...autoMerge];
