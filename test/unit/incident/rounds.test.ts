import { describe, expect, it } from "vitest";
import { incidentSlug, roundsOf } from "../../../src/incident/rounds.ts";
import type { IncidentState } from "../../../src/incident/state.ts";
import {
  aBranch,
  aCommit,
  anOpeningCommit,
  aPullRequest,
  aPush,
  appActor,
  aStatusComment,
  commits,
  fixPushed,
  hotfixBranch,
  labelled,
  leo,
  merged,
  opened,
  shaOf,
  shopConfig,
  tree,
} from "../../support/state-builder.ts";

const { base, opening, fix } = commits;

function only(state: IncidentState) {
  const rounds = roundsOf(state, shopConfig);
  expect(rounds).toHaveLength(1);
  return rounds[0]!;
}

function titled(title: string, over: Partial<IncidentState> = {}): IncidentState {
  const state = labelled(over);
  return { ...state, issue: { ...state.issue, title } };
}

describe("incidentSlug", () => {
  it("comes from the title, and from what was made with it once that is there", () => {
    expect(incidentSlug(titled("Payments time out"), shopConfig)).toBe("payments-time-out");
    expect(incidentSlug(titled("Other", { branches: opened().branches }), shopConfig)).toBe("checkout-fails");
    expect(incidentSlug(titled("Other", { pullRequests: [aPullRequest()] }), shopConfig)).toBe(
      "checkout-fails",
    );
    expect(incidentSlug(titled("Other", { comments: [aStatusComment()] }), shopConfig)).toBe(
      "checkout-fails",
    );
    const push = aPush({ kind: "branch_creation", actor: appActor });
    expect(incidentSlug(titled("Other", { pushes: [push] }), shopConfig)).toBe("checkout-fails");
  });

  it("S20: takes another one where a person has a branch or pull request of that name", () => {
    const theirs = aBranch(hotfixBranch, [aCommit("my own fix", { parents: [base.sha] })]);
    expect(incidentSlug(labelled({ branches: [theirs] }), shopConfig)).toBe("checkout-fails-b");
    const second = { ...theirs, name: `${hotfixBranch}-b` };
    expect(incidentSlug(labelled({ branches: [theirs, second] }), shopConfig)).toBe("checkout-fails-c");
    const pull = aPullRequest({ author: leo, state: "merged" });
    expect(incidentSlug(labelled({ pullRequests: [pull] }), shopConfig)).toBe("checkout-fails-b");
    expect(incidentSlug(labelled({ branches: [theirs], comments: [aStatusComment()] }), shopConfig)).toBe(
      "checkout-fails-b",
    );
  });

  it("S20: keeps a title that fills the slug within bounds", () => {
    const slug = "x".repeat(40);
    const state = titled(slug, { branches: [aBranch(`hotfix/42-${slug}`, [fix])] });
    expect(incidentSlug(state, shopConfig)).toBe(`${"x".repeat(38)}-b`);
  });

  it("does not take another incident's branch for its own", () => {
    const other = anOpeningCommit("hotfix/421-checkout-fails", base.sha, base.tree);
    const state = labelled({ branches: [aBranch("hotfix/421-checkout-fails", [other])] });
    expect(incidentSlug(state, shopConfig)).toBe("checkout-fails");
  });
});

describe("roundsOf", () => {
  it("has round 1 before anything is there", () => {
    expect(only(labelled())).toMatchObject({
      number: 1,
      hotfixBranch,
      branchExists: false,
      hasFix: false,
      pullRequest: null,
    });
  });

  it("finds a second round by its branch", () => {
    const second = `${hotfixBranch}-2`;
    const state = merged();
    const branches = [...state.branches, aBranch(second, [anOpeningCommit(second, base.sha, base.tree)])];
    const rounds = roundsOf({ ...state, branches }, shopConfig);
    expect(rounds.map((round) => [round.number, round.hotfixBranch, round.branchExists])).toEqual([
      [1, hotfixBranch, true],
      [2, second, true],
    ]);
    expect(rounds[1]?.backMerges.map((each) => each.branch)).toEqual(["backmerge/42.2-develop"]);
  });

  it("takes a title that ends in a number for one round", () => {
    const name = "hotfix/42-checkout-fails-2";
    const state = titled("Checkout fails 2", {
      branches: [aBranch(name, [anOpeningCommit(name, base.sha, base.tree)])],
    });
    expect(only(state)).toMatchObject({ number: 1, hotfixBranch: name });
  });

  it("does not take a person's pull request to somewhere else for the round's", () => {
    const other = aPullRequest({ number: 60, author: leo, base: "develop" });
    expect(only(opened({ pullRequests: [other] })).pullRequest).toBeNull();
    expect(only(opened({ pullRequests: [{ ...other, base: "main" }] })).pullRequest?.number).toBe(60);
  });

  it("keeps to our pull request when a person pointed it elsewhere", () => {
    expect(only(opened({ pullRequests: [aPullRequest({ base: "develop" })] })).pullRequest?.base).toBe(
      "develop",
    );
  });

  it("prefers merged to open to closed", () => {
    const open = aPullRequest({ number: 50 });
    const shut = aPullRequest({ number: 51, state: "closed" });
    expect(only(opened({ pullRequests: [open, shut] })).pullRequest?.number).toBe(50);
    const shipped = {
      ...aPullRequest({ number: 49 }),
      state: "merged" as const,
      mergeCommit: commits.mergeCommit,
    };
    expect(only(opened({ pullRequests: [shipped, open, shut] })).pullRequest?.number).toBe(49);
  });
});

describe("hasFix", () => {
  const update = aCommit("Merge main into hotfix", {
    tree: shaOf("newer production"),
    parents: [opening.sha, shaOf("newer")],
  });
  const newer = aCommit("newer", { tree: shaOf("newer production"), parents: [base.sha] });
  const revert = aCommit("revert", { tree: tree.production, parents: [fix.sha] });

  it.each([
    ["the opening commit alone", [opening], false],
    ["a change", [fix, opening], true],
    ["a change and its undoing", [revert, fix, opening], false],
    ["a change without the opening commit, after a force push", [{ ...fix, parents: [base.sha] }], true],
    ["a reset to production", [], false],
  ])("after %s: %#", (_, branchCommits, expected) => {
    const branch = {
      ...aBranch(hotfixBranch, [opening]),
      commits: branchCommits,
      tree: branchCommits[0]?.tree ?? base.tree,
    };
    expect(only(opened({ branches: [branch] })).hasFix).toBe(expected);
  });

  it("is not there when production was merged into the branch and nothing else happened", () => {
    const production = { name: "main", head: newer.sha, tree: newer.tree, history: [newer, base] };
    const merge = { ...update, parents: [opening.sha, newer.sha] };
    expect(only(opened({ production, branches: [aBranch(hotfixBranch, [merge, opening])] })).hasFix).toBe(
      false,
    );
  });
});

describe("commits", () => {
  const names = (state: IncidentState) => only(state).commits.map((commit) => commit.message);

  it("are those of people, oldest first, wherever they can still be seen", () => {
    const more = aCommit("hotfix: test", { parents: [fix.sha] });
    expect(names(opened())).toEqual([]);
    expect(names(fixPushed({ branches: [aBranch(hotfixBranch, [more, fix, opening])] }))).toEqual([
      fix.message,
      more.message,
    ]);
    expect(names(merged())).toEqual([fix.message]);
    expect(names(merged({ branches: [] }))).toEqual([fix.message]);
  });

  it("are the squash where the branch is gone, and all of them where the pull request tells", () => {
    const squash = aCommit("squashed", { tree: tree.fix, parents: [base.sha] });
    const state = merged();
    const pull = { ...state.pullRequests[0]!, mergeCommit: squash };
    expect(names({ ...state, branches: [], pullRequests: [pull] })).toEqual(["squashed"]);
    expect(names({ ...state, branches: [], pullRequests: [{ ...pull, commits: [opening, fix] }] })).toEqual([
      fix.message,
    ]);
  });
});
