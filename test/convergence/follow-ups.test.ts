import { expect, it } from "vitest";
import type { Action, OutcomeValue } from "../../src/incident/action.ts";
import { advance } from "../../src/incident/advance.ts";
import { followUpsOf, notDoingOf, recordedFollowUps } from "../../src/incident/follow-ups.ts";
import { plan } from "../../src/incident/plan.ts";
import type { FollowUpIssueFacts, IncidentState } from "../../src/incident/state.ts";
import { observed, valueOf } from "../support/ideal-world.ts";
import { plainRenderer } from "../support/plain-renderer.ts";
import { aComment, at, leo, opened, permission, shopConfig } from "../support/state-builder.ts";
import { fc } from "../support/fast-check.ts";

const context = { config: shopConfig, render: plainRenderer };
const RUNS = { numRuns: Number(process.env.CONVERGENCE_RUNS ?? 150) };
const MOST_ROUNDS = 30;

/** GitHub as it is, whatever of it an observation shows. */
class Hub {
  state: IncidentState = { ...opened(), permissions: { leo: permission("maintain") } };
  /** Keys of the issues that were made, one entry for each issue. */
  readonly made: string[] = [];
  #minute = 0;

  get issues(): readonly FollowUpIssueFacts[] {
    return this.state.followUps ?? [];
  }

  say(body: string): void {
    const id = Math.max(9100, ...this.state.comments.map((comment) => comment.id)) + 1;
    this.#comment(aComment(id, { author: leo, body, createdAt: this.#now() }));
  }

  change(index: number, make: (issue: FollowUpIssueFacts, now: string) => FollowUpIssueFacts | null): void {
    const chosen = this.issues[index % Math.max(1, this.issues.length)];
    if (chosen === undefined) return;
    const now = this.#now();
    this.state = {
      ...this.state,
      followUps: this.issues.flatMap((each) => (each === chosen ? (make(each, now) ?? []) : [each])),
    };
  }

  /** One pass that is killed after so many writes. `lags`: what nothing records is not shown yet. */
  pass(writes: number, lags: boolean): readonly Action[] {
    let seen = observed({ ...this.state, followUps: this.#shown(lags) });
    const done: Action[] = [];
    for (let round = 0; round < MOST_ROUNDS; round += 1) {
      const { actions } = plan(seen, context);
      if (actions.length === 0) return done;
      for (const action of actions) {
        if (done.length >= writes) return done;
        done.push(action);
        const outcome = { action, ok: true, value: this.#do(seen, action) } as const;
        seen = advance(seen, outcome);
        this.state = unlinked(advance(this.state, outcome));
      }
    }
    throw new Error("does not settle");
  }

  /** As the writer does it: what carries the marker is the one that is wanted. */
  #do(seen: IncidentState, action: Action): OutcomeValue {
    if (action.kind === "close-follow-up") return { kind: "done", at: this.#now() };
    if (action.kind !== "open-follow-up") return valueOf(seen, action);
    const found = this.issues.find((each) => each.key === action.key);
    const number = action.known?.number ?? found?.number ?? 800 + this.made.length;
    if (found === undefined && action.known === null) this.made.push(action.key);
    return { kind: "issue", number, id: number * 10, url: `${seen.repository.url}/issues/${number}` };
  }

  #shown(lags: boolean): readonly FollowUpIssueFacts[] {
    const recorded = new Map([...recordedFollowUps(this.state)].map(([key, number]) => [number, key]));
    const there = this.issues.filter(({ number }) => !lags || recorded.has(number));
    const gone = [...recorded].filter(([number]) => this.issues.every((each) => each.number !== number));
    return [
      ...there,
      ...gone.map(([number, key]) => ({ ...blank(key, number), state: "gone" as const, id: null })),
    ];
  }

  #comment(comment: IncidentState["comments"][number]): void {
    this.state = { ...this.state, comments: [...this.state.comments, comment] };
  }

  #now(): string {
    this.#minute += 1;
    return new Date(Date.parse(at("15:00")) + this.#minute * 60_000).toISOString().replace(".000Z", "Z");
  }
}

function blank(key: string, number: number): FollowUpIssueFacts {
  const url = `https://github.com/acme/shop/issues/${number}`;
  return {
    key,
    number,
    id: number * 10,
    url,
    state: "open",
    stateReason: null,
    closedAt: null,
    lastClosedAt: null,
  };
}

/** The next observation knows nothing of this pass. */
function unlinked({ isAdvanced: _advanced, ...state }: IncidentState): IncidentState {
  const followUps = (state.followUps ?? []).map(({ isLinked: _linked, ...each }) => each);
  return { ...state, followUps, refusals: {} };
}

type Move = (hub: Hub) => void;

const index = fc.nat(5);
const move: fc.Arbitrary<Move> = fc.oneof(
  fc.constantFrom("Alarm", "alarm", "Flag", "Retry", "Page").map(
    (text): Move =>
      (hub) =>
        hub.say(`/hotfix action "${text}"\n/hotfix action "${text} again"`),
  ),
  index.map(
    (each): Move =>
      (hub) => {
        const issue = hub.issues[each];
        if (issue !== undefined) hub.say(`/hotfix not-doing #${issue.number} because later`);
      },
  ),
  fc.tuple(index, fc.constantFrom("completed", "not_planned")).map(
    ([each, stateReason]): Move =>
      (hub) =>
        hub.change(each, (issue, now) => ({
          ...issue,
          state: "closed",
          stateReason,
          closedAt: now,
          lastClosedAt: now,
        })),
  ),
  index.map(
    (each): Move =>
      (hub) =>
        hub.change(each, (issue) => ({ ...issue, state: "open", stateReason: "reopened", closedAt: null })),
  ),
  // What nothing records leaves no trace when it is deleted.
  index.map(
    (each): Move =>
      (hub) =>
        hub.change(each, (issue) => (recordedFollowUps(hub.state).has(issue.key) ? null : issue)),
  ),
  fc.tuple(fc.nat(8), fc.boolean()).map(
    ([writes, lags]): Move =>
      (hub) =>
        void hub.pass(writes, lags),
  ),
);

it("F1, F9, F12: one issue for each action item, in whatever order things happen and wherever the app dies", () => {
  fc.assert(
    fc.property(fc.array(move, { maxLength: 25 }), (moves) => {
      const hub = new Hub();
      for (const each of moves) each(hub);
      const reopened = hub.issues.filter(({ number, state, lastClosedAt }) => {
        const decided = notDoingOf(hub.state).get(number);
        return state === "open" && decided !== undefined && (lastClosedAt ?? "") >= decided.at;
      });
      hub.pass(Infinity, true);
      hub.pass(Infinity, false);
      expect(hub.pass(Infinity, false)).toEqual([]);
      expect(hub.made.toSorted()).toEqual([...new Set(hub.made)].toSorted());
      const wanted = followUpsOf(hub.state, shopConfig).map(({ key }) => key);
      expect(hub.made.toSorted()).toEqual(wanted.toSorted());
      expect([...recordedFollowUps(hub.state).keys()].toSorted()).toEqual(wanted.toSorted());
      const texts = followUpsOf(hub.state, shopConfig).map(({ text }) => text.toLowerCase());
      expect(new Set(texts).size).toBe(texts.length);
      // Somebody thought better of it.
      const open = hub.issues.filter(({ state }) => state === "open").map(({ number }) => number);
      expect(open).toEqual(expect.arrayContaining(reopened.map(({ number }) => number)));
      const notDropped = hub.issues.filter(({ number, state, lastClosedAt }) => {
        const decided = notDoingOf(hub.state).get(number);
        return state === "open" && decided !== undefined && (lastClosedAt ?? "") < decided.at;
      });
      expect(notDropped).toEqual([]);
    }),
    RUNS,
  );
});

it("I6: a thousand looks at an incident with action items write nothing", () => {
  const hub = new Hub();
  hub.say('/hotfix action "Alarm"\n/hotfix action "Flag" type=mitigate');
  hub.pass(Infinity, false);
  expect(hub.issues).toHaveLength(2);
  for (let look = 0; look < 1000; look += 1) expect(hub.pass(Infinity, look % 2 === 0)).toEqual([]);
});

it("what somebody opened again after it was said not to be done stays open", () => {
  const hub = new Hub();
  hub.say('/hotfix action "Alarm"');
  hub.pass(Infinity, false);
  hub.say(`/hotfix not-doing #${hub.issues[0]!.number} because later`);
  hub.pass(Infinity, false);
  expect(hub.issues).toMatchObject([{ state: "closed", stateReason: "not_planned" }]);
  hub.change(0, (issue) => ({ ...issue, state: "open", stateReason: "reopened", closedAt: null }));
  expect(hub.pass(Infinity, false).map(({ kind }) => kind)).not.toContain("close-follow-up");
  expect(hub.issues).toMatchObject([{ state: "open" }]);
});
