/** The candidate that differs from `word` by few typing mistakes, or that one of the two begins the other; null where none is near. */
export function nearest(word: string, candidates: readonly string[]): string | null {
  const typed = word.toLowerCase().slice(0, 60);
  let best: { candidate: string; distance: number } | null = null;
  for (const candidate of candidates) {
    const distance = distanceBetween(typed, candidate.toLowerCase());
    const limit = Math.max(1, Math.floor(Math.max(typed.length, candidate.length) / 3));
    if (distance <= limit && (best === null || distance < best.distance)) best = { candidate, distance };
  }
  if (best !== null) return best.candidate;
  return typed.length < 3
    ? null
    : (candidates.find(
        (candidate) => candidate.toLowerCase().startsWith(typed) || typed.startsWith(candidate.toLowerCase()),
      ) ?? null);
}

/** Insertions, deletions, replacements and swaps of neighbours that turn one word into the other. */
function distanceBetween(left: string, right: string): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: right.length + 1 }, (_, index) => index);
  for (let row = 1; row <= left.length; row++) {
    const current = [row];
    for (let column = 1; column <= right.length; column++) {
      const same = left[row - 1] === right[column - 1];
      let cost = Math.min(last[column]! + 1, current[column - 1]! + 1, last[column - 1]! + (same ? 0 : 1));
      if (
        row > 1 &&
        column > 1 &&
        left[row - 1] === right[column - 2] &&
        left[row - 2] === right[column - 1]
      ) {
        cost = Math.min(cost, beforeLast[column - 2]! + 1);
      }
      current.push(cost);
    }
    beforeLast = last;
    last = current;
  }
  return last[right.length]!;
}
