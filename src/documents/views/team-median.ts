import type { IncidentFacts, MedianFacts } from "../../incident/facts.ts";

/** One duration of this incident beside what is usual here. */
export interface Comparison {
  readonly name: MedianFacts["name"];
  readonly milliseconds: number;
  readonly median: number;
  /** Earlier incidents that the median is of. */
  readonly count: number;
}

/** Durations of this incident for which enough earlier incidents are known. */
export function comparisonsOf({ durations, medians }: IncidentFacts): readonly Comparison[] {
  return medians.flatMap(({ name, milliseconds: median, count }) => {
    const milliseconds = durations[name];
    return milliseconds === null ? [] : [{ name, milliseconds, median, count }];
  });
}
