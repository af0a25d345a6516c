import { describe, expect, it } from "vitest";
import type { Config } from "../../../src/config/schema.ts";
import { advance } from "../../../src/incident/advance.ts";
import { factsOf } from "../../../src/incident/facts-of.ts";
import type { IncidentState } from "../../../src/incident/state.ts";
import type { ConflictFacts, ForecastFacts } from "../../../src/incident/state/forecast-facts.ts";
import { inPull, plannedAction, plannedKeys, plannedWork, planOf, refusing } from "../../support/planned.ts";
import {
  aCheckRun,
  aCommit,
  aPullRequestEvent,
  carriedBack,
  fixPushed,
  released,
  shaOf,
  shopConfig,
} from "../../support/state-builder.ts";

const BRANCH = "backmerge/42-develop";
const drafting: Config = { ...shopConfig, conflicts: { ...shopConfig.conflicts, policy: "draft" } };

function headOf(state: IncidentState, name: string): string {
  return state.branches.find((each) => each.name === name)!.head;
}

function aConflict(over: Partial<ConflictFacts> = {}): ConflictFacts {
  const lines = { line: 3, lines: 1 };
  return {
    path: "src/a.js",
    settledAs: null,
    sentence: null,
    hunks: [{ hotfix: lines, target: lines }],
    commits: [],
    ...over,
  };
}

const OF_PEOPLE = aConflict();
const OF_POLICY = aConflict({ path: "package.json", settledAs: "package" });
const BINARY = aConflict({ path: "logo.png", sentence: "both sides changed it", hunks: [] });

/** The state, looked at: what merging the back-merge branch into develop gives. */
function foreseeing(
  state: IncidentState,
  files: readonly ConflictFacts[],
  over: Partial<ForecastFacts> = {},
): IncidentState {
  const forecast: ForecastFacts = {
    target: "develop",
    hotfix: headOf(state, BRANCH),
    into: state.integration!.head,
    markers: [],
    outcome: files.length === 0 ? { kind: "clean" } : { kind: "conflicts", files },
    ...over,
  };
  return { ...state, forecasts: [forecast] };
}

/** The shipped commit is on the back-merge branch, and its pull request is still a draft. */
function draftCarried(): IncidentState {
  const state = inPull(carriedBack(), 44, { isDraft: true, events: [] });
  const [carried, ...rest] = state.branches.find(({ name }) => name === BRANCH)!.commits;
  const ours = { ...carried!, message: "hotfix: bring v1.2.4 to develop\n\nHotfix-Incident: 42" };
  return {
    ...state,
    branches: state.branches.map((each) =>
      each.name === BRANCH ? { ...each, commits: [ours, ...rest] } : each,
    ),
  };
}

function backMerge(state: IncidentState, config = shopConfig) {
  return factsOf(state, config).rounds.at(-1)!.backMerges[0]!;
}

describe("a forecast", () => {
  it("counts for the heads that it was made of, and for no others", () => {
    const state = fixPushed();
    const hotfix = state.branches.find((each) => each.name.startsWith("hotfix/"))!.head;
    const seen = foreseeing(state, [OF_PEOPLE], { hotfix });
    expect(backMerge(seen).forecast).toMatchObject({ outcome: { kind: "conflicts" } });
    expect(backMerge(foreseeing(state, [OF_PEOPLE], { hotfix: shaOf("older") })).forecast).toBeNull();
    expect(backMerge(foreseeing(state, [OF_PEOPLE], { hotfix, into: shaOf("older") })).forecast).toBeNull();
    expect(backMerge(seen).state).toBe("waiting");
  });

  it("of the shipped commit against a branch of people comes first", () => {
    const state = released();
    const mergeCommit = factsOf(state, shopConfig).rounds[0]!.mergeCommit!;
    const both = {
      ...state,
      forecasts: [
        ...foreseeing(state, []).forecasts,
        ...foreseeing(state, [OF_PEOPLE], { hotfix: mergeCommit, into: headOf(state, BRANCH) }).forecasts,
      ],
    };
    expect(backMerge(both).forecast?.hotfix).toBe(mergeCommit);
  });
});

describe("a conflict of version files only", () => {
  it("is merged by the app: one commit with both sides, bound to the head that was looked at", () => {
    const state = foreseeing(carriedBack(), [OF_POLICY]);
    const action = plannedAction(state, "commit-merge");
    expect(action).toMatchObject({
      branch: BRANCH,
      expectedHead: headOf(state, BRANCH),
      hotfix: headOf(state, BRANCH),
      into: state.integration!.head,
      markers: false,
      versionFiles: shopConfig.conflicts.versionFiles,
    });
    expect(action.message).toContain("\nHotfix-Incident: 42");
    expect(backMerge(inPull(state, 44, { mergeable: "conflicting", mergeState: "dirty" })).state).toBe(
      "waiting",
    );
  });

  it("lets what GitHub refused for it be tried again at once, and nothing else", () => {
    const looked = foreseeing(carriedBack(), [OF_POLICY]);
    const conflict = { code: "merge-conflict" };
    const state = refusing(refusing(looked, "merge-pull-request:44", conflict), "assign:44");
    const action = plannedAction(state, "commit-merge");
    const next = advance(state, { action, ok: true, value: { kind: "merge", sha: shaOf("settled") } });
    expect(Object.keys(next.refusals)).toEqual(["assign:44"]);
    expect(headOf(next, BRANCH)).toBe(shaOf("settled"));
    expect(plannedKeys(next)).not.toContain(`commit-merge:${BRANCH}`);
    expect(next.branches.find(({ name }) => name === BRANCH)!.commits[0]!.parents).toEqual([
      headOf(state, BRANCH),
      state.integration!.head,
    ]);
  });

  it("is a conflict for people again when the app may not write the commit", () => {
    const state = foreseeing(inPull(carriedBack(), 44, { mergeable: "conflicting" }), [OF_POLICY]);
    expect(plannedWork(state)).toEqual([`commit-merge:${BRANCH}`]);
    const refused = refusing(state, `commit-merge:${BRANCH}`);
    expect(backMerge(refused).state).toBe("conflict");
    expect(plannedKeys(refused)).toContain("comment conflict");
  });

  it.each([
    ["a file that is for people", carriedBack(), [OF_POLICY, OF_PEOPLE], {}],
    [
      "a pull request that was made a draft again",
      draftCarried(),
      [OF_POLICY],
      { events: [aPullRequestEvent("convert_to_draft", { login: "leo", kind: "user" }, "14:50")] },
    ],
    ["a closed pull request", carriedBack(), [OF_POLICY], { state: "closed" as const }],
    ["a pull request to somewhere else", carriedBack(), [OF_POLICY], { base: "release/1" }],
    ["a merge that is not tagged yet", { ...carriedBack(), tags: [] }, [OF_POLICY], {}],
  ])("is left alone with %s", (_, state, files, change) => {
    expect(plannedWork(inPull(foreseeing(state, files), 44, change))).not.toContain(`commit-merge:${BRANCH}`);
  });
});

describe("the policy draft", () => {
  it("waits for the forecast before the pull request is marked ready, and marks it ready when all is clean", () => {
    expect(plannedWork(draftCarried(), drafting)).not.toContain("mark-ready:44");
    expect(planOf({ ...draftCarried(), isAdvanced: true }, drafting).lookAgain).toBe(true);
    expect(plannedWork(foreseeing(draftCarried(), []), drafting)).toContain("mark-ready:44");
    expect(plannedWork(draftCarried())).toContain("mark-ready:44");
  });

  it("commits the merge with markers where only our commits are on the branch", () => {
    const state = foreseeing(draftCarried(), [OF_PEOPLE, OF_POLICY]);
    expect(plannedWork(state, drafting)).toEqual([`commit-merge:${BRANCH}`]);
    expect(plannedAction(state, "commit-merge", drafting)).toMatchObject({ markers: true });
    expect(plannedAction(state, "commit-merge", drafting).message).toContain("\nHotfix-Conflict-Markers: ");
    expect(plannedWork(state)).toEqual(["mark-ready:44"]);
  });

  it("commits no markers on a person's branch, nor for what they cannot show, nor twice", () => {
    const state = draftCarried();
    const theirs = aCommit("of-a-person", { parents: [headOf(state, BRANCH)], message: "wip" });
    const withTheirs = {
      ...state,
      branches: state.branches.map((each) =>
        each.name === BRANCH ? { ...each, head: theirs.sha, commits: [theirs, ...each.commits] } : each,
      ),
    };
    for (const each of [
      foreseeing(withTheirs, [OF_PEOPLE]),
      foreseeing(state, [BINARY]),
      foreseeing(state, [OF_PEOPLE], { markers: ["src/a.js"] }),
    ]) {
      expect(plannedWork(each, drafting)).not.toContain(`commit-merge:${BRANCH}`);
    }
    expect(plannedWork(foreseeing(state, [BINARY]), drafting)).toContain("mark-ready:44");
  });

  it("keeps a red check on a head with markers, turns it green on the first without, and asks for nothing otherwise", () => {
    const state = foreseeing(draftCarried(), [], { markers: ["src/a.js"] });
    expect(plannedWork(state, drafting)).toContain("report-conflicts:44");
    expect(backMerge(state, drafting).state).toBe("conflict");
    const action = plannedAction(state, "report-conflicts", drafting);
    expect(action).toMatchObject({ head: headOf(state, BRANCH), conclusion: "failure" });
    const told = advance(state, { action, ok: true, value: { kind: "done" } });
    expect(plannedWork(told, drafting)).not.toContain("report-conflicts:44");
    expect(plannedWork(told, drafting)).not.toContain("mark-ready:44");

    const red = aCheckRun({ id: 700, name: "hotfix/conflicts", conclusion: "failure" });
    const resolved = inPull(foreseeing(draftCarried(), []), 44, { earlierCheckRuns: [red] });
    expect(plannedAction(resolved, "report-conflicts", drafting)).toMatchObject({ conclusion: "success" });
    expect(plannedWork(foreseeing(draftCarried(), []), drafting)).not.toContain("report-conflicts:44");
  });
});

describe("markers that a person left", () => {
  it("keep the pull request from being merged under any policy", () => {
    const mergeable = inPull(carriedBack(), 44, { mergeable: "mergeable", mergeState: "clean" });
    expect(plannedWork(foreseeing(mergeable, []))).toContain("merge-pull-request:44");
    const state = foreseeing(mergeable, [], { markers: ["src/a.js"] });
    expect(plannedWork(state)).not.toContain("merge-pull-request:44");
    expect(plannedWork(state)).toContain("report-conflicts:44");
  });
});

describe("the comment about a conflict", () => {
  it("waits, after our own writes, until it is known what conflicts", () => {
    const refused = refusing(carriedBack(), "merge-pull-request:44", { code: "merge-conflict" });
    expect(plannedKeys(refused)).toContain("comment conflict");
    const advanced: IncidentState = { ...refused, isAdvanced: true };
    expect(plannedKeys(advanced)).not.toContain("comment conflict");
    expect(planOf(advanced).lookAgain).toBe(true);
    expect(plannedKeys(foreseeing(advanced, [OF_PEOPLE]))).toContain("comment conflict");
  });
});
