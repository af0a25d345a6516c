import type { Instant } from "../incident/state/instant.ts";

/** `2026-11-20 14:30:15 UTC`. */
export function formatInstant(instant: Instant): string {
  return `${formatDay(instant)} ${formatTimeOfDay(instant)} UTC`;
}

/** `2026-11-20`, in UTC. */
export function formatDay(instant: Instant): string {
  return isoOf(instant).slice(0, 10);
}

/** `14:30:15`, in UTC. */
export function formatTimeOfDay(instant: Instant): string {
  return isoOf(instant).slice(11, 19);
}

function isoOf(instant: Instant): string {
  const time = Date.parse(instant);
  if (Number.isNaN(time)) throw new RangeError(`not an instant: ${JSON.stringify(instant)}`);
  return new Date(time).toISOString();
}
