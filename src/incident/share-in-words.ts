import type { Share } from "./quantity.ts";

/** `70 %`, `12.5 %`, and `60 % – 80 %` of what a person gave as a range: the middle of it, with which the loss is computed, is not their word. */
export function shareInWords({ share, least, most }: Share): string {
  return least === most ? percent(share) : `${percent(least)} – ${percent(most)}`;
}

/** A share is at most 1, so that nothing is to be grouped. */
function percent(share: number): string {
  return `${Math.round(share * 10_000) / 100} %`;
}
