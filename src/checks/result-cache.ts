import type { FileResult } from "./file-result.ts";

/**
 * Results of files by what they derive from, so that a push costs what it changed. Bounded by what it holds; the oldest go first. Losing it
 * costs time and nothing else.
 */
export class ResultCache {
  readonly #limit: number;
  readonly #results = new Map<string, FileResult>();
  #weight = 0;

  /** `limit`: entries and findings together. A clean file weighs 1, some 150 bytes; the largest tree that GitHub lists has 100,000. */
  constructor(limit = 250_000) {
    this.#limit = limit;
  }

  get(key: string): FileResult | undefined {
    const result = this.#results.get(key);
    if (result === undefined) return undefined;
    this.#results.delete(key);
    this.#results.set(key, result);
    return result;
  }

  set(key: string, result: FileResult): void {
    this.#drop(key);
    this.#results.set(key, result);
    this.#weight += weightOf(result);
    for (const oldest of this.#results.keys()) {
      if (this.#weight <= this.#limit) break;
      this.#drop(oldest);
    }
  }

  #drop(key: string): void {
    const result = this.#results.get(key);
    if (result === undefined) return;
    this.#results.delete(key);
    this.#weight -= weightOf(result);
  }
}

function weightOf(result: FileResult): number {
  return 1 + result.findings.length;
}
