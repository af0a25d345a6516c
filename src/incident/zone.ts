import type { Instant } from "./state/instant.ts";

/** A day of the calendar; months from 1. */
export interface Day {
  readonly year: number;
  readonly month: number;
  readonly day: number;
}

const DAY = 86_400_000;
const formats = new Map<string, Intl.DateTimeFormat>();

/** Whether it is the name of a zone in the time zone database, such as Europe/Berlin. */
export function isZone(name: string): boolean {
  // An offset such as +01:00 is no zone of people: it does not know when clocks are changed.
  if (!/^[A-Za-z]/u.test(name)) return false;
  try {
    formatOf(name);
    return true;
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}

/** The day on the calendar at a moment. */
export function localDayOf(moment: number, zone: string): Day {
  const local = new Date(wallTimeOf(moment, zone));
  return { year: local.getUTCFullYear(), month: local.getUTCMonth() + 1, day: local.getUTCDate() };
}

/**
 * The moments at which the clocks of a zone show a time, earliest first: none where clocks were put forward over it, two where they were put back.
 * @param wall what they show, as if it were UTC
 */
export function momentsOf(wall: number, zone: string): readonly number[] {
  // Offsets change at most once in two days, so the ones around are all that come into question.
  const offsets = [wall - DAY, wall, wall + DAY].map((moment) => wallTimeOf(moment, zone) - moment);
  return [...new Set(offsets)]
    .map((offset) => wall - offset)
    .filter((moment) => wallTimeOf(moment, zone) === wall)
    .toSorted((one, other) => one - other);
}

/** What the clocks of a zone show at a moment, as if it were UTC. Whole seconds. */
export function wallTimeOf(moment: number, zone: string): number {
  const parts = Object.fromEntries(
    formatOf(zone)
      .formatToParts(moment)
      .map(({ type, value }) => [type, Number(value)]),
  );
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = parts;
  return Date.UTC(year, month - 1, day, hour, minute, second);
}

/** ISO 8601 in UTC, whole seconds. */
export function instantAt(moment: number): Instant {
  return new Date(Math.floor(moment / 1_000) * 1_000).toISOString().replace(".000Z", "Z");
}

function formatOf(zone: string): Intl.DateTimeFormat {
  const known = formats.get(zone);
  if (known !== undefined) return known;
  const format = new Intl.DateTimeFormat("en-US", {
    timeZone: zone,
    hourCycle: "h23",
    calendar: "gregory",
    numberingSystem: "latn",
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
    hour: "2-digit",
    minute: "2-digit",
    second: "2-digit",
  });
  if (formats.size < 500) formats.set(zone, format);
  return format;
}
