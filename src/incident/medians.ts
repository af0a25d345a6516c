import type { MedianFacts } from "./facts.ts";
import type { IncidentDurations } from "./facts/incident-times.ts";
import { parseMarker } from "./names.ts";
import type { IncidentState, IndexedIncident } from "./state.ts";
import type { Instant } from "./state/instant.ts";
import { statusCommentOf, wasStatusDeleted } from "./status-comment.ts";

/** Fewer than these are no habit. */
const FEWEST = 3;

/** Under what the index has the durations that reports know, too. */
const MEASURED = {
  toAcknowledge: "to_acknowledge",
  toFix: "to_fix",
  toReview: "to_review",
  toRelease: "to_release",
  toLand: "to_land",
  total: "declared_to_released",
} as const satisfies Partial<Record<keyof IncidentDurations, keyof NonNullable<IndexedIncident["seconds"]>>>;

type Measured = keyof typeof MEASURED;

/**
 * How long earlier incidents took. Told once, with the first status comment, and from then on as it was told: the index goes on changing, by incidents that were
 * declared before this one and land after it, and by those that it forgets, and the documents of this one must not.
 */
export function mediansOf(state: IncidentState, declared: Instant): readonly MedianFacts[] {
  const status = statusCommentOf(state);
  if (wasStatusDeleted(state)) return [];
  if (status !== null) return parseMediansRecord(parseMarker(status.body)?.fields.medians ?? "");
  const earlier = (state.indexed ?? []).filter(
    ({ number, declared: at }) =>
      at !== null && number !== state.issue.number && Date.parse(at) < Date.parse(declared),
  );
  return (Object.keys(MEASURED) as Measured[]).flatMap((name): readonly MedianFacts[] => {
    const known = earlier.flatMap(({ seconds }) => seconds?.[MEASURED[name]] ?? []);
    return known.length < FEWEST
      ? []
      : [{ name, milliseconds: medianOf(known) * 1_000, count: known.length }];
  });
}

/** The middle one, or the mean of both. */
export function medianOf(values: readonly number[]): number {
  const sorted = values.toSorted((one, other) => one - other);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

/** As the status comment carries it: `toFix:600000@3`, separated by commas. */
export function mediansRecord(medians: readonly MedianFacts[]): string {
  return medians.map(({ name, milliseconds, count }) => `${name}:${milliseconds}@${count}`).join(",");
}

/** What cannot be read says nothing. */
export function parseMediansRecord(record: string): readonly MedianFacts[] {
  return record.split(",").flatMap((part): readonly MedianFacts[] => {
    const [, name = "", milliseconds, count] =
      /^([a-zA-Z]+):(0|[1-9]\d{0,12})@([1-9]\d{0,3})$/u.exec(part) ?? [];
    return isMeasured(name) && Number(count) >= FEWEST
      ? [{ name, milliseconds: Number(milliseconds), count: Number(count) }]
      : [];
  });
}

function isMeasured(name: string): name is Measured {
  return Object.hasOwn(MEASURED, name);
}
