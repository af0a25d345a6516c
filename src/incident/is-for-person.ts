import type { Config } from "../config/schema.ts";
import type { IncidentState } from "./state.ts";
import type { PullRequestFacts } from "./state/pull-request-facts.ts";

/** Nobody but a person will merge it. */
export function isForPerson(
  state: IncidentState,
  config: Config,
  pull: PullRequestFacts,
  target: string,
): boolean {
  const isAllowed = config.merge.backMerges === "auto" && state.repository.autoMergeAllowed;
  const switched = pull.events.findLast((event) => event.kind.startsWith("auto_merge"));
  const isSwitchedOff = switched?.kind === "auto_merge_disabled" && switched.actor.kind === "user";
  return !isAllowed || pull.base !== target || isSwitchedOff;
}
