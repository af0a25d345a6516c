import type { Observation } from "../github/observe-incident.ts";
import type { Phase } from "../incident/facts.ts";
import { Parked } from "../github/parked.ts";
import { type Action, actionKey, type Outcome } from "../incident/action.ts";
import type { Plan } from "../incident/plan.ts";
import type { IncidentState } from "../incident/state.ts";
import type { Sha } from "../incident/state/commit-facts.ts";
import { problemIn, problemSaidIn } from "../incident/problem-in.ts";
import { saying } from "../incident/say.ts";
import type { Problem } from "../incident/state/problem.ts";
import { Unfinished } from "./fate.ts";
import { inParallel } from "../github/in-parallel.ts";
import type { PassResult } from "./worker.ts";

/** What a pass over one incident needs: reading, deciding, doing, and folding what was done into what was read. */
export interface IncidentPorts {
  /** null: no incident, or nothing of it that can be seen. */
  observe(): Promise<Observation | null>;
  plan(observation: Observation): Plan;
  phaseOf(observation: Observation): Phase;
  apply(observation: Observation, action: Action): Promise<Outcome>;
  advance(state: IncidentState, outcome: Outcome): IncidentState;
  /** Stores that the checks of these commits are missing or unfinished. */
  checkCommits(commits: readonly Sha[]): Promise<void>;
  /** Stores that another issue is to be looked at soon. */
  lookAt(issue: number): Promise<void>;
  /** How soon it goes on, compared with others, where all wait for the same. */
  urgencyOf(observation: Observation): number;
  now(): number;
  sleep(ms: number): Promise<void>;
}

/** GitHub's burst limits are per installation; more at a time gains nothing for one incident. */
const WRITES_IN_FLIGHT = 4;
/** The longest incident needs about six rounds. */
const ROUNDS = 12;
/** Pauses before the incident is observed again for what GitHub has not shown yet. */
const LOOKS_MS = [100, 1000, 3000];

/**
 * One pass: observe, then plan and do until nothing is missing. What cannot be done is left out and the rest goes on; at the end the pass
 * throws when something is left that may work in a while.
 */
export async function reconcileIncident(ports: IncidentPorts): Promise<PassResult> {
  let observation = await ports.observe();
  if (observation === null) return { wakeAt: null, fields: { incident: false } };
  const pass = new RunningPass(ports);
  let plan: Plan;
  for (let look = 0; ; look += 1) {
    ({ observation, plan } = await pass.settle(observation));
    const pause = LOOKS_MS[look];
    if (!plan.lookAgain || pause === undefined) break;
    await ports.sleep(pause);
    const again = await ports.observe();
    if (again === null) break;
    // What was refused stays refused in this pass.
    const { refusals } = observation.state;
    observation = { ...again, state: { ...again.state, refusals } };
  }
  if (plan.alsoLook !== null) await ports.lookAt(plan.alsoLook);
  pass.throwUnlessFinished(observation);
  const wakeAt = plan.wakeAt === null ? null : Math.max(Date.parse(plan.wakeAt), ports.now() + 1000);
  return { wakeAt, fields: { phase: ports.phaseOf(observation), ...pass.fields } };
}

class RunningPass {
  readonly #ports: IncidentPorts;
  readonly #done: string[] = [];
  readonly #refused: string[] = [];
  readonly #commits = new Set<Sha>();
  readonly #thrown: unknown[] = [];
  #rounds = 0;

  constructor(ports: IncidentPorts) {
    this.#ports = ports;
  }

  get fields(): Readonly<Record<string, unknown>> {
    return {
      rounds: this.#rounds,
      done: this.#done,
      ...(this.#refused.length > 0 && { refused: this.#refused }),
      ...(this.#commits.size > 0 && { commits: [...this.#commits] }),
    };
  }

  /** Plans and does until the plan is empty. */
  async settle(from: Observation): Promise<{ readonly observation: Observation; readonly plan: Plan }> {
    let observation = from;
    for (;;) {
      const plan = this.#ports.plan(observation);
      await this.#enqueueCommits(plan.commitsToCheck);
      if (plan.actions.length === 0) return { observation, plan };
      this.#rounds += 1;
      if (this.#rounds > ROUNDS)
        throw new Error(
          `the plan does not settle: after ${ROUNDS} rounds it still wants ${plan.actions.map(actionKey).join(", ")}`,
        );
      observation = { ...observation, state: await this.#doAll(observation, plan.actions) };
    }
  }

  /** What failed unexpectedly first, else what GitHub refused for now. */
  throwUnlessFinished(observation: Observation): void {
    const { state } = observation;
    const first = this.#thrown[0];
    if (first instanceof Parked)
      throw new Parked(first.message, first.until, this.#ports.urgencyOf(observation));
    if (this.#thrown.length > 0) throw first;
    const left = Object.entries(state.refusals).filter(([, problem]) => problem.transient);
    if (left.length > 0)
      throw new Unfinished(
        left.map(([key, problem]) => `${key}: ${problem.sentence}`).join(" "),
        this.fields,
      );
  }

  async #doAll(observation: Observation, actions: readonly Action[]): Promise<IncidentState> {
    const results = await inParallel(actions, WRITES_IN_FLIGHT, (action) =>
      this.#ports.apply(observation, action),
    );
    return results.reduce((state, result, index) => {
      const outcome =
        result.status === "fulfilled"
          ? result.value
          : this.#failed(observation, actions[index]!, result.reason);
      this.#note(outcome);
      return this.#ports.advance(state, outcome);
    }, observation.state);
  }

  /** One action that throws must not keep the others from being done. */
  #failed({ config }: Observation, action: Action, error: unknown): Outcome {
    this.#thrown.push(error);
    const problem = error instanceof Parked ? waiting(error.until - this.#ports.now()) : UNEXPECTED;
    return { action, ok: false, problem: problemSaidIn(problem, config.locale) };
  }

  #note(outcome: Outcome): void {
    const key = actionKey(outcome.action);
    if (outcome.ok) this.#done.push(key);
    else this.#refused.push(`${key}: ${outcome.problem.code}`);
  }

  async #enqueueCommits(commits: readonly Sha[]): Promise<void> {
    const fresh = commits.filter((sha) => !this.#commits.has(sha));
    if (fresh.length === 0) return;
    for (const sha of fresh) this.#commits.add(sha);
    await this.#ports.checkCommits(fresh);
  }
}

/** What failed stands in the log; the comment must not change with every try. */
const UNEXPECTED: Problem = problemIn({
  code: "unexpected-failure",
  sentence: saying("A step could not be finished, and the app will try it again by itself."),
  nextStep: saying(
    "If this stays for more than ten minutes, ask the operator of the app to look at its log.",
  ),
  transient: true,
});

/** When it goes on, in words that stay the same while it waits: what is written must not change with the clock. */
function waiting(ms: number): Problem {
  const within =
    ms <= 2 * 60_000
      ? saying("two minutes")
      : ms <= 15 * 60_000
        ? saying("a quarter of an hour")
        : saying("an hour");
  return problemIn({
    code: "budget-spent",
    sentence: saying(
      "GitHub's limit for what the app may write is reached, so the other steps wait; the app tries again within {within}.",
      { within },
    ),
    nextStep: saying("Nothing: the app goes on by itself."),
    transient: true,
  });
}
