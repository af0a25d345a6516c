import { ourComments } from "./comment-marker.ts";
import type { RoundFacts } from "./facts/round-facts.ts";
import type { IncidentState } from "./state.ts";
import type { Instant } from "./state/instant.ts";

/** Key of the closing comment: one for each round that ended with it, so that an incident which was reopened for another round is closed again. */
export function closingKey(round: number): Readonly<Record<string, string>> {
  return round === 1 ? {} : { round: String(round) };
}

export function wasClosingTold(state: IncidentState, round: number): boolean {
  return ourComments(state).some(
    ({ marker }) => marker.kind === "closed" && Number(marker.fields.round ?? 1) === round,
  );
}

/**
 * Whether the app closed the issue at the end of the last of these rounds. Times are whole seconds: a closing in the second in which the round began may be
 * that of the round before. Then they are counted, as they are where the round has no time, since every round that told its end has one.
 */
export function wasClosedByApp(state: IncidentState, rounds: readonly RoundFacts[]): boolean {
  const [last, ...earlier] = rounds.toReversed();
  const closings = state.events.filter(
    (event) => event.kind === "closed" && event.actor.login === state.app.login,
  );
  const begun = last?.pullRequest?.createdAt ?? null;
  const isAfter = (at: Instant): boolean => begun !== null && Date.parse(at) > Date.parse(begun);
  if (closings.some(({ at }) => isAfter(at))) return true;
  const told = earlier.filter(({ number }) => wasClosingTold(state, number));
  const mayBeOurs = begun === null || closings.some(({ at }) => Date.parse(at) === Date.parse(begun));
  return (mayBeOurs || earlier.length === 0) && closings.length > told.length;
}
