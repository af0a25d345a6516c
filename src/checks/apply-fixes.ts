import type { Fix } from "./finding.ts";
import { decodeSource, encodeSource } from "./source-text.ts";

/**
 * The file with its fixes, every other byte as it was. null: nothing can be written, because the bytes are not text that can be written
 * back. A fix that overlaps an earlier one is left for the next time.
 */
export function applyFixes(bytes: Uint8Array, fixes: readonly Fix[]): Uint8Array | null {
  const source = decodeSource(bytes);
  if (!source.isLossless) return null;
  let text = "";
  let end = 0;
  for (const fix of fixes.toSorted((one, other) => one.start - other.start)) {
    if (fix.start < end) continue;
    text += source.text.slice(end, fix.start) + fix.text;
    end = fix.end;
  }
  return encodeSource(text + source.text.slice(end), source);
}
