import { ourComments } from "./comment-marker.ts";
import type { IncidentState } from "./state.ts";

/** Key of the closing comment: one for each round that ended with it, so that an incident which was reopened for another round is closed again. */
export function closingKey(round: number): Readonly<Record<string, string>> {
  return round === 1 ? {} : { round: String(round) };
}

export function wasClosingTold(state: IncidentState, round: number): boolean {
  return ourComments(state).some(
    ({ marker }) => marker.kind === "closed" && Number(marker.fields.round ?? 1) === round,
  );
}
