import type { Queue } from "./queue.ts";

/** A queue that tells whether its store worked the last time it was written. */
export interface WatchedQueue extends Queue {
  /** The message of the last failed write; null when the last write went through. */
  readonly trouble: string | null;
}

/** Every write of the loop and of the receiver goes through it, so health needs no write of its own. */
export function watchQueue(queue: Queue): WatchedQueue {
  let trouble: string | null = null;
  async function watched<Result>(write: () => Promise<Result>): Promise<Result> {
    try {
      const result = await write();
      trouble = null;
      return result;
    } catch (error) {
      trouble = error instanceof Error ? error.message : String(error);
      throw error;
    }
  }
  return {
    get trouble() {
      return trouble;
    },
    add: (news) => watched(() => queue.add(news)),
    take: () => watched(() => queue.take()),
    finish: (lease, wakeAt) => watched(() => queue.finish(lease, wakeAt)),
    retry: (lease, at, error) => watched(() => queue.retry(lease, at, error)),
    postpone: (lease, at, reason, priority) => watched(() => queue.postpone(lease, at, reason, priority)),
    park: (lease, reason) => watched(() => queue.park(lease, reason)),
    nextDueAt: () => queue.nextDueAt(),
    status: () => queue.status(),
    onNews: (listener) => queue.onNews(listener),
    close: () => queue.close(),
  };
}
