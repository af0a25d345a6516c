import { describe, expect, it } from "vitest";
import { factsOf } from "../../../src/incident/facts-of.ts";
import { settle } from "../../support/ideal-world.ts";
import { plainRenderer } from "../../support/plain-renderer.ts";
import type { PushFacts } from "../../../src/incident/state/branch-facts.ts";
import {
  aBranch,
  aComment,
  aCommit,
  aPush,
  at,
  commits,
  hotfixBranch,
  leo,
  permission,
  released,
  shopConfig,
} from "../../support/state-builder.ts";

/** After these were said, a minute from each other, and answered one by one. */
function factsAfter(...bodies: readonly string[]) {
  const world = { context: { config: shopConfig, render: plainRenderer } };
  const state = bodies.reduce((so, body, index) => {
    const comment = aComment(9100 + index, { author: leo, body, createdAt: at(`14:${45 + index}`) });
    const comments = [...so.comments, comment];
    // Landed, it closes: people open it again.
    const issue = { ...so.issue, state: "open", stateReason: "reopened", closedAt: null } as const;
    return settle({ ...so, issue, comments, permissions: { leo: permission("maintain") } }, world).state;
  }, released());
  return factsOf(state, shopConfig);
}

it("a recovery that was said before another round was opened ends nothing, and stays in the timeline", () => {
  const said = ["/hotfix impact-started 14:20", "/hotfix recovered 14:44\n/hotfix verified 14:43"];
  expect(factsAfter(...said).times).toMatchObject({ recovered: at("14:44"), verified: at("14:43") });
  const facts = factsAfter(...said, "/hotfix again");
  expect(facts.times).toMatchObject({ impactStarted: at("14:20"), recovered: null, verified: null });
  expect(facts.statedTimes).toMatchObject({ recovered: null, verified: null });
  expect(facts.durations.toRecover).toBeNull();
  expect(facts.impactWindow).toBeNull();
  const told = facts.timeline.filter(({ kind }) => ["recovered", "verified", "overtaken"].includes(kind));
  expect(told).toMatchObject([
    { at: at("14:43"), text: "Recovery said to be verified; another round followed", actor: "leo" },
    {
      at: at("14:44"),
      recordedAt: at("14:46"),
      text: "Service said to have recovered; another round followed",
    },
  ]);
});

it("a recovery that is said in the round that is open holds, and corrects nothing", () => {
  const facts = factsAfter(
    "/hotfix impact-started 14:20",
    "/hotfix recovered 14:44",
    "/hotfix again",
    "/hotfix recovered 14:47",
  );
  expect(facts.times.recovered).toBe(at("14:47"));
  expect(facts.corrections).toEqual([]);
  expect(facts.impactWindow).toMatchObject({ from: at("14:20"), to: at("14:47"), toIs: "recovery" });
  const inOneComment = factsAfter("/hotfix recovered 14:44", "/hotfix again\n/hotfix recovered 14:46");
  expect(inOneComment.times.recovered).toBe(at("14:46"));
});

describe("a recovery that is read together with the push that opens another round", () => {
  const late = aCommit("late fix", { parents: [commits.fix.sha] });

  /** Said at 14:46, and read only now, with the pushes to the hotfix branch after its merge. */
  function readLate(pushes: readonly PushFacts[], body = "/hotfix recovered 14:44") {
    const before = released();
    const branches = before.branches.map((each) =>
      each.name === hotfixBranch ? aBranch(hotfixBranch, [late]) : each,
    );
    const comment = aComment(9100, { author: leo, body, createdAt: at("14:46") });
    const state = {
      ...before,
      branches,
      pushes: [...before.pushes, ...pushes],
      comments: [...before.comments, comment],
      permissions: { leo: permission("maintain") },
    };
    const after = settle(state, { context: { config: shopConfig, render: plainRenderer } }).state;
    const reply = after.comments.find((each) => each.isOurs && each.body.includes("/hotfix recovered"));
    return { facts: factsOf(after, shopConfig), reply: reply?.body ?? "" };
  }

  const pushedAt = (time: string, over: Partial<PushFacts> = {}) =>
    aPush({ before: commits.fix.sha, after: late.sha, at: at(time), ...over });

  it.each(["14:46", "14:47"])("is about the round that its author saw, when pushed at %s", (time) => {
    const { facts, reply } = readLate([pushedAt(time)]);
    expect(facts.rounds).toHaveLength(2);
    expect(facts.times.recovered).toBeNull();
    expect(facts.timeline.map(({ text }) => text)).toContain(
      "Service said to have recovered; another round followed",
    );
    expect(reply).toContain(
      "it recovered 2026-11-20 14:44:00 UTC; that was round 1, and round 2 was opened after your comment",
    );
  });

  it("is about the new one where the push came first, or nobody knows when", () => {
    for (const pushes of [[pushedAt("14:45")], []]) {
      const { facts, reply } = readLate(pushes);
      expect(facts.rounds).toHaveLength(2);
      expect(facts.times.recovered).toBe(at("14:44"));
      expect(reply).not.toContain("was opened after");
    }
  });

  it("knows a branch that was set back, and back again, from one with something new", () => {
    const setBack = pushedAt("14:43", {
      kind: "force_push",
      before: commits.fix.sha,
      after: commits.opening.sha,
    });
    const again = pushedAt("14:44", { before: commits.opening.sha, after: commits.fix.sha });
    expect(readLate([setBack, again, pushedAt("14:47")]).facts.times.recovered).toBeNull();
    expect(readLate([setBack, pushedAt("14:47")]).facts.times.recovered).toBeNull();
  });

  it("says verified of that round, too, and a start of the impact of all of them", () => {
    const { facts } = readLate([pushedAt("14:47")], "/hotfix verified 14:45\n/hotfix impact-started 14:20");
    expect(facts.times).toMatchObject({ verified: null, impactStarted: at("14:20") });
  });
});
