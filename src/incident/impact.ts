import type { Config } from "../config/schema.ts";
import type { ImpactFacts, IncidentTimes } from "./facts.ts";
import type { Form } from "./form.ts";
import type { RepositoryFacts } from "./state.ts";
import { between, shippedAt } from "./times.ts";

/**
 * What the incident costs: the figure before the service's before the configured one. Nothing here is rounded, and nothing is computed from what
 * was rounded for display. null: no figure is known, or a public repository may not show it.
 */
export function impactOf(
  config: Config,
  repository: RepositoryFacts,
  form: Form,
  service: string | null,
  times: IncidentTimes,
): ImpactFacts | null {
  if (!repository.isPrivate && !config.public.money) return null;
  const revenue = revenueOf(config, form, service);
  if (revenue === null) return null;
  const window = windowOf(times);
  return {
    ...revenue,
    perMinute: revenue.revenuePerHour / 60,
    statedPer: "hour",
    statedBy: null,
    window,
    loss: window === null ? null : (revenue.revenuePerHour * window.milliseconds) / 3_600_000,
    range: null,
    pieces: [],
  };
}

function revenueOf(
  config: Config,
  form: Form,
  service: string | null,
): Pick<ImpactFacts, "revenuePerHour" | "currency" | "source"> | null {
  const configured = service === null ? undefined : config.services[service];
  const currency = configured?.currency ?? config.revenue.currency;
  if (form.revenuePerHour !== null) {
    return { revenuePerHour: form.revenuePerHour, currency: form.currency ?? currency, source: "issue" };
  }
  if (configured?.revenuePerHour !== undefined) {
    return { revenuePerHour: configured.revenuePerHour, currency, source: "service" };
  }
  return config.revenue.perHour === undefined
    ? null
    : { revenuePerHour: config.revenue.perHour, currency: config.revenue.currency, source: "configuration" };
}

/** From the start of the impact, or the declaration where nobody said or what they said cannot be. */
function windowOf(times: IncidentTimes): ImpactFacts["window"] {
  const to = shippedAt(times);
  if (to === null) return null;
  const sinceStart = between(times.impactStarted, to);
  if (sinceStart !== null && times.impactStarted !== null) {
    return {
      from: times.impactStarted,
      to,
      milliseconds: sinceStart,
      fromIsDeclaration: false,
      toIs: "release",
    };
  }
  const sinceDeclaration = between(times.declared, to);
  return sinceDeclaration === null
    ? null
    : { from: times.declared, to, milliseconds: sinceDeclaration, fromIsDeclaration: true, toIs: "release" };
}
