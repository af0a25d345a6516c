import { setTimeout as wait } from "node:timers/promises";

/** The only clock of the process, given to everything that needs one. */
export interface Clock {
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  /** Resolves after `ms`, or as soon as `signal` is aborted. */
  readonly sleep: (ms: number, signal?: AbortSignal) => Promise<void>;
}

/** Longer delays overflow the timer and fire at once. */
const LONGEST_TIMER = 2 ** 31 - 1;

export const systemClock: Clock = {
  now: () => Date.now(),
  async sleep(ms, signal) {
    try {
      await wait(Math.min(Math.max(ms, 0), LONGEST_TIMER), undefined, signal && { signal });
    } catch (error) {
      if (!(error instanceof Error && error.name === "AbortError")) throw error;
    }
  },
};
