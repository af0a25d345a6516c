import type { CommitState, TreeEntry } from "../checks/commit-state.ts";
import { runTaskAside } from "../checks/evaluate.ts";
import { gather } from "../checks/evaluation.ts";
import { CLEAN, type FileResult, leftToPeople } from "../checks/file-result.ts";
import { type FileTask, taskOf } from "../checks/file-task.ts";
import { disabledRules } from "../checks/properties/pattern-rules.ts";
import type { ResultCache } from "../checks/result-cache.ts";
import { canonicalText, type RuleSet } from "../checks/rule-set.ts";
import type { VerdictInput } from "../checks/verdict-input.ts";
import type { Config } from "../config/schema.ts";
import { readBlobs } from "../github/read-blobs.ts";
import type { ReadChanges } from "../github/read-changes.ts";
import type { RepositoryClient } from "../github/repository-client.ts";
import { digest } from "./digest.ts";
import { ParserMemory } from "./parser-memory.ts";

/** A file this large is no source that a person reads; one that says so is better than one that stops everybody's checks. */
const MAX_FILE_BYTES = 10_000_000;
/** All files that are read in one pass. What is left is named in the verdict; "Re-run" goes on with it, because what was read is remembered. */
const MAX_TOTAL_BYTES = 200_000_000;

/** What the forbidden code of a tree comes to. `changes`: the comparison with the target, which is on its way. */
export async function checkCode(
  client: RepositoryClient,
  state: CommitState,
  config: Config,
  ruleSet: RuleSet,
  cache: ResultCache,
  changes: Promise<ReadChanges | null>,
): Promise<VerdictInput> {
  const tasks = state.entries.flatMap((entry) => {
    const task = taskOf(entry.path, entry.mode, ruleSet);
    return task === null ? [] : [{ entry, task, key: resultKey(entry, task) }];
  });
  const { within, limits } = withinLimits(tasks, cache);
  const [compared, results] = await Promise.all([changes, runTasks(client, within, cache)]);
  return {
    evaluation: gather(results),
    ruleSet,
    changes: compared === null ? null : new Map(compared.files.map((file) => [file.path, file])),
    failOn: config.checks.failOn,
    limits: [
      ...disabledRules(config.checks.rules).map(({ sentence }) => sentence),
      ...(state.isTreeTruncated ? [TRUNCATED] : []),
      ...limits,
    ],
    repositoryUrl: state.repositoryUrl,
    sha: state.sha,
    subject: state.subject,
  };
}

const TRUNCATED = "GitHub listed only part of the tree: it has too many files for one answer.";

interface KeyedTask {
  readonly entry: TreeEntry;
  readonly task: FileTask;
  readonly key: string;
}

/** Tasks that may be run, and a sentence for each limit that keeps others from it. */
function withinLimits(
  tasks: readonly KeyedTask[],
  cache: ResultCache,
): { readonly within: readonly KeyedTask[]; readonly limits: readonly string[] } {
  const limits: string[] = [];
  let bytes = 0;
  let dropped = 0;
  const within = tasks.filter(({ entry, key }) => {
    if (entry.size > MAX_FILE_BYTES) {
      limits.push(`${entry.path}: larger than ${MAX_FILE_BYTES / 1_000_000} MB, not looked at.`);
      return false;
    }
    if (cache.get(key) !== undefined) return true;
    bytes += entry.size;
    if (bytes <= MAX_TOTAL_BYTES) return true;
    dropped += 1;
    return false;
  });
  if (dropped > 0) {
    limits.push(
      `${dropped} files were not looked at: together the files of the rules are larger than ${MAX_TOTAL_BYTES / 1_000_000} MB.`,
    );
  }
  return { within, limits };
}

/** Reads only what no earlier pass has checked with the same rules, each blob once however many paths have it. */
async function runTasks(
  client: RepositoryClient,
  tasks: readonly KeyedTask[],
  cache: ResultCache,
): Promise<readonly { readonly path: string; readonly result: FileResult }[]> {
  const results = new Map<string, FileResult>();
  const missing = new Map<string, KeyedTask[]>();
  for (const task of tasks) {
    const known = cache.get(task.key);
    if (known !== undefined) results.set(task.key, known);
    else missing.set(task.entry.oid, [...(missing.get(task.entry.oid) ?? []), task]);
  }
  // A file without a grammar that is binary holds no words.
  const blobs = [...missing.values()].map((same) => ({
    ...same[0]!.entry,
    isTextWanted: same.every(({ task }) => task.language === "text"),
  }));
  const memory = new ParserMemory();
  await readBlobs(client, blobs, async (oid, bytes) => {
    for (const { key, task } of missing.get(oid) ?? []) {
      // Webhooks are answered while a large file is parsed.
      const result =
        results.get(key) ?? (await runTaskAside(task, bytes, (characters) => memory.parsed(characters)));
      results.set(key, result);
      cache.set(key, result);
    }
    await memory.settle();
  });
  for (const { key } of [...missing.values()].flat()) {
    if (!results.has(key)) {
      results.set(key, CLEAN);
      cache.set(key, CLEAN);
    }
  }
  return tasks.map(({ entry, key }) => ({ path: entry.path, result: mendable(entry, results.get(key)!) }));
}

/** The way in which the button commits says nothing of modes. */
function mendable({ mode }: TreeEntry, result: FileResult): FileResult {
  return mode === "100755"
    ? leftToPeople(
        result,
        "It runs as a program, so a person mends it: the button leaves such files as they are.",
      )
    : result;
}

function resultKey(entry: TreeEntry, task: FileTask): string {
  return `${entry.oid}:${task.language}:${digest(canonicalText(task.rules, task.patterns))}`;
}
