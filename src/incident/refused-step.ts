import type { NextStep } from "./facts.ts";
import type { IncidentState } from "./state.ts";

/** What GitHub refused of the actions whose keys begin with `key`; null: nothing, or the app tries again by itself. */
export function refusedStep(
  state: IncidentState,
  key: string,
  responders: readonly string[],
): NextStep | null {
  const refused = Object.entries(state.refusals).find(
    ([name, problem]) => name.startsWith(key) && !problem.transient,
  )?.[1];
  return refused === undefined ? null : { who: responders, what: refused.nextStep };
}
