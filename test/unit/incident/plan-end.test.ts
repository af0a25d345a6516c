import { describe, expect, it } from "vitest";
import { actionKey } from "../../../src/incident/action.ts";
import { inPull, planOf, plannedAction, plannedWork, refusing } from "../../support/planned.ts";
import {
  aBranch,
  aCommit,
  appActor,
  aPullRequest,
  aPullRequestEvent,
  closed,
  commits,
  hotfixBranch,
  documentPaths,
  incidentId,
  landed,
  leo,
  shaOf,
} from "../../support/state-builder.ts";

describe("the end", () => {
  it("waits until the proofs were read, and not only written", () => {
    const state = landed({ isAdvanced: true });
    expect(planOf(state)).toMatchObject({ actions: [], lookAgain: true });
  });

  it("waits for every target", () => {
    const landings = landed().landings.filter((landing) => landing.target === "main");
    expect(plannedWork(landed({ landings }))).toEqual([]);
    const releaseBranches = [
      { name: "release/1.3", head: shaOf("r"), tree: shaOf("t"), excludedBecause: null },
    ];
    expect(plannedWork(landed({ releaseBranches }))).toEqual(["create-branch:backmerge/42-release/1.3"]);
  });

  it("never overwrites a document that is there", () => {
    const mine = { path: `incidents/${incidentId}.md`, branch: "develop", text: "edited by a person" };
    expect(
      plannedAction(landed({ documents: [mine] }), "commit-documents").files.map((file) => file.path),
    ).toEqual(documentPaths.slice(1));
  });

  it("writes documents against the head that was seen, or proposes them", () => {
    expect(plannedAction(landed(), "commit-documents")).toMatchObject({
      branch: "develop",
      expectedHead: commits.integrationMerge.sha,
      fallback: { branch: "hotfix-documents/42" },
    });
  });

  it("I7: deletes only what was merged as it is", () => {
    const after = { documents: closed().documents };
    const moved = landed({
      ...after,
      branches: [{ ...landed().branches[0]!, head: shaOf("more") }, landed().branches[1]!],
    });
    expect(plannedWork(moved)).toEqual(["delete-branch:backmerge/42-develop"]);
    const restored = inPull(landed(after), 43, {
      events: [
        aPullRequestEvent("head_ref_deleted", appActor, "14:40"),
        aPullRequestEvent("head_ref_restored", leo, "14:41"),
      ],
    });
    expect(plannedWork(restored)).toEqual(["delete-branch:backmerge/42-develop"]);
    const theirs = landed({ ...after, branches: [aBranch("hotfix/42-theirs", [commits.fix])] });
    expect(plannedWork(theirs)).toEqual(["comment closed"]);
  });

  it("does not close over commits that came after the merge, but opens another round", () => {
    const branches = [aBranch(hotfixBranch, [aCommit("more", { parents: [commits.fix.sha] })])];
    expect(plannedWork(landed({ documents: closed().documents, branches }))).toEqual([
      "create-branch:hotfix/42-checkout-fails-2",
      "create-branch:backmerge/42.2-develop",
    ]);
  });

  it("closes although a branch cannot be deleted", () => {
    const state = refusing(
      landed({ documents: closed().documents, branches: landed().branches.slice(0, 1) }),
      `delete-branch:${hotfixBranch}`,
    );
    expect(plannedWork(state)).toEqual(["comment closed"]);
  });

  it("closes although comments are refused", () => {
    const state = landed({ documents: closed().documents, branches: [] });
    const comment = plannedAction(state, "post-comment");
    expect(plannedWork(refusing(state, actionKey(comment)))).toEqual(["close-issue"]);
    expect(plannedWork(refusing(state, actionKey(comment), { transient: true }))).toEqual([]);
  });

  it("links the documents where they are", () => {
    const state = landed({ documents: closed().documents, branches: [] });
    expect(plannedAction(state, "post-comment").body).toContain(`/blob/develop/incidents/${incidentId}.md`);
    const pull = aPullRequest({ number: 45, head: "hotfix-documents/42", base: "develop" });
    expect(
      plannedAction({ ...state, pullRequests: [...state.pullRequests, pull] }, "post-comment").body,
    ).toContain("/pull/45");
  });
});
