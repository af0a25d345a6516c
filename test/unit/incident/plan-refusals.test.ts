import { describe, expect, it } from "vitest";
import { planOf, plannedAction, plannedKeys, plannedWork, refusing } from "../../support/planned.ts";
import {
  aBranch,
  aCommit,
  approved,
  backMergeBranch,
  commits,
  hotfixBranch,
  labelled,
  opened,
  ourComment,
} from "../../support/state-builder.ts";

describe("refusals", () => {
  it("are not planned again in this pass, and the rest goes on", () => {
    const state = refusing(labelled(), `create-branch:${hotfixBranch}`);
    expect(plannedKeys(state)).toEqual(["create-branch:backmerge/42-develop"]);
  });

  it("call for a person once for each kind of obstacle", () => {
    const both = refusing(
      refusing(opened({ pullRequests: [] }), `open-pull-request:${hotfixBranch}->main`),
      `open-pull-request:${backMergeBranch}->develop`,
    );
    expect(plannedKeys(both)).toEqual(["write-status", "comment blocked"]);
    const told = {
      ...both,
      comments: [...both.comments, ourComment(9, "blocked", "", { code: "permission-missing", round: "1" })],
    };
    expect(plannedWork(told)).toEqual([]);
  });

  it("that pass by themselves call for nobody", () => {
    const state = refusing(
      opened({ pullRequests: opened().pullRequests.slice(1) }),
      `open-pull-request:${hotfixBranch}->main`,
      { transient: true },
    );
    expect(plannedKeys(state)).toEqual(["write-status"]);
  });

  it("of small things stand in the status comment only", () => {
    expect(plannedWork(refusing(refusing(approved(), "request-review:43"), "assign:43"))).toEqual([]);
  });

  it("of the status comment do not hold up what is left to say", () => {
    expect(plannedKeys(refusing(approved({ comments: [] }), "write-status"))).toEqual(["comment ready"]);
    expect(plannedKeys(refusing(approved({ comments: [] }), "write-status", { transient: true }))).toEqual(
      [],
    );
  });

  it("F14: look again where somebody took the name in between", () => {
    const state = refusing(
      labelled({ integration: null, comments: opened().comments }),
      `create-branch:${hotfixBranch}`,
      { code: "name-taken" },
    );
    const settled = {
      ...state,
      comments: [
        { ...state.comments[0]!, body: plannedAction(state, "write-status").body },
        ourComment(9, "blocked", "", { code: "integration-missing", round: "1" }),
        ourComment(8, "blocked", "", { code: "name-taken", round: "1" }),
      ],
    };
    expect(planOf(settled)).toMatchObject({ actions: [], lookAgain: true });
    const seen = {
      ...settled,
      branches: [aBranch(hotfixBranch, [aCommit("theirs", { parents: [commits.base.sha] })])],
    };
    expect(plannedWork(seen)).toEqual([`create-branch:${hotfixBranch}-b`]);
  });
});
