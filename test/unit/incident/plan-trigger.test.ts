import { describe, expect, it } from "vitest";
import { inIssue, planOf, plannedAction, plannedKeys, plannedWork } from "../../support/planned.ts";
import {
  aLabelEvent,
  fixPushed,
  ghost,
  labelled,
  leo,
  opened,
  ourComment,
  permission,
  released,
  shopConfig,
  stranger,
} from "../../support/state-builder.ts";

describe("trigger", () => {
  const reader = labelled({
    events: [aLabelEvent({ actor: stranger })],
    permissions: { stranger: permission("pull") },
  });

  it("S11: one comment for somebody who may not, and nothing else", () => {
    expect(plannedKeys(reader)).toEqual(["comment not%2Daccepted"]);
    expect(plannedAction(reader, "post-comment").body).toContain('"needed":"triage"');
    expect(planOf(reader)).toMatchObject({ commitsToCheck: [], wakeAt: null });
  });

  it("S12: no second one, whoever comes next", () => {
    const told = { ...reader, comments: [ourComment(1, "not-accepted", "No.")] };
    const again = [
      ...told.events,
      aLabelEvent({ kind: "unlabeled", id: "2", actor: leo }),
      aLabelEvent({ id: "3", actor: ghost }),
    ];
    expect(plannedKeys(told)).toEqual([]);
    expect(plannedKeys({ ...told, events: again })).toEqual([]);
  });

  it("F1: waits for a permission or an event that is not visible yet", () => {
    expect(planOf(labelled({ permissions: {} }))).toEqual({
      actions: [],
      commitsToCheck: [],
      wakeAt: null,
      lookAgain: false,
      alsoLook: null,
    });
    expect(planOf(labelled({ events: [] }))).toMatchObject({ actions: [], lookAgain: true });
  });

  it("does nothing about an issue without the label, or in an archived repository", () => {
    expect(plannedKeys(inIssue(labelled(), { labels: ["bug"] }))).toEqual([]);
    expect(plannedKeys(labelled({ repository: { ...labelled().repository, isArchived: true } }))).toEqual([]);
  });

  it("does not begin on a closed issue, and goes on with one that was begun", () => {
    expect(plannedWork(inIssue(labelled(), { state: "closed" }))).toEqual([]);
    expect(plannedWork(inIssue(opened({ pullRequests: [] }), { state: "closed" }))).toHaveLength(2);
  });
});

describe("configuration", () => {
  const wrong = (usable: boolean) => ({
    revision: "abc",
    problems: ["line 3: sla must be a number"],
    usable,
  });

  it("writes no code while there is none to go by, and explains", () => {
    const state = labelled({ configuration: wrong(false) });
    expect(plannedKeys(state)).toEqual(["write-status"]);
    const told = { ...opened({ pullRequests: [] }), configuration: wrong(false) };
    expect(plannedKeys(told)).toEqual(["write-status", "comment configuration"]);
    expect(plannedAction(told, "post-comment").body).toContain('"codeIsOff":true');
    expect(planOf({ ...fixPushed(), configuration: wrong(false) }).commitsToCheck).toEqual([]);
  });

  it("goes on by the last valid one, and explains once for each set of problems", () => {
    const state = opened({ pullRequests: [], configuration: wrong(true) });
    expect(plannedWork(state)).toContain("open-pull-request:hotfix/42-checkout-fails->main");
    expect(plannedWork(state)).toContain("comment configuration");
    const comment = plannedAction(state, "post-comment");
    const told = {
      ...state,
      comments: [...state.comments, { ...state.comments[0]!, id: 2, body: comment.body }],
    };
    expect(plannedWork(told)).not.toContain("comment configuration");
    const worse = { ...told, configuration: { ...wrong(true), problems: ["line 9"] } };
    expect(plannedWork(worse)).toContain("comment configuration");
  });
});

describe("a repository that is not ready", () => {
  it("says that production is missing, and writes no code", () => {
    const state = labelled({ production: null });
    expect(plannedKeys(state)).toEqual(["write-status"]);
    expect(plannedAction(state, "write-status").body).toContain("production-missing");
    expect(plannedKeys({ ...state, comments: opened().comments })).toEqual([
      "write-status",
      "comment blocked",
    ]);
  });

  it("says that the repository is empty", () => {
    const state = labelled({
      repository: { ...labelled().repository, isEmpty: true },
      production: null,
      integration: null,
    });
    expect(plannedAction(state, "write-status").body).toContain("repository-empty");
  });

  it("brings the fix to production alone where integration is missing, and owes the rest", () => {
    expect(plannedWork(labelled({ integration: null }))).toEqual(["create-branch:hotfix/42-checkout-fails"]);
    const state = { ...released({ integration: null }), landings: [] };
    expect(plannedWork(state)).not.toContain("commit-documents:main");
    expect(plannedWork(state)).not.toContain("close-issue");
  });

  it("is done after production where production is the integration branch too", () => {
    const trunk = { ...shopConfig, branches: { ...shopConfig.branches, integration: "main" } };
    const state = { ...released({ integration: null }), landings: [] };
    expect(plannedAction(state, "commit-documents", trunk).branch).toBe("main");
  });
});
