import type { EarlierIncidentFacts } from "./facts.ts";
import { isIncidentId, parseMarker } from "./names.ts";
import type { IncidentState } from "./state.ts";
import { statusCommentOf } from "./status-comment.ts";

/** What the reader of a status comment takes in. */
const MOST_EARLIER = 3;
const MOST_OPEN = 5;

/**
 * Earlier incidents of the same service with what was open of them. Told once, with the first status comment, and from then on as it was told: an index that
 * is committed later must not change the documents of this one.
 */
export function earlierOf(state: IncidentState, service: string | null): readonly EarlierIncidentFacts[] {
  const status = statusCommentOf(state);
  const recorded = status === null ? null : (parseMarker(status.body)?.fields.earlier ?? "");
  if (recorded !== null) return parseEarlierRecord(recorded);
  return (state.indexed ?? [])
    .filter((each) => each.service !== null && each.service === service && each.number !== state.issue.number)
    .slice(0, MOST_EARLIER)
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
