import { describe, expect, it } from "vitest";
import { inIssue, inPull, planOf, plannedAction, plannedWork, refusing } from "../../support/planned.ts";
import {
  aBranch,
  aCommit,
  approved,
  aTag,
  backMergeBranch,
  carriedBack,
  closed,
  commits,
  labelled,
  landed,
  merged,
  opened,
  ourComment,
  released,
  shaOf,
  shopConfig,
  tree,
} from "../../support/state-builder.ts";

describe("after the merge", () => {
  it("goes on when the issue was closed by hand", () => {
    expect(plannedWork(inIssue(merged(), { state: "closed" }))).toEqual(["create-tag:v1.2.4"]);
    expect(plannedWork(inIssue(landed(), { state: "closed" }))).toEqual(["commit-documents:develop"]);
    const done = inIssue(
      landed({ documents: closed().documents, branches: [], comments: closed().comments }),
      { state: "closed" },
    );
    expect(plannedWork(done)).toEqual([]);
  });

  it("never tags, releases or closes on a merge that changed nothing", () => {
    const empty = { ...commits.mergeCommit, tree: tree.production };
    const state = inPull(
      merged({
        production: {
          name: "main",
          head: empty.sha,
          tree: empty.tree,
          history: [empty, commits.fix, commits.opening, commits.base],
        },
      }),
      43,
      { mergeCommit: empty },
    );
    const opening = {
      ...state,
      pullRequests: state.pullRequests.map((pull) => ({ ...pull, headSha: commits.opening.sha })),
    };
    expect(plannedWork(opening)).toEqual(["comment empty%2Dmerge"]);
  });

  it("F1: looks again when production does not show the merge yet", () => {
    const state = merged({ production: opened().production, landings: [] });
    expect(plannedWork(state)).toEqual([]);
    const written = {
      ...state,
      comments: [
        { ...state.comments[0]!, body: plannedAction(state, "write-status").body },
        state.comments[1]!,
      ],
    };
    expect(planOf(written)).toMatchObject({ actions: [], lookAgain: true });
  });

  it("S36: adopts a version that is there, and releases it", () => {
    const tags = [aTag("v1.3.0", commits.mergeCommit.sha), ...merged().tags];
    expect(plannedWork(merged({ tags }))).toEqual([
      "publish-release:v1.3.0",
      "merge-into-branch:backmerge/42-develop",
    ]);
  });

  it("F23: does not adopt a version on a merge that went wrong", () => {
    const wrong = { ...commits.mergeCommit, tree: shaOf("wrong") };
    const production = {
      name: "main",
      head: wrong.sha,
      tree: wrong.tree,
      history: [wrong, commits.fix, commits.opening, commits.base],
    };
    const tags = [aTag("v1.3.0", wrong.sha), ...merged().tags];
    expect(plannedWork(inPull(merged({ tags, production }), 43, { mergeCommit: wrong }))).toEqual([
      "comment blocked",
    ]);
  });

  it("makes no release where configuration leaves that to others", () => {
    for (const release of ["off", "adopt"] as const) {
      const config = { ...shopConfig, release };
      const state = released({ releases: [], comments: approved().comments });
      expect(plannedWork(state, config)).toEqual([
        "merge-into-branch:backmerge/42-develop",
        "comment released",
      ]);
    }
  });

  it("marks the release latest only if it is", () => {
    const state = released({ releases: [], comments: approved().comments });
    expect(plannedAction(state, "publish-release").latest).toBe(true);
    const tags = [...state.tags, aTag("v2.0.0", shaOf("other line"), { onProduction: false })];
    expect(plannedAction({ ...state, tags }, "publish-release").latest).toBe(false);
  });

  it("S36, F18: goes to the next name when one turns out to be taken, and to no other when tags are forbidden", () => {
    expect(plannedWork(refusing(merged(), "create-tag:v1.2.4", { code: "tag-taken" }))).toEqual([
      "create-tag:v1.2.5",
    ]);
    const forbidden = refusing(merged(), "create-tag:v1.2.4", { code: "rule-violation" });
    expect(plannedWork(forbidden)).toEqual(["merge-into-branch:backmerge/42-develop", "comment blocked"]);
    expect(
      plannedWork(refusing(merged(), "create-tag:v1.2.4", { code: "github-busy", transient: true })),
    ).toEqual([]);
  });

  it("does not end while a tag is owed", () => {
    const untagged = landed({ tags: merged().tags, releases: [] });
    expect(plannedWork(refusing(untagged, "create-tag:v1.2.4", { code: "rule-violation" }))).toEqual([
      "comment blocked",
    ]);
  });

  it.each([
    [{ mergeCommitAllowed: true }, "merge"],
    [{ mergeCommitAllowed: false }, "squash"],
    [{ mergeCommitAllowed: false, squashMergeAllowed: false }, "rebase"],
  ])("merges back as the repository allows: %#", (allowed, method) => {
    const state = carriedBack({ repository: { ...labelled().repository, ...allowed } });
    expect(plannedAction(state, "merge-pull-request")).toMatchObject({
      pullRequest: 44,
      headSha: commits.carried.sha,
      method,
    });
  });

  it.each([
    [
      "configuration wants a person",
      carriedBack(),
      { ...shopConfig, merge: { backMerges: "manual" as const } },
    ],
    ["GitHub will do it", inPull(carriedBack(), 44, { autoMergeEnabled: true }), shopConfig],
    [
      "it waits for a review and there is no auto-merge",
      {
        ...inPull(
          carriedBack({
            comments: [
              ...released().comments,
              ourComment(9, "blocked", "", { code: `back-merge-blocked${""}`, round: "1" }),
            ],
          }),
          44,
          { mergeState: "behind", mergeable: "conflicting" },
        ),
      },
      shopConfig,
    ],
  ])("leaves the merge alone when %s", (_, state, config) => {
    expect(plannedWork(state, config).filter((key) => key.startsWith("merge"))).toEqual([]);
  });

  it("asks GitHub to merge when it may only do so later", () => {
    const blocked = inPull(carriedBack(), 44, { mergeState: "blocked" });
    expect(plannedWork(blocked)).toContain("merge-pull-request:44");
    const alone = { ...blocked, repository: { ...blocked.repository, autoMergeAllowed: false } };
    expect(plannedWork(alone)).toEqual(["comment blocked"]);
  });

  it("calls for a person at a conflict, once for each target", () => {
    const conflict = inPull(carriedBack(), 44, { mergeable: "conflicting" });
    expect(plannedWork(conflict)).toEqual(["comment conflict"]);
    const told = {
      ...conflict,
      comments: [...conflict.comments, ourComment(9, "conflict", "!", { round: "1", target: "develop" })],
    };
    expect(plannedWork(told)).toEqual([]);
    const refused = refusing(released(), "merge-into-branch:backmerge/42-develop", {
      code: "merge-conflict",
    });
    expect(plannedWork(refused)).toEqual(["comment conflict"]);
  });

  it("goes on when a person resolved it on the back-merge branch", () => {
    const resolved = aCommit("resolve", { parents: [commits.carried.sha, commits.unfinished.sha] });
    const branches = [
      merged().branches[0]!,
      aBranch(backMergeBranch, [resolved, commits.carried, commits.backMergeOpening]),
    ];
    const state = inPull({ ...carriedBack(), branches }, 44, { headSha: resolved.sha });
    expect(plannedAction(state, "merge-pull-request").headSha).toBe(resolved.sha);
  });

  it("leaves a target alone that has the fix already", () => {
    const landings = released().landings.map((landing) => ({ ...landing, proof: "ancestry" as const }));
    expect(plannedWork(released({ landings }))).toEqual(["commit-documents:develop", "comment landed"]);
  });
});
