import { mkdirSync, readFileSync, renameSync, type Stats, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { CLEAN, type FileResult } from "../../checks/file-result.ts";
import type { Rule } from "../../checks/rule-set.ts";
import type { ScannedFiles } from "./scanned-files.ts";
import { hasSignature, isSigned, SIGNATURE_LENGTH } from "./signatures.ts";

/** What the numbers are about; the numbers themselves follow as doubles, because reading them as text takes longer than using them. */
interface Head {
  readonly basis: string;
  readonly rules: readonly Rule[];
  /** When the run began, in milliseconds since the epoch. */
  readonly at: number;
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

  /** `basis`: everything that results derive from, besides the files themselves. */
  constructor(file: string, basis: string) {
    this.#file = file;
    this.#basis = basis;
    const stored = read(file);
    const isUsable = stored !== null && stored.head.basis === basis;
    this.#head = isUsable ? stored.head : null;
    this.#numbers = isUsable ? stored.numbers : new Float64Array(0);
    for (const [place, path] of (this.#head?.paths ?? []).entries()) {
      if (hasSignature(this.#numbers, place)) this.#places.set(path, place);
    }
  }

  /** Nothing of this basis is known. */
  get isEmpty(): boolean {
    return this.#head === null;
  }

  /** The rules of the configuration, if it is the one of the last run. */
  rules(): readonly Rule[] | null {
    return this.#head?.rules ?? null;
  }

  /** Files that the last run looked at. */
  get size(): number {
    return this.#places.size;
  }

  /** Whether the last run looked at the file. */
  has(path: string): boolean {
    return this.#places.has(path);
  }

  get(path: string, stat: Stats): FileResult | undefined {
    const place = this.#places.get(path);
    if (place === undefined || this.#head === null) return undefined;
    const isSame = isSigned(this.#numbers, place, stat, this.#head.at - RACY_MS);
    return isSame ? (this.#head.results[place] ?? CLEAN) : undefined;
  }

  /** Written beside and renamed, so that a run that is stopped leaves the old one. */
  save(parts: readonly ScannedFiles[], rules: readonly Rule[], at: number): void {
    const results: Record<number, FileResult> = {};
    let before = 0;
    for (const part of parts) {
      for (const [place, result] of part.results) results[before + place] = result;
      before += part.paths.length;
    }
    const paths = parts.flatMap((part) => part.paths);
    const head: Head = { basis: this.#basis, rules, at, paths, results };
    try {
      mkdirSync(dirname(this.#file), { recursive: true });
      const beside = `${this.#file}.${process.pid}`;
      writeFileSync(
        beside,
        encode(
          head,
          parts.map(({ signatures }) => signatures),
        ),
        { mode: 0o600 },
      );
      renameSync(beside, this.#file);
    } catch (error) {
      // A folder that cannot be written to costs time at the next run and nothing else.
      if (!(error instanceof Error && "code" in error)) throw error;
    }
  }
}

/** The numbers first, where they lie on whole doubles; how many before that. */
function encode(head: Head, numbers: readonly Float64Array[]): Buffer {
  const count = Float64Array.of(numbers.reduce((sum, { length }) => sum + length, 0));
  return Buffer.concat([
    ...[count, ...numbers].map(({ buffer, byteOffset, byteLength }) =>
      Buffer.from(buffer, byteOffset, byteLength),
    ),
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
      typeof head.at === "number" &&
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
