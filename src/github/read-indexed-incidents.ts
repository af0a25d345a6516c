import { readFrontMatter } from "../config/front-matter-schema.ts";
import type { IndexedIncident } from "../incident/state.ts";

/** What stands on top of the index of incidents. One that somebody made unreadable says nothing. */
export function indexedIncidentsOf(
  files: ReadonlyMap<string, string | null>,
  expression: string | null,
): readonly IndexedIncident[] {
  const text = expression === null ? null : (files.get(expression) ?? null);
  const reading = text === null ? null : readFrontMatter(text);
  if (reading?.ok !== true || reading.data.schema !== "hotfix-responder/index/1") return [];
  return reading.data.services.map(({ incident: id, issue: number, ...each }) => ({ ...each, id, number }));
}
