import type { Sha } from "../incident/state/commit-facts.ts";
import type { PassResult } from "./worker.ts";

/**
 * GitHub may tell of a group before it shows it, and nothing else brings news of it: it is looked for some ten minutes, as its queue waits. One that the queue
 * has thrown away never shows.
 */
const PAUSES_MS = [1000, 5000, 20_000, 60_000, 120_000, 180_000, 240_000];
const MOST = 1000;

/** How often a group was looked for in vain. Lost with the process, at the cost of a look. */
export class GroupLooks {
  readonly #looks = new Map<Sha, number>();

  /** `result` null: the group was not to be seen. */
  resultOf(sha: Sha, result: PassResult | null, now: number): PassResult {
    const looks = this.#looks.get(sha) ?? 0;
    this.#looks.delete(sha);
    if (result !== null) return result;
    const pause = PAUSES_MS[looks];
    if (pause === undefined) return { wakeAt: null, fields: { outcome: "gone" } };
    this.#looks.set(sha, looks + 1);
    const [oldest] = this.#looks.keys();
    if (this.#looks.size > MOST && oldest !== undefined) this.#looks.delete(oldest);
    return { wakeAt: now + pause, fields: { outcome: "not-yet" } };
  }
}
