import { closeSync, constants, fstatSync, lstatSync, openSync, readSync, type Stats } from "node:fs";
import { containsWord } from "../../checks/contains-word.ts";
import { runTask } from "../../checks/evaluate.ts";
import { CLEAN, type FileResult, unchecked } from "../../checks/file-result.ts";
import { type FileTask, taskOf } from "../../checks/file-task.ts";
import { compileRules, type Rule } from "../../checks/rule-set.ts";
import { isUtf16 } from "../../checks/source-text.ts";
import { ParserMemory } from "../../reconcile/parser-memory.ts";
import { sign } from "./signatures.ts";

/** Files that several threads work through together. */
export interface FileWork {
  readonly root: string;
  readonly paths: readonly string[];
  readonly rules: readonly Rule[];
  /** Shared: index of the first path that nobody has taken. */
  readonly next: Int32Array;
  /** Shared: of the files that were looked at, by their index in `paths`. */
  readonly signatures: Float64Array;
}

/** What a thread checked, besides the signatures. */
export interface CheckedFiles {
  readonly filesChecked: number;
  /** Of the files that are not clean, by their index in `paths`. */
  readonly results: ReadonlyMap<number, FileResult>;
}

/** A file this large is no source that a person reads. */
export const MAX_FILE_BYTES = 10_000_000;
/** Some 25 MB of trees in each thread: most runs end before that. */
const MOST_CHARACTERS = 2_000_000;
/** Paths taken at once. */
const PORTION = 16;

/** Checks portions of the files until none is left. */
export async function workThrough({ root, paths, rules, next, signatures }: FileWork): Promise<CheckedFiles> {
  const ruleSet = compileRules(rules);
  const reader = new FileReader();
  let filesChecked = 0;
  const results = new Map<number, FileResult>();
  const memory = new ParserMemory(MOST_CHARACTERS);
  for (let from = take(next); from < paths.length; from = take(next)) {
    const end = Math.min(from + PORTION, paths.length);
    for (let index = from; index < end; index += 1) {
      const path = paths[index]!;
      const task = taskOf(path, "100644", ruleSet);
      const read = task === null ? null : reader.read(`${root}/${path}`, task);
      if (task === null || read === null) continue;
      const { stat, content } = read;
      const result =
        content instanceof Uint8Array
          ? runTask(task, content, (characters) => memory.parsed(characters))
          : content;
      sign(signatures, index, stat);
      filesChecked += 1;
      if (result !== CLEAN) results.set(index, result);
    }
    await memory.settle();
  }
  return { filesChecked, results };
}

function take(next: Int32Array): number {
  return Atomics.add(next, 0, PORTION);
}

interface ReadFile {
  readonly stat: Stats;
  /** The bytes, until the next file is read; a result where there is no need to look at them. */
  readonly content: Uint8Array | FileResult;
}

/** What is read at once stays in the processor's own memory: half of all bytes are in the hundredth of the files that are larger. */
const PIECE_BYTES = 1 << 18;

/** Reads files into one buffer, which holds the last one only. */
class FileReader {
  #buffer = Buffer.allocUnsafe(PIECE_BYTES);

  /** null: not there any more, or a link, a folder, a device. */
  read(path: string, task: FileTask): ReadFile | null {
    let file: number;
    try {
      // What was a file a moment ago may be a link or a pipe now: that is neither followed nor waited for.
      file = openSync(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
    } catch (error) {
      return unreadable(path, error);
    }
    try {
      const stat = fstatSync(file);
      if (!stat.isFile()) return null;
      if (stat.size > MAX_FILE_BYTES) return { stat, content: unchecked(TOO_LARGE) };
      if (stat.size > PIECE_BYTES && !this.#isWanted(file, stat.size, task)) return { stat, content: CLEAN };
      if (stat.size > this.#buffer.length) this.#buffer = Buffer.allocUnsafe(stat.size);
      return { stat, content: this.#fill(file, stat.size, 0) };
    } catch (error) {
      return unreadable(path, error);
    } finally {
      closeSync(file);
    }
  }

  #fill(file: number, size: number, position: number): Buffer {
    return this.#buffer.subarray(0, readSync(file, this.#buffer, 0, size, position));
  }

  /** Whether a large file must be looked at as a whole. */
  #isWanted(file: number, size: number, { rules, patterns }: FileTask): boolean {
    if (patterns.length > 0) return true;
    const names = rules.map(({ rule }) => rule.forbid);
    // A name may lie across the end of a piece.
    const step = PIECE_BYTES - Math.max(...names.map((name) => Buffer.byteLength(name)));
    for (let position = 0; position < size; position += step) {
      const piece = this.#fill(file, PIECE_BYTES, position);
      if (position === 0 && isUtf16(piece)) return true;
      if (names.some((name) => containsWord(piece, name))) return true;
    }
    return false;
  }
}

export const TOO_LARGE = `Larger than ${MAX_FILE_BYTES / 1_000_000} MB, not looked at.`;

/** A file that is there and may not be read is told of. */
function unreadable(path: string, error: unknown): ReadFile | null {
  if (!(error instanceof Error && "code" in error)) throw error;
  const stat = lstatSync(path, { throwIfNoEntry: false });
  return stat?.isFile() === true ? { stat, content: unchecked("Cannot be read.") } : null;
}
