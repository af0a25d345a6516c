import type { Instant } from "../incident/state.ts";
import { formatDay, formatTimeOfDay } from "./instant.ts";
import type { SafeMarkdown } from "./markdown.ts";
import { fence, plain } from "./markdown.ts";

export interface Bar {
  readonly label: string;
  readonly from: Instant;
  readonly to: Instant;
}

/** A Gantt chart that GitHub draws, in UTC as written. Bars that would end before they begin are left out; null where none is left. */
export function ganttChart(bars: readonly Bar[]): SafeMarkdown | null {
  const drawn = bars.filter((bar) => Date.parse(bar.to) >= Date.parse(bar.from));
  if (drawn.length === 0) return null;
  const lines = drawn.map((bar) => `  ${labelOf(bar)} :${written(bar.from)}, ${written(bar.to)}`);
  return fence(
    ["gantt", "  dateFormat YYYY-MM-DD HH:mm:ss", "  axisFormat %H:%M", ...lines].join("\n"),
    "mermaid",
  );
}

/** Mermaid ends a label at a colon and takes some other signs for its own. */
function labelOf({ label }: Bar): string {
  return plain(label, 80)
    .replace(/[:;#%,"<>{}[\]()\u200B\s]+/gu, " ")
    .trim();
}

function written(instant: Instant): string {
  return `${formatDay(instant)} ${formatTimeOfDay(instant)}`;
}
