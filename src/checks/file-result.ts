import type { Finding, Note } from "./finding.ts";

/** What one file gives, without its path: the same for equal bytes, so that it can be kept by blob id. */
export interface FileResult {
  readonly findings: readonly Omit<Finding, "path">[];
  readonly notes: readonly Omit<Note, "path">[];
  /** Findings that were counted but not kept. */
  readonly omitted: number;
}

export const CLEAN: FileResult = { findings: [], notes: [], omitted: 0 };

/** A file that was not looked at, with one plain sentence that says why. */
export function unchecked(sentence: string): FileResult {
  return { ...CLEAN, notes: [{ sentence, incomplete: true }] };
}

/** The same without replacements, where there were any: nobody is promised what cannot be done. `sentence` says why. */
export function leftToPeople(result: FileResult, sentence: string): FileResult {
  if (result.findings.every(({ fix }) => fix === null)) return result;
  return {
    ...result,
    findings: result.findings.map((finding) => ({ ...finding, fix: null })),
    notes: [...result.notes, { sentence, incomplete: false }],
  };
}
