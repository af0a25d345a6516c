import type { EarlierIncidentFacts } from "./facts.ts";

/** As the status comment carries it: what was open is told as of the declaration, whatever the index says later. */
export function earlierRecord(earlier: readonly EarlierIncidentFacts[]): string {
  return earlier
    .map(({ id, number, open }) =>
      [`${id}:${number}`, ...open.map((each) => `${each.issue}@${each.due}`)].join("+"),
    )
    .join(",");
}
