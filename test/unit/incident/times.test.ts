import { describe, expect, it } from "vitest";
import { configOf } from "../../../src/config/schema.ts";
import { factsOf } from "../../../src/incident/facts-of.ts";
import type { IncidentState } from "../../../src/incident/state.ts";
import { inIssue } from "../../support/planned.ts";
import {
  aCheckRun,
  aLabelEvent,
  aComment,
  approved,
  aReview,
  at,
  closed,
  commits,
  fixPushed,
  labelled,
  leo,
  opened,
  ownCheckRuns,
  released,
  shopConfig,
} from "../../support/state-builder.ts";

const facts = (state: IncidentState, config = shopConfig) => factsOf(state, config);

describe("times", () => {
  it("come from what was observed", () => {
    expect(facts(closed()).times).toEqual({
      impactStarted: null,
      detected: null,
      deployed: null,
      recovered: null,
      verified: null,
      declared: at("14:30"),
      acknowledged: at("14:36"),
      branchCreated: at("14:30:03"),
      firstFixPushed: at("14:36"),
      checksGreen: at("14:36:04"),
      approved: at("14:38"),
      merged: at("14:40"),
      tagged: at("14:40:05"),
      released: at("14:40:08"),
      landed: at("14:40:20"),
      closed: at("14:41"),
    });
  });

  it("give the durations by their definition, in milliseconds", () => {
    expect(facts(closed()).durations).toEqual({
      toDetect: null,
      toDeploy: null,
      toRecover: null,
      toAcknowledge: 360_000,
      toFix: 360_000,
      toReview: 240_000,
      toRelease: 8_000,
      toLand: 20_000,
      total: 608_000,
    });
  });

  it("are not known before they were seen", () => {
    expect(Object.values(facts(labelled()).times).filter((time) => time !== null)).toEqual([at("14:30")]);
    expect(facts(labelled()).durations.total).toBeNull();
  });

  it("take the first act of a person as acknowledgement, not one of a bot or one from before", () => {
    const bot = aComment(1, { author: { login: "ci[bot]", kind: "bot" }, createdAt: at("14:30:10") });
    const early = aComment(2, { createdAt: at("14:29") });
    const human = aComment(3, { author: leo, createdAt: at("14:33") });
    expect(facts(opened({ comments: [early, bot, human] })).times.acknowledged).toBe(at("14:33"));
  });

  it("never take a commit's own date for a push", () => {
    expect(facts(fixPushed({ pushes: [] })).times.firstFixPushed).toBe(at("14:36:02"));
    expect(facts(opened({ branches: fixPushed().branches, pushes: [] })).times.firstFixPushed).toBeNull();
  });

  it("S15: do not count an approval of an earlier commit", () => {
    const state = approved();
    const pullRequests = state.pullRequests.map((pull) => ({
      ...pull,
      reviews: [aReview({ commit: commits.opening.sha })],
    }));
    expect(facts({ ...state, pullRequests }).times.approved).toBeNull();
  });

  it("take the newest check run of the head", () => {
    const state = fixPushed();
    const red = aCheckRun({ id: 600, conclusion: "failure" });
    const pullRequests = state.pullRequests.map((pull) => ({ ...pull, checkRuns: [...ownCheckRuns(), red] }));
    expect(facts({ ...state, pullRequests }).times.checksGreen).toBeNull();
  });
});

describe("the impact", () => {
  const started = "### Impact started\n\n2026-11-20 14:30:15 UTC";

  it("is EUR 833.33 a minute for EUR 50,000 an hour, not rounded", () => {
    const { impact } = facts(labelled());
    expect(impact).toMatchObject({ revenuePerHour: 50_000, currency: "EUR", source: "service", loss: null });
    expect(impact?.perMinute).toBeCloseTo(833.3333, 3);
    expect(Math.round(impact!.perMinute)).toBe(833);
  });

  it("is EUR 9,791.67 for 11 min 45 s, and not what a rounded rate would give", () => {
    const releases = [{ ...released().releases[0]!, publishedAt: at("14:42:00") }];
    // Declared when it had begun: a later start is none.
    const events = [aLabelEvent({ at: at("14:30:40") })];
    const { impact } = facts(inIssue(released({ releases, events }), { body: started }));
    expect(impact?.window).toEqual({
      from: at("14:30:15"),
      to: at("14:42"),
      milliseconds: 705_000,
      fromIsDeclaration: false,
      toIs: "release",
    });
    expect(impact?.loss?.toFixed(2)).toBe("9791.67");
  });

  it("counts from the declaration where nobody said since when, or what they said cannot be", () => {
    expect(facts(released()).impact?.window).toMatchObject({ from: at("14:30"), fromIsDeclaration: true });
    const future = inIssue(released(), { body: "### Impact started\n\n2026-11-20 18:00 UTC" });
    expect(facts(future).impact?.window).toMatchObject({ from: at("14:30"), fromIsDeclaration: true });
  });

  it("takes the issue's figure before the service's, and the configured one last", () => {
    const own = inIssue(labelled(), { body: "### Revenue per hour\n\nUSD 6,000" });
    expect(facts(own).impact).toMatchObject({
      revenuePerHour: 6000,
      currency: "USD",
      perMinute: 100,
      source: "issue",
    });
    const config = configOf({ revenue: { perHour: 120, currency: "GBP" } });
    expect(facts(labelled(), config).impact).toMatchObject({
      revenuePerHour: 120,
      currency: "GBP",
      source: "configuration",
    });
    expect(facts(labelled(), configOf({})).impact).toBeNull();
  });

  it("stays out of a public repository unless configuration lets it in", () => {
    const state = labelled();
    const open = { ...state, repository: { ...state.repository, isPrivate: false } };
    expect(facts(open)).toMatchObject({ impact: null, mayNamePeople: false });
    const config = { ...shopConfig, public: { money: true, people: true } };
    expect(facts(open, config).impact).not.toBeNull();
    expect(facts(open, config).mayNamePeople).toBe(true);
  });
});
