/**
 * The queue's port. Keys only, no payloads. Every adapter passes the same contract suite (`test/contract/queue-contract.ts`).
 * Times are milliseconds since the epoch, from the clock that the adapter was given.
 */
export interface Queue {
  /**
   * Stores that there is news about `keys`; durable when it resolves. News for a key that is waiting coalesces; news for a
   * key in a pass causes exactly one more pass. Returns false, and stores nothing, when `delivery` was stored before.
   */
  add(news: News): Promise<boolean>;
  /** Leases the next key that is due, highest priority first, then the longest waiting. null: nothing is due now. */
  take(): Promise<Lease | null>;
  /** The pass ended well. `wakeAt`: look again then, unless news comes before. */
  finish(lease: Lease, wakeAt: number | null): Promise<void>;
  /** The pass failed. Due again at `at`, or as soon as news comes; the next lease counts one attempt more. */
  retry(lease: Lease, at: number, error: string): Promise<void>;
  /**
   * The pass could not be made now through no fault of its own (budget spent): not before `at`, news or not, and no attempt is counted. It keeps the
   * priority that it has where `priority` is lower.
   */
  postpone(lease: Lease, at: number, reason: string, priority?: number): Promise<void>;
  /** The pass failed for good: kept visibly, not tried again until news comes for the key; then one more try, with the attempts counted on. */
  park(lease: Lease, reason: string): Promise<void>;
  /** When the next key becomes due; null when nothing waits. For sleeping no longer than needed. */
  nextDueAt(): Promise<number | null>;
  /** For health, metrics and the dashboard. */
  status(): Promise<QueueStatus>;
  /** Calls `listener` after news was stored (also, where the adapter can, by another process). Returns how to stop. */
  onNews(listener: () => void): () => void;
  /** Leases of this process are given back. After that nothing is taken, settling a lease changes nothing, and `add` throws. */
  close(): Promise<void>;
}

export interface News {
  readonly keys: readonly string[];
  /** GUID of the webhook delivery, remembered for at least three days. */
  readonly delivery?: string;
  /** Milliseconds for which it may wait, because more of the same is expected. Other news does not wait for it. Default 0. */
  readonly inMs?: number;
  /** Higher is sooner. Default 0. */
  readonly priority?: number;
}

export interface Lease {
  readonly key: string;
  /** 1 for the first try since the last pass that ended well. */
  readonly attempt: number;
  readonly token: string;
}

export interface QueueStatus {
  readonly waiting: number;
  readonly running: number;
  readonly parked: readonly { readonly key: string; readonly reason: string; readonly since: number }[];
  /** Waiting time of the oldest key that is due, in milliseconds. */
  readonly oldestDueMs: number;
}

/** The store cannot be used: in use elsewhere, unwritable, full, damaged. The message is a sentence for the operator. */
export class QueueError extends Error {
  override readonly name = "QueueError";
}
