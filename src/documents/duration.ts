const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/**
 * `11 min 45 s`, `2 h 3 min`, `1 d 2 h 3 min`. Zero units are left out; from one day on, so are seconds. Days are the largest unit and grow without limit. Negative ones begin with a minus sign (U+2212), which Markdown
 * does not take for a list.
 * @param milliseconds fractions of a second are cut off
 */
export function formatDuration(milliseconds: number): string {
  return inUnits(milliseconds, Math.abs(milliseconds) < DAY);
}

/** The same with its seconds however long it is: what a sum is computed from. */
export function formatExactDuration(milliseconds: number): string {
  return inUnits(milliseconds, true);
}

function inUnits(milliseconds: number, hasSeconds: boolean): string {
  if (!Number.isFinite(milliseconds)) throw new RangeError(`not a duration: ${milliseconds}`);
  const length = Math.abs(milliseconds);
  const parts = [
    [Math.floor(length / DAY), "d"],
    [Math.floor((length % DAY) / HOUR), "h"],
    [Math.floor((length % HOUR) / MINUTE), "min"],
    [hasSeconds ? Math.floor((length % MINUTE) / SECOND) : 0, "s"],
  ] as const;
  const words = parts.filter(([count]) => count > 0).map(([count, unit]) => `${count} ${unit}`);
  if (words.length === 0) return "0 s";
  return `${milliseconds < 0 ? "−" : ""}${words.join(" ")}`;
}

/** `30 min`, `4 h`, `1 d` for the minutes of an SLA. */
export function formatMinutes(minutes: number): string {
  return formatDuration(minutes * MINUTE);
}
