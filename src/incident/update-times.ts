import type { IncidentFacts, UpdateFacts } from "./facts.ts";
import type { ObligationFacts } from "./facts/obligation-facts.ts";
import type { Instant } from "./state/instant.ts";

/** A time at which stakeholders were to be told, and what became of it. */
export interface UpdateTime {
  readonly due: Instant;
  readonly told: "on time" | "late" | "not";
}

/**
 * Which due times the updates answer. One that comes late answers for all that were missed before it, and for no later one: the next is still owed. Else it
 * answers for the due time that comes next.
 */
export function updateTimesOf(
  due: readonly Instant[],
  updates: readonly Pick<UpdateFacts, "at">[],
): readonly UpdateTime[] {
  const told = due.map((): UpdateTime["told"] => "not");
  for (const { at } of updates.toSorted((one, other) => Date.parse(one.at) - Date.parse(other.at))) {
    const missed = due.flatMap((each, index) => (told[index] === "not" && isAfter(at, each) ? [index] : []));
    for (const index of missed) told[index] = "late";
    const next = due.findIndex((each) => !isAfter(at, each));
    if (missed.length === 0 && next >= 0) told[next] = "on time";
  }
  return due.map((each, index) => ({ due: each, told: told[index]! }));
}

/** How many of the due times were kept until it was `over`: released, or ended by a person; null: nothing was due until then. */
export function onTimeOf(
  times: readonly UpdateTime[],
  over: Instant | null,
): ObligationFacts["updates"]["onTime"] {
  const counted = over === null ? [] : times.filter(({ due }) => !isAfter(due, over));
  if (counted.length === 0) return null;
  return { met: counted.filter(({ told }) => told === "on time").length, due: counted.length };
}

/** When the next update is due once one was sent at `sent`; null: none is any more. */
export function nextUpdate({ updates, obligations }: IncidentFacts, sent: Instant): Instant | null {
  const { due, next, reminder } = obligations.updates;
  // The fix is out.
  if (next === null && reminder === null) return null;
  const times = updateTimesOf(due, [...updates, { at: sent }]);
  return times.find((each) => each.told === "not" && isAfter(each.due, sent))?.due ?? null;
}

function isAfter(one: Instant, other: Instant): boolean {
  return Date.parse(one) > Date.parse(other);
}
