import type { Finding } from "./finding.ts";

/**
 * Where a finding comes from, seen from the hotfix. `unknown`: the comparison with the target could not be had, and the finding is
 * treated as the hotfix's own rather than excused.
 */
export type Provenance = "introduced" | "touched" | "elsewhere" | "unknown";

/** A file that differs between the merge base and the commit. */
export interface ChangedFile {
  readonly path: string;
  /** Path at the merge base; null for an added file. */
  readonly previousPath: string | null;
  readonly status: "added" | "modified" | "renamed" | "removed";
  /** Lines that the change wrote, by their number from 1; null where GitHub sent no patch: too large, or binary. */
  readonly addedLines: ReadonlyMap<number, string> | null;
}

/** `changes` null: the comparison could not be had, or lists only part of the files. */
export function provenanceOf(finding: Finding, changes: ReadonlyMap<string, ChangedFile> | null): Provenance {
  if (changes === null) return "unknown";
  const change = changes.get(finding.path);
  if (change === undefined) return "elsewhere";
  if (change.status === "added") return "introduced";
  // Without a patch nobody can tell the lines apart; the file is the hotfix's to answer for either way.
  if (change.addedLines === null) return "touched";
  for (let line = finding.place.line; line <= finding.place.endLine; line += 1) {
    if (change.addedLines.has(line)) return "introduced";
  }
  return "touched";
}

/** Lines (by number from 1, of the new file) that a unified diff adds. */
export function addedLinesOf(patch: string): ReadonlyMap<number, string> {
  const added = new Map<number, string>();
  let line = 0;
  for (const row of patch.split("\n")) {
    const hunk = /^@@ -\d+(?:,\d+)? \+(\d+)(?:,\d+)? @@/u.exec(row);
    if (hunk !== null) line = Number(hunk[1]);
    else if (row.startsWith("+")) added.set(line++, row.slice(1).replace(/\r$/u, ""));
    else if (row.startsWith(" ")) line += 1;
  }
  return added;
}
