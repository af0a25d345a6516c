import { describe, expect, it } from "vitest";
import { configOf } from "../../../src/config/schema.ts";
import { checkDecisionsOf, decisionBasis } from "../../../src/incident/check-decisions.ts";
import { factsOf } from "../../../src/incident/facts-of.ts";
import { areChecked } from "../../../src/incident/own-checks.ts";
import type { IncidentState } from "../../../src/incident/state.ts";
import type { CheckRunFacts } from "../../../src/incident/state/pull-request-facts.ts";
import { inPull } from "../../support/planned.ts";
import { aCheckRun, approved, aReview, at, ownCheckRuns, shopConfig } from "../../support/state-builder.ts";

const withRuns = (...changed: readonly CheckRunFacts[]): IncidentState =>
  inPull(approved(), 43, {
    checkRuns: ownCheckRuns()
      .filter(({ name }) => changed.every((run) => run.name !== name))
      .concat(changed),
  });
const facts = (state: IncidentState, config = shopConfig) => factsOf(state, config);
const run = (property: string, conclusion: string, more: Partial<CheckRunFacts> = {}): CheckRunFacts =>
  aCheckRun({ id: 700, name: `hotfix/${property}`, conclusion, title: "What it says", ...more });

describe("checks of ours", () => {
  it("are green when the last of those that block is, and neutral counts", () => {
    const late = run("scope", "neutral", { completedAt: at("14:37") });
    expect(facts(withRuns(late)).times.checksGreen).toBe(at("14:37"));
    expect(facts(withRuns(run("migrations", "failure"))).times.checksGreen).toBeNull();
    expect(
      facts(withRuns(run("migrations", "success", { status: "in_progress" }))).times.checksGreen,
    ).toBeNull();
    expect(facts(withRuns(run("review", "action_required"))).times.checksGreen).toBe(at("14:36:04"));
    expect(facts(withRuns(run("message (advice)", "neutral"))).times.checksGreen).toBe(at("14:36:04"));
  });

  it("one that is switched off is not waited for", () => {
    const state = inPull(approved(), 43, { checkRuns: [aCheckRun()] });
    expect(facts(state).times.checksGreen).toBeNull();
    const off = { mode: "off" } as const;
    const config = configOf({ checks: { scope: off, migrations: off, review: off } });
    expect(facts(state, config).times.checksGreen).toBe(at("14:36:04"));
  });

  it("that fail are the next step, those that advise are not", () => {
    expect(facts(withRuns(run("scope", "failure"))).next.what).toBe(
      "Correct what `hotfix/scope` found in #43, and push",
    );
    expect(facts(withRuns(run("tests (advice)", "neutral"))).next.what).toBe("Merge #43");
  });

  it("an approval by who made the hotfix asks for another one", () => {
    const state = withRuns(run("review", "action_required"));
    expect(facts(inPull(state, 43, { reviews: [aReview()] })).next.what).toBe("Review and merge #43");
  });

  it("a migration without a way back is told to everybody, and a withdrawn check is not", () => {
    expect(facts(withRuns(run("migrations", "failure"))).noticed).toContain(
      'Rolling back is not free: hotfix/migrations on #43 says "What it says"',
    );
    const withdrawn = run("migrations", "neutral", { title: "Not asked for any more" });
    expect(facts(withRuns(withdrawn)).noticed).toEqual([]);
  });

  it("are asked for again when the configuration or a decision changed since", () => {
    const state = approved();
    const { revision } = state.configuration;
    const all = (basis: string) =>
      ownCheckRuns().map((each) => ({ ...each, externalId: `${each.name};${basis}` }));
    const checked = (runs: readonly CheckRunFacts[]) => areChecked(runs, state, shopConfig, "hotfix", "x");
    expect(checked(all(`config=${revision};target=x`))).toBe(true);
    expect(checked(all("config=older;target=x"))).toBe(false);
    expect(checked(all(`config=${revision};target=y`))).toBe(false);
    expect(checked(all(`config=${revision};target=x;decisions=00000000`))).toBe(false);
    expect(checked(all(`config=${revision}`).slice(1))).toBe(false);
  });

  it("depend on the decisions about them only", () => {
    const { rules } = checkDecisionsOf(approved());
    const override = {
      check: "scope",
      findings: "f",
      by: "leo",
      because: "x",
      comment: 1,
      url: "u",
    } as const;
    const decisions = { rules, overrides: [override] };
    expect(decisionBasis(decisions, "tests")).toBeNull();
    expect(decisionBasis(decisions, "scope")).toMatch(/^[0-9a-f]{8}$/u);
    expect(decisionBasis({ rules: [], overrides: [] }, "scope")).toBeNull();
  });
});
