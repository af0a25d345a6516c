import { describe, expect, it } from "vitest";
import { problemOf } from "../../../src/github/problem-of.ts";
import type { Action, Outcome } from "../../../src/incident/action.ts";
import type { IncidentState } from "../../../src/incident/state.ts";
import { RefusalMemory } from "../../../src/reconcile/refusal-memory.ts";
import { aComment, at, opened, ourComment, shaOf } from "../../support/state-builder.ts";

const INCIDENT = "incident|5|acme/shop|42";
const MINUTE = 60_000;
const tag: Action = { kind: "create-tag", tag: "v1.4.3", commit: shaOf("merge"), message: "v1.4.3" };

describe("F14, S36: a write that a rule refused", () => {
  let now = 0;
  const memory = () => {
    now = 0;
    return new RefusalMemory(() => now);
  };
  const refused = (code = "rule-violation", action: Action = tag): Outcome => ({
    action,
    ok: false,
    problem: { code, sentence: "Refused", nextStep: "Change the rule", transient: false },
  });

  it("waits ten minutes, then twice as long each time, and never longer than an hour", () => {
    const known = memory();
    const waits: number[] = [];
    for (let tries = 0; tries < 5; tries += 1) {
      known.note(INCIDENT, opened(), refused());
      const since = now;
      while (known.expected(INCIDENT, opened(), tag) !== null) now += MINUTE;
      waits.push((now - since) / MINUTE);
    }
    expect(waits).toEqual([10, 20, 40, 60, 60]);
  });

  it.each<[string, (state: IncidentState) => IncidentState]>([
    ["a person says something", (state) => ({ ...state, comments: [...state.comments, aComment(9500)] })],
    [
      "a person deletes a comment and writes another",
      (state) => ({ ...state, comments: [...state.comments.filter((each) => each.isOurs), aComment(9501)] }),
    ],
    [
      "workflows may be written",
      (state) => ({ ...state, app: { ...state.app, mayWriteWorkflows: true as const } }),
    ],
    ["a permission is granted", (state) => ({ ...state, app: { ...state.app, lacks: ["checks" as const] } })],
    ["production moves", (state) => ({ ...state, production: { ...state.production!, head: shaOf("x") } })],
    ["develop moves", (state) => ({ ...state, integration: { ...state.integration!, head: shaOf("x") } })],
    [
      "the configuration changes",
      (state) => ({ ...state, configuration: { ...state.configuration, revision: "new" } }),
    ],
  ])("is tried at once when %s", (_what, changed) => {
    const known = memory();
    known.note(INCIDENT, opened(), refused());
    expect(known.expected(INCIDENT, opened(), tag)).toMatchObject({ code: "rule-violation" });
    expect(known.expected(INCIDENT, changed(opened()), tag)).toBeNull();
  });

  it.each([
    ["Repository rule violations found\n\nTags are for people", "rule-violation"],
    ["Changes must be made through a protected branch", "branch-protected"],
    ["refusing to allow a GitHub App to create a tag without `workflows` permission", "workflow-drift"],
  ])("says how to have it tried again, once somebody has mended it: %s", (message, code) => {
    const problem = problemOf(Object.assign(new Error(message), { status: 422 }), tag);
    expect(problem?.code).toBe(code);
    expect(problem?.nextStep).toContain("write `/hotfix sync` in a comment");
  });

  it("is not tried for what the app says itself, and every other write is", () => {
    const known = memory();
    known.note(INCIDENT, opened(), refused());
    const told = { ...opened(), comments: [...opened().comments, ourComment(9500, "blocked", at("14:31"))] };
    expect(known.expected(INCIDENT, told, tag)).not.toBeNull();
    expect(known.expected(INCIDENT, opened(), { ...tag, tag: "v1.4.4" })).toBeNull();
    expect(known.expected(`${INCIDENT}3`, opened(), tag)).toBeNull();
  });

  it("is forgotten when it worked, and other refusals are tried at each look", () => {
    const known = memory();
    known.note(INCIDENT, opened(), refused());
    known.note(INCIDENT, opened(), { action: tag, ok: true, value: { kind: "done" } });
    expect(known.expected(INCIDENT, opened(), tag)).toBeNull();
    known.note(INCIDENT, opened(), refused("permission-missing"));
    expect(known.expected(INCIDENT, opened(), tag)).toBeNull();
    const merge: Action = {
      kind: "merge-pull-request",
      pullRequest: 44,
      nodeId: "PR_44",
      headSha: shaOf("x"),
      method: "merge",
    };
    known.note(INCIDENT, opened(), refused("rule-violation", merge));
    expect(known.expected(INCIDENT, opened(), merge)).toBeNull();
  });
});
