import { describe, expect, it } from "vitest";
import { configOf } from "../../../src/config/schema.ts";
import type { IncidentState } from "../../../src/incident/state.ts";
import { inIssue, inPull, planOf, plannedAction, plannedKeys, plannedWork } from "../../support/planned.ts";
import {
  aBranch,
  aCheckRun,
  aLabelEvent,
  anOpeningCommit,
  approved,
  at,
  carriedBack,
  closed,
  commits,
  fixPushed,
  hotfixBranch,
  incidentId,
  labelled,
  landed,
  merged,
  opened,
  ownCheckRuns,
  released,
  shaOf,
  tree,
} from "../../support/state-builder.ts";

describe("the straight line", () => {
  it.each([
    [
      "labelled",
      labelled(),
      ["create-branch:hotfix/42-checkout-fails", "create-branch:backmerge/42-develop"],
    ],
    [
      "branches there",
      opened({ pullRequests: [], comments: [] }),
      ["open-pull-request:hotfix/42-checkout-fails->main", "open-pull-request:backmerge/42-develop->develop"],
    ],
    ["pull requests there", opened({ comments: [] }), ["write-status"]],
    ["waiting for the fix", opened(), ["write-status"]],
    ["fix pushed", fixPushed(), ["mark-ready:43", "request-review:43", "assign:43"]],
    ["ready", approved(), ["write-status"]],
    ["merged", merged(), ["create-tag:v1.2.4"]],
    [
      "tagged",
      released({ releases: [], comments: approved().comments }),
      ["publish-release:v1.2.4", "merge-into-branch:backmerge/42-develop"],
    ],
    ["carried", inPull(carriedBack(), 44, { isDraft: true, events: [] }), ["mark-ready:44"]],
    ["ready to be merged back", carriedBack(), ["merge-pull-request:44"]],
    ["landed", landed(), ["commit-documents:develop"]],
    [
      "documents written",
      landed({ documents: closed().documents }),
      ["delete-branch:hotfix/42-checkout-fails", "delete-branch:backmerge/42-develop"],
    ],
    ["tidy", landed({ documents: closed().documents, branches: [] }), ["comment closed"]],
    [
      "told",
      inIssue(closed({ events: [aLabelEvent()] }), { state: "open", closedAt: null }),
      ["close-issue"],
    ],
    ["over", closed(), ["write-status"]],
  ])("when %s: %#", (_, state, expected) => {
    expect(plannedKeys(state)).toEqual(expected);
  });

  it("opens branches from production with an empty commit that closes nothing", () => {
    expect(plannedAction(labelled(), "create-branch")).toEqual({
      kind: "create-branch",
      branch: hotfixBranch,
      from: commits.base.sha,
      tree: tree.production,
      message: `hotfix: open ${incidentId}\n\nThe first commit of ${hotfixBranch}, which changes nothing\n\nHotfix-Incident: 42`,
    });
  });

  it("opens each branch with a commit of its own, for check runs belong to commits", () => {
    const messages = planOf(labelled()).actions.flatMap((each) =>
      each.kind === "create-branch" ? [each.message] : [],
    );
    expect(new Set(messages).size).toBe(2);
  });

  it("adds a branch and a pull request for each release branch that may be targeted", () => {
    const release = { name: "release/1.3", head: shaOf("r"), tree: shaOf("t"), excludedBecause: null };
    const other = { ...release, name: "release/2.0", excludedBecause: "it would bring unreleased work" };
    const releaseBranches = [release, other];
    expect(plannedWork(labelled({ releaseBranches }))).toEqual([
      "create-branch:hotfix/42-checkout-fails",
      "create-branch:backmerge/42-develop",
      "create-branch:backmerge/42-release/1.3",
    ]);
    const branch = anOpeningCommit("backmerge/42-release/1.3", commits.base.sha, commits.base.tree);
    const made = {
      ...opened(),
      branches: [...opened().branches, aBranch("backmerge/42-release/1.3", [branch])],
    };
    expect(plannedWork({ ...made, releaseBranches })).toEqual([
      "open-pull-request:backmerge/42-release/1.3->release/1.3",
    ]);
  });

  it("opens the pull request plainly where the fix is there already", () => {
    expect(plannedAction(fixPushed({ pullRequests: [] }), "open-pull-request").draft).toBe(false);
    expect(plannedAction(opened({ pullRequests: [] }), "open-pull-request").draft).toBe(true);
  });

  it("never closes an issue by what it writes", () => {
    for (const state of [labelled(), opened({ pullRequests: [] }), merged(), released(), landed()]) {
      for (const action of planOf(state).actions) {
        expect("message" in action ? action.message : "").not.toMatch(/#\d|\b(?:fix|close|resolve)[sd]?\b/iu);
      }
    }
  });

  it("writes the same plan twice, and changes nothing in the state", () => {
    for (const state of [labelled(), fixPushed(), merged(), released(), landed(), closed()]) {
      const copy = structuredClone(state);
      expect(planOf(state)).toEqual(planOf(copy));
      expect(state).toEqual(copy);
    }
  });
});

describe("commits to check", () => {
  const check = (state: IncidentState) => planOf(state).commitsToCheck;

  it("are the heads of what is in flight, once they hold something", () => {
    expect(check(opened())).toEqual([]);
    expect(check(fixPushed())).toEqual([]);
    expect(check(inPull(fixPushed(), 43, { checkRuns: [] }))).toEqual([commits.fix.sha]);
    expect(check(inPull(carriedBack(), 44, { checkRuns: [] }))).toEqual([commits.carried.sha]);
    expect(check(fixPushed({ pullRequests: [] }))).toEqual([commits.fix.sha]);
  });

  it.each([
    ["unfinished", aCheckRun({ status: "in_progress", conclusion: null })],
    ["another one", aCheckRun({ name: "build" })],
    ["S17: somebody else's of that name", aCheckRun({ isOurs: false })],
  ])("include a head whose check run is %s", (_, run) => {
    expect(check(inPull(fixPushed(), 43, { checkRuns: ownCheckRuns(run) }))).toEqual([commits.fix.sha]);
  });

  it("S15: include a head that the pull request does not show yet", () => {
    expect(check(inPull(fixPushed(), 43, { headSha: commits.opening.sha }))).toEqual([commits.fix.sha]);
  });

  it("leave out what is merged, closed, not ours or stopped", () => {
    expect(check(merged())).toEqual([]);
    expect(
      check(inPull(inPull(fixPushed(), 43, { checkRuns: [], state: "closed" }), 44, { state: "closed" })),
    ).toEqual([]);
    expect(check(labelled({ branches: [aBranch(hotfixBranch, [commits.fix])] }))).toEqual([]);
    expect(check(inIssue(inPull(fixPushed(), 43, { checkRuns: [] }), { labels: [] }))).toEqual([]);
  });
});

describe("wakeAt", () => {
  it("is the deadline while it can be missed", () => {
    expect(planOf(opened()).wakeAt).toBe(at("15:00"));
    expect(planOf(opened({ deadlines: [{ name: "sla", at: at("15:00"), passed: true }] })).wakeAt).toBeNull();
    expect(planOf(released()).wakeAt).toBeNull();
    const updates = [
      { name: "sla", at: at("15:00"), passed: true },
      { name: "update", at: at("15:15"), passed: false },
    ] as const;
    expect(planOf(opened({ deadlines: updates })).wakeAt).toBe(at("15:15"));
    expect(planOf(released({ deadlines: updates })).wakeAt).toBeNull();
    expect(planOf(inIssue(opened(), { state: "closed" })).wakeAt).toBeNull();
    expect(planOf(labelled({ deadlines: [] }), configOf({})).wakeAt).toBeNull();
  });
});
