import { expect, it } from "vitest";
import { observationsOf } from "../../../src/documents/views/observations.ts";
import type { IncidentFacts, TimelineEntry } from "../../../src/incident/facts.ts";
import type { PullRequestFacts } from "../../../src/incident/state/pull-request-facts.ts";
import { aCheckRun, timeoutLanded } from "../../support/facts-builder.ts";

const night = timeoutLanded();
const [first, second] = night.rounds;

function red(at: string, url: string): TimelineEntry {
  return { at, recordedAt: at, kind: "check-failed", text: `red at ${at}`, actor: null, url };
}

function withRuns(pull: PullRequestFacts | null, ...urls: readonly string[]): PullRequestFacts {
  return { ...pull!, earlierCheckRuns: urls.map((url) => aCheckRun({ url, conclusion: "failure" })) };
}

/** The night of two hotfixes: the first green at 22:20 and merged at 22:31, the second green at 01:05 and merged at 01:20. */
function factsWith(timeline: readonly TimelineEntry[], more: Partial<IncidentFacts> = {}): IncidentFacts {
  const [back] = first!.backMerges;
  return {
    ...night,
    times: { ...night.times, checksGreen: "2026-12-03T01:05:00Z" },
    rounds: [
      {
        ...first!,
        checksGreen: "2026-12-02T22:20:00Z",
        pullRequest: withRuns(first!.pullRequest, "/runs/1"),
        backMerges: [{ ...back!, pullRequest: withRuns(back!.pullRequest, "/runs/9") }],
      },
      {
        ...second!,
        checksGreen: "2026-12-03T01:05:00Z",
        pullRequest: withRuns(second!.pullRequest, "/runs/2"),
      },
    ],
    timeline,
    ...more,
  };
}

function told(facts: IncidentFacts) {
  const { well, notWell } = observationsOf(facts);
  const all = [...well, ...notWell];
  return {
    failed: all.find(({ kind }) => kind === "checks-failed")?.count ?? 0,
    minutes: (all.find(({ kind }) => kind === "checks-red")?.milliseconds ?? 0) / 60_000,
    isFirstTime: all.some(({ kind }) => kind === "first-time-green"),
  };
}

it("the checks of each hotfix are red from its own first red one to its own green ones", () => {
  const early = red("2026-12-02T22:13:00Z", "/runs/1");
  const late = red("2026-12-03T01:02:00Z", "/runs/2");
  expect(told(factsWith([early]))).toMatchObject({ failed: 1, minutes: 7 });
  expect(told(factsWith([early, late]))).toMatchObject({ failed: 2, minutes: 10 });
  expect(told(factsWith([late]))).toMatchObject({ failed: 1, minutes: 3 });
});

it("what is red after the merge, or on a back-merge pull request, is no failed check before the merge", () => {
  const push: TimelineEntry = { ...red("2026-12-02T22:12:00Z", "/commit/1"), kind: "pushed" };
  const back = red("2026-12-02T22:35:00Z", "/runs/9");
  const after = red("2026-12-03T01:21:00Z", "/runs/2");
  const unknown = red("2026-12-03T01:22:00Z", "/runs/77");
  expect(told(factsWith([push, back, after, unknown]))).toEqual({ failed: 0, minutes: 0, isFirstTime: true });
});

it("before any merge every red check of the hotfix counts", () => {
  const facts = factsWith([red("2026-12-02T22:13:00Z", "/runs/1"), red("2026-12-02T23:13:00Z", "/runs/1")]);
  const [round] = facts.rounds;
  const open = {
    ...round!,
    checksGreen: null,
    pullRequest: { ...round!.pullRequest!, mergedAt: null },
    mergeCommit: null,
  };
  expect(told({ ...facts, rounds: [open] })).toMatchObject({ failed: 2, minutes: 0 });
});
