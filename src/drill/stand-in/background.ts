import { setTimeout as sleep } from "node:timers/promises";

/** What GitHub does after it has answered: testing a merge, merging when the last check turned green. */
export class BackgroundWork {
  readonly #running = new Set<Promise<void>>();
  readonly #stop = new AbortController();
  readonly #failures: unknown[] = [];

  /** Runs `task` after `delay` milliseconds, unless the stand-in closed before. */
  start(task: () => Promise<void>, delay = 0): void {
    if (this.#stop.signal.aborted) return;
    const work = this.#run(task, delay).finally(() => this.#running.delete(work));
    this.#running.add(work);
  }

  get isBusy(): boolean {
    return this.#running.size > 0;
  }

  /** Resolves when nothing is under way; rejects with the first failure since the last call. */
  async settled(): Promise<void> {
    while (this.#running.size > 0) await Promise.all(this.#running);
    const [failure] = this.#failures.splice(0);
    if (failure !== undefined) throw failure;
  }

  async close(): Promise<void> {
    this.#stop.abort();
    await Promise.all(this.#running);
  }

  async #run(task: () => Promise<void>, delay: number): Promise<void> {
    try {
      await sleep(delay, undefined, { signal: this.#stop.signal });
      await task();
    } catch (error) {
      // Nobody waits for this work: `settled` tells whoever asks. Closing is no failure.
      if (!this.#stop.signal.aborted) this.#failures.push(error);
    }
  }
}
