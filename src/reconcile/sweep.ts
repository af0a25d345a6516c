import type { Log } from "../logger.ts";
import { buildWorkKey } from "../webhooks/work-key.ts";
import type { Clock } from "./clock.ts";
import type { Queue } from "./queue.ts";
import type { Redelivery } from "./redelivery.ts";

const AFTER_FAILURE_MS = 30_000;

export interface SweepOptions {
  readonly listInstallations: () => Promise<readonly number[]>;
  readonly redelivery: Pick<Redelivery, "run">;
  readonly queue: Pick<Queue, "add">;
  readonly clock: Clock;
  readonly log: Log;
  /** From the end of one to the start of the next. */
  readonly everyMs: number;
}

/**
 * What heals: every so often everything is looked at as if there were news of it. Being level-triggered, that is all it does; the first one, at
 * the start, covers what happened while the app was down.
 */
export class Sweep {
  readonly #options: SweepOptions;
  readonly #stopping = new AbortController();
  #loop: Promise<void> = Promise.resolve();
  #lastAt: number | null = null;

  constructor(options: SweepOptions) {
    this.#options = options;
  }

  start(): void {
    this.#loop = this.#run();
  }

  async stop(): Promise<void> {
    this.#stopping.abort();
    await this.#loop;
  }

  /** When the last sweep that went through ended, milliseconds since the epoch. */
  get lastAt(): number | null {
    return this.#lastAt;
  }

  /** Both halves are tried, whatever becomes of the other. Resolves to whether both went through. */
  async once(): Promise<boolean> {
    const { clock, log } = this.#options;
    const started = clock.now();
    const halves = await Promise.allSettled([this.#addInstallations(), this.#options.redelivery.run()]);
    const failures = halves
      .filter((half) => half.status === "rejected")
      .map(({ reason }) => reason as unknown);
    for (const err of failures) log.warn({ err }, "Sweep failed in part; the next one comes");
    if (failures.length > 0) return false;
    this.#lastAt = clock.now();
    const [installations, redelivered] = halves.map((half) => (half.status === "fulfilled" ? half.value : 0));
    log.info({ installations, redelivered, ms: this.#lastAt - started }, "Swept");
    return true;
  }

  async #addInstallations(): Promise<number> {
    const installations = await this.#options.listInstallations();
    const keys = installations.map((installation) => buildWorkKey({ kind: "installation", installation }));
    if (keys.length > 0) await this.#options.queue.add({ keys });
    return installations.length;
  }

  async #run(): Promise<void> {
    const { clock, everyMs } = this.#options;
    while (!this.#stopping.signal.aborted) {
      const wentThrough = await this.once();
      await clock.sleep(wentThrough ? everyMs : Math.min(everyMs, AFTER_FAILURE_MS), this.#stopping.signal);
    }
  }
}
