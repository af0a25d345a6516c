import type { Hit } from "./hit.ts";

/** Every whole-word mention in a text, whatever it means there. For languages without a grammar. */
export function wordHits(text: string, word: string): readonly Hit[] {
  const hits: Hit[] = [];
  for (let at = text.indexOf(word); at !== -1; at = text.indexOf(word, at + word.length)) {
    const end = at + word.length;
    if (isBoundary(text, at) && isBoundary(text, end)) {
      hits.push({ start: at, end, name: word, form: "word", rewrite: "none" });
    }
  }
  return hits;
}

/** Between the characters before and at this offset, does a word begin or end? */
function isBoundary(text: string, at: number): boolean {
  return !(isWordCharacter(text.charAt(at - 1)) && isWordCharacter(text.charAt(at)));
}

function isWordCharacter(character: string): boolean {
  return /^[\p{L}\p{N}\p{M}_$]$/u.test(character);
}
