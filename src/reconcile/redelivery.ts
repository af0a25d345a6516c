import type { FailedDelivery } from "../github/deliveries.ts";

/** GitHub keeps and redelivers for three days. */
const WINDOW_MS = 3 * 24 * 3_600_000;
/** GitHub's list lags behind, and a redelivery takes a while to be noted. */
const OVERLAP_MS = 3_600_000;
/** A delivery that fails each time is not a lost one. */
const TRIES = 3;
const AT_A_TIME = 100;

export interface RedeliveryPorts {
  /** Deliveries since then of which no attempt succeeded, newest first. */
  listFailed(since: number): Promise<readonly FailedDelivery[]>;
  redeliver(delivery: FailedDelivery): Promise<void>;
  now(): number;
}

/** Asks again for deliveries of which no attempt succeeded: GitHub never does so by itself. */
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
    const failed = await this.#ports.listFailed(Math.max(this.#since ?? 0, now - WINDOW_MS));
    const triesOf = ({ guid }: FailedDelivery) => this.#asked.get(guid) ?? 0;
    const lost = failed
      .filter((delivery) => triesOf(delivery) < TRIES)
      .toReversed()
      .toSorted((one, other) => triesOf(one) - triesOf(other))
      .slice(0, AT_A_TIME);
    for (const delivery of lost) {
      this.#asked.set(delivery.guid, triesOf(delivery) + 1);
      await this.#ports.redeliver(delivery);
    }
    // Only now: after a failure the next run looks as far back as this one.
    if (lost.length < AT_A_TIME) this.#since = now - OVERLAP_MS;
    this.#forget(failed);
    return lost.length;
  }

  #forget(failed: readonly FailedDelivery[]): void {
    const listed = new Set(failed.map(({ guid }) => guid));
    for (const guid of this.#asked.keys()) if (!listed.has(guid)) this.#asked.delete(guid);
  }
}
