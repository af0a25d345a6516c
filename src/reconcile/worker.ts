import { redact } from "../github/redact.ts";
import type { Log } from "../logger.ts";
import { parseWorkKey, type WorkKey } from "../webhooks/work-key.ts";
import { retryDelay } from "./retry-delay.ts";
import type { Clock } from "./clock.ts";
import { fateOf, Unfinished } from "./fate.ts";
import type { Lease, Queue } from "./queue.ts";

/** One pass over what a key names. */
export type Pass<Key extends WorkKey = WorkKey> = (key: Key) => Promise<PassResult>;

export interface PassResult {
  /** Look again then, milliseconds since the epoch, unless news comes before. */
  readonly wakeAt: number | null;
  /** For the log line of the pass. */
  readonly fields: Readonly<Record<string, unknown>>;
}

export type Passes = { readonly [Kind in WorkKey["kind"]]: Pass<Extract<WorkKey, { kind: Kind }>> };

export interface WorkerOptions {
  readonly queue: Queue;
  readonly passes: Passes;
  readonly clock: Clock;
  /** From 0 to 1. */
  readonly random: () => number;
  readonly log: Log;
  /** Passes over different keys at the same time. Default 4. */
  readonly concurrency?: number;
  /** Failures in a row until a key is parked. Default 8. */
  readonly tries?: number;
}

/** How long the loop waits before it turns to a store again that failed. */
const STORE_PAUSE_MS = 2000;

/** Takes keys from the queue as they become due and runs one pass over each, different keys side by side. */
export class Worker {
  readonly #options: WorkerOptions;
  readonly #running = new Map<Lease, { readonly since: number; readonly done: Promise<void> }>();
  #bell = Promise.withResolvers<void>();
  #changed = Promise.withResolvers<void>();
  #loop: Promise<void> | null = null;
  #stopListening: () => void = () => undefined;
  readonly #stopping = new AbortController();

  constructor(options: WorkerOptions) {
    this.#options = options;
  }

  start(): void {
    this.#stopListening = this.#options.queue.onNews(() => this.#bell.resolve());
    this.#loop = this.#run();
  }

  /** Takes nothing more and lets running passes end within `graceMs`. What has not ended then is given back by closing the queue. */
  async stop(graceMs: number): Promise<void> {
    this.#stopping.abort();
    this.#stopListening();
    this.#bell.resolve();
    await this.#loop;
    const ended = Promise.all([...this.#running.values()].map(({ done }) => done));
    const grace = new AbortController();
    await Promise.race([ended, this.#options.clock.sleep(graceMs, grace.signal)]);
    grace.abort();
    if (this.#running.size > 0)
      this.#options.log.warn(
        { keys: [...this.#running.keys()].map(({ key }) => key) },
        "Stopped during passes; they are made again",
      );
  }

  /** Resolves when nothing is due and no pass is running. Keys that wait for a later time do not count. */
  async idle(): Promise<void> {
    for (;;) {
      const changed = this.#changed.promise;
      if (await this.#isIdle()) return;
      await changed;
    }
  }

  /** Age of the longest pass that is running, in milliseconds; 0 when none is. `isAlive`: the loop goes round. */
  health(): { readonly isAlive: boolean; readonly running: number; readonly longestPassMs: number } {
    const now = this.#options.clock.now();
    const ages = [...this.#running.values()].map(({ since }) => now - since);
    return {
      isAlive: this.#loop !== null && !this.#stopping.signal.aborted,
      running: ages.length,
      longestPassMs: Math.max(0, ...ages),
    };
  }

  async #run(): Promise<void> {
    while (!this.#stopping.signal.aborted) {
      // Made before looking, so that news during the look rings it.
      this.#bell = Promise.withResolvers();
      const pause = new AbortController();
      let ms: number;
      try {
        ms = await this.#startDuePasses();
      } catch (error) {
        this.#options.log.error({ err: error }, "The queue failed; it is tried again");
        ms = STORE_PAUSE_MS;
      }
      this.#tellChange();
      await Promise.race([this.#bell.promise, this.#options.clock.sleep(ms, pause.signal)]);
      pause.abort();
    }
  }

  /** Returns how long nothing will be due. */
  async #startDuePasses(): Promise<number> {
    const { queue, clock, concurrency = 4 } = this.#options;
    while (this.#running.size < concurrency && !this.#stopping.signal.aborted) {
      const lease = await queue.take();
      if (lease === null) {
        const due = await queue.nextDueAt();
        return due === null ? Number.POSITIVE_INFINITY : Math.max(0, due - clock.now());
      }
      const done = this.#work(lease).finally(() => {
        this.#running.delete(lease);
        this.#tellChange();
        this.#bell.resolve();
      });
      this.#running.set(lease, { since: clock.now(), done });
    }
    return Number.POSITIVE_INFINITY;
  }

  /** The store is asked before and after: a key that is being leased is for a moment neither due nor among the running passes. */
  async #isIdle(): Promise<boolean> {
    const { queue, clock } = this.#options;
    if ((await queue.status()).running > 0) return false;
    const due = await queue.nextDueAt();
    if (due !== null && due <= clock.now()) return false;
    return (await queue.status()).running === 0 && this.#running.size === 0;
  }

  #tellChange(): void {
    this.#changed.resolve();
    this.#changed = Promise.withResolvers();
  }

  async #work(lease: Lease): Promise<void> {
    const { clock, log, queue } = this.#options;
    const started = clock.now();
    let settle: () => Promise<void>;
    try {
      const result = await this.#pass(lease);
      log.info({ key: lease.key, ...result.fields, ms: clock.now() - started }, "Reconciled");
      settle = () => queue.finish(lease, result.wakeAt);
    } catch (error) {
      settle = this.#settleFailure(lease, error, clock.now() - started);
    }
    await this.#untilStored(settle);
  }

  #pass(lease: Lease): Promise<PassResult> {
    const key = parseWorkKey(lease.key);
    // Only possible after a change of the keys' form; the sweep brings the new form.
    if (key === null) return Promise.resolve({ wakeAt: null, fields: { unknownKey: true } });
    const pass: Pass<never> = this.#options.passes[key.kind];
    return pass(key as never);
  }

  #settleFailure(lease: Lease, error: unknown, ms: number): () => Promise<void> {
    const { clock, log, queue, random, tries = 8 } = this.#options;
    const fate = fateOf(error);
    const known = error instanceof Unfinished ? error.fields : { err: error };
    const fields = { key: lease.key, attempt: lease.attempt, ...known, ms };
    const reason = redact(error instanceof Error ? `${error.name}: ${error.message}` : String(error));
    switch (fate.kind) {
      case "postpone":
        log.info({ ...fields, err: undefined, reason, until: new Date(fate.at).toISOString() }, "Postponed");
        return () => queue.postpone(lease, fate.at, reason, fate.urgency);
      case "drop":
        log.info({ ...fields, err: undefined, reason }, "Dropped");
        return () => queue.finish(lease, null);
      case "transient":
      case "bug": {
        if (lease.attempt >= tries) {
          log.error(fields, "Parked after too many failures");
          return () => queue.park(lease, reason);
        }
        const at = clock.now() + retryDelay(lease.attempt, random);
        if (fate.kind === "bug") log.error(fields, "Pass failed");
        else log.warn({ ...fields, reason }, "Pass not finished; it is tried again");
        return () => queue.retry(lease, at, reason);
      }
    }
  }

  /** A key whose end could not be stored would never be leased again while this process lives. */
  async #untilStored(settle: () => Promise<void>): Promise<void> {
    const { clock, log } = this.#options;
    while (!this.#stopping.signal.aborted) {
      try {
        return await settle();
      } catch (error) {
        log.error({ err: error }, "The end of a pass could not be stored; it is tried again");
        await clock.sleep(STORE_PAUSE_MS, this.#stopping.signal);
      }
    }
    await settle();
  }
}
