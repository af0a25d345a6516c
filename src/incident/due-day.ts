import { saying, type Saying } from "./say.ts";
import type { Instant } from "./state/instant.ts";

/** `2026-12-01`, or why it is no day that something can be due, as a clause. */
export type DueDay =
  | { readonly ok: true; readonly day: string }
  | { readonly ok: false; readonly why: Saying };

const DAY_MS = 24 * 3_600_000;
const MOST_DAYS = 2 * 366;
const WEEKDAYS = ["sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"];

/** Reads a day that somebody wrote, as meant on the day of `at` (UTC). What can mean two days is not guessed. */
export function dueDayOf(written: string, at: Instant): DueDay {
  const text = written.trim().toLowerCase().replaceAll(/\s+/gu, " ");
  const today = Date.parse(`${at.slice(0, 10)}T00:00:00Z`);
  const found = dateIn(text) ?? daysFrom(text, today);
  if (found === null) {
    return refused(
      saying("`{written}` is no day that the app understands; write the date, such as 2026-12-01", {
        written,
      }),
    );
  }
  if (typeof found !== "number") return refused(found);
  if (found < today) return refused(saying("{day} is over already", { day: dayOf(found) }));
  if (found - today > MOST_DAYS * DAY_MS) {
    return refused(saying("{day} is more than two years away", { day: dayOf(found) }));
  }
  return { ok: true, day: dayOf(found) };
}

/** So many days after the day of `at`. */
export function dayAfter(at: Instant, days: number): string {
  return dayOf(Date.parse(`${at.slice(0, 10)}T00:00:00Z`) + days * DAY_MS);
}

/** Milliseconds; a saying tells what is wrong; null: it is no date. */
function dateIn(text: string): number | Saying | null {
  const [, year, month, day] = /^(\d{4})-(\d{2})-(\d{2})$/u.exec(text) ?? [];
  if (year !== undefined) {
    const at = Date.parse(`${year}-${month}-${day}T00:00:00Z`);
    return Number.isNaN(at) || dayOf(at) !== text ? saying("there is no day {day}", { day: text }) : at;
  }
  return /^\d{1,4}[./-]\d{1,2}(?:[./-]\d{1,4})?$/u.test(text) ? ambiguous(text) : null;
}

function daysFrom(text: string, today: number): number | Saying | null {
  if (text === "today") return today;
  if (text === "tomorrow") return today + DAY_MS;
  const [, count, unit] = /^in (\d{1,3}) (day|week|month)s?$/u.exec(text) ?? [];
  if (count !== undefined) {
    return unit === "month"
      ? monthsLater(today, Number(count))
      : today + Number(count) * (unit === "week" ? 7 : 1) * DAY_MS;
  }
  if (/^(?:this|next) /u.test(text)) return ambiguous(text);
  const weekday = WEEKDAYS.indexOf(text);
  if (weekday < 0) return null;
  const ahead = (weekday - new Date(today).getUTCDay() + 7) % 7;
  return today + (ahead === 0 ? 7 : ahead) * DAY_MS;
}

function ambiguous(written: string): Saying {
  return saying("`{written}` can mean several days; write the date, such as 2026-12-01", { written });
}

function refused(why: Saying): DueDay {
  return { ok: false, why };
}

/** The same day of the month, or its last one. */
function monthsLater(today: number, count: number): number {
  const date = new Date(today);
  const first = Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + count, 1);
  const last = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + count + 1, 0)).getUTCDate();
  return first + (Math.min(date.getUTCDate(), last) - 1) * DAY_MS;
}

function dayOf(at: number): string {
  return new Date(at).toISOString().slice(0, 10);
}
