import { describe, expect, it } from "vitest";
import { configOf } from "../../../src/config/schema.ts";
import { roundsOf } from "../../../src/incident/rounds.ts";
import { type Saying, saying } from "../../../src/incident/say.ts";
import type { IncidentState } from "../../../src/incident/state.ts";
import type { PullRequestFacts } from "../../../src/incident/state/pull-request-facts.ts";
import { excludedReleasesOf, targetsOf } from "../../../src/incident/targets.ts";
import {
  aPullRequest,
  carriedBack,
  closed,
  labelled,
  landed,
  merged,
  opened,
  released,
  shaOf,
  shopConfig,
} from "../../support/state-builder.ts";

function release(name: string, excludedBecause: Saying | string | null = null) {
  return { name, head: shaOf(name), tree: shaOf(`tree of ${name}`), excludedBecause };
}

describe("targetsOf", () => {
  it("is integration and the release branches that may be targeted", () => {
    const releaseBranches = [
      release("release/1.3"),
      release("release/2.0", "it would bring unreleased work"),
    ];
    const state = labelled({ releaseBranches });
    expect(targetsOf(state, shopConfig)).toEqual(["develop", "release/1.3"]);
    expect(excludedReleasesOf(state, shopConfig)).toEqual([
      { name: "release/2.0", because: "it would bring unreleased work" },
    ]);
  });

  it("says why one is left out in the language of the repository", () => {
    const because = saying("it is released already as {tag}", { tag: "v1.3.0" });
    const state = labelled({ releaseBranches: [release("release/1.3", because)] });
    const told = (locale: "en" | "it") => excludedReleasesOf(state, { ...shopConfig, locale })[0]?.because;
    expect([told("en"), told("it")]).toEqual([
      "it is released already as v1.3.0",
      "è già stato rilasciato come v1.3.0",
    ]);
  });

  it("is nothing where production is all there is", () => {
    expect(targetsOf(labelled({ integration: null }), shopConfig)).toEqual([]);
    const trunk = configOf({ branches: { production: "main", integration: "develop" } });
    expect(targetsOf(labelled({ integration: labelled().production }), trunk)).toEqual([]);
  });

  it("keeps a release branch that was a target once", () => {
    const pull = aPullRequest({ number: 45, head: "backmerge/42-release/1.3", base: "release/1.3" });
    const state = opened({
      releaseBranches: [release("release/1.3", "production has moved on")],
      pullRequests: [...opened().pullRequests, pull],
    });
    expect(targetsOf(state, shopConfig)).toEqual(["develop", "release/1.3"]);
    expect(excludedReleasesOf(state, shopConfig)).toEqual([]);
  });
});

describe("back-merges", () => {
  const refusal = (code: string) => ({ code, sentence: "", nextStep: "", transient: false });
  const changed = (state: IncidentState, change: Partial<PullRequestFacts>): IncidentState => ({
    ...state,
    pullRequests: state.pullRequests.map((pull) => (pull.number === 44 ? { ...pull, ...change } : pull)),
  });

  it.each([
    ["opened", opened(), "waiting"],
    ["merged into production", merged(), "waiting"],
    ["tagged", released(), "waiting"],
    ["carried", carriedBack(), "ready"],
    ["proven", landed(), "landed"],
    ["over", closed(), "landed"],
    ["merged and not proven", landed({ landings: [] }), "merged"],
    [
      "merged and missing",
      landed({ landings: [{ mergeCommit: merged().production!.head, target: "develop", proof: "missing" }] }),
      "merged",
    ],
    ["closed by a person", changed(carriedBack(), { state: "closed" }), "closed"],
    ["conflicting", changed(carriedBack(), { mergeable: "conflicting" }), "conflict"],
    ["dirty", changed(carriedBack(), { mergeState: "dirty" }), "conflict"],
    ["conflicting before anything is merged", changed(opened(), { mergeable: "conflicting" }), "waiting"],
    ["blocked", changed(carriedBack(), { mergeState: "blocked" }), "blocked"],
    [
      "blocked until GitHub merges it",
      changed(carriedBack(), { mergeState: "blocked", autoMergeEnabled: true }),
      "ready",
    ],
    [
      "refused to be merged into",
      released({ refusals: { "merge-into-branch:backmerge/42-develop": refusal("merge-conflict") } }),
      "conflict",
    ],
    [
      "refused to be merged",
      carriedBack({ refusals: { "merge-pull-request:44": refusal("not-mergeable") } }),
      "blocked",
    ],
    [
      "refused for a moment",
      carriedBack({ refusals: { "merge-pull-request:44": { ...refusal("github-busy"), transient: true } } }),
      "ready",
    ],
  ])("when it is %s: %#", (_, state, expected) => {
    const [each] = roundsOf(state, shopConfig).at(-1)!.backMerges;
    expect(each?.state).toBe(expected);
  });
});
