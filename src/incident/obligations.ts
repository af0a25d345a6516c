import type { Config } from "../config/schema.ts";
import { updateTimes } from "./deadlines.ts";
import type { IncidentFacts, UpdateFacts } from "./facts.ts";
import type { IncidentTimes } from "./facts/incident-times.ts";
import type { ObligationFacts } from "./facts/obligation-facts.ts";
import type { IncidentState } from "./state.ts";
import type { Instant } from "./state/instant.ts";
import { shippedAt } from "./times.ts";
import { onTimeOf, updateTimesOf } from "./update-times.ts";

const DAY_MS = 24 * 60 * 60_000;

/** How it went so far. */
interface Course {
  readonly times: IncidentTimes;
  /** Updates to stakeholders. */
  readonly sent: readonly UpdateFacts[];
  /** Who ended it when, with which nobody waits for news either; null: nobody did. */
  readonly ended: IncidentFacts["ended"];
}

/** What the severity asks of people: updates until the fix is out, and a retrospective after it has landed. */
export function obligationsOf(
  state: IncidentState,
  config: Config,
  severity: string,
  { times, sent, ended }: Course,
): ObligationFacts {
  const { updates, retrospective } = config.severities[severity]!;
  const due = updateTimes(updates, times.declared);
  const over = shippedAt(times) ?? ended?.at ?? null;
  // What was resolved without a release is looked back at, too; what was stopped was none.
  const end = times.landed ?? (ended?.kind === "resolved" ? ended.at : null);
  const isOver = over !== null;
  const told = updateTimesOf(due, sent);
  const passed = new Set(
    state.deadlines.filter((each) => each.name === "update" && each.passed).map((each) => each.at),
  );
  const owed = told.filter((each) => each.told === "not").map((each) => each.due);
  const last = due.findLast((at) => passed.has(at));
  return {
    updates: {
      due,
      reminder: isOver || last === undefined || !owed.includes(last) ? null : last,
      next: isOver ? null : (owed.find((at) => !passed.has(at)) ?? null),
      onTime: onTimeOf(told, over),
    },
    retrospectiveDue: retrospective === undefined || end === null ? null : dueDay(end, retrospective),
    targets: config.targets,
  };
}

/** `2026-11-23`. Saturdays and Sundays are no business days; holidays are not known. */
function dueDay(
  landed: Instant,
  { days, count }: NonNullable<Config["severities"][string]["retrospective"]>,
): string {
  let day = Date.parse(`${landed.slice(0, 10)}T00:00:00Z`);
  for (let left = days; left > 0; ) {
    day += DAY_MS;
    if (count === "calendar" || ![0, 6].includes(new Date(day).getUTCDay())) left -= 1;
  }
  return new Date(day).toISOString().slice(0, 10);
}
