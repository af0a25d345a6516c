import type { ConflictLines } from "./state/forecast-facts.ts";

/** `12` or `12–14`: counted in the target's file; where that has nothing, the line before which the hotfix has something. */
export function linesOfConflict({ target: { line, lines } }: ConflictLines): string {
  return lines <= 1 ? String(line) : `${line}–${line + lines - 1}`;
}
