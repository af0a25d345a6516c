import { describe, expect, it } from "vitest";
import { factsOf } from "../../../src/incident/facts-of.ts";
import type { IncidentState } from "../../../src/incident/state.ts";
import { inIssue } from "../../support/planned.ts";
import {
  aCheckRun,
  approved,
  aPullRequestEvent,
  aReview,
  carriedBack,
  closed,
  commits,
  fixPushed,
  labelled,
  landed,
  leo,
  merged,
  opened,
  shopConfig,
} from "../../support/state-builder.ts";

const facts = (state: IncidentState, config = shopConfig) => factsOf(state, config);

describe("what is next", () => {
  const next = (state: IncidentState) => facts(state).next;
  const red = aCheckRun({ conclusion: "failure" });
  const inPull = (state: IncidentState, change: object): IncidentState => ({
    ...state,
    pullRequests: state.pullRequests.map((pull) => (pull.number === 43 ? { ...pull, ...change } : pull)),
  });
  const inBackMerge = (state: IncidentState, change: object): IncidentState => ({
    ...state,
    pullRequests: state.pullRequests.map((pull) => (pull.number === 44 ? { ...pull, ...change } : pull)),
  });

  it.each([
    ["push the fix", opened(), ["ana"], "Push the fix to `hotfix/42-checkout-fails`"],
    ["wait for the app", fixPushed(), [], "Nothing: the app goes on by itself"],
    ["review", inPull(approved(), { reviews: [] }), ["leo", "acme/payments"], "Review and merge #43"],
    ["merge", approved(), ["leo", "acme/payments"], "Merge #43"],
    [
      "correct",
      inPull(approved(), { checkRuns: [red] }),
      ["ana"],
      "Correct what `hotfix/properties` found in #43, and push",
    ],
    [
      "answer",
      inPull(approved(), { reviews: [aReview({ state: "changes_requested" })] }),
      ["ana"],
      "Answer the review of #43",
    ],
    [
      "review again after a push",
      inPull(approved(), { reviews: [aReview({ commit: commits.opening.sha })] }),
      ["leo", "acme/payments"],
      "Review and merge #43",
    ],
    [
      "reopen",
      inPull(opened(), { state: "closed" }),
      ["ana"],
      "Reopen #43 to go on, or take the label off to stop",
    ],
    [
      "restore",
      opened({ branches: [] }),
      ["ana"],
      "Restore `hotfix/42-checkout-fails` to go on, or take the label off to stop",
    ],
    [
      "mark ready",
      inPull(fixPushed(), { events: [aPullRequestEvent("convert_to_draft", leo, "14:37")] }),
      ["ana"],
      "Mark #43 ready for review when it is",
    ],
    ["wait for the tag", merged(), [], "Nothing: the app goes on by itself"],
    [
      "resolve",
      inBackMerge(carriedBack(), { mergeable: "conflicting" }),
      ["ana"],
      "Resolve the conflict of #44 with develop on `backmerge/42-develop`, and push",
    ],
    [
      "reopen the back-merge",
      inBackMerge(carriedBack(), { state: "closed" }),
      ["ana"],
      "Reopen #44, or bring the fix to develop yourself",
    ],
    [
      "merge the blocked one",
      inBackMerge(carriedBack(), { mergeState: "blocked" }),
      ["ana"],
      "Review and merge #44",
    ],
    [
      "bring the fix to where a merge did not bring it",
      landed({ landings: [{ mergeCommit: commits.mergeCommit.sha, target: "develop", proof: "missing" }] }),
      ["ana"],
      "Bring the fix to develop: #44 was merged, but the fix is not there",
    ],
    ["wait for the proof", landed({ landings: [] }), [], "Nothing: the app goes on by itself"],
    ["rest", closed(), [], "Nothing: the incident is over"],
    [
      "put the label back",
      inIssue(opened(), { labels: [] }),
      ["ana"],
      "Put the label `incident` back to go on, or take over by hand",
    ],
  ])("is to %s", (_, state, who, what) => {
    expect(next(state)).toEqual({ who, what });
  });

  it("is a merge by a person where the configuration says so", () => {
    const config = { ...shopConfig, merge: { backMerges: "manual" as const } };
    expect(facts(carriedBack(), config).next.what).toBe("Merge #44 into develop");
  });

  it("is a merge by a person where the repository or a person says so", () => {
    const repository = { ...labelled().repository, autoMergeAllowed: false };
    expect(next(carriedBack({ repository })).what).toBe("Merge #44 into develop");
    const off = inBackMerge(carriedBack(), {
      events: [aPullRequestEvent("auto_merge_disabled", leo, "14:41")],
    });
    // Ours to have carried, theirs to merge.
    expect(next(off).what).toBe("Merge #44 into develop");
  });

  it("is to name the integration branch when only that is left", () => {
    const state = landed({ integration: null });
    expect(next(state).what).toContain("branches.integration");
    expect(next(opened({ integration: null })).what).toBe("Push the fix to `hotfix/42-checkout-fails`");
  });

  it("says who can begin what a stranger may not", () => {
    const state = labelled({
      permissions: { ana: { pull: true, triage: false, push: false, maintain: false, admin: false } },
    });
    expect(next(state).what).toBe("Somebody with triage permission writes `/hotfix start` in a comment");
  });

  it("is the next step of what stands in the way", () => {
    const tag = {
      code: "rule-violation",
      sentence: "A rule forbids the tag.",
      nextStep: "Push the tag yourself.",
      transient: false,
    };
    expect(next(merged({ refusals: { "create-tag:v1.2.4": tag } })).what).toBe("Push the tag yourself.");
    // Of two things that wait for a person the tag comes first: what lands is known by it.
    const both = inBackMerge(merged({ refusals: { "create-tag:v1.2.4": tag } }), {
      state: "closed",
      closedAt: "2026-11-20T14:41:00Z",
    });
    expect(next(both).what).toBe("Push the tag yourself.");
    expect(next(labelled({ production: null })).what).toContain("branches.production");
    const configuration = { revision: "defaults", problems: ["line 3: sla must be a number"], usable: false };
    expect(next(labelled({ configuration })).what).toContain("no branch is made before that");
  });
});
