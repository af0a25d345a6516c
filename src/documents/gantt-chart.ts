import type { Instant } from "../incident/state/instant.ts";
import { formatDay, formatTimeOfDay } from "./instant.ts";
import { fence, plain, type SafeMarkdown } from "./markdown.ts";

const DAY = 24 * 60 * 60_000;

export interface Bar {
  readonly label: string;
  readonly from: Instant;
  readonly to: Instant;
}

/** A Gantt chart that GitHub draws, in UTC as written. Bars that would end before they begin are left out; null where none is left. */
export function ganttChart(bars: readonly Bar[]): SafeMarkdown | null {
  const drawn = bars.filter((bar) => Date.parse(bar.to) >= Date.parse(bar.from));
  if (drawn.length === 0) return null;
  const ends = drawn.flatMap((bar) => [Date.parse(bar.from), Date.parse(bar.to)]);
  // Hours alone say nothing of which day.
  const axis = Math.max(...ends) - Math.min(...ends) < DAY ? "%H:%M" : "%m-%d %H:%M";
  const lines = drawn.map((bar) => `  ${labelOf(bar)} :${written(bar.from)}, ${written(bar.to)}`);
  return fence(
    ["gantt", "  dateFormat YYYY-MM-DD HH:mm:ss", `  axisFormat ${axis}`, ...lines].join("\n"),
    "mermaid",
  );
}

/** What mermaid takes for an order of its own where a label should begin; a date there is one, too. */
const ORDER =
  /^(?:section|title|date|axis|tick|include|exclude|inclusive|top|today|week|click|call|href|acc|gantt|\d{4}-)/iu;

/** Mermaid ends a label at a colon, takes some other signs for its own, and cannot read a bar without a label. */
function labelOf({ label }: Bar): string {
  const text = plain(label, 80)
    .replace(/(?:[:;#,"<>{}[\]()\u200B\s]|%{2,})+/gu, " ")
    .trim();
  return text === "" || ORDER.test(text) ? `· ${text}`.trim() : text;
}

function written(instant: Instant): string {
  return `${formatDay(instant)} ${formatTimeOfDay(instant)}`;
}
