import { closeSync, constants, lstatSync, openSync, readSync, type Stats } from "node:fs";
import { runTask } from "../../checks/evaluate.ts";
import { type FileResult, unchecked } from "../../checks/file-result.ts";
import { taskOf } from "../../checks/file-task.ts";
import { compileRules, type Rule } from "../../checks/rule-set.ts";
import { ParserMemory } from "../../reconcile/parser-memory.ts";
import { type Signature, signatureOf } from "./signature.ts";

/** Files that several threads work through together. */
export interface FileWork {
  readonly root: string;
  readonly paths: readonly string[];
  readonly rules: readonly Rule[];
  /** Shared: index of the first path that nobody has taken. */
  readonly next: Int32Array;
}

export interface CheckedFile {
  /** In `paths`. */
  readonly index: number;
  readonly signature: Signature;
  /** Milliseconds since the epoch. */
  readonly changedAt: number;
  readonly result: FileResult;
}

/** A file this large is no source that a person reads. */
const MAX_FILE_BYTES = 10_000_000;
/** Paths taken at once. */
const PORTION = 64;

/** Checks portions of the files until none is left. */
export async function workThrough({ root, paths, rules, next }: FileWork): Promise<readonly CheckedFile[]> {
  const ruleSet = compileRules(rules);
  const reader = new FileReader();
  const checked: CheckedFile[] = [];
  const memory = new ParserMemory();
  for (let from = take(next); from < paths.length; from = take(next)) {
    const end = Math.min(from + PORTION, paths.length);
    for (let index = from; index < end; index += 1) {
      const path = paths[index]!;
      const task = taskOf(path, "100644", ruleSet);
      const absolute = `${root}/${path}`;
      const stat = task === null ? null : regularFile(absolute);
      if (task === null || stat === null) continue;
      const bytes = stat.size > MAX_FILE_BYTES ? null : reader.read(absolute, stat.size);
      const result =
        bytes !== null
          ? runTask(task, bytes, (characters) => memory.parsed(characters))
          : unchecked(
              stat.size > MAX_FILE_BYTES
                ? `Larger than ${MAX_FILE_BYTES / 1_000_000} MB, not looked at.`
                : "Cannot be read.",
            );
      const changedAt = Math.max(stat.mtimeMs, stat.ctimeMs);
      checked.push({ index, signature: signatureOf(stat), changedAt, result });
    }
    await memory.settle();
  }
  return checked;
}

function take(next: Int32Array): number {
  return Atomics.add(next, 0, PORTION);
}

/** null: not there any more, or a link, a folder, a device. */
function regularFile(path: string): Stats | null {
  const stat = lstatSync(path, { throwIfNoEntry: false });
  return stat?.isFile() === true ? stat : null;
}

/** Reads whole files into one buffer, which holds the last one only. */
class FileReader {
  #buffer = Buffer.allocUnsafe(1 << 20);

  /** null: may not be read, or is gone. */
  read(path: string, size: number): Uint8Array | null {
    if (size > this.#buffer.length) this.#buffer = Buffer.allocUnsafe(size);
    try {
      // What was a file a moment ago may be a link now, and is not followed.
      const file = openSync(path, constants.O_RDONLY | constants.O_NOFOLLOW);
      try {
        return this.#buffer.subarray(0, readSync(file, this.#buffer, 0, size, 0));
      } finally {
        closeSync(file);
      }
    } catch (error) {
      if (error instanceof Error && "code" in error) return null;
      throw error;
    }
  }
}
