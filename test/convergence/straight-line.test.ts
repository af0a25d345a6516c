import { describe, expect, it } from "vitest";
import { loadTemplates } from "../../src/config/load-templates.ts";
import { createRenderer } from "../../src/documents/create-renderer.ts";
import { parseMarker } from "../../src/incident/names.ts";
import type { IncidentState } from "../../src/incident/state.ts";
import { observed, settle } from "../support/ideal-world.ts";
import { plainRenderer } from "../support/plain-renderer.ts";
import {
  aBranch,
  aPush,
  commits,
  hotfixBranch,
  labelled,
  leo,
  shaOf,
  shopConfig,
} from "../support/state-builder.ts";

const render = createRenderer(await loadTemplates());

/** Keys of what each pass did; of comments only their kind. */
function told(rounds: readonly (readonly string[])[]): readonly (readonly string[])[] {
  return rounds.map((round) =>
    round.map((key) => key.replace(/^post-comment:.*?kind=([^;]+).*$/u, "comment $1")),
  );
}

/** A person pushes the fix to the branch that the app made. */
function pushFix(state: IncidentState): IncidentState {
  const branch = state.branches.find((each) => each.name === hotfixBranch)!;
  const fix = { ...commits.fix, parents: [branch.head] };
  return {
    ...state,
    branches: [
      ...state.branches.filter((each) => each !== branch),
      aBranch(hotfixBranch, [fix, ...branch.commits]),
    ],
    pullRequests: state.pullRequests.map((pull) =>
      pull.head === hotfixBranch ? { ...pull, headSha: fix.sha, changedFiles: 1 } : pull,
    ),
    pushes: [...state.pushes, aPush({ before: branch.head, after: fix.sha })],
  };
}

/** A reviewer merges it with a merge commit. */
function merge(state: IncidentState): IncidentState {
  const branch = state.branches.find((each) => each.name === hotfixBranch)!;
  const mergeCommit = { ...commits.mergeCommit, parents: [commits.base.sha, branch.head] };
  return {
    ...state,
    production: {
      name: "main",
      head: mergeCommit.sha,
      tree: mergeCommit.tree,
      history: [mergeCommit, ...branch.commits, commits.base],
    },
    branches: state.branches.map((each) => (each === branch ? { ...each, commits: [] } : each)),
    pullRequests: state.pullRequests.map((pull) =>
      pull.head === hotfixBranch
        ? { ...pull, state: "merged" as const, mergeCommit, mergedAt: mergeCommit.committedAt, mergedBy: leo }
        : pull,
    ),
  };
}

describe.each([
  ["plain texts", plainRenderer],
  ["the texts of the product", render],
])("from label to landed with %s", (_, renderer) => {
  const context = { config: shopConfig, render: renderer };
  const opened = settle(labelled(), { context });
  const ready = settle(observed(pushFix(opened.state)), { context });
  const over = settle(observed(merge(ready.state)), { context });

  it("opens everything in three rounds", () => {
    expect(told(opened.rounds)).toEqual([
      ["create-branch:hotfix/42-checkout-fails", "create-branch:backmerge/42-develop"],
      ["open-pull-request:hotfix/42-checkout-fails->main", "open-pull-request:backmerge/42-develop->develop"],
      ["write-status"],
    ]);
  });

  it("calls for review as soon as there is something to look at", () => {
    expect(told(ready.rounds)).toEqual([
      ["mark-ready:43", "request-review:43", "assign:43"],
      ["write-status", "comment ready"],
    ]);
  });

  it("tags, releases, lands, documents and closes, in this order", () => {
    expect(told(over.rounds)).toEqual([
      ["create-tag:v1.2.4"],
      ["publish-release:v1.2.4", "merge-into-branch:backmerge/42-develop"],
      ["mark-ready:44", "comment released"],
      ["merge-pull-request:44"],
      ["commit-documents:develop", "comment landed"],
      ["delete-branch:backmerge/42-develop", "delete-branch:hotfix/42-checkout-fails"],
      ["comment closed"],
      ["close-issue"],
      ["write-status"],
    ]);
  });

  it("ends closed, tagged, released, documented, with nothing left over", () => {
    const { state } = over;
    expect(state.issue).toMatchObject({ state: "closed", stateReason: "completed" });
    expect(state.tags[0]).toMatchObject({ name: "v1.2.4", commit: commits.mergeCommit.sha });
    expect(state.releases.map((release) => release.tag)).toEqual(["v1.2.4"]);
    expect(state.documents.map((document) => document.path)).toEqual([
      "incidents/PAYMENT-CRITICAL-042.md",
      "retrospectives/PAYMENT-CRITICAL-042.md",
      "communication/PAYMENT-CRITICAL-042.md",
      "communication/PAYMENT-CRITICAL-042-public.md",
    ]);
    expect(state.branches).toEqual([]);
    expect(state.comments.map((comment) => parseMarker(comment.body)?.kind)).toEqual([
      "status",
      "ready",
      "released",
      "landed",
      "closed",
    ]);
  });

  it("then writes nothing, however often it is looked at", () => {
    for (const { state } of [opened, ready, over]) {
      expect(settle(observed(state), { context }).rounds).toEqual([]);
    }
  });
});

it("does the same for each release branch, in the same rounds", () => {
  const release = (name: string) => ({
    name,
    head: shaOf(name),
    tree: shaOf(`tree of ${name}`),
    excludedBecause: null,
  });
  const context = { config: shopConfig, render: plainRenderer };
  const start = labelled({ releaseBranches: [release("release/1.3"), release("release/1.4")] });
  const opened = settle(start, { context });
  expect(opened.rounds.map((round) => round.length)).toEqual([4, 4, 1]);
  const over = settle(observed(merge(settle(observed(pushFix(opened.state)), { context }).state)), {
    context,
  });
  expect(told(over.rounds)[3]).toEqual([
    "merge-pull-request:44",
    "merge-pull-request:45",
    "merge-pull-request:46",
  ]);
  expect(over.rounds).toHaveLength(9);
  expect(over.state.issue.state).toBe("closed");
});

it("lands on production alone where that is all there is", () => {
  const config = { ...shopConfig, branches: { ...shopConfig.branches, integration: "main" } };
  const context = { config, render: plainRenderer };
  const trunk = (state: IncidentState): IncidentState => ({ ...state, integration: state.production });
  const opened = settle(trunk(labelled()), { context });
  expect(opened.rounds.map((round) => round.length)).toEqual([1, 1, 1]);
  const ready = settle(observed(pushFix(opened.state)), { context }).state;
  const over = settle(observed(trunk(merge(ready))), { context });
  expect(over.state.issue.state).toBe("closed");
  expect(over.state.documents.map((document) => document.branch)).toEqual(["main", "main", "main", "main"]);
});
