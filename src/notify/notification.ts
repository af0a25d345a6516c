import type { Config } from "../config/schema.ts";
import type { Announcement } from "../incident/action.ts";
import type { IncidentFacts } from "../incident/facts.ts";
import { incidentId } from "../incident/names.ts";

/**
 * What is told outside of the repository (faults.md S38): which incident, how bad, where to read on. No text of people, no title, no money, no name: who
 * reads a chat or a log may not be allowed to read the repository.
 */
export interface Notification {
  readonly kind: Announcement["kind"];
  /** Of the issue. */
  readonly number: number;
  /** `PAYMENT-CRITICAL-042`; null where a part of it was typed by a person and not configured. */
  readonly incident: string | null;
  readonly severity: string;
  /** Address of the comment on GitHub, which asks its readers who they are. */
  readonly link: string;
}

/** Where notifications go. Whoever calls it waits neither for its answer nor for its success. */
export interface Notifier {
  notify(notification: Notification): Promise<void>;
}

export function notificationOf(
  kind: Notification["kind"],
  { number, id, severity }: IncidentFacts,
  config: Config,
  link: string,
): Notification {
  return { kind, number, incident: isConfigured(id, number, config) ? id : null, severity, link };
}

/** Where no service is configured, a person may have named one in the issue form, and its name is a part of the id. */
function isConfigured(id: string, number: number, { services, severities }: Config): boolean {
  return [null, ...Object.keys(services)].some((service) =>
    Object.keys(severities).some((severity) => incidentId(service, severity, number) === id),
  );
}
