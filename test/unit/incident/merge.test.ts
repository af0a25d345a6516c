import { describe, expect, it } from "vitest";
import { commitGraphOf } from "../../../src/incident/commit-graph.ts";
import { isEmptyMerge, verifyMerge } from "../../../src/incident/merge.ts";
import type { IncidentState } from "../../../src/incident/state.ts";
import type { CommitFacts } from "../../../src/incident/state/commit-facts.ts";
import {
  aBranch,
  aCommit,
  at,
  aTrunk,
  commits,
  hotfixBranch,
  merged,
  shaOf,
  tree,
} from "../../support/state-builder.ts";

const { base, opening, fix, mergeCommit } = commits;

/** Merged, with these commits on production and this one as what the merge put there. */
function mergedAs(
  commit: CommitFacts,
  history: readonly CommitFacts[],
  over: Partial<IncidentState> = {},
): IncidentState {
  const state = merged();
  return {
    ...state,
    production: aTrunk("main", history),
    branches: [aBranch(hotfixBranch, [fix, opening])],
    landings: [],
    pullRequests: state.pullRequests.map((pull) =>
      pull.number === 43 ? { ...pull, mergeCommit: commit } : pull,
    ),
    ...over,
  };
}

function verdictOf(state: IncidentState) {
  const pull = state.pullRequests[0]!;
  const branch = state.branches.find((each) => each.name === hotfixBranch) ?? null;
  const verdict = verifyMerge(state, commitGraphOf(state), pull, branch);
  return verdict.kind === "refused" ? verdict.problem.code : verdict.kind;
}

function isEmpty(state: IncidentState): boolean {
  const branch = state.branches.find((each) => each.name === hotfixBranch) ?? null;
  return isEmptyMerge(commitGraphOf(state), state.pullRequests[0]!, branch);
}

const squash = aCommit("squashed", { tree: tree.fix, parents: [base.sha], committedAt: at("14:40") });
const rebasedOpening = aCommit("rebased opening", {
  tree: base.tree,
  parents: [base.sha],
  message: opening.message,
});
const rebased = aCommit("rebased fix", {
  tree: tree.fix,
  parents: [rebasedOpening.sha],
  message: fix.message,
  committedAt: at("14:40"),
});

describe("verifyMerge", () => {
  it.each([
    ["a merge commit", merged()],
    ["a squash", mergedAs(squash, [squash, base])],
    ["a rebase", mergedAs(rebased, [rebased, rebasedOpening, base])],
    ["a squash whose branch is gone", mergedAs(squash, [squash, base], { branches: [] })],
    [
      "one with later commits on top",
      mergedAs(squash, [aCommit("later", { parents: [squash.sha] }), squash, base]),
    ],
  ])("verifies %s", (_, state) => {
    expect(verdictOf(state)).toBe("verified");
  });

  it("F1: waits when production was read before the merge", () => {
    expect(verdictOf(mergedAs(mergeCommit, [base]))).toBe("not-yet");
  });

  it("takes the proof of the observation where the merge is too long ago to be in sight", () => {
    const much = Array.from({ length: 100 }, (_, index) =>
      aCommit(`later ${index}`, { committedAt: at("16:00") }),
    );
    expect(verdictOf(mergedAs(mergeCommit, much))).toBe("not-yet");
    const landings = [{ mergeCommit: mergeCommit.sha, target: "main", proof: "ancestry" as const }];
    expect(verdictOf(mergedAs(mergeCommit, much, { landings }))).toBe("verified");
  });

  it("refuses a merge that was taken off production again", () => {
    const other = aCommit("other", { parents: [base.sha], committedAt: at("14:50") });
    expect(verdictOf(mergedAs(mergeCommit, [other, base]))).toBe("merge-not-on-production");
  });

  it("F23: refuses a merge that does not have the content of the hotfix", () => {
    const wrong = { ...mergeCommit, tree: shaOf("something else") };
    expect(verdictOf(mergedAs(wrong, [wrong, fix, opening, base]))).toBe("merge-differs");
    const wrongSquash = { ...squash, tree: shaOf("something else") };
    expect(verdictOf(mergedAs(wrongSquash, [wrongSquash, base]))).toBe("merge-differs");
  });

  it("lets trees differ where production had moved on", () => {
    const moved = aCommit("other work", { parents: [base.sha] });
    const onTop = { ...mergeCommit, tree: shaOf("both"), parents: [moved.sha, fix.sha] };
    expect(verdictOf(mergedAs(onTop, [onTop, moved, fix, opening, base]))).toBe("verified");
  });
});

describe("isEmptyMerge", () => {
  const emptyMerge = { ...mergeCommit, tree: base.tree };
  const emptySquash = { ...squash, tree: base.tree };
  const emptyRebase = { ...rebased, tree: base.tree };

  it.each([
    ["a merge commit", mergedAs(emptyMerge, [emptyMerge, opening, base]), true],
    ["a squash", mergedAs(emptySquash, [emptySquash, base]), true],
    ["a rebase", mergedAs(emptyRebase, [emptyRebase, rebasedOpening, base]), true],
    ["a merge commit with a fix", merged(), false],
    ["a squash with a fix", mergedAs(squash, [squash, base]), false],
    ["a rebase with a fix", mergedAs(rebased, [rebased, rebasedOpening, base]), false],
  ])("%s: %#", (_, state, expected) => {
    expect(isEmpty(state)).toBe(expected);
  });

  it("sees the fix in a rebase whose last commit is empty", () => {
    const last = aCommit("rebased empty", { tree: tree.fix, parents: [rebased.sha], message: "empty" });
    const branch = aBranch(hotfixBranch, [aCommit("empty", { message: "empty" }), fix, opening]);
    const state = mergedAs(last, [last, rebased, rebasedOpening, base], { branches: [branch] });
    expect(isEmpty(state)).toBe(false);
  });

  it("does not take the commit before an empty squash for its own", () => {
    const before = aCommit("somebody's work", { tree: tree.production, parents: [shaOf("older")] });
    const empty = aCommit("squashed", { tree: tree.production, parents: [before.sha] });
    expect(isEmpty(mergedAs(empty, [empty, before]))).toBe(true);
  });

  it("goes by the number of files where the trees are not known", () => {
    const orphan = { ...squash, parents: [shaOf("unknown")] };
    expect(isEmpty(mergedAs(orphan, [orphan]))).toBe(false);
    const state = mergedAs(orphan, [orphan]);
    expect(
      isEmpty({ ...state, pullRequests: state.pullRequests.map((pull) => ({ ...pull, changedFiles: 0 })) }),
    ).toBe(true);
  });
});
