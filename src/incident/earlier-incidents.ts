import type { Config } from "../config/schema.ts";
import type { EarlierIncidentFacts } from "./facts/earlier-incident-facts.ts";
import { incidentsNamedIn, isIncidentId, parseMarker } from "./names.ts";
import type { IncidentState, IndexedIncident } from "./state.ts";
import { statusCommentOf } from "./status-comment.ts";

/** What the reader of a status comment takes in. */
const MOST_EARLIER = 3;
const MOST_OPEN = 5;
/** What the marker of a status comment may carry beside it. */
const MOST_RULING = 10;

/**
 * Earlier incidents of the same service with what was open of them. Told once, with the first status comment, and from then on as it was told: an index that
 * is committed later must not change the documents of this one.
 */
export function earlierOf(state: IncidentState, service: string | null): readonly EarlierIncidentFacts[] {
  const isOfService = (each: IndexedIncident): boolean => each.service !== null && each.service === service;
  return recordedIn(state, "earlier") ?? indexedThat(state, isOfService).slice(0, MOST_EARLIER);
}

/** The same of incidents that rules of the configuration name as their reason, in case that the hotfix breaks one. */
export function rulingIncidentsOf(state: IncidentState, config: Config): readonly EarlierIncidentFacts[] {
  const recorded = recordedIn(state, "ruling");
  if (recorded !== null) return recorded;
  const rules = [...config.checks.forbid, ...config.checks.rules];
  const named = new Set(rules.flatMap(({ because = "" }) => incidentsNamedIn(because).map(({ id }) => id)));
  return indexedThat(state, ({ id }) => named.has(id)).slice(0, MOST_RULING);
}

/** What the status comment tells; null: there is none yet. */
function recordedIn(
  state: IncidentState,
  field: "earlier" | "ruling",
): readonly EarlierIncidentFacts[] | null {
  const status = statusCommentOf(state);
  return status === null ? null : parseEarlierRecord(parseMarker(status.body)?.fields[field] ?? "");
}

function indexedThat(
  state: IncidentState,
  isMeant: (incident: IndexedIncident) => boolean,
): readonly EarlierIncidentFacts[] {
  return (state.indexed ?? [])
    .filter((each) => isMeant(each) && each.number !== state.issue.number)
    .map(({ id, number, open }) => ({ id, number, open: open.slice(0, MOST_OPEN) }));
}

/** As the status comment carries it: `PAYMENT-CRITICAL-007:7+12@2026-12-01`, separated by commas. */
export function earlierRecord(earlier: readonly EarlierIncidentFacts[]): string {
  return earlier
    .map(({ id, number, open }) =>
      [`${id}:${number}`, ...open.map((each) => `${each.issue}@${each.due}`)].join("+"),
    )
    .join(",");
}

/** What cannot be read says nothing. */
export function parseEarlierRecord(record: string): readonly EarlierIncidentFacts[] {
  return record.split(",").flatMap((part): readonly EarlierIncidentFacts[] => {
    const [head = "", ...rest] = part.split("+");
    const [, id = "", number = ""] = /^([A-Z0-9-]+):([1-9]\d{0,9})$/u.exec(head) ?? [];
    if (!isIncidentId(id)) return [];
    const open = rest.flatMap((each) => {
      const [, issue, due] = /^([1-9]\d{0,9})@(\d{4}-\d{2}-\d{2})$/u.exec(each) ?? [];
      return issue === undefined || due === undefined ? [] : [{ issue: Number(issue), due }];
    });
    return [{ id, number: Number(number), open }];
  });
}
