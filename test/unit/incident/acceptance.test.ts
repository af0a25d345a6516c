import { describe, expect, it } from "vitest";
import { configOf, defaultConfig } from "../../../src/config/schema.ts";
import { acceptanceOf, loginsToAuthorise } from "../../../src/incident/acceptance.ts";
import type { IncidentState } from "../../../src/incident/state.ts";
import type { Actor } from "../../../src/incident/state/actor.ts";
import {
  aBranch,
  aComment,
  aLabelEvent,
  aPullRequest,
  aStatusComment,
  commits,
  ghost,
  hotfixBranch,
  labelled,
  leo,
  opened,
  ourComment,
  permission,
  stranger,
} from "../../support/state-builder.ts";

function by(actor: Actor, over: Partial<IncidentState> = {}): IncidentState {
  return labelled({ events: [aLabelEvent({ actor })], permissions: {}, ...over });
}

const bot: Actor = { login: "pager[bot]", kind: "bot" };

describe("acceptanceOf", () => {
  it.each([
    ["none", "refused"],
    ["pull", "refused"],
    ["triage", "accepted"],
    ["push", "accepted"],
    ["admin", "accepted"],
  ] as const)("S11: a person with %s permission is %s", (level, kind) => {
    const state = by(stranger, { permissions: { Stranger: permission(level) } });
    expect(acceptanceOf(state, defaultConfig).kind).toBe(kind);
  });

  it("S11: asks for what the configuration wants", () => {
    const config = configOf({ trigger: { label: "maintain" } });
    const state = by(leo, { permissions: { leo: permission("push") } });
    expect(acceptanceOf(state, config)).toEqual({ kind: "refused", actor: leo, needed: "maintain" });
  });

  it("S11: a bot counts only when it is named, whatever permissions it has", () => {
    const state = by(bot, { permissions: { "pager[bot]": permission("admin") } });
    expect(acceptanceOf(state, defaultConfig).kind).toBe("refused");
    const config = configOf({ trigger: { apps: ["pager"] } });
    expect(acceptanceOf(state, config)).toEqual({ kind: "accepted", by: "pager[bot]" });
  });

  it("S11: the app itself and an account that is gone do not count", () => {
    expect(acceptanceOf(by({ login: "hotfix-responder[bot]", kind: "bot" }), defaultConfig).kind).toBe(
      "refused",
    );
    expect(acceptanceOf(by(ghost, { permissions: { ghost: permission("admin") } }), defaultConfig).kind).toBe(
      "refused",
    );
  });

  it("S11: a form's label counts as its author's act, until a maintainer takes it off and puts it on again", () => {
    const created = by(stranger, {
      permissions: { stranger: permission("pull"), leo: permission("triage") },
    });
    expect(acceptanceOf(created, defaultConfig).kind).toBe("refused");
    const again = {
      ...created,
      events: [
        ...created.events,
        aLabelEvent({ kind: "unlabeled", id: "2", actor: leo }),
        aLabelEvent({ id: "3", actor: leo }),
      ],
    };
    expect(acceptanceOf(again, defaultConfig)).toEqual({ kind: "accepted", by: "leo" });
  });

  it("asks once: what was accepted stays accepted when the role is lost and the label is gone", () => {
    const state = by(stranger, {
      comments: [aStatusComment()],
      permissions: { stranger: permission("none") },
    });
    expect(acceptanceOf(state, defaultConfig)).toEqual({ kind: "accepted", by: "ana" });
    const removed = { ...state, issue: { ...state.issue, labels: [] } };
    expect(acceptanceOf(removed, defaultConfig).kind).toBe("accepted");
  });

  it.each([
    ["a later comment of ours", { comments: [ourComment(1, "ready", "Ready.", { round: "1" })] }],
    ["a pull request of ours", { pullRequests: [aPullRequest()] }],
    ["our opening commit", { branches: [aBranch(hotfixBranch, [commits.opening])] }],
  ])("is proven by %s where the status comment was deleted", (_, evidence) => {
    expect(acceptanceOf(by(stranger, evidence), defaultConfig).kind).toBe("accepted");
  });

  it("S22: believes no marker in a comment of somebody else, and no refusal of our own", () => {
    const forged = aComment(7, { body: aStatusComment().body, author: stranger });
    expect(acceptanceOf(by(stranger, { comments: [forged] }), defaultConfig).kind).toBe("waiting");
    const refusal = ourComment(7, "not-accepted", "No.");
    expect(acceptanceOf(by(stranger, { comments: [refusal] }), defaultConfig).kind).toBe("waiting");
  });

  it("is nothing without label and evidence", () => {
    const state = labelled();
    expect(acceptanceOf({ ...state, issue: { ...state.issue, labels: [] } }, defaultConfig).kind).toBe(
      "none",
    );
  });
});

describe("loginsToAuthorise", () => {
  it("names the labeler until the incident is accepted", () => {
    expect(loginsToAuthorise(labelled(), defaultConfig)).toEqual(["ana"]);
    expect(loginsToAuthorise(opened(), defaultConfig)).toEqual([]);
    expect(loginsToAuthorise(by(bot), defaultConfig)).toEqual([]);
    expect(loginsToAuthorise(labelled({ events: [] }), defaultConfig)).toEqual([]);
  });
});
