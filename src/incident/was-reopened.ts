import { wasClosingTold } from "./closing.ts";
import type { RoundFacts } from "./facts/round-facts.ts";
import type { IncidentState } from "./state.ts";

/** Open again after the app had closed it, and without another round: whoever did that has a reason. */
export function wasReopened(state: IncidentState, rounds: readonly RoundFacts[]): boolean {
  const closed = state.events.findLast((event) => event.kind === "closed");
  return (
    state.issue.state === "open" &&
    closed?.actor.login === state.app.login &&
    wasClosingTold(state, rounds.at(-1)!.number)
  );
}
