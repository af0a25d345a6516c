import { expect, it } from "vitest";
import { factsOf } from "../../../src/incident/facts-of.ts";
import { settle } from "../../support/ideal-world.ts";
import { plainRenderer } from "../../support/plain-renderer.ts";
import { aComment, at, leo, permission, released, shopConfig } from "../../support/state-builder.ts";

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
