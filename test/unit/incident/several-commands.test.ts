import { describe, expect, it } from "vitest";
import { factsOf } from "../../../src/incident/facts-of.ts";
import type { IncidentState } from "../../../src/incident/state.ts";
import { settle } from "../../support/ideal-world.ts";
import { plainRenderer } from "../../support/plain-renderer.ts";
import {
  aComment,
  aLabelEvent,
  at,
  labelled,
  leo,
  opened,
  permission,
  released,
  shopConfig,
  stranger,
} from "../../support/state-builder.ts";

const may = { leo: permission("maintain"), stranger: permission("pull"), ana: permission("push") };

/** What the app comes to in one pass where these comments wait together, and its answers. */
function hears(start: IncidentState, ...bodies: readonly string[]) {
  const comments = bodies.map((body, index) =>
    aComment(9100 + index, { author: leo, body, createdAt: at(`14:${45 + index}`) }),
  );
  const heard = { ...start, comments: [...start.comments, ...comments], permissions: may };
  const { state, rounds } = settle(heard, { context: { config: shopConfig, render: plainRenderer } });
  const replies = state.comments.flatMap(({ body }) =>
    body.includes("kind=reply") ? [body.split("\n")[1]!] : [],
  );
  return { state, rounds, replies, said: replies.join("\n"), facts: factsOf(state, shopConfig) };
}

/** The same lines, each in a comment of its own and all in one. */
const ways = ["in a comment each", "in one comment"] as const;
function hearsLines(way: (typeof ways)[number], start: IncidentState, ...lines: readonly string[]) {
  return way === "in one comment" ? hears(start, lines.join("\n")) : hears(start, ...lines);
}

describe.each(ways)("commands that wait together, %s, count as if the earlier ones had been done", (way) => {
  it("times are kept in order", () => {
    const { said, facts } = hearsLines(
      way,
      opened(),
      "/hotfix recovered 14:20",
      "/hotfix impact-started 14:25",
    );
    expect(said).toContain("correct the other with `/hotfix recovered <time>` first");
    expect(facts.times).toMatchObject({ recovered: at("14:20"), impactStarted: null });
  });

  it("an action item is there once, and the second who asks for it is told so", () => {
    const { said, facts } = hearsLines(
      way,
      opened(),
      '/hotfix action "Alarm"',
      '/hotfix action "alarm" type=detect',
    );
    expect(said.match(/an issue follows for it/giu)).toHaveLength(1);
    expect(said).toContain("it is an action item already");
    expect(facts.actions).toMatchObject([{ text: "Alarm", type: "prevent" }]);
  });

  it("another round is opened once", () => {
    const { said, facts } = hearsLines(way, released(), "/hotfix again", "/hotfix again");
    expect(said.match(/round 2 begins/gu)).toHaveLength(1);
    expect(said).toContain("round 2 has not shipped yet");
    expect(facts.rounds).toHaveLength(2);
  });

  it("what follows a stop is judged as stopped, and what follows a start as begun", () => {
    const stopped = hearsLines(way, opened(), "/hotfix abort because no", '/hotfix action "Alarm"');
    expect(stopped.said).toContain("the app has stopped here");
    expect(stopped.facts.actions).toEqual([]);
    const refused = labelled({ events: [aLabelEvent({ actor: stranger })] });
    const started = hearsLines(way, refused, "/hotfix start", "/hotfix severity high");
    expect(started.said).not.toContain("the incident is not accepted yet");
    expect(started.facts).toMatchObject({ acceptedBy: "leo", severity: "high" });
  });

  it("a target that was taken off is none any more", () => {
    const { said } = hearsLines(
      way,
      released(),
      "/hotfix skip develop because it is gone",
      "/hotfix landed develop because by hand",
    );
    expect(said).toContain("`develop` is no target");
  });
});

it("action items are fifty at most, also where the last ones are asked for together", () => {
  const lines = Array.from({ length: 51 }, (_, index) => `/hotfix action "Number ${index}"`);
  const bodies = Array.from({ length: 6 }, (_, index) => lines.slice(index * 10, index * 10 + 10).join("\n"));
  const { said, facts } = hears(opened(), ...bodies);
  expect(facts.actions).toHaveLength(50);
  expect(said.match(/there are 50 action items already/gu)).toHaveLength(1);
});

it("comments that wait together are answered together: no pass is spent on each", () => {
  const { rounds, replies } = hears(opened(), "/hotfix note one", "/hotfix note two", "/hotfix note three");
  expect(replies).toHaveLength(3);
  expect(rounds[0]).toHaveLength(3);
});
