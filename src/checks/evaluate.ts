import { type Evaluation, gather } from "./evaluation.ts";
import { type FileResult, unchecked } from "./file-result.ts";
import { type FileTask, taskOf } from "./file-task.ts";
import { type Candidate, checkCandidate, lookAt } from "./properties/forbidden-code.ts";
import { parseFile, parseFileAside } from "./regions.ts";
import type { RuleSet } from "./rule-set.ts";

/** A file of a tree, as git has it. */
export interface TreeFile {
  readonly path: string;
  /** Git's mode: `100644`, `100755`, `120000` (link), `160000` (submodule). */
  readonly mode: string;
  readonly bytes: Uint8Array;
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

/**
 * Checks a file. What breaks the parser becomes a note about the file, and the others are still checked. `parsed` is told how much text was
 * parsed, for whoever minds the memory of the trees.
 */
export function runTask(
  task: FileTask,
  bytes: Uint8Array,
  parsed: (characters: number) => void = () => undefined,
): FileResult {
  try {
    const first = lookAt(bytes, task);
    if (first.kind === "done") return first.result;
    const { text, grammar } = first.candidate;
    parsed(text.length);
    return checkCandidate(first.candidate, parseFile(text, grammar), parsed);
  } catch (error) {
    return broken(error);
  }
}

/** The same, with the file parsed on a thread of its own. What can be said without parsing is said at once, and `bytes` may change from then on. */
export function runTaskAside(
  task: FileTask,
  bytes: Uint8Array,
  parsed: (characters: number) => void = () => undefined,
): FileResult | Promise<FileResult> {
  try {
    const first = lookAt(bytes, task);
    return first.kind === "done" ? first.result : checkAside(first.candidate, parsed);
  } catch (error) {
    return broken(error);
  }
}

async function checkAside(candidate: Candidate, parsed: (characters: number) => void): Promise<FileResult> {
  const { text, grammar } = candidate;
  try {
    const root = await parseFileAside(text, grammar);
    parsed(text.length);
    return checkCandidate(candidate, root, parsed);
  } catch (error) {
    return broken(error);
  }
}

/** The parser is native code fed with hostile text: whatever it throws is about this file and nothing else. */
function broken(error: unknown): FileResult {
  const reason = error instanceof Error ? error.message : String(error);
  return unchecked(`Could not be checked: ${reason.slice(0, 200)}`);
}
