import { describe, expect, it } from "vitest";
import { factsOf } from "../../../src/incident/facts-of.ts";
import type { PullRequestFacts } from "../../../src/incident/state/pull-request-facts.ts";
import { inPull } from "../../support/planned.ts";
import { aCheckRun, merged, shopConfig } from "../../support/state-builder.ts";

const SAID = /^#43 was merged with [0-9a-f]{7}, which hotfix\/properties has not passed$/u;

function said(change: Partial<PullRequestFacts>): readonly string[] {
  return factsOf(inPull(merged(), 43, change), shopConfig).noticed.filter((each) => SAID.test(each));
}

describe("what was merged and what was checked", () => {
  it("S16: a commit that was pushed between the green check and the merge is named", () => {
    expect(said({ checkRuns: [], earlierCheckRuns: [aCheckRun()] })).toHaveLength(1);
  });

  it("S15: the green check of an earlier commit does not count for the one that was merged", () => {
    const red = aCheckRun({ conclusion: "failure" });
    expect(said({ checkRuns: [red], earlierCheckRuns: [aCheckRun()] })).toHaveLength(1);
  });

  it("S16: a merge that did not wait for the check is named until the check has passed", () => {
    expect(said({ checkRuns: [aCheckRun({ status: "in_progress", conclusion: null })] })).toHaveLength(1);
    expect(said({ checkRuns: [aCheckRun()] })).toEqual([]);
  });

  it("S16: a check without anything to check, or whose findings somebody accepted, was waited for", () => {
    expect(said({ checkRuns: [aCheckRun({ conclusion: "neutral" })] })).toEqual([]);
    expect(said({ checkRuns: [aCheckRun({ conclusion: "cancelled" })] })).toHaveLength(1);
  });

  it("S17: a check of that name by somebody else is none", () => {
    const foreign = aCheckRun({ isOurs: false });
    expect(said({ checkRuns: [foreign], earlierCheckRuns: [aCheckRun()] })).toHaveLength(1);
  });
});
