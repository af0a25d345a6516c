import type { Clock } from "../reconcile/clock.ts";
import type { Sweep } from "../reconcile/sweep.ts";
import type { WatchedQueue } from "../reconcile/watched-queue.ts";
import type { Worker } from "../reconcile/worker.ts";
import type { Route } from "./server.ts";

/** A pass is seconds; GitHub's slowest answers and our pauses make it a minute or two. */
const STUCK_MS = 10 * 60_000;

export interface HealthSources {
  readonly queue: WatchedQueue;
  readonly worker: Pick<Worker, "health">;
  readonly sweep: Pick<Sweep, "lastAt">;
  readonly clock: Clock;
  readonly sweepMs: number;
}

/**
 * That it answers shows that the process lives. 200: it does its work; 503: it does not, and `reasons` says why. Numbers only: the page may be
 * public, the names of repositories may not.
 */
export function healthRoute(sources: HealthSources): Route {
  return {
    method: "GET",
    path: "/health",
    async handle() {
      const { parked, ...queue } = await sources.queue.status();
      const worker = sources.worker.health();
      const now = sources.clock.now();
      const sweepAgeMs = sources.sweep.lastAt === null ? null : now - sources.sweep.lastAt;
      const reasons = [
        ...(sources.queue.trouble === null ? [] : ["the queue cannot be written"]),
        ...(worker.isAlive ? [] : ["the worker has stopped"]),
        ...(worker.longestPassMs > STUCK_MS ? ["a pass does not end"] : []),
      ];
      return {
        status: reasons.length === 0 ? 200 : 503,
        body: {
          status: reasons.length === 0 ? "ok" : "failing",
          reasons,
          queue: { ...queue, parked: parked.length },
          worker,
          sweep: { ageMs: sweepAgeMs, isLate: sweepAgeMs === null || sweepAgeMs > 3 * sources.sweepMs },
        },
      };
    },
  };
}
