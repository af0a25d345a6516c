import type { Config } from "../config/schema.ts";
import { declarationOf } from "./declaration.ts";
import { decisionsOf } from "./decisions.ts";
import { parseForm } from "./form.ts";
import { severityOf } from "./severity.ts";
import type { DeadlineFacts, IncidentState, Instant } from "./state.ts";

/** The deadlines of an incident, for `observe` to mark against its clock. Empty while nobody declared anything. */
export function deadlinesOf(
  state: IncidentState,
  config: Config,
): readonly Pick<DeadlineFacts, "name" | "at">[] {
  const declaration = declarationOf(state, config);
  return declaration === null
    ? []
    : [{ name: "sla", at: after(declaration.at, slaMinutesOf(state, config)) }];
}

export function slaMinutesOf(state: IncidentState, config: Config): number {
  const form = parseForm(state.issue.body);
  const regraded = decisionsOf(state).severity?.command.level ?? null;
  const { severity } = severityOf(config, state.issue.labels, form.severity, regraded);
  // Whoever regrades knows more than whoever filled in the form.
  return (regraded === null ? form.slaMinutes : null) ?? config.severities[severity]!.sla;
}

export function after(instant: Instant, minutes: number): Instant {
  return new Date(Date.parse(instant) + minutes * 60_000).toISOString().replace(".000Z", "Z");
}
