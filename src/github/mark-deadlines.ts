import type { Config } from "../config/schema.ts";
import { declarationOf } from "../incident/declaration.ts";
import { parseForm } from "../incident/form.ts";
import type { DeadlineFacts, IncidentState } from "../incident/state.ts";
import { identityOf } from "./identity.ts";

/** Time enters here and nowhere else: which deadlines have passed by now (milliseconds since the epoch). */
export function markDeadlines(state: IncidentState, config: Config, now: number): DeadlineFacts[] {
  const declaration = declarationOf(state, config);
  if (declaration === null) return [];
  const minutes =
    parseForm(state.issue.body).slaMinutes ?? config.severities[identityOf(state, config).severity]?.sla;
  if (minutes === undefined) return [];
  const at = Date.parse(declaration.at) + minutes * 60_000;
  return [{ name: "sla", at: new Date(at).toISOString().replace(".000Z", "Z"), passed: now >= at }];
}
