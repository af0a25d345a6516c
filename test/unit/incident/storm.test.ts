import { describe, expect, it } from "vitest";
import { acceptanceOf, loginsToAuthorise } from "../../../src/incident/acceptance.ts";
import { ourMarker } from "../../../src/incident/comment-marker.ts";
import type { IncidentState } from "../../../src/incident/state.ts";
import type { NeighbourFacts } from "../../../src/incident/state/neighbours-facts.ts";
import { wasStatusDeleted } from "../../../src/incident/status-comment.ts";
import { stormOf } from "../../../src/incident/storm.ts";
import { plannedAction, plannedKeys, planOf } from "../../support/planned.ts";
import {
  aComment,
  aLabelEvent,
  at,
  labelled,
  opened,
  ourComment,
  permission,
  shopConfig,
} from "../../support/state-builder.ts";

const config = { ...shopConfig, trigger: { ...shopConfig.trigger, atOnce: 3 } };
const ana = aLabelEvent().actor;

/** A neighbour that ana declared at 14:30 and some seconds. */
function neighbour(number: number, seconds: number, change: Partial<NeighbourFacts> = {}): NeighbourFacts {
  const time = at(`14:30:${String(seconds).padStart(2, "0")}`);
  return {
    number,
    isOpen: true,
    labels: ["incident"],
    body: "### Severity\n\nlow\n",
    labellings: [aLabelEvent({ id: `LE_${number}`, actor: ana, at: time })],
    hasBegun: false,
    ...change,
  };
}

/** Incident 42, declared by ana at 14:30:20 with severity low, among others. */
function among(incidents: readonly NeighbourFacts[], change: Partial<IncidentState> = {}): IncidentState {
  const state = labelled({ events: [aLabelEvent({ at: at("14:30:20") })], ...change });
  return {
    ...state,
    issue: { ...state.issue, body: "### Severity\n\nlow\n", ...change.issue },
    neighbours: { incidents, unread: 0 },
  };
}

const three = [neighbour(1, 1), neighbour(2, 2), neighbour(3, 3)];

describe("S39: many incidents declared at once", () => {
  it("opens as many as are configured, and holds back the next one without a word on it", () => {
    expect(acceptanceOf(among(three.slice(1)), config)).toEqual({ kind: "accepted", by: "ana" });
    const held = among(three);
    expect(acceptanceOf(held, config)).toEqual({ kind: "held" });
    expect(planOf(held, config)).toMatchObject({ actions: [], alsoLook: 1 });
    expect(planOf(among(three.slice(1)), config).alsoLook).toBeNull();
  });

  it("holds nothing back for what others declared, for what was declared long before, or where the label was taken off", () => {
    const ben = { login: "ben", kind: "user" } as const;
    const byBen = neighbour(1, 1, { labellings: [aLabelEvent({ actor: ben, at: at("14:30:01") })] });
    const early = neighbour(1, 1, { labellings: [aLabelEvent({ actor: ana, at: at("14:24:00") })] });
    const takenOff = neighbour(1, 1, {
      labellings: [
        aLabelEvent({ actor: ana, at: at("14:30:01") }),
        aLabelEvent({ kind: "unlabeled", actor: ana, at: at("14:30:02") }),
      ],
    });
    for (const other of [byBen, early, takenOff]) {
      expect(acceptanceOf(among([other, ...three.slice(1)]), config).kind).toBe("accepted");
    }
  });

  it("counts those that are bound by one between them, and closed ones", () => {
    const ago = (number: number, clock: string) =>
      neighbour(number, 0, { isOpen: false, labellings: [aLabelEvent({ actor: ana, at: at(clock) })] });
    const chain = [ago(1, "14:18:00"), ago(2, "14:22:00"), ago(3, "14:26:00")];
    expect(acceptanceOf(among(chain), config).kind).toBe("held");
    expect(acceptanceOf(among([ago(1, "14:15:00"), ...chain.slice(1)]), config).kind).toBe("accepted");
  });

  it("puts a higher severity first, and what somebody called so before what nobody called anything", () => {
    const critical = { body: "### Severity\n\ncritical\n" };
    const self = (change: object) => among(three, { issue: { ...among([]).issue, ...change } });
    expect(acceptanceOf(self(critical), config).kind).toBe("accepted");
    expect(acceptanceOf(self({ body: "", labels: ["incident", "sev1"] }), config).kind).toBe("accepted");
    const unstated = three.map((each) => ({ ...each, body: "" }));
    const amongUnstated = (change: object) =>
      among(unstated, { issue: { ...among([]).issue, body: "", ...change } });
    expect(acceptanceOf(amongUnstated({}), config).kind).toBe("held");
    expect(acceptanceOf(amongUnstated(critical), config).kind).toBe("accepted");
    expect(acceptanceOf(among(three.map((each) => ({ ...each, ...critical }))), config).kind).toBe("held");
  });

  it("what has begun goes on, whoever comes after it, and what somebody started is opened", () => {
    const begun = { ...opened(), neighbours: { incidents: three, unread: 0 } };
    expect(acceptanceOf(begun, config).kind).toBe("accepted");
    const start = aComment(7, { body: "/hotfix start", createdAt: at("14:31:00") });
    const asked = among(three, { comments: [start] });
    expect(loginsToAuthorise(asked, config)).toEqual([start.author.login]);
    const answerable = { ...asked, permissions: { [start.author.login]: permission("push") } };
    const reply = plannedAction(answerable, "post-comment", config);
    const replied = { ...answerable, comments: [start, { ...ourComment(8, "reply", ""), body: reply.body }] };
    expect(acceptanceOf(replied, config)).toMatchObject({ kind: "accepted" });
  });

  it("lists what waits in one comment on the incident that was declared first, and keeps the list", () => {
    const others = [50, 51, 52, 53].map((number, index) => neighbour(number, 30 + index));
    const first = among(others);
    expect(stormOf(first, config)).toMatchObject({
      teller: 42,
      isHeld: false,
      held: [{ number: 52 }, { number: 53 }],
    });
    const digest = plannedAction(first, "write-digest", config);
    expect(digest.commentId).toBeNull();
    const told = { ...first, comments: [{ ...ourComment(9, "digest", ""), body: digest.body }] };
    expect(plannedKeys(told, config)).not.toContain("write-digest");
    const oneBegan = [
      ...others.slice(0, 2),
      { ...others[2]!, hasBegun: true },
      { ...others[3]!, isOpen: false },
    ];
    const later = { ...told, neighbours: { incidents: oneBegan, unread: 0 } };
    expect(stormOf(later, config)?.held).toEqual([]);
    expect(plannedAction(later, "write-digest", config)).toMatchObject({ commentId: 9 });
    expect(plannedKeys(among(others.slice(0, 2)), config)).not.toContain("write-digest");
  });

  it("writes the list although the first one is held back itself, and not where a person deleted it", () => {
    const critical = [50, 51, 52].map((number, index) =>
      neighbour(number, 30 + index, { body: "### Severity\n\ncritical\n" }),
    );
    const first = among(critical);
    expect(acceptanceOf(first, config).kind).toBe("held");
    expect(plannedKeys(first, config)).toEqual(["write-digest"]);
    const deletion = {
      kind: "comment-deleted",
      id: "CD_1",
      actor: ana,
      at: at("14:40"),
      author: { login: first.app.login, kind: "bot" },
    } as const;
    expect(plannedKeys({ ...first, events: [...first.events, deletion] }, config)).toEqual([]);
  });

  it("a digest is no proof that the incident was accepted, or that its status comment was deleted", () => {
    const digest = { ...ourComment(9, "digest", ""), body: ourMarker(42, "digest", {}, null) };
    const state = labelled({ comments: [digest], permissions: {} });
    expect(acceptanceOf(state, config).kind).toBe("waiting");
    expect(wasStatusDeleted(state)).toBe(false);
    expect(plannedKeys({ ...labelled(), comments: [digest] }, config)).toContain(
      "create-branch:hotfix/42-checkout-fails",
    );
  });
});
