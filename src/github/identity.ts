import type { Config } from "../config/schema.ts";
import { frozenOf } from "../incident/comment-marker.ts";
import { parseForm } from "../incident/form.ts";
import { incidentId } from "../incident/names.ts";
import { serviceOf } from "../incident/service.ts";
import { severityOf } from "../incident/severity.ts";
import type { IncidentState } from "../incident/state.ts";

export function identityOf(
  state: IncidentState,
  config: Config,
): { readonly id: string; readonly service: string | null; readonly severity: string } {
  const form = parseForm(state.issue.body);
  const { service } = serviceOf(config, state.issue.labels, form.service);
  const { severity } = severityOf(config, state.issue.labels, form.severity);
  return {
    id: frozenOf(state).id ?? incidentId(service, severity, state.issue.number),
    service,
    severity,
  };
}
