import type { DeliveryAttempt } from "../github/deliveries.ts";

/** GitHub keeps and redelivers for three days. */
const WINDOW_MS = 3 * 24 * 3_600_000;
/** GitHub's list lags behind, and a redelivery takes a while to be noted. */
const OVERLAP_MS = 3_600_000;
/** A delivery that fails each time is not a lost one. */
const TRIES = 3;
const AT_A_TIME = 100;

export interface RedeliveryPorts {
  /** Newest first. */
  list(since: number): Promise<readonly DeliveryAttempt[]>;
  redeliver(attempt: DeliveryAttempt): Promise<void>;
  now(): number;
}

/**
 * Asks again for deliveries of which no attempt succeeded. The list is read unfiltered and grouped by GUID: a filter for failures would
 * show the failed first attempt of a delivery that arrived on the second.
 */
export class Redelivery {
  readonly #ports: RedeliveryPorts;
  readonly #asked = new Map<string, number>();
  #since: number | null = null;

  constructor(ports: RedeliveryPorts) {
    this.#ports = ports;
  }

  /** Returns how many deliveries were asked for again. */
  async run(): Promise<number> {
    const now = this.#ports.now();
    const attempts = await this.#ports.list(Math.max(this.#since ?? 0, now - WINDOW_MS));
    const lost = [...Map.groupBy(attempts, ({ guid }) => guid).values()]
      .filter((all) => !all.some(({ succeeded }) => succeeded))
      .map((all) => all[0]!)
      .filter(({ guid }) => (this.#asked.get(guid) ?? 0) < TRIES)
      .toReversed()
      .slice(0, AT_A_TIME);
    for (const attempt of lost) {
      this.#asked.set(attempt.guid, (this.#asked.get(attempt.guid) ?? 0) + 1);
      await this.#ports.redeliver(attempt);
    }
    // Only now: after a failure the next run looks as far back as this one.
    if (lost.length < AT_A_TIME) this.#since = now - OVERLAP_MS;
    this.#forget(attempts);
    return lost.length;
  }

  #forget(attempts: readonly DeliveryAttempt[]): void {
    const listed = new Set(attempts.map(({ guid }) => guid));
    for (const guid of this.#asked.keys()) if (!listed.has(guid)) this.#asked.delete(guid);
  }
}
