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

/** `2026-11-20 23:50:15, 2026-11-21 00:10:15, 00:30:15 UTC`: a day is named where it begins. */
export function formatInstants(instants: readonly Instant[]): string {
  const words = instants.map((each, index) => {
    const before = instants[index - 1];
    const isSameDay = before !== undefined && formatDay(before) === formatDay(each);
    return isSameDay ? formatTimeOfDay(each) : `${formatDay(each)} ${formatTimeOfDay(each)}`;
  });
  return words.length === 0 ? "" : `${words.join(", ")} UTC`;
}

function isoOf(instant: Instant): string {
  const time = Date.parse(instant);
  if (Number.isNaN(time)) throw new RangeError(`not an instant: ${JSON.stringify(instant)}`);
  return new Date(time).toISOString();
}
