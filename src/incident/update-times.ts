import type { IncidentFacts, ObligationFacts, UpdateFacts } from "./facts.ts";
import type { Instant } from "./state.ts";

/** The stretch in which an update keeps a due time: after the due time before it (the declaration), and not later. */
export interface UpdateWindow {
  readonly after: Instant;
  readonly due: Instant;
}

export function updateWindows(due: readonly Instant[], declared: Instant): readonly UpdateWindow[] {
  return due.map((each, index) => ({ after: due[index - 1] ?? declared, due: each }));
}

/** Whether an update was sent for this due time, not later than it. */
export function isKept({ after, due }: UpdateWindow, updates: readonly Pick<UpdateFacts, "at">[]): boolean {
  return updates.some(({ at }) => isAfter(at, after) && !isAfter(at, due));
}

/** Whether nothing has to be sent for this due time any more: there was one, on time or late. */
export function isSettled({ after }: UpdateWindow, updates: readonly Pick<UpdateFacts, "at">[]): boolean {
  return updates.some(({ at }) => isAfter(at, after));
}

/** How many of the due times until the release were kept; null: nothing was due until then. */
export function onTimeOf(
  windows: readonly UpdateWindow[],
  updates: readonly Pick<UpdateFacts, "at">[],
  shipped: Instant | null,
): ObligationFacts["updates"]["onTime"] {
  const counted = shipped === null ? [] : windows.filter(({ due }) => !isAfter(due, shipped));
  if (counted.length === 0) return null;
  return { met: counted.filter((window) => isKept(window, updates)).length, due: counted.length };
}

/** When the next update is due once one was sent at `sent`; null: none is any more. */
export function nextUpdate(facts: IncidentFacts, sent: Instant): Instant | null {
  const { due, next, reminder } = facts.obligations.updates;
  if (next === null && reminder === null) return null;
  const windows = updateWindows(due, facts.times.declared);
  const own = windows.findIndex((window) => !isAfter(sent, window.due));
  return own < 0 ? null : (windows[own + 1]?.due ?? null);
}

function isAfter(one: Instant, other: Instant): boolean {
  return Date.parse(one) > Date.parse(other);
}
