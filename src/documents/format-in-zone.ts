import type { Instant } from "../incident/state/instant.ts";
import { isZone, wallTimeOf } from "../incident/zone.ts";

/** `2026-11-20 15:30:15` on the clocks of a zone, or null where this runtime does not know the zone. */
export function formatInZone(instant: Instant, zone: string): string | null {
  if (!isZone(zone)) return null;
  return new Date(wallTimeOf(Date.parse(instant), zone)).toISOString().slice(0, 19).replace("T", " ");
}
