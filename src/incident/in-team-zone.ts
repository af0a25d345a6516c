import type { Config } from "../config/schema.ts";
import { inWords } from "./clock-time.ts";
import { sayIn } from "./say.ts";
import type { Instant } from "./state/instant.ts";
import { wallTimeOf } from "./zone.ts";

/** The time in UTC and, behind it, on the clocks of the team, with the day where theirs is another one. */
export function inTeamZone(at: Instant, { timezone: zone, locale }: Config): string {
  const time = inWords(at);
  if (zone === undefined || zone === "UTC") return time;
  const [day = "", clock = ""] = new Date(wallTimeOf(Date.parse(at), zone))
    .toISOString()
    .slice(0, 19)
    .split("T");
  const local = at.startsWith(day) ? clock : `${day} ${clock}`;
  return sayIn(locale)("{time} ({local} in {zone})", { time, local, zone });
}
