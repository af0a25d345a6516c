import type { Config } from "../../src/config/schema.ts";
import { type Action, actionKey } from "../../src/incident/action.ts";
import { plan } from "../../src/incident/plan.ts";
import type { IncidentState } from "../../src/incident/state.ts";
import type { Problem } from "../../src/incident/state/problem.ts";
import type { PullRequestFacts } from "../../src/incident/state/pull-request-facts.ts";
import { plainRenderer } from "./plain-renderer.ts";
import { shopConfig } from "./state-builder.ts";

export function planOf(state: IncidentState, config: Config = shopConfig) {
  return plan(state, { config, render: plainRenderer });
}

/** Kinds of what is planned, with what they are about where one kind is there more than once. */
export function plannedKeys(state: IncidentState, config: Config = shopConfig): readonly string[] {
  return planOf(state, config).actions.map((action) =>
    action.kind === "post-comment"
      ? `comment ${/kind=([\w%-]+)/u.exec(action.marker)?.[1]}`
      : actionKey(action),
  );
}

/** Without the status comment, whose text in these states is never the renderer's. */
export function plannedWork(state: IncidentState, config: Config = shopConfig): readonly string[] {
  return plannedKeys(state, config).filter((key) => key !== "write-status");
}

export function plannedAction<Kind extends Action["kind"]>(
  state: IncidentState,
  kind: Kind,
  config: Config = shopConfig,
) {
  const action = planOf(state, config).actions.find((each) => each.kind === kind);
  if (action === undefined) throw new Error(`no ${kind} is planned`);
  return action as Extract<Action, { kind: Kind }>;
}

export function inPull(
  state: IncidentState,
  number: number,
  change: Partial<PullRequestFacts>,
): IncidentState {
  return {
    ...state,
    pullRequests: state.pullRequests.map((pull) => (pull.number === number ? { ...pull, ...change } : pull)),
  };
}

export function inIssue(state: IncidentState, change: Partial<IncidentState["issue"]>): IncidentState {
  return { ...state, issue: { ...state.issue, ...change } };
}

export function refusing(state: IncidentState, key: string, over: Partial<Problem> = {}): IncidentState {
  const problem = {
    code: "permission-missing",
    sentence: "No.",
    nextStep: "Grant it.",
    transient: false,
    ...over,
  };
  return { ...state, refusals: { ...state.refusals, [key]: problem } };
}
