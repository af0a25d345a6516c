import type { ShareFacts } from "./facts/impact-facts.ts";
import type { SaidShare } from "./stated-facts.ts";
import type { Instant } from "./state/instant.ts";

/**
 * A span of time cut where the share changes, oldest first; what nobody spoke of counts whole. A share holds until the next one begins, in the order of
 * time and not of talking; of two that begin together the later word holds.
 */
export function sharesIn(
  { from, to }: { readonly from: Instant; readonly to: Instant },
  said: readonly SaidShare[],
): readonly ShareFacts[] {
  const start = Date.parse(from);
  const end = Date.parse(to);
  const begins = new Map<number, SaidShare | null>([[start, null]]);
  const inOrder = said
    .map((each) => ({ each, at: each.from === null ? -Infinity : Date.parse(each.from) }))
    .toSorted((one, other) => one.at - other.at);
  for (const { each, at } of inOrder) {
    if (at < end) begins.set(Math.max(at, start), each);
  }
  const cuts = [...begins];
  return cuts.map(([at, each], index): ShareFacts => {
    const next = cuts[index + 1]?.[0] ?? end;
    return {
      from: instant(at, from, start),
      to: instant(next, to, end),
      milliseconds: next - at,
      share: each?.share ?? 1,
      least: each?.least ?? 1,
      most: each?.most ?? 1,
      statedBy: each?.said ?? null,
    };
  });
}

function instant(moment: number, known: Instant, its: number): Instant {
  return moment === its ? known : new Date(moment).toISOString().replace(".000Z", "Z");
}
