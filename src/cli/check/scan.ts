import { lstatSync } from "node:fs";
import { availableParallelism } from "node:os";
import { type Evaluation, gather } from "../../checks/evaluation.ts";
import { CLEAN, type FileResult } from "../../checks/file-result.ts";
import { taskOf } from "../../checks/file-task.ts";
import type { Rule, RuleSet } from "../../checks/rule-set.ts";
import type { FileCache } from "./file-cache.ts";
import type { FileWork } from "./file-work.ts";
import type { HelperThread } from "./helper-thread.ts";
import type { ScannedFiles } from "./scanned-files.ts";
import { newSignatures, SIGNATURE_LENGTH, sign } from "./signatures.ts";

/**
 * Checks files on disk, reading only what the cache does not know, and keeps what was found. `helper`: a thread that has
 * been started for it, or null.
 */
export async function scanFiles(
  root: string,
  paths: readonly string[],
  ruleSet: RuleSet,
  cache: FileCache,
  helper: HelperThread | null,
  now: number,
): Promise<Evaluation> {
  const rules = [...ruleSet.rules, ...ruleSet.patterns].map(({ rule }) => rule);
  if (cache.isEmpty) {
    const scanned = await checkTogether(root, paths, rules, helper);
    cache.save([scanned], rules, now);
    return evaluationOf([scanned]);
  }
  const { known, unknown } = recall(root, paths, ruleSet, cache);
  if (unknown.length === 0 && known.paths.length === cache.size) return evaluationOf([known]);
  const scanned = await checkTogether(root, unknown, rules, helper);
  cache.save([known, scanned], rules, now);
  return evaluationOf([known, scanned]);
}

/** What the cache knows of these files, and the paths that it cannot tell about. */
function recall(
  root: string,
  paths: readonly string[],
  ruleSet: RuleSet,
  cache: FileCache,
): { readonly known: ScannedFiles; readonly unknown: readonly string[] } {
  const known: string[] = [];
  const signatures = newSignatures(paths.length);
  const results = new Map<number, FileResult>();
  const unknown = paths.filter((path) => {
    if (!cache.has(path)) return taskOf(path, "100644", ruleSet) !== null;
    const stat = lstatSync(`${root}/${path}`, { throwIfNoEntry: false });
    const result = stat?.isFile() === true ? cache.get(path, stat) : undefined;
    if (result === undefined) return true;
    sign(signatures, known.length, stat!);
    if (result !== CLEAN) results.set(known.length, result);
    known.push(path);
    return false;
  });
  return {
    known: {
      paths: known,
      signatures: signatures.subarray(0, known.length * SIGNATURE_LENGTH),
      filesChecked: known.length,
      results,
    },
    unknown,
  };
}

function evaluationOf(parts: readonly ScannedFiles[]): Evaluation {
  return gather(
    parts.flatMap(({ paths, results }) =>
      Array.from(results, ([place, result]) => ({ path: paths[place]!, result })),
    ),
    parts.reduce((sum, { filesChecked }) => sum + filesChecked, 0),
  );
}

async function checkTogether(
  root: string,
  paths: readonly string[],
  rules: readonly Rule[],
  started: HelperThread | null,
): Promise<ScannedFiles> {
  const signatures = newSignatures(paths.length);
  if (paths.length === 0) return { paths, signatures, filesChecked: 0, results: new Map() };
  const helper = started ?? (await startHelper(paths.length));
  try {
    // Loaded for the first file that is read: a run in which nothing changed needs no parser.
    const { workThrough } = await import("./file-work.ts");
    const work: FileWork = { root, paths, rules, next: new Int32Array(new SharedArrayBuffer(4)), signatures };
    const both = await Promise.all([helper?.begin(work) ?? null, workThrough(work)]);
    const checked = both.filter((each) => each !== null);
    return {
      paths,
      signatures,
      filesChecked: checked.reduce((sum, { filesChecked }) => sum + filesChecked, 0),
      results: new Map(checked.flatMap(({ results }) => [...results])),
    };
  } finally {
    helper?.stop();
  }
}

/** Fewer files are done before a second thread has started. */
const WORTH_A_THREAD = 1_500;

/** A second thread where there are files and processors enough for it. */
export async function startHelper(files: number): Promise<HelperThread | null> {
  if (files < WORTH_A_THREAD || availableParallelism() === 1) return null;
  const { HelperThread } = await import("./helper-thread.ts");
  return new HelperThread();
}
