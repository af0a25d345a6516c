import type { StatedTime } from "./facts/incident-times.ts";

export type EndTime = "recovered" | "verified";

/** Said of what is over. */
export function isEndTime(what: StatedTime): what is EndTime {
  return what === "recovered" || what === "verified";
}
