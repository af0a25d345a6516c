import type { EarlierIncident, IncidentFacts } from "../../incident/facts.ts";

/** A duration that earlier reports know, too. */
export type Measured = keyof EarlierIncident["durations"];

/** One duration of this incident beside what is usual here. */
export interface Comparison {
  readonly name: Measured;
  readonly milliseconds: number;
  readonly median: number;
  /** Earlier incidents that the median is of. */
  readonly count: number;
}

const MEASURED: readonly Measured[] = ["toAcknowledge", "toFix", "toReview", "toRelease", "toLand", "total"];

/** Fewer than these are no habit. */
const FEWEST = 3;

/** Durations of this incident for which enough earlier incidents are known. */
export function comparisonsOf(facts: IncidentFacts): readonly Comparison[] {
  return MEASURED.flatMap((name) => {
    const milliseconds = facts.durations[name];
    const earlier = facts.history.map(({ durations }) => durations[name]).filter((each) => each !== null);
    return milliseconds === null || earlier.length < FEWEST
      ? []
      : [{ name, milliseconds, median: medianOf(earlier), count: earlier.length }];
  });
}

/** The middle one, or the mean of both. */
export function medianOf(values: readonly number[]): number {
  const sorted = values.toSorted((one, other) => one - other);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}
