import { mkdirSync, readFileSync, renameSync, type Stats, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { CLEAN, type FileResult } from "../../checks/file-result.ts";
import type { Rule } from "../../checks/rule-set.ts";
import { SIGNATURE_LENGTH, type Signature } from "./signature.ts";

/** What the numbers are about; the numbers themselves follow as doubles, because reading them as text takes longer than using them. */
interface Head {
  readonly basis: string;
  readonly rules: readonly Rule[];
  readonly paths: readonly string[];
  /** Of the files that are not clean, by their place in `paths`. */
  readonly results: Readonly<Record<number, FileResult>>;
}

/** A file that changed this shortly before it was read may change again within the same tick of its clock. */
const RACY_MS = 2_000;

/**
 * What the last run over a folder found, by path. Only a hint: any file that is not exactly as it was is read again, and a cache that is
 * missing, damaged or of another basis counts as empty.
 */
export class FileCache {
  readonly #file: string;
  readonly #basis: string;
  readonly #head: Head | null;
  readonly #numbers: Float64Array;
  readonly #places = new Map<string, number>();
  /** For the next run: beside each other, as they are written. */
  readonly #paths: string[] = [];
  readonly #signatures: number[] = [];
  readonly #results: Record<number, FileResult> = {};
  #isChanged = false;

  /** `basis`: everything that results derive from, besides the files themselves. */
  constructor(file: string, basis: string) {
    this.#file = file;
    this.#basis = basis;
    const stored = read(file);
    const isUsable = stored !== null && stored.head.basis === basis;
    this.#head = isUsable ? stored.head : null;
    this.#numbers = isUsable ? stored.numbers : new Float64Array(0);
    for (const [place, path] of (this.#head?.paths ?? []).entries()) this.#places.set(path, place);
  }

  /** Nothing of this basis is known. */
  get isEmpty(): boolean {
    return this.#head === null;
  }

  /** The rules of the configuration, if it is the one of the last run. */
  rules(): readonly Rule[] | null {
    return this.#head?.rules ?? null;
  }

  /** Whether the file was there in the last run. */
  has(path: string): boolean {
    return this.#places.has(path);
  }

  get(path: string, stat: Stats): FileResult | undefined {
    const place = this.#places.get(path);
    if (place === undefined) return undefined;
    const at = place * SIGNATURE_LENGTH;
    const numbers = this.#numbers;
    const isSame =
      numbers[at] === stat.mtimeMs &&
      numbers[at + 1] === stat.ctimeMs &&
      numbers[at + 2] === stat.size &&
      numbers[at + 3] === stat.ino;
    return isSame ? (this.#head?.results[place] ?? CLEAN) : undefined;
  }

  /** Keeps a result for the next run. `age`: milliseconds since the file last changed; null: it was known before. */
  keep(path: string, signature: Signature, result: FileResult, age: number | null): void {
    if (age !== null) this.#isChanged = true;
    if (age !== null && age < RACY_MS) return;
    if (result !== CLEAN) this.#results[this.#paths.length] = result;
    this.#paths.push(path);
    this.#signatures.push(signature[0], signature[1], signature[2], signature[3]);
  }

  /** Whether the files are so much the same that there is nothing to write. */
  isCurrent(known: number): boolean {
    return !this.#isChanged && known === this.#places.size;
  }

  /** Written beside and renamed, so that a run that is stopped leaves the old one. */
  save(rules: readonly Rule[]): void {
    const head: Head = { basis: this.#basis, rules, paths: this.#paths, results: this.#results };
    const numbers = Float64Array.from(this.#signatures);
    try {
      mkdirSync(dirname(this.#file), { recursive: true });
      const beside = `${this.#file}.${process.pid}`;
      writeFileSync(beside, encode(head, numbers), { mode: 0o600 });
      renameSync(beside, this.#file);
    } catch (error) {
      // A folder that cannot be written to costs time at the next run and nothing else.
      if (!(error instanceof Error && "code" in error)) throw error;
    }
  }
}

/** The numbers first, where they lie on whole doubles; the length of them before that. */
function encode(head: Head, numbers: Float64Array): Buffer {
  const count = Float64Array.of(numbers.length);
  return Buffer.concat([
    Buffer.from(count.buffer),
    Buffer.from(numbers.buffer, numbers.byteOffset, numbers.byteLength),
    Buffer.from(JSON.stringify(head)),
  ]);
}

function read(file: string): { readonly head: Head; readonly numbers: Float64Array } | null {
  try {
    const bytes = new Uint8Array(readFileSync(file)).buffer;
    const [count = 0] = new Float64Array(bytes, 0, 1);
    const numbers = new Float64Array(bytes, 8, count);
    const head = JSON.parse(new TextDecoder().decode(new Uint8Array(bytes, 8 + count * 8))) as Head | null;
    const isWhole =
      typeof head?.basis === "string" &&
      Array.isArray(head.rules) &&
      Array.isArray(head.paths) &&
      head.paths.length * SIGNATURE_LENGTH === count;
    return isWhole ? { head, numbers } : null;
  } catch (error) {
    // Damaged in any way: not JSON, or lengths that cannot be.
    if (error instanceof SyntaxError || error instanceof RangeError) return null;
    if (error instanceof Error && "code" in error) return null;
    throw error;
  }
}
