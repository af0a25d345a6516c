import { describe, expect, it } from "vitest";
import { factsOf } from "../../../src/incident/facts-of.ts";
import type { IncidentState } from "../../../src/incident/state.ts";
import {
  aCheckRun,
  aLabelEvent,
  ana,
  approved,
  aPullRequestEvent,
  aPush,
  at,
  commits,
  closed,
  leo,
  opened,
  released,
  shopConfig,
} from "../../support/state-builder.ts";
import { checkoutTold } from "../../support/told-incidents.ts";

const facts = (state: IncidentState, config = shopConfig) => factsOf(state, config);

describe("the timeline", () => {
  it("tells the story in order, without the app's own closing and clean-up", () => {
    expect(facts(closed()).timeline.map((entry) => entry.kind)).toEqual([
      "declared",
      "branch-created",
      "pull-request-opened",
      "pull-request-opened",
      "pushed",
      "ready",
      "review-requested",
      "check-passed",
      "approved",
      "merged",
      "tagged",
      "released",
      "ready",
      "check-passed",
      "back-merged",
    ]);
  });

  it("tells that a pull request was closed by hand and reopened, also where it was merged later", () => {
    const before = closed();
    const pullRequests = before.pullRequests.map((pull) =>
      pull.number === 44
        ? {
            ...pull,
            events: [
              aPullRequestEvent("closed", leo, "14:40:16"),
              aPullRequestEvent("reopened", leo, "14:40:18"),
              ...pull.events,
              aPullRequestEvent("closed", leo, "14:40:20"),
            ],
          }
        : pull,
    );
    const kinds = facts({ ...before, pullRequests }).timeline.map((entry) => entry.kind);
    expect(kinds.slice(-3)).toEqual(["pull-request-closed", "pull-request-reopened", "back-merged"]);
    expect(kinds.filter((kind) => kind === "pull-request-closed")).toHaveLength(1);
  });

  it("has the recovery after what brought it, where both are of the same second", () => {
    const told = checkoutTold().timeline.map((entry) => entry.kind);
    expect(told.indexOf("verified")).toBe(told.indexOf("merged") + 1);
    expect(told.indexOf("recovered")).toBe(told.indexOf("released") + 1);
    expect(told.indexOf("impact-started")).toBe(0);
  });

  it("is sorted, and each entry has a time", () => {
    const { timeline } = facts(closed());
    const times = timeline.map((entry) => Date.parse(entry.at));
    expect(times).toEqual(times.toSorted((one, other) => one - other));
    expect(times.every((time) => Number.isFinite(time))).toBe(true);
  });

  it("tells what people did against the line", () => {
    const state = opened({
      events: [
        ...opened().events,
        aLabelEvent({ kind: "unlabeled", id: "2", at: at("14:33"), actor: leo }),
        aLabelEvent({ id: "3", at: at("14:34"), actor: ana }),
        { kind: "closed", id: "4", actor: leo, at: at("14:35") },
      ],
      pushes: [
        ...opened().pushes,
        aPush({ kind: "force_push" }),
        aPush({ kind: "branch_deletion", at: at("14:37"), actor: leo }),
      ],
      pullRequests: [
        {
          ...opened().pullRequests[0]!,
          state: "closed",
          events: [aPullRequestEvent("closed", leo, "14:38")],
        },
      ],
    });
    const told = facts(state).timeline.map((entry) => [entry.kind, entry.actor]);
    expect(told).toContainEqual(["label-removed", "leo"]);
    expect(told).toContainEqual(["label-restored", "ana"]);
    expect(told).toContainEqual(["issue-closed", "leo"]);
    expect(told).toContainEqual(["force-pushed", "ana"]);
    expect(told).toContainEqual(["branch-deleted", "leo"]);
    expect(told).toContainEqual(["pull-request-closed", "leo"]);
  });

  it("tells of a check that was red before the fix was right", () => {
    const opening = commits.opening.sha;
    const red = aCheckRun({
      id: 400,
      conclusion: "failure",
      title: "1 finding",
      completedAt: at("14:34"),
      commit: opening,
    });
    const state = approved();
    const pullRequests = state.pullRequests.map((pull) =>
      pull.number === 43 ? { ...pull, earlierCheckRuns: [red] } : pull,
    );
    const told = facts({ ...state, pullRequests }).timeline.filter((entry) =>
      entry.kind.startsWith("check-"),
    );
    expect(told.map((entry) => entry.text)).toEqual([
      `hotfix/properties was red on ${opening.slice(0, 7)} of #43: 1 finding`,
      "hotfix/properties on #43: No forbidden property",
    ]);
    expect(told.map((entry) => entry.kind)).toEqual(["check-failed", "check-passed"]);
  });

  it("tells a check of a commit once, where its pull request and the back-merge both hold that commit", () => {
    const red = aCheckRun({
      conclusion: "failure",
      completedAt: at("14:39"),
      url: `${opened().repository.url}/runs/7`,
    });
    const state = {
      ...closed(),
      pullRequests: closed().pullRequests.map((pull) => ({ ...pull, earlierCheckRuns: [red] })),
    };
    const told = facts(state).timeline.filter((entry) => entry.kind === "check-failed");
    expect(told.map(({ text }) => text)).toEqual([expect.stringContaining("#43")]);
  });

  it("leaves out what has no time yet", () => {
    const tags = [{ ...released().tags[0]!, taggedAt: null }];
    expect(facts(released({ tags, releases: [] })).timeline.map((entry) => entry.kind)).not.toContain(
      "tagged",
    );
  });
});
