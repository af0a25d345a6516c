import { lstatSync } from "node:fs";
import { availableParallelism } from "node:os";
import { type Evaluation, gather } from "../../checks/evaluation.ts";
import { CLEAN, type FileResult } from "../../checks/file-result.ts";
import { taskOf } from "../../checks/file-task.ts";
import type { Rule, RuleSet } from "../../checks/rule-set.ts";
import type { FileCache } from "./file-cache.ts";
import type { CheckedFiles, FileWork } from "./file-work.ts";
import type { HelperThread } from "./helper-thread.ts";
import { CHECKED_NUMBERS, type Signature, signatureOf } from "./signature.ts";

interface FileOutcome {
  readonly path: string;
  readonly result: FileResult;
}

/**
 * Checks files on disk, reading only what the cache does not know, and keeps what was found. `helper`: a thread that has begun with all of
 * `paths`, or null.
 */
export async function scanFiles(
  root: string,
  paths: readonly string[],
  ruleSet: RuleSet,
  cache: FileCache,
  helper: HelperThread | null,
  now: number,
): Promise<Evaluation> {
  const known: (FileOutcome & { readonly signature: Signature })[] = [];
  const unknown = cache.isEmpty
    ? paths
    : paths.filter((path) => {
        if (!cache.has(path)) return taskOf(path, "100644", ruleSet) !== null;
        const stat = lstatSync(`${root}/${path}`, { throwIfNoEntry: false });
        const result = stat?.isFile() === true ? cache.get(path, stat) : undefined;
        if (result === undefined) return true;
        known.push({ path, result, signature: signatureOf(stat!) });
        return false;
      });
  if (unknown.length === 0 && cache.isCurrent(known.length)) return gather(known);
  for (const { path, signature, result } of known) cache.keep(path, signature, result, null);
  const outcomes = (await checkTogether(root, unknown, ruleSet, helper)).flatMap((checked) =>
    outcomesOf(checked, unknown, cache, now),
  );
  cache.save([...ruleSet.rules, ...ruleSet.patterns].map(({ rule }) => rule));
  return gather([...known, ...outcomes]);
}

/** What a thread checked, kept for the next run. */
function outcomesOf(
  { numbers, results }: CheckedFiles,
  paths: readonly string[],
  cache: FileCache,
  now: number,
): readonly FileOutcome[] {
  const outcomes: FileOutcome[] = [];
  for (let at = 0; at < numbers.length; at += CHECKED_NUMBERS) {
    const index = numbers[at]!;
    const signature: Signature = [numbers[at + 2]!, numbers[at + 3]!, numbers[at + 4]!, numbers[at + 5]!];
    const path = paths[index]!;
    const result = results.get(index) ?? CLEAN;
    cache.keep(path, signature, result, now - numbers[at + 1]!);
    outcomes.push({ path, result });
  }
  return outcomes;
}

async function checkTogether(
  root: string,
  paths: readonly string[],
  { rules, patterns, canonical }: RuleSet,
  started: HelperThread | null,
): Promise<readonly CheckedFiles[]> {
  if (paths.length === 0) return [];
  const begun = started?.workOn(paths, canonical) ?? null;
  const work =
    begun ??
    newWork(
      root,
      paths,
      [...rules, ...patterns].map(({ rule }) => rule),
    );
  // A thread that began with other rules is of no use; whoever started it stops it.
  const helper = begun === null ? await startHelper(paths.length) : started;
  if (begun === null) helper?.begin(work);
  try {
    // Loaded for the first file that is read: a run in which nothing changed needs no parser.
    const { workThrough } = await import("./file-work.ts");
    const own = await workThrough(work);
    return [own, (await helper?.checked()) ?? null].filter((each) => each !== null);
  } finally {
    await helper?.stop();
  }
}

export function newWork(root: string, paths: readonly string[], rules: readonly Rule[]): FileWork {
  return { root, paths, rules, next: new Int32Array(new SharedArrayBuffer(4)) };
}

/** Fewer files are done before a second thread has started. */
const WORTH_A_THREAD = 1_500;

/** A second thread where there are files and processors enough for it. */
export async function startHelper(files: number): Promise<HelperThread | null> {
  if (files < WORTH_A_THREAD || availableParallelism() === 1) return null;
  const { HelperThread } = await import("./helper-thread.ts");
  return new HelperThread();
}
