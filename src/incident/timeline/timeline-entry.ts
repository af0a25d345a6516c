import type { TimelineEntry } from "../facts.ts";
import type { Instant } from "../state/instant.ts";

/** null without a time: what is not known to have happened then is not in the timeline. */
export function timelineEntry(
  at: Instant | null,
  kind: string,
  text: string,
  actor: string | null,
  url: string | null,
): TimelineEntry | null {
  return at === null ? null : { at, recordedAt: at, kind, text, actor, url };
}
