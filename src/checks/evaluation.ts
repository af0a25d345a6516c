import { CLEAN, type FileResult } from "./file-result.ts";
import type { Finding, Note } from "./finding.ts";

export interface Evaluation {
  /** By path, then by place. */
  readonly findings: readonly Finding[];
  readonly notes: readonly Note[];
  /** Files that at least one rule covers and that were looked at. */
  readonly filesChecked: number;
  /** Findings that were counted but not kept. */
  readonly omitted: number;
}

/** Puts the results of files together, in the order of their paths whatever order they came in. Those of clean files may be left out where all are counted. */
export function gather(
  results: readonly { readonly path: string; readonly result: FileResult }[],
  filesChecked = results.length,
): Evaluation {
  // Nearly all files are clean, and have no part in the order.
  const sorted = results
    .filter(({ result }) => result !== CLEAN)
    .toSorted((one, other) => (one.path < other.path ? -1 : one.path > other.path ? 1 : 0));
  return {
    findings: sorted.flatMap(({ path, result }) =>
      result.findings
        .map((finding) => ({ ...finding, path }))
        .toSorted((one, other) => one.place.line - other.place.line || one.place.column - other.place.column),
    ),
    notes: sorted.flatMap(({ path, result }) => result.notes.map((note) => ({ ...note, path }))),
    filesChecked,
    omitted: sorted.reduce((sum, { result }) => sum + result.omitted, 0),
  };
}
