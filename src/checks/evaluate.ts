import type { Finding, Note } from "./finding.ts";
import { type Language, languageOf } from "./languages.ts";
import { checkFile, type FileResult } from "./properties/forbidden-code.ts";
import type { CompiledRule, RuleSet } from "./rule-set.ts";

/** A file of a tree, as git has it. */
export interface TreeFile {
  readonly path: string;
  /** Git's mode: `100644`, `100755`, `120000` (link), `160000` (submodule). */
  readonly mode: string;
  readonly bytes: Uint8Array;
}

export interface Evaluation {
  /** By path, then by place. */
  readonly findings: readonly Finding[];
  readonly notes: readonly Note[];
  /** Files that at least one rule covers and that were looked at. */
  readonly filesChecked: number;
  /** Findings that were counted but not kept. */
  readonly omitted: number;
}

export const EMPTY_EVALUATION: Evaluation = { findings: [], notes: [], filesChecked: 0, omitted: 0 };

/** What to look for in the file at a path. null: nothing, by its mode or by the rules. */
export interface FileTask {
  readonly language: Language;
  readonly rules: readonly CompiledRule[];
}

/** Links are never followed and submodules never entered: only what the tree itself holds is code of this repository. */
export function taskOf(path: string, mode: string, ruleSet: RuleSet): FileTask | null {
  if (mode !== "100644" && mode !== "100755") return null;
  const rules = ruleSet.rules.filter((rule) => rule.covers(path));
  return rules.length === 0 ? null : { language: languageOf(path), rules };
}

/** Checks a file. What breaks the parser becomes a note about the file, and the others are still checked. */
export function runTask(task: FileTask, bytes: Uint8Array): FileResult {
  try {
    return checkFile(bytes, task.language, task.rules);
  } catch (error) {
    // The parser is native code fed with hostile text: whatever it throws is about this file and nothing else.
    const reason = error instanceof Error ? error.message : String(error);
    return {
      findings: [],
      notes: [{ sentence: `Could not be checked: ${reason.slice(0, 200)}`, incomplete: true }],
      omitted: 0,
    };
  }
}

/** Puts the results of files together, in the order of their paths whatever order they came in. */
export function gather(
  results: readonly { readonly path: string; readonly result: FileResult }[],
): Evaluation {
  const sorted = results.toSorted((one, other) =>
    one.path < other.path ? -1 : one.path > other.path ? 1 : 0,
  );
  return {
    findings: sorted.flatMap(({ path, result }) =>
      result.findings
        .map((finding) => ({ ...finding, path }))
        .toSorted((one, other) => one.place.line - other.place.line || one.place.column - other.place.column),
    ),
    notes: sorted.flatMap(({ path, result }) => result.notes.map((note) => ({ ...note, path }))),
    filesChecked: sorted.length,
    omitted: sorted.reduce((sum, { result }) => sum + result.omitted, 0),
  };
}

/** All findings of the rules in these files. */
export function evaluate(files: Iterable<TreeFile>, ruleSet: RuleSet): Evaluation {
  const results: { path: string; result: FileResult }[] = [];
  for (const file of files) {
    const task = taskOf(file.path, file.mode, ruleSet);
    if (task !== null) results.push({ path: file.path, result: runTask(task, file.bytes) });
  }
  return gather(results);
}
