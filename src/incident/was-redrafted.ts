import type { IncidentState } from "./state.ts";
import type { PullRequestFacts } from "./state/pull-request-facts.ts";

/** A person made it a draft again, after it had been ready or without that. */
export function wasRedrafted(state: IncidentState, pull: PullRequestFacts): boolean {
  return (
    pull.isDraft &&
    pull.events.some((event) => event.kind === "convert_to_draft" && event.actor.login !== state.app.login)
  );
}
