const FIRST_MS = 1000;
const LONGEST_MS = 5 * 60_000;
/** Read-after-write lag is seldom over sooner. */
const SHORTEST_MS = 200;

/** Milliseconds until the next try. Full jitter: what failed together must not come back together. `random`: from 0 to 1. */
export function retryDelay(attempt: number, random: () => number): number {
  const ceiling = Math.min(LONGEST_MS, FIRST_MS * 2 ** (attempt - 1));
  return Math.max(SHORTEST_MS, Math.round(random() * ceiling));
}
