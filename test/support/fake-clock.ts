import type { Clock } from "../../src/reconcile/clock.ts";

/** A clock that stands still until it is told to go on. */
export interface FakeClock extends Clock {
  /** Moves on and wakes what sleeps, in the order of time. */
  advance(ms: number): Promise<void>;
}

export function createFakeClock(start = 1_000_000_000_000): FakeClock {
  let now = start;
  const sleepers = new Set<{ readonly at: number; readonly wake: () => void }>();

  /** Lets everything that can go on do so. */
  const settle = () => new Promise((resolve) => setImmediate(() => setImmediate(resolve)));

  return {
    now: () => now,
    sleep: (ms, signal) =>
      new Promise((resolve) => {
        if (signal?.aborted) {
          resolve();
          return;
        }
        const sleeper = {
          at: now + ms,
          wake: () => {
            sleepers.delete(sleeper);
            resolve();
          },
        };
        sleepers.add(sleeper);
        signal?.addEventListener("abort", sleeper.wake, { once: true });
      }),
    async advance(ms) {
      const end = now + ms;
      await settle();
      for (;;) {
        const next = [...sleepers].filter(({ at }) => at <= end).toSorted((a, b) => a.at - b.at)[0];
        if (next === undefined) break;
        now = Math.max(now, next.at);
        next.wake();
        await settle();
      }
      now = end;
      await settle();
    },
  };
}
