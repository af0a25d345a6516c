import { type Saying, saying } from "./say.ts";
import type { Instant } from "./state/instant.ts";
import { instantAt, localDayOf, momentsOf, type Day, wallTimeOf } from "./zone.ts";

/** A time as somebody wrote it, before it is known when and in which zone they did. */
export type SpokenTime =
  | { readonly kind: "ago"; readonly milliseconds: number }
  | { readonly kind: "instant"; readonly at: Instant }
  /** Of the clock on the wall. `day` null: whichever fits. `offset` null: the zone of the configuration, else minutes east of UTC. */
  | {
      readonly kind: "clock";
      readonly day: Day | "today" | "yesterday" | null;
      /** Seconds since midnight. */
      readonly second: number;
      readonly offset: number | null;
      readonly text: string;
    };

export type TimeReading =
  | { readonly ok: true; readonly time: SpokenTime; readonly rest: string }
  | { readonly ok: false; readonly why: Saying };

export type Understood =
  | { readonly ok: true; readonly at: Instant }
  | { readonly ok: false; readonly why: Saying; readonly nextStep: Saying };

const MINUTE = 60_000;
const DAY = 86_400_000;
const UNITS: Readonly<Record<string, number>> = { s: 1_000, m: MINUTE, h: 60 * MINUTE, d: DAY };
/** A clock that is a little ahead of GitHub's does not make a time one of yesterday. */
const A_LITTLE = 10 * MINUTE;

const AGO =
  /^(?<first>\d{1,5}|an?)\s*(?<unit>seconds?|secs?|s|minutes?|mins?|m|hours?|hrs?|h|days?|d)(?:\s+(?:and\s+)?(?<second>\d{1,5})\s*(?<smaller>seconds?|secs?|s|minutes?|mins?|m|hours?|hrs?|h))?\s+ago(?![\w-])/iu;
const DATED =
  /^(?:(?<date>\d{4}-\d{2}-\d{2})(?:T|\s+)|(?<word>today|yesterday)\s+(?:at\s+)?)?(?<hour>\d{1,2})(?:[:.](?<minute>\d{2})(?:[:.](?<second>\d{2})(?:\.\d{1,9})?)?)?(?:\s*(?<half>am|pm))?(?:\s*(?<zone>Z|UTC|GMT|[+-]\d{2}:?\d{2}))?(?![\w:+-]|\.\d)/iu;

export const TIME_EXAMPLES = "14:30, 2026-11-20 14:30 UTC, yesterday 23:50, 7 minutes ago, now";

/** The time that a text begins with, and what follows it. */
export function readTime(text: string): TimeReading {
  const now = /^(?:just\s+)?now(?![\w-])/iu.exec(text);
  if (now !== null) return found(text, now[0], { kind: "ago", milliseconds: 0 });
  const ago = AGO.exec(text);
  if (ago !== null) return found(text, ago[0], { kind: "ago", milliseconds: agoOf(ago.groups!) });
  const dated = DATED.exec(text);
  if (dated === null) return unreadable(text);
  const { hour, minute, half, date } = dated.groups as Partial<Record<string, string>>;
  // A lone number is no time: `at 5 customers called`.
  if (minute === undefined && half === undefined) return unreadable(text);
  const second = secondOf(Number(hour), Number(minute ?? 0), Number(dated.groups!.second ?? 0), half);
  const day = dayOf(date, dated.groups!.word);
  if (second === null || day === undefined) return unreadable(text);
  const offset = offsetOf(dated.groups!.zone);
  if (offset === undefined) return unreadable(text);
  const time: SpokenTime =
    typeof day === "object" && day !== null && offset !== null
      ? {
          kind: "instant",
          at: instantAt(Date.UTC(day.year, day.month - 1, day.day) + second * 1_000 - offset * MINUTE),
        }
      : { kind: "clock", day, second, offset, text: dated[0].trim() };
  return found(text, dated[0], time);
}

/**
 * The instant that is meant, of a time said at `said`. A clock time without a day is the newest one that is not after that; what the change of the
 * clocks left out or gave twice is asked about.
 * @param zone IANA name
 */
export function understood(time: SpokenTime, said: Instant, zone: string): Understood {
  const now = Date.parse(said);
  switch (time.kind) {
    case "ago":
      return notLater(now - time.milliseconds, now, said);
    case "instant":
      return notLater(Date.parse(time.at), now, said);
    case "clock":
      return onTheClock(time, now, said, zone);
  }
}

function onTheClock(
  time: Extract<SpokenTime, { kind: "clock" }>,
  now: number,
  said: Instant,
  zone: string,
): Understood {
  const today = time.offset === null ? localDayOf(now, zone) : dayIn(now, time.offset);
  if (time.day !== null) {
    const day = time.day === "today" ? today : time.day === "yesterday" ? dayBefore(today) : time.day;
    return onDay(time, day, now, said, zone);
  }
  const latest = onDay(time, today, now, said, zone);
  if (latest.ok) return latest;
  const isAhead = momentOf(time, today, zone).some((at) => at > now && at - now <= A_LITTLE);
  if (isAhead) {
    return {
      ok: false,
      why: future(time.text, said),
      nextStep: saying("Write it again when it is over, or `yesterday {time}` if that is meant", {
        time: time.text,
      }),
    };
  }
  const hasCome = momentOf(time, today, zone).some((at) => at <= now) || isLeftOut(time, today, now, zone);
  return hasCome ? latest : onDay(time, dayBefore(today), now, said, zone);
}

function onDay(
  time: Extract<SpokenTime, { kind: "clock" }>,
  day: Day,
  now: number,
  said: Instant,
  zone: string,
): Understood {
  const moments = momentOf(time, day, zone);
  const name = {
    time: time.text.replace(/^(?:today|yesterday|\d{4}-\d{2}-\d{2})[T\s]\s*/iu, ""),
    day: dayInWords(day),
    zone,
  };
  if (moments.length === 0) {
    return {
      ok: false,
      why: saying(
        "there was no {time} on {day} in {zone}, because the clocks were put forward over it",
        name,
      ),
      nextStep: saying("Write the time in UTC, such as 01:30 UTC"),
    };
  }
  const come = moments.filter((at) => at <= now);
  if (come.length > 1) {
    const [one = "", other = ""] = come.map((at) => inWords(instantAt(at)));
    return {
      ok: false,
      why: saying(
        "it was {time} twice on {day} in {zone}, because the clocks were put back: {one} or {other}",
        { ...name, one, other },
      ),
      nextStep: saying("Write the one that is meant in UTC"),
    };
  }
  return notLater(come[0] ?? moments[0]!, now, said);
}

function momentOf(time: Extract<SpokenTime, { kind: "clock" }>, day: Day, zone: string): readonly number[] {
  const local = Date.UTC(day.year, day.month - 1, day.day) + time.second * 1_000;
  return time.offset === null ? momentsOf(local, zone) : [local - time.offset * MINUTE];
}

/** Whether the clocks were put forward over it and show a later time by now. */
function isLeftOut(
  time: Extract<SpokenTime, { kind: "clock" }>,
  day: Day,
  now: number,
  zone: string,
): boolean {
  return (
    time.offset === null &&
    momentOf(time, day, zone).length === 0 &&
    wallTimeOf(now, zone) > Date.UTC(day.year, day.month - 1, day.day) + time.second * 1_000
  );
}

function notLater(at: number, now: number, said: Instant): Understood {
  if (at <= now) return { ok: true, at: instantAt(at) };
  return {
    ok: false,
    why: future(inWords(instantAt(at)), said),
    nextStep: saying("Write a time that is over"),
  };
}

function future(time: string, said: Instant): Saying {
  return saying("{time} is in the future of the comment, which was written {said}", {
    time,
    said: inWords(said),
  });
}

/** `2026-11-20 14:30:15 UTC` */
export function inWords(at: Instant): string {
  return `${at.slice(0, 10)} ${at.slice(11, 19)} UTC`;
}

function found(text: string, match: string, time: SpokenTime): TimeReading {
  return { ok: true, time, rest: text.slice(match.length).replace(/^[\s,;:–—-]+/u, "") };
}

function unreadable(text: string): TimeReading {
  return {
    ok: false,
    why: saying("{text} is no time; write one such as {examples}", {
      text: JSON.stringify(text.slice(0, 60)),
      examples: TIME_EXAMPLES,
    }),
  };
}

function agoOf(groups: Partial<Record<string, string>>): number {
  const count = /^an?$/iu.test(groups.first!) ? 1 : Number(groups.first);
  const more =
    groups.second === undefined ? 0 : Number(groups.second) * UNITS[groups.smaller![0]!.toLowerCase()]!;
  return count * UNITS[groups.unit![0]!.toLowerCase()]! + more;
}

function secondOf(hour: number, minute: number, second: number, half: string | undefined): number | null {
  if (minute > 59 || second > 59) return null;
  if (half === undefined) return hour > 23 ? null : hour * 3600 + minute * 60 + second;
  if (hour < 1 || hour > 12) return null;
  const of24 = (hour % 12) + (half.toLowerCase() === "pm" ? 12 : 0);
  return of24 * 3600 + minute * 60 + second;
}

/** undefined: there is no such day. */
function dayOf(
  date: string | undefined,
  word: string | undefined,
): Day | "today" | "yesterday" | null | undefined {
  if (word !== undefined) return word.toLowerCase() === "today" ? "today" : "yesterday";
  if (date === undefined) return null;
  const [year = 0, month = 0, day = 0] = date.split("-").map(Number);
  const real = new Date(Date.UTC(year, month - 1, day));
  const isReal =
    real.getUTCFullYear() === year && real.getUTCMonth() === month - 1 && real.getUTCDate() === day;
  return isReal ? { year, month, day } : undefined;
}

/** Minutes east of UTC; null: none was named; undefined: there is no such zone. */
function offsetOf(zone: string | undefined): number | null | undefined {
  if (zone === undefined) return null;
  const match = /^(?<sign>[+-])(?<hours>\d{2}):?(?<minutes>\d{2})$/u.exec(zone);
  if (match === null) return 0;
  const { sign, hours, minutes } = match.groups!;
  if (Number(hours) > 14 || Number(minutes) > 59) return undefined;
  return (sign === "-" ? -1 : 1) * (Number(hours) * 60 + Number(minutes));
}

function dayIn(now: number, offset: number): Day {
  const local = new Date(now + offset * MINUTE);
  return { year: local.getUTCFullYear(), month: local.getUTCMonth() + 1, day: local.getUTCDate() };
}

function dayBefore({ year, month, day }: Day): Day {
  return dayIn(Date.UTC(year, month - 1, day) - DAY, 0);
}

function dayInWords({ year, month, day }: Day): string {
  return instantAt(Date.UTC(year, month - 1, day)).slice(0, 10);
}
