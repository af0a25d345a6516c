import { describe, expect, it } from "vitest";
import type { Observation } from "../../../src/github/observe-incident.ts";
import { Parked } from "../../../src/github/parked.ts";
import { type Action, actionKey, type Outcome } from "../../../src/incident/action.ts";
import type { Plan } from "../../../src/incident/plan.ts";
import type { IncidentState } from "../../../src/incident/state.ts";
import type { Problem } from "../../../src/incident/state/problem.ts";
import { Unfinished } from "../../../src/reconcile/fate.ts";
import { type IncidentPorts, reconcileIncident } from "../../../src/reconcile/incident.ts";
import { aComment, labelled, shopConfig } from "../../support/state-builder.ts";

const NOW = Date.parse("2026-11-20T14:30:00Z");
const PROTECTED: Problem = { code: "branch-protected", sentence: "x.", nextStep: "y.", transient: false };
const LATER: Problem = { ...PROTECTED, code: "not-ready", transient: true };

const comment = (marker: string): Action => ({ kind: "post-comment", on: 42, marker, body: marker });
const done = (action: Action): Outcome => ({ action, ok: true, value: { kind: "done" } });
const refuse =
  (problem: Problem) =>
  (action: Action): Outcome => ({ action, ok: false, problem });

/**
 * A world in which each marker needs the ones before it (`needs`), with a plan and an advance as simple as can be: what was done becomes
 * a comment of the state, what was refused stays in `refusals` and is not planned again.
 */
function world(options: {
  readonly needs: Readonly<Record<string, readonly string[]>>;
  readonly apply?: (action: Action) => Outcome | Promise<Outcome>;
  readonly plan?: Partial<Plan>;
  readonly settles?: boolean;
  readonly lookAgain?: (state: IncidentState) => boolean;
}) {
  const applied: string[] = [];
  const checked: string[] = [];
  const pauses: number[] = [];
  const looked: number[] = [];
  let observations = 0;
  let inFlight = 0;
  let mostInFlight = 0;
  const isDone = (state: IncidentState, marker: string) => state.comments.some(({ body }) => body === marker);
  const ports: IncidentPorts = {
    async observe() {
      observations += 1;
      const state = labelled();
      const comments = applied.map((body, index) => aComment(index, { body }));
      return { state: { ...state, comments }, config: shopConfig };
    },
    plan: ({ state }) => ({
      actions: Object.entries(options.needs)
        .filter(([marker]) => options.settles === false || !isDone(state, marker))
        .filter(([marker]) => state.refusals[actionKey(comment(marker))] === undefined)
        .filter(([, needed]) => needed.every((marker) => isDone(state, marker)))
        .map(([marker]) => comment(marker)),
      commitsToCheck: [],
      wakeAt: null,
      lookAgain: options.lookAgain?.(state) ?? false,
      alsoLook: null,
      ...options.plan,
    }),
    phaseOf: () => "fixing",
    async apply(_observation, action) {
      inFlight += 1;
      mostInFlight = Math.max(mostInFlight, inFlight);
      await new Promise((resolve) => setTimeout(resolve, 5));
      inFlight -= 1;
      const outcome = (await options.apply?.(action)) ?? done(action);
      if (outcome.ok && action.kind === "post-comment") applied.push(action.marker);
      return outcome;
    },
    advance: (state, { action, ...outcome }) =>
      outcome.ok && action.kind === "post-comment"
        ? {
            ...state,
            comments: [...state.comments, aComment(state.comments.length, { body: action.marker })],
          }
        : {
            ...state,
            refusals: outcome.ok
              ? state.refusals
              : { ...state.refusals, [actionKey(action)]: outcome.problem },
          },
    checkCommits: async (commits) => void checked.push(...commits),
    now: () => NOW,
    lookAt: (issue) => Promise.resolve(void looked.push(issue)),
    urgencyOf: () => 7,
    sleep: async (ms) => void pauses.push(ms),
  };
  return {
    ports,
    looked,
    applied,
    checked,
    pauses,
    get observations() {
      return observations;
    },
    get mostInFlight() {
      return mostInFlight;
    },
  };
}

describe("a pass over an incident", () => {
  it("plans and does until nothing is missing, on one observation", async () => {
    const it = world({ needs: { branch: [], pull: ["branch"], status: ["branch", "pull"] } });
    const result = await reconcileIncident(it.ports);
    expect(it.applied).toEqual(["branch", "pull", "status"]);
    expect(it.observations).toBe(1);
    expect(result).toEqual({
      wakeAt: null,
      fields: {
        phase: "fixing",
        rounds: 3,
        done: ["post-comment:42:branch", "post-comment:42:pull", "post-comment:42:status"],
      },
    });
  });

  it("does nothing where there is nothing to see", async () => {
    const { ports } = world({ needs: { branch: [] } });
    expect(await reconcileIncident({ ...ports, observe: async () => null })).toEqual({
      wakeAt: null,
      fields: { incident: false },
    });
  });

  it("does the actions of one plan side by side, at most four at a time", async () => {
    const it = world({ needs: { a: [], b: [], c: [], d: [], e: [], f: [], g: [] } });
    await reconcileIncident(it.ports);
    expect(it.applied.toSorted()).toEqual(["a", "b", "c", "d", "e", "f", "g"]);
    expect(it.mostInFlight).toBe(4);
  });

  it("what a user must mend is no failure, and the rest of the plan goes on", async () => {
    const it = world({
      needs: { tag: [], status: [], release: ["tag"], report: ["status"] },
      apply: (action) => (actionKey(action).endsWith("tag") ? refuse(PROTECTED)(action) : done(action)),
    });
    const { fields } = await reconcileIncident(it.ports);
    expect(it.applied).toEqual(["status", "report"]);
    expect(fields).toMatchObject({ refused: ["post-comment:42:tag: branch-protected"] });
  });

  it("what may work in a while fails the pass, after the rest is done", async () => {
    const it = world({
      needs: { tag: [], status: [], report: ["status"] },
      apply: (action) => (actionKey(action).endsWith("tag") ? refuse(LATER)(action) : done(action)),
    });
    const failure = await reconcileIncident(it.ports).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(Unfinished);
    expect(failure).toMatchObject({
      message: "post-comment:42:tag: x.",
      fields: { done: ["post-comment:42:status", "post-comment:42:report"] },
    });
    expect(it.applied).toEqual(["status", "report"]);
  });

  it("an action that throws keeps none of the others from being done, and the pass fails with its error", async () => {
    const bug = new TypeError("x is not a function");
    const it = world({
      needs: { tag: [], status: [], report: ["status"] },
      apply: (action) => (actionKey(action).endsWith("tag") ? Promise.reject(bug) : done(action)),
    });
    expect(await reconcileIncident(it.ports).catch((error: unknown) => error)).toBe(bug);
    expect(it.applied).toEqual(["status", "report"]);
  });

  it("F13: a spent budget ends the pass with the time to go on at", async () => {
    const parked = new Parked("the budget is spent", NOW + 60_000);
    const it = world({ needs: { a: [] }, apply: () => Promise.reject(parked) });
    const told: (string | undefined)[] = [];
    const plan: IncidentPorts["plan"] = (observation) => {
      told.push(...Object.values(observation.state.refusals).map(({ code }) => code));
      return it.ports.plan(observation);
    };
    const thrown = await reconcileIncident({ ...it.ports, plan }).catch((error: unknown) => error);
    expect(thrown).toBeInstanceOf(Parked);
    // How soon it goes on among others that wait is for the queue.
    expect(thrown).toMatchObject({ message: parked.message, until: parked.until, urgency: 7 });
    expect(told).toEqual(["budget-spent"]);
  });

  it("S39: asks for a look at the incident that lists this one, and for no other", async () => {
    const it = world({ needs: {}, plan: { alsoLook: 5 } });
    await reconcileIncident(it.ports);
    await reconcileIncident(world({ needs: {} }).ports);
    expect(it.looked).toEqual([5]);
  });

  it("a plan that never settles is a bug, and is cut off", async () => {
    const it = world({ needs: { status: [] }, settles: false });
    await expect(reconcileIncident(it.ports)).rejects.toThrow(
      "the plan does not settle: after 12 rounds it still wants post-comment:42:status",
    );
    expect(it.applied).toHaveLength(12);
  });

  it("commits are handed to their own passes once", async () => {
    const sha = "c".repeat(40);
    const it = world({ needs: { a: [], b: ["a"] }, plan: { commitsToCheck: [sha] } });
    const { fields } = await reconcileIncident(it.ports);
    expect(it.checked).toEqual([sha]);
    expect(fields).toMatchObject({ commits: [sha] });
  });

  it("names when time alone will change something, never a moment that is over", async () => {
    const until = (wakeAt: string) => world({ needs: {}, plan: { wakeAt } }).ports;
    const deadline = "2026-11-20T15:00:00Z";
    expect((await reconcileIncident(until(deadline))).wakeAt).toBe(Date.parse(deadline));
    expect((await reconcileIncident(until("2026-11-20T14:29:00Z"))).wakeAt).toBe(NOW + 1000);
  });

  describe("when only another look can take it further", () => {
    it("looks again, and does what follows from what it sees then", async () => {
      const it = world({
        needs: { merge: [], landed: ["merge"] },
        lookAgain: (state) => !state.comments.some(({ body }) => body === "landed"),
      });
      await reconcileIncident(it.ports);
      expect(it.applied).toEqual(["merge", "landed"]);
    });

    it("looks a few times, with growing pauses, then leaves it to news and the sweep", async () => {
      const it = world({ needs: {}, lookAgain: () => true });
      await reconcileIncident(it.ports);
      expect(it.pauses).toEqual([100, 1000, 3000]);
      expect(it.observations).toBe(4);
    });

    it("does not try again what was refused in this pass", async () => {
      let tries = 0;
      const it = world({
        needs: { tag: [] },
        lookAgain: () => true,
        apply: (action) => {
          tries += 1;
          return refuse(PROTECTED)(action);
        },
      });
      await reconcileIncident(it.ports);
      expect(tries).toBe(1);
    });

    it("ends well when the incident is gone by then", async () => {
      const it = world({ needs: {}, lookAgain: () => true });
      const answers: (Observation | null)[] = [await it.ports.observe(), null];
      const result = await reconcileIncident({ ...it.ports, observe: async () => answers.shift() ?? null });
      expect(result.fields).toMatchObject({ phase: "fixing" });
    });
  });
});
