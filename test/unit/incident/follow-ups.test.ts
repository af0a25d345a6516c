import { is } from "valibot";
import { describe, expect, it } from "vitest";
import { configOf, configSchema } from "../../../src/config/schema.ts";
import { loginsToAuthorise } from "../../../src/incident/acceptance.ts";
import { factsOf } from "../../../src/incident/facts-of.ts";
import { earlierRecord, parseEarlierRecord } from "../../../src/incident/earlier-incidents.ts";
import { followUpMarker, parseFollowUpMarker } from "../../../src/incident/follow-ups.ts";
import type { FollowUpIssueFacts, IncidentState } from "../../../src/incident/state.ts";
import { settle } from "../../support/ideal-world.ts";
import { plainRenderer } from "../../support/plain-renderer.ts";
import {
  aComment,
  at,
  labelled,
  landed,
  leo,
  opened,
  permission,
  shopConfig,
} from "../../support/state-builder.ts";

const context = { config: shopConfig, render: plainRenderer };
const may = { leo: permission("maintain"), ana: permission("push"), guest: permission("pull") };

function after(state: IncidentState, ...bodies: readonly string[]) {
  const comments = bodies.map((body, index) =>
    aComment(9100 + index, { author: leo, body, createdAt: at(`14:4${index}`) }),
  );
  const asked = { ...state, comments: [...state.comments, ...comments], permissions: may };
  return settle(asked, { context });
}

const actionsOf = (state: IncidentState) => factsOf(state, shopConfig).actions;
const replies = (state: IncidentState) =>
  state.comments.map(({ body }) => body).filter((body) => body.includes("kind=reply"));

describe("action items", () => {
  it("have their type, horizon and day by default, and the day stays when the configuration changes", () => {
    const { state } = after(opened(), '/hotfix action "Alarm"', '/hotfix action "Flag" horizon=quarter');
    const [alarm, flag] = actionsOf(state);
    expect(alarm).toMatchObject({ type: "prevent", horizon: "sprint", due: "2026-12-04", owner: null });
    expect(flag).toMatchObject({ horizon: "quarter", due: "2027-02-18", by: "leo" });
    const later = configOf({ ...shopConfig, followUps: { days: { sprint: 1 } } });
    expect(factsOf(state, later).actions[0]!.due).toBe("2026-12-04");
  });

  it("are opened after what brings the fix out", () => {
    const { rounds } = after(labelled(), '/hotfix action "Alarm"');
    const first = rounds.findIndex((keys) => keys.some((key) => key.startsWith("open-follow-up:")));
    const last = rounds.findLastIndex((keys) =>
      keys.some((key) => /^(?:create-branch|open-pull)/u.test(key)),
    );
    expect(first).toBeGreaterThan(last);
    expect(last).toBeGreaterThanOrEqual(0);
  });

  it("of documents: those wait until the issues are there, so that one commit tells of them", () => {
    const { rounds } = after(landed(), '/hotfix action "Alarm"');
    const flat = rounds.flat();
    const opens = flat.findIndex((key) => key.startsWith("open-follow-up:"));
    const commits = flat.flatMap((key, index) => (key.startsWith("commit-documents:") ? [index] : []));
    expect(opens).toBeGreaterThanOrEqual(0);
    expect(commits.every((index) => index > opens)).toBe(true);
    expect(commits).toHaveLength(1);
  });

  it("an owner is one who may take it; whoever is named is looked at before the answer", () => {
    const comment = aComment(9100, {
      author: leo,
      body: '/hotfix action "Alarm" owner=@Ana\n/hotfix action "Flag" owner=acme/payments',
      createdAt: at("14:40"),
    });
    const asked = { ...opened(), comments: [...opened().comments, comment] };
    expect(loginsToAuthorise(asked, shopConfig)).toEqual(["leo", "Ana"]);
    const { state } = after(
      opened(),
      '/hotfix action "Alarm" owner=@ANA',
      '/hotfix action "Flag" owner=me',
      '/hotfix action "Retry" owner=nobody',
    );
    expect(actionsOf(state).map(({ owner }) => owner)).toEqual(["ANA", "leo"]);
    expect(replies(state).join()).toContain("`nobody` is nobody who can take it here");
    const open = { ...opened(), repository: { ...opened().repository, isPrivate: false } };
    expect(actionsOf(after(open, '/hotfix action "Alarm" owner=guest').state)).toEqual([]);
    expect(actionsOf(after(opened(), '/hotfix action "Alarm" owner=guest').state)).toHaveLength(1);
  });

  it("the reply promises of an owner only what holds for users and teams, and where people are not named", () => {
    const said = (state: IncidentState, owner: string) =>
      replies(after(state, `/hotfix action "Alarm" owner=${owner}`).state).join();
    const open = { ...opened(), repository: { ...opened().repository, isPrivate: false } };
    expect(said(opened(), "ana")).toContain("; it mentions its owner");
    expect(said(opened(), "acme/payments")).toContain("; it mentions its owner");
    expect(said(open, "acme/payments")).toContain("; it mentions its owner");
    expect(said(open, "ana")).toContain(
      "; it names nobody, and is assigned to its owner where GitHub can do so",
    );
  });

  it("a reason given for what somebody had closed closes nothing when it is opened again", () => {
    const settled = after(opened(), '/hotfix action "Alarm"').state;
    const [issue] = settled.followUps!;
    const inIssue = (state: IncidentState, over: Partial<FollowUpIssueFacts>) => ({
      ...state,
      followUps: state.followUps!.map((each) => ({ ...each, ...over })),
    });
    const say = (state: IncidentState, id: number, time: string) => {
      const body = `/hotfix not-doing #${issue!.number} because no`;
      const comment = aComment(id, { author: leo, body, createdAt: at(time) });
      const asked = { ...state, comments: [...state.comments, comment], permissions: may };
      return settle(asked, { context });
    };
    const closedByHand = inIssue(settled, {
      state: "closed",
      stateReason: "not_planned",
      closedAt: at("14:45"),
      lastClosedAt: at("14:45"),
    });
    const told = say(closedByHand, 9200, "14:50");
    expect(replies(told.state).at(-1)).toContain("is closed as not planned already; the reason is kept");
    expect(actionsOf(told.state)).toMatchObject([{ state: "not-doing", because: "no" }]);
    const reopened = inIssue(told.state, { state: "open", stateReason: "reopened", closedAt: null });
    expect(settle(reopened, { context }).rounds.flat()).not.toContain(`close-follow-up:${issue!.number}`);
    expect(say(reopened, 9300, "14:55").rounds.flat()).toContain(`close-follow-up:${issue!.number}`);
  });

  it.each<[string, Partial<FollowUpIssueFacts>, string, string | null]>([
    ["closed as completed", { state: "closed", stateReason: "completed" }, "done", null],
    ["closed as not planned", { state: "closed", stateReason: "not_planned" }, "not-doing", null],
    ["closed as a duplicate", { state: "closed", stateReason: "duplicate" }, "not-doing", null],
    ["open again", { state: "open", stateReason: "reopened" }, "open", null],
    ["gone", { state: "gone" }, "gone", null],
  ])("an issue that is %s", (_what, over, state, because) => {
    const settled = after(opened(), '/hotfix action "Alarm"').state;
    const followUps = settled.followUps!.map((each) => ({ ...each, ...over }));
    expect(actionsOf({ ...settled, followUps })[0]).toMatchObject({ state, because });
  });

  it("are refused once the incident was stopped, and beyond fifty", () => {
    const aborted = after(opened(), "/hotfix abort because no").state;
    const late = aComment(9101, { author: leo, body: '/hotfix action "Alarm"', createdAt: at("14:50") });
    const asked = { ...aborted, comments: [...aborted.comments, late], permissions: may };
    const stopped = settle(asked, { context }).state;
    expect(replies(stopped).join()).toContain("the app has stopped here");
    const lines = Array.from({ length: 50 }, (_, index) => `/hotfix action "Number ${index}"`);
    const bodies = Array.from({ length: 10 }, (_, index) => lines.slice(index * 5, index * 5 + 5).join("\n"));
    const full = bodies.reduce((state, body, index) => {
      const comment = aComment(9100 + index, { author: leo, body, createdAt: at("14:40") });
      return settle({ ...state, comments: [...state.comments, comment], permissions: may }, { context })
        .state;
    }, opened());
    expect(actionsOf(full)).toHaveLength(50);
    const one = aComment(9200, { author: leo, body: '/hotfix action "One more"', createdAt: at("14:50") });
    const more = settle({ ...full, comments: [...full.comments, one], permissions: may }, { context }).state;
    expect(actionsOf(more)).toHaveLength(50);
    expect(replies(more).at(-1)).toContain("there are 50 action items already");
  });
});

it("a follow-up never carries the label that declares an incident", () => {
  const labels = { incident: "Incident", followUp: "incident" };
  expect(is(configSchema, { labels })).toBe(false);
  expect(is(configSchema, { labels: { ...labels, followUp: "todo" } })).toBe(true);
});

describe("what hidden records carry", () => {
  it("the marker of a follow-up names its incident, and no other marker does", () => {
    expect(parseFollowUpMarker(`${followUpMarker(7, "901.1a2b")}\ntext`)).toEqual({
      incident: 7,
      key: "901.1a2b",
    });
    expect(parseFollowUpMarker("<!-- hotfix:incident=7;kind=status -->")).toBeNull();
    expect(parseFollowUpMarker("")).toBeNull();
  });

  it("earlier incidents come back as they were written, and what is broken says nothing", () => {
    const earlier = [
      {
        id: "PAYMENT-CRITICAL-007",
        number: 7,
        open: [
          { issue: 12, due: "2026-12-01" },
          { issue: 13, due: "2027-01-01" },
        ],
      },
      { id: "PAYMENT-LOW-003", number: 3, open: [] },
    ];
    expect(parseEarlierRecord(earlierRecord(earlier))).toEqual(earlier);
    expect(parseEarlierRecord("")).toEqual([]);
    expect(parseEarlierRecord("x,PAYMENT-LOW-003:3+a@b,../..:1")).toEqual([earlier[1]]);
  });

  it("earlier incidents of the same service are told with the first status comment, and stay as they were", () => {
    const open = [{ issue: 12, due: "2026-12-01" }];
    const entry = { service: "payment", declared: at("09:00"), open, seconds: null };
    const indexed = [
      { ...entry, id: "PAYMENT-CRITICAL-007", number: 7 },
      { ...entry, id: "CART-LOW-006", number: 6, service: "cart" },
    ];
    const start = { ...labelled(), indexed };
    const told = [{ id: "PAYMENT-CRITICAL-007", number: 7, open: entry.open }];
    expect(factsOf(start, shopConfig).service).toBe("payment");
    expect(factsOf(start, shopConfig).earlier).toEqual(told);
    const { state } = settle({ ...start, permissions: may }, { context });
    const closedSince = [{ ...indexed[0]!, open: [] }];
    expect(factsOf({ ...state, indexed: closedSince }, shopConfig).earlier).toEqual(told);
  });
});
