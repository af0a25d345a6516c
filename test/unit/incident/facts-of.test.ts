import { describe, expect, it } from "vitest";
import { configOf } from "../../../src/config/schema.ts";
import { factsOf } from "../../../src/incident/facts-of.ts";
import type { IncidentState } from "../../../src/incident/state.ts";
import { settle } from "../../support/ideal-world.ts";
import { plainRenderer } from "../../support/plain-renderer.ts";
import { inIssue } from "../../support/planned.ts";
import {
  aComment,
  ana,
  aTag,
  appActor,
  approved,
  aStatusComment,
  at,
  carriedBack,
  closed,
  commits,
  fixPushed,
  incidentId,
  labelled,
  landed,
  leo,
  merged,
  opened,
  permission,
  released,
  shaOf,
  shopConfig,
} from "../../support/state-builder.ts";

const facts = (state: IncidentState, config = shopConfig) => factsOf(state, config);

describe("identity", () => {
  it("is made of service, severity and number, and frozen when first written", () => {
    expect(facts(labelled()).id).toBe(incidentId);
    expect(facts(inIssue(labelled(), { labels: ["incident"] }), configOf({})).id).toBe(
      "INCIDENT-CRITICAL-042",
    );
    const regraded = inIssue(opened(), { labels: ["incident", "low"], title: "Something else" });
    expect(facts(regraded)).toMatchObject({ id: incidentId, severity: "low" });
  });

  it("survives the status comment in the opening commit", () => {
    const regraded = inIssue(opened({ comments: [] }), { labels: ["incident", "low"] });
    expect(facts(regraded).id).toBe(incidentId);
  });
});

describe("phase", () => {
  it.each([
    ["declared", labelled()],
    ["fixing", opened()],
    ["fixing", fixPushed()],
    ["in review", approved()],
    ["merged", merged()],
    ["released", released()],
    ["released", carriedBack()],
    ["landed", landed()],
    ["closed", closed()],
  ])("is %s: %#", (phase, state) => {
    expect(facts(state).phase).toBe(phase);
  });

  const shipped = released();
  const ofIt = (environment: string, state: "success" | "failure" | "in_progress"): IncidentState => ({
    ...shipped,
    deployments: [
      {
        commit: commits.mergeCommit.sha,
        environment,
        creator: leo,
        at: at("14:41"),
        statuses: [{ state, creator: leo, at: at("14:42"), url: null }],
      },
    ],
  });
  const says = (state: IncidentState, body: string): IncidentState =>
    settle(
      {
        ...state,
        comments: [...state.comments, aComment(9100, { author: leo, body, createdAt: at("14:50") })],
        permissions: { leo: permission("maintain") },
      },
      { context: { config: shopConfig, render: plainRenderer } },
    ).state;
  // Nothing more lands while the one target waits.
  const open = (state: IncidentState): IncidentState => ({ ...state, landings: shipped.landings });

  it.each<[string, IncidentState]>([
    ["deployed", ofIt("production", "success")],
    ["deployed", ofIt("Production", "success")],
    ["released", ofIt("staging", "success")],
    ["released", ofIt("production", "failure")],
    ["released", ofIt("production", "in_progress")],
    ["verified", open(says(ofIt("production", "success"), "/hotfix verified 14:49"))],
    ["verified", open(says(shipped, "/hotfix verified 14:49"))],
    // That was about what stood there before.
    ["released", open(says(shipped, "/hotfix verified 14:39"))],
    // Somebody saying that customers are served is not somebody who looked.
    ["deployed", open(says(ofIt("production", "success"), "/hotfix recovered 14:49"))],
  ])("is %s by what is known of its deployment and recovery: %#", (phase, state) => {
    expect(facts(state).phase).toBe(phase);
  });

  it("is landed, and closing waits for nothing more, whether or not anybody deployed it", () => {
    expect(facts({ ...landed(), deployments: ofIt("production", "success").deployments! }).phase).toBe(
      "landed",
    );
    expect(facts({ ...closed(), deployments: ofIt("production", "failure").deployments! }).phase).toBe(
      "closed",
    );
  });

  it("is not closed while something is owed, however the issue was closed", () => {
    expect(facts(inIssue(merged(), { state: "closed" })).phase).toBe("merged");
    expect(facts(inIssue(released(), { state: "closed" })).phase).toBe("released");
    expect(facts(inIssue(opened(), { state: "closed" })).phase).toBe("closed");
  });
});

describe("the SLA", () => {
  it("follows the severity, and the issue's own minutes before it", () => {
    expect(facts(labelled()).sla).toEqual({ minutes: 30, deadline: at("15:00"), met: null });
    expect(facts(inIssue(labelled(), { labels: ["incident", "high"] })).sla.deadline).toBe(at("15:30"));
    expect(facts(inIssue(labelled(), { body: "### SLA minutes\n\n45" })).sla.deadline).toBe(at("15:15"));
  });

  it("is met by the release, or missed when it passed before", () => {
    expect(facts(released()).sla.met).toBe(true);
    expect(facts(merged({ deadlines: [{ name: "sla", at: at("15:00"), passed: true }] })).sla.met).toBe(
      false,
    );
    const late = [{ ...released().releases[0]!, publishedAt: at("15:00:01") }];
    expect(facts(released({ releases: late })).sla.met).toBe(false);
    const stale = [{ name: "sla" as const, at: at("14:45"), passed: true }];
    expect(facts(merged({ deadlines: stale })).sla.met).toBeNull();
  });
});

describe("the rollback tag", () => {
  it("is the newest release before the hotfix, then and afterwards", () => {
    expect(facts(labelled()).rollbackTag).toBe("v1.2.3");
    expect(facts(closed()).rollbackTag).toBe("v1.2.3");
    expect(facts(labelled({ tags: [] })).rollbackTag).toBeNull();
  });

  it("is not what people are told to go back to while it is what runs, and has the fault", () => {
    const head = labelled().production!.head;
    const running = { ...aTag("v1.2.3", head), onProduction: true };
    const before = { ...aTag("v1.2.2", shaOf("before")), onProduction: true };
    expect(facts(labelled({ tags: [running, before] }))).toMatchObject({
      rollbackTag: "v1.2.3",
      goBackTo: "v1.2.2",
    });
    expect(facts(labelled({ tags: [running] })).goBackTo).toBeNull();
    const behind = { ...aTag("v1.2.3", shaOf("behind")), onProduction: true };
    expect(facts(labelled({ tags: [behind, before] })).goBackTo).toBe("v1.2.3");
    expect(facts(released()).goBackTo).toBe(facts(released()).rollbackTag);
  });
});

describe("problems", () => {
  const codes = (state: IncidentState) => facts(state).problems.map((problem) => problem.code);

  it.each([
    [["production-missing"], labelled({ production: null })],
    [["integration-missing"], labelled({ integration: null })],
    [
      ["repository-empty"],
      labelled({
        repository: { ...labelled().repository, isEmpty: true },
        production: null,
        integration: null,
      }),
    ],
    [
      ["configuration-invalid"],
      labelled({ configuration: { revision: "abc", problems: ["line 3"], usable: true } }),
    ],
    [["form"], inIssue(labelled(), { body: "### Severity\n\nawful" })],
    [[], labelled()],
  ])("are %j: %#", (expected, state) => {
    expect(codes(state)).toEqual(expected);
  });

  it("say the same thing once, however many actions it stopped", () => {
    const problem = { code: "permission-missing", sentence: "No.", nextStep: "Grant it.", transient: false };
    expect(codes(labelled({ refusals: { "create-branch:a": problem, "create-branch:b": problem } }))).toEqual(
      ["permission-missing"],
    );
  });
});

it("is the same for the same state, and changes nothing in it", () => {
  const state = Object.freeze(closed({ comments: [aStatusComment()] }));
  expect(facts(state)).toEqual(facts(structuredClone(state)));
  expect(facts(state).declaredBy).toEqual(ana);
  expect(appActor.login).toBe(state.app.login);
});
