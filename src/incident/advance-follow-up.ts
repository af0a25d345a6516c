import type { OutcomeValue } from "./action.ts";
import type { IncidentState } from "./state.ts";
import type { Instant } from "./state/instant.ts";

/** The issue of an action item is there, and linked as far as that goes. */
export function openedFollowUp(
  state: IncidentState,
  key: string,
  { number, id, url }: Extract<OutcomeValue, { kind: "issue" }>,
): IncidentState {
  const known = state.followUps ?? [];
  const found = known.find((each) => each.number === number);
  if (found !== undefined) {
    return {
      ...state,
      followUps: known.map((each) => (each === found ? { ...each, id, isLinked: true } : each)),
    };
  }
  const opened = {
    key,
    number,
    id,
    url,
    state: "open",
    stateReason: null,
    closedAt: null,
    lastClosedAt: null,
    isLinked: true,
  } as const;
  return { ...state, followUps: [...known, opened] };
}

export function closedFollowUp(state: IncidentState, number: number, at: Instant): IncidentState {
  return {
    ...state,
    followUps: (state.followUps ?? []).map((each) =>
      each.number === number
        ? { ...each, state: "closed", stateReason: "not_planned", closedAt: at, lastClosedAt: at }
        : each,
    ),
  };
}
