import type { Instant } from "../incident/state.ts";

const known = new Map<string, Intl.DateTimeFormat | null>();

/** `2026-11-20 15:30:15` on the clocks of a zone, or null where nobody knows the zone. */
export function formatInZone(instant: Instant, zone: string): string | null {
  const format = formatOf(zone);
  if (format === null) return null;
  const parts = new Map(format.formatToParts(Date.parse(instant)).map(({ type, value }) => [type, value]));
  const [year, month, day, hour, minute, second] = ["year", "month", "day", "hour", "minute", "second"].map(
    (type) => parts.get(type as Intl.DateTimeFormatPartTypes) ?? "",
  );
  return `${year}-${month}-${day} ${hour}:${minute}:${second}`;
}

function formatOf(zone: string): Intl.DateTimeFormat | null {
  const format = known.get(zone);
  if (format !== undefined) return format;
  const made = makeFormat(zone);
  known.set(zone, made);
  return made;
}

function makeFormat(timeZone: string): Intl.DateTimeFormat | null {
  try {
    return new Intl.DateTimeFormat("en-GB", {
      timeZone,
      hourCycle: "h23",
      year: "numeric",
      month: "2-digit",
      day: "2-digit",
      hour: "2-digit",
      minute: "2-digit",
      second: "2-digit",
    });
  } catch (error) {
    // A zone that the configuration allowed and this runtime does not know.
    if (error instanceof RangeError) return null;
    throw error;
  }
}
