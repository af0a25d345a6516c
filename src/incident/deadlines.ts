import type { Config } from "../config/schema.ts";
import { declarationOf } from "./declaration.ts";
import { decisionsOf } from "./decisions.ts";
import { parseForm } from "./form.ts";
import { severityOf } from "./severity.ts";
import type { DeadlineFacts, IncidentState } from "./state.ts";
import type { Instant } from "./state/instant.ts";

const MOST_UPDATES = 50;

/** The deadlines of an incident, for `observe` to mark against its clock. Empty while nobody declared anything. */
export function deadlinesOf(
  state: IncidentState,
  config: Config,
): readonly Pick<DeadlineFacts, "name" | "at">[] {
  const declaration = declarationOf(state, config);
  if (declaration === null) return [];
  const { updates } = config.severities[severityNow(state, config)]!;
  return [
    { name: "sla", at: after(declaration.at, slaMinutesOf(state, config)) },
    ...updateTimes(updates, declaration.at).map((at) => ({ name: "update" as const, at })),
  ];
}

export function slaMinutesOf(state: IncidentState, config: Config): number {
  const regraded = decisionsOf(state).severity?.command.level ?? null;
  // Whoever regrades knows more than whoever filled in the form.
  const stated = regraded === null ? parseForm(state.issue.body).slaMinutes : null;
  return stated ?? config.severities[severityNow(state, config)]!.sla;
}

function severityNow(state: IncidentState, config: Config): string {
  const regraded = decisionsOf(state).severity?.command.level ?? null;
  return severityOf(config, state.issue.labels, parseForm(state.issue.body).severity, regraded).severity;
}

/** When updates are due after a declaration; none for a severity that asks for none. */
export function updateTimes(
  updates: Config["severities"][string]["updates"],
  declared: Instant,
): readonly Instant[] {
  if (updates === undefined) return [];
  const times: Instant[] = [];
  for (
    let minutes = updates.first;
    minutes <= updates.until && times.length < MOST_UPDATES;
    minutes += updates.every
  ) {
    times.push(after(declared, minutes));
  }
  return times;
}

export function after(instant: Instant, minutes: number): Instant {
  return new Date(Date.parse(instant) + minutes * 60_000).toISOString().replace(".000Z", "Z");
}
