import { editDistance } from "./edit-distance.ts";

/** The candidate that differs from `word` by few typing mistakes, or that one of the two begins the other; null where none is near. */
export function nearest(word: string, candidates: readonly string[]): string | null {
  const typed = word.toLowerCase().slice(0, 60);
  let best: { candidate: string; distance: number } | null = null;
  for (const candidate of candidates) {
    const distance = editDistance(typed, candidate.toLowerCase());
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
