import { type Action, type ActionKind, actionKey, type Outcome } from "../incident/action.ts";
import { fingerprint } from "../incident/fingerprint.ts";
import type { IncidentState } from "../incident/state.ts";
import type { Problem } from "../incident/state/problem.ts";

/** The first repetition, then twice as long each time. */
const FIRST_MS = 10 * 60_000;
const LONGEST_MS = 3_600_000;
const MOST_INCIDENTS = 5000;

/** Of these only rules and files of the repository decide, which send no news when they change. */
const KINDS: ReadonlySet<ActionKind> = new Set([
  "create-branch",
  "create-tag",
  "publish-release",
  "propose-change",
]);
const CODES: ReadonlySet<string> = new Set([
  "rule-violation",
  "branch-protected",
  "workflow-drift",
  "configuration-not-edited",
]);

interface Refusal {
  readonly asked: string;
  readonly problem: Problem;
  readonly tries: number;
  readonly until: number;
}

/**
 * Writes that a rule of the repository refused, so that not every look at the incident tries them again: each try spends two writes of a budget that other
 * incidents share. What people say on the issue, push to a trunk or grant the app makes the next look try at once. Forgetting it costs one try.
 */
export class RefusalMemory {
  readonly #now: () => number;
  readonly #refusals = new Map<string, Map<string, Refusal>>();

  constructor(now: () => number) {
    this.#now = now;
  }

  /** The refusal that an action would meet again; null: to be tried. */
  expected(incident: string, state: IncidentState, action: Action): Problem | null {
    const known = this.#refusals.get(incident)?.get(actionKey(action));
    const isSame = known?.asked === askedOf(state, action) && this.#now() < known.until;
    return isSame ? known.problem : null;
  }

  note(incident: string, state: IncidentState, outcome: Outcome): void {
    const { action } = outcome;
    const ofIncident = this.#refusals.get(incident) ?? new Map<string, Refusal>();
    const key = actionKey(action);
    const before = ofIncident.get(key);
    ofIncident.delete(key);
    if (!outcome.ok && KINDS.has(action.kind) && CODES.has(outcome.problem.code)) {
      const asked = askedOf(state, action);
      const tries = before?.asked === asked ? before.tries + 1 : 1;
      const pause = Math.min(LONGEST_MS, FIRST_MS * 2 ** (tries - 1));
      ofIncident.set(key, { asked, problem: outcome.problem, tries, until: this.#now() + pause });
    }
    this.#refusals.delete(incident);
    if (ofIncident.size > 0) this.#refusals.set(incident, ofIncident);
    if (this.#refusals.size <= MOST_INCIDENTS) return;
    const [oldest] = this.#refusals.keys();
    if (oldest !== undefined) this.#refusals.delete(oldest);
  }
}

/** The action, and what people can do about it that can be seen. */
function askedOf(state: IncidentState, action: Action): string {
  const { production, integration, configuration, app } = state;
  // Not their number: one may have been deleted since.
  const said = state.comments.findLast((comment) => !comment.isOurs)?.id;
  const granted = [app.mayWriteWorkflows, app.lacks];
  return fingerprint(
    JSON.stringify([action, said, granted, production?.head, integration?.head, configuration.revision]),
  );
}
