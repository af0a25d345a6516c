import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { applyAction } from "../../src/github/apply.ts";
import type { Action } from "../../src/incident/action.ts";
import { type ScriptedGitHub, scriptedGitHub } from "../support/scripted-github.ts";
import { opened, shaOf } from "../support/state-builder.ts";

const [SEEN, BASE, NEW, TREE] = ["seen", "base", "new", "tree"].map(shaOf) as [
  string,
  string,
  string,
  string,
];
const BRANCH = "hotfix-proposals/42-forbid-cents-0123abcd";
const renewing: Action = {
  kind: "propose-change",
  branch: BRANCH,
  base: "main",
  change: {
    kind: "forbid",
    rule: { forbid: "cents", in: ["src/**"] },
    inForce: { count: 0, isConfigured: true },
  },
  message: "chore: forbid cents in every hotfix\n\nHotfix-Incident: 42",
  title: "t",
  body: "b",
  paste: null,
  renews: { number: 51, nodeId: "PR_51", url: "https://github.com/acme/shop/pull/51", expectedHead: SEEN },
};

let github: ScriptedGitHub;

beforeEach(() => {
  github = scriptedGitHub();
});
afterEach(() => {
  github.finish();
});

function shows(head: string, parents: readonly string[] = [shaOf("old base")]): void {
  const nodes = parents.map((oid) => ({ oid }));
  github.onGraphql("QUERY Proposal", {
    repository: {
      id: "R_1",
      base: { target: { oid: BASE, tree: { oid: TREE } } },
      branch: { target: { oid: head, message: renewing.kind, parents: { nodes } } },
      file: null,
    },
  });
}

function makesCommit(): void {
  github.on("POST ./git/trees", { status: 201, body: { sha: TREE } });
  github.on("POST ./git/commits", { status: 201, body: { sha: NEW } });
}

function pointsAt(oid: string): void {
  github.onGraphql("QUERY RefHead", { repository: { id: "R_1", ref: { target: { oid } } } });
}

const apply = () => applyAction(github.client, opened(), renewing);

describe("making a proposal anew", () => {
  it("replaces the commit that was seen, on the head of the default branch, and none other", async () => {
    shows(SEEN);
    makesCommit();
    github.onGraphql("MUTATION UpdateRefs", { updateRefs: { clientMutationId: null } });
    expect(await apply()).toMatchObject({ ok: true, value: { number: 51, headSha: NEW } });
    expect(github.sent.find(({ what }) => what === "POST /repos/acme/shop/git/commits")?.body).toMatchObject({
      parents: [BASE],
    });
    expect(github.sent.at(-1)?.body).toMatchObject({
      refUpdates: [{ name: `refs/heads/${BRANCH}`, beforeOid: SEEN, afterOid: NEW, force: true }],
    });
  });

  it("S20: writes nothing where somebody pushed since, and nothing where it is new already", async () => {
    shows(shaOf("theirs"));
    expect(await apply()).toMatchObject({ ok: false, problem: { code: "branch-moved", transient: true } });
    shows(SEEN, [BASE]);
    expect(await apply()).toMatchObject({ ok: true, value: { headSha: SEEN } });
  });

  it("F3: looks before it believes a refusal, and leaves a commit that came in the same moment", async () => {
    const stale = [{ type: "STALE_DATA", message: "Reference was not at the expected object." }];
    shows(SEEN);
    makesCommit();
    github.onGraphql("MUTATION UpdateRefs", null, stale);
    pointsAt(shaOf("theirs"));
    expect(await apply()).toMatchObject({ ok: false, problem: { code: "branch-moved", transient: true } });
    shows(SEEN);
    makesCommit();
    github.on("MUTATION UpdateRefs", "no answer");
    pointsAt(NEW);
    expect(await apply()).toMatchObject({ ok: true, value: { headSha: NEW } });
  });
});
