import type { IncidentFacts } from "./facts.ts";
import type { IncidentState } from "./state.ts";
import { GHOST } from "./state/actor.ts";

/** Who is on it: who pushed the fix, else the assignees, else whoever declared the incident. */
export function respondersOf(
  state: IncidentState,
  known: Pick<IncidentFacts, "acceptedBy">,
): readonly string[] {
  const pusher = lastPusher(state);
  if (pusher !== null) return [pusher];
  if (state.issue.assignees.length > 0) return state.issue.assignees;
  const { acceptedBy } = known;
  return acceptedBy === null || acceptedBy === GHOST || acceptedBy.endsWith("[bot]") ? [] : [acceptedBy];
}

/** The last person who pushed to a hotfix branch. */
export function lastPusher(state: IncidentState): string | null {
  const last = state.pushes.findLast(
    (push) =>
      push.actor.kind === "user" && push.kind !== "branch_deletion" && push.kind !== "branch_creation",
  );
  return last?.actor.login ?? null;
}
