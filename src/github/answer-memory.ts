import type { Answer } from "./throttle-policy.ts";

/** Longer answers (trees, comparisons, files) hang on commits and are asked for once; keeping them would cost more than it saves. */
const MOST_BYTES = 200_000;
const MOST_ANSWERS = 1000;
const MOST_BYTES_TOGETHER = 20_000_000;

/** An answer with what Octokit adds to it. */
export interface WholeAnswer extends Answer {
  readonly status: number;
  readonly url: string;
}

interface Remembered extends WholeAnswer {
  readonly etag: string;
  readonly bytes: number;
}

/**
 * Answers to reads, each with the name (`ETag`) that GitHub gave it. A read that sends the name back is answered 304, with no body, where nothing
 * changed, and GitHub does not count that against its hourly allowance:
 * https://docs.github.com/rest/using-the-rest-api/best-practices-for-using-the-rest-api#use-conditional-requests-if-appropriate
 *
 * Every read still asks GitHub, so that nothing in here is ever believed without its word. May be lost at any time. One for the process.
 */
export class AnswerMemory {
  readonly #answers = new Map<string, Remembered>();
  #bytes = 0;

  /** The name to send with the read; null: nothing is known of it. */
  etagOf(key: string): string | null {
    return this.#answers.get(key)?.etag ?? null;
  }

  /** Remembers an answer that may be asked for again. Of others under the same key nothing stays known. */
  store(key: string, answer: WholeAnswer): void {
    this.#forget(key);
    const { etag } = answer.headers;
    if (typeof etag !== "string" || answer.status !== 200) return;
    const bytes = sizeOf(answer);
    if (bytes > MOST_BYTES) return;
    const { status, url } = answer;
    const data: unknown = structuredClone(answer.data);
    // What else the headers say, such as what is left of the allowance, held for that moment only.
    this.#answers.set(key, { etag, status, url, headers: { etag }, data, bytes });
    this.#bytes += bytes;
    for (const oldest of this.#answers.keys()) {
      if (this.#answers.size <= MOST_ANSWERS && this.#bytes <= MOST_BYTES_TOGETHER) return;
      this.#forget(oldest);
    }
  }

  /** What GitHub says is still so; the caller gets a copy of its own. null: it was forgotten since it was asked about. */
  recall(key: string): WholeAnswer | null {
    const known = this.#answers.get(key);
    if (known === undefined) return null;
    // The one that was needed last is forgotten last.
    this.#answers.delete(key);
    this.#answers.set(key, known);
    const { status, url, headers } = known;
    return { status, url, headers, data: structuredClone(known.data) };
  }

  #forget(key: string): void {
    this.#bytes -= this.#answers.get(key)?.bytes ?? 0;
    this.#answers.delete(key);
  }
}

/** GitHub sends most answers in pieces, without a length. */
function sizeOf({ headers, data }: Answer): number {
  const told = Number(headers["content-length"]);
  return Number.isFinite(told) ? told : (JSON.stringify(data) ?? "").length;
}
