import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Lease, News, Queue } from "../../src/reconcile/queue.ts";

/** One store, empty at first. */
export interface QueueStore {
  /** Opens the store; again after a `close`. */
  open(now: () => number): Promise<Queue>;
  /** Closes what is open and removes the store. */
  remove(): Promise<void>;
}

const DAY = 24 * 3_600_000;

/** What every adapter of the port promises. */
export function queueContract(adapter: string, makeStore: () => Promise<QueueStore>): void {
  describe(`queue on ${adapter}`, () => {
    let store: QueueStore;
    let queue: Queue;
    let now = 1_000_000;

    beforeEach(async () => {
      now = 1_000_000;
      store = await makeStore();
      queue = await store.open(() => now);
    });

    afterEach(async () => {
      await store.remove();
    });

    const news = (...keys: string[]): News => ({ keys });

    async function leaseOf(key: string): Promise<Lease> {
      const lease = await queue.take();
      expect(lease?.key).toBe(key);
      return lease!;
    }

    async function takeAll(): Promise<string[]> {
      const keys: string[] = [];
      for (let lease = await queue.take(); lease !== null; lease = await queue.take()) keys.push(lease.key);
      return keys;
    }

    async function reopen(): Promise<void> {
      await queue.close();
      queue = await store.open(() => now);
    }

    describe("news", () => {
      it("is nothing to do at first", async () => {
        expect(await queue.take()).toBeNull();
        expect(await queue.nextDueAt()).toBeNull();
        expect(await queue.status()).toEqual({ waiting: 0, running: 0, parked: [], oldestDueMs: 0 });
      });

      it("leads to one lease of the key, first attempt", async () => {
        expect(await queue.add(news("a"))).toBe(true);
        expect(await queue.take()).toMatchObject({ key: "a", attempt: 1 });
        expect(await queue.take()).toBeNull();
      });

      it("is still there after a close and an open", async () => {
        await queue.add({ keys: ["a"], delivery: "guid-1", priority: 5 });
        await reopen();
        expect(await takeAll()).toEqual(["a"]);
        expect(await queue.add({ keys: ["a"], delivery: "guid-1" })).toBe(false);
      });

      it("coalesces for a key that waits", async () => {
        await queue.add(news("a", "a"));
        await queue.add(news("a"));
        expect((await queue.status()).waiting).toBe(1);
        expect(await takeAll()).toEqual(["a"]);
      });

      it("keeps the earliest time and the highest priority when it coalesces", async () => {
        await queue.add({ keys: ["late"], inMs: 5000 });
        await queue.add({ keys: ["late"], inMs: 1000, priority: 10 });
        await queue.add({ keys: ["late"], inMs: 9000, priority: 1 });
        await queue.add({ keys: ["other"], inMs: 500 });
        expect(await queue.nextDueAt()).toBe(now + 500);
        now += 1000;
        expect(await takeAll()).toEqual(["late", "other"]);
      });

      it("with several keys is stored as a whole", async () => {
        await queue.add({ keys: ["a", "b", "c"], delivery: "guid-1" });
        expect((await takeAll()).toSorted()).toEqual(["a", "b", "c"]);
      });

      it("calls the listeners after it was stored, until they stop listening", async () => {
        const seen: number[] = [];
        const stop = queue.onNews(() => void queue.status().then((status) => seen.push(status.waiting)));
        await queue.add(news("a"));
        await new Promise((resolve) => setTimeout(resolve, 50));
        stop();
        await queue.add(news("b"));
        await new Promise((resolve) => setTimeout(resolve, 50));
        expect(seen).toEqual([1]);
      });
    });

    describe("deliveries", () => {
      it("F9: a delivery that comes twice is stored once, also after its key was processed", async () => {
        expect(await queue.add({ keys: ["a"], delivery: "guid-1" })).toBe(true);
        expect(await queue.add({ keys: ["a"], delivery: "guid-1" })).toBe(false);
        await queue.finish(await leaseOf("a"), null);
        expect(await queue.add({ keys: ["a"], delivery: "guid-1" })).toBe(false);
        expect(await queue.take()).toBeNull();
      });

      it("F9: of many copies at the same moment exactly one counts", async () => {
        const copies = Array.from({ length: 20 }, () => queue.add({ keys: ["a"], delivery: "guid-1" }));
        const counted = (await Promise.all(copies)).filter(Boolean);
        expect(counted).toHaveLength(1);
      });

      it("S4: the same news under a new GUID coalesces with what waits", async () => {
        await queue.add({ keys: ["a"], delivery: "guid-1" });
        expect(await queue.add({ keys: ["a"], delivery: "guid-2" })).toBe(true);
        expect(await takeAll()).toEqual(["a"]);
      });

      it("are remembered for three days, then forgotten", async () => {
        await queue.add({ keys: ["a"], delivery: "guid-1" });
        now += 3 * DAY;
        expect(await queue.add({ keys: ["a"], delivery: "guid-1" })).toBe(false);
        now += 4 * DAY;
        expect(await queue.add({ keys: ["a"], delivery: "guid-1" })).toBe(true);
      });
    });

    describe("one pass per key at a time", () => {
      it("never leases a key whose pass is running", async () => {
        await queue.add(news("a"));
        await leaseOf("a");
        await queue.add(news("a"));
        expect(await queue.take()).toBeNull();
        expect(await queue.nextDueAt()).toBeNull();
      });

      it("leases different keys side by side", async () => {
        await queue.add(news("a", "b"));
        expect(await takeAll()).toHaveLength(2);
        expect((await queue.status()).running).toBe(2);
      });

      it("news during a pass causes exactly one more pass", async () => {
        await queue.add(news("a"));
        const lease = await leaseOf("a");
        for (let count = 0; count < 5; count += 1) await queue.add(news("a"));
        await queue.finish(lease, null);
        await queue.finish(await leaseOf("a"), null);
        expect(await queue.take()).toBeNull();
        expect((await queue.status()).waiting).toBe(0);
      });

      it("news during a pass comes before the wake-up that the pass asked for", async () => {
        await queue.add(news("a"));
        const lease = await leaseOf("a");
        await queue.add(news("a"));
        await queue.finish(lease, now + 60_000);
        expect(await queue.nextDueAt()).toBe(now);
      });

      it("a lease that is no longer held changes nothing", async () => {
        await queue.add(news("a"));
        const stale = await leaseOf("a");
        await queue.finish(stale, null);
        await queue.add(news("a"));
        const held = await leaseOf("a");
        await queue.finish(stale, null);
        await queue.park(stale, "not yours");
        await queue.retry(stale, now, "not yours");
        await queue.postpone(stale, now, "not yours");
        expect(await queue.take()).toBeNull();
        expect((await queue.status()).running).toBe(1);
        await queue.finish(held, null);
        expect(await queue.status()).toMatchObject({ running: 0, waiting: 0, parked: [] });
      });
    });

    describe("order", () => {
      it("is highest priority first, then the longest waiting", async () => {
        await queue.add(news("first"));
        now += 10;
        await queue.add(news("second"));
        now += 10;
        await queue.add({ keys: ["urgent"], priority: 10 });
        expect(await takeAll()).toEqual(["urgent", "first", "second"]);
      });

      it("forgets a priority with the pass that it was for", async () => {
        await queue.add({ keys: ["a"], priority: 10 });
        await queue.finish(await leaseOf("a"), now + 1);
        await queue.add({ keys: ["b"], priority: 5 });
        now += 1;
        expect(await takeAll()).toEqual(["b", "a"]);
      });
    });

    describe("wake-up", () => {
      it("leases the key again at the time that the pass named, not before", async () => {
        await queue.add(news("a"));
        await queue.finish(await leaseOf("a"), now + 60_000);
        expect(await queue.take()).toBeNull();
        expect(await queue.nextDueAt()).toBe(now + 60_000);
        now += 60_000;
        expect(await queue.take()).toMatchObject({ key: "a", attempt: 1 });
      });

      it("comes sooner when there is news", async () => {
        await queue.add(news("a"));
        await queue.finish(await leaseOf("a"), now + 60_000);
        await queue.add(news("a"));
        expect(await takeAll()).toEqual(["a"]);
      });
    });

    describe("failure", () => {
      it("counts the attempts until a pass ends well", async () => {
        await queue.add(news("a"));
        await queue.retry(await leaseOf("a"), now + 1000, "502");
        expect(await queue.take()).toBeNull();
        now += 1000;
        const second = await leaseOf("a");
        expect(second.attempt).toBe(2);
        await queue.finish(second, now);
        expect((await leaseOf("a")).attempt).toBe(1);
      });

      it("news does not wait for the retry, and the attempts count on", async () => {
        await queue.add(news("a"));
        await queue.retry(await leaseOf("a"), now + 60_000, "502");
        await queue.add(news("a"));
        expect((await leaseOf("a")).attempt).toBe(2);
      });

      it("of postponed keys the one with the higher priority is leased first, whatever it was before", async () => {
        await queue.add({ keys: ["low"], priority: 10 });
        await queue.add({ keys: ["high"], priority: 10 });
        await queue.postpone(await leaseOf("low"), now + 60_000, "budget spent", 11);
        await queue.postpone(await leaseOf("high"), now + 60_000, "budget spent", 14);
        now += 60_000;
        expect((await queue.take())?.key).toBe("high");
        const low = await queue.take();
        expect(low?.key).toBe("low");
        // What it was raised to is not what it starts with the next time; what it had is not lowered.
        await queue.postpone(low!, now + 60_000, "budget spent");
        await queue.add({ keys: ["other"], inMs: 60_000, priority: 5 });
        now += 60_000;
        expect((await queue.take())?.key).toBe("low");
      });

      it("a postponed key is not leased before its time, news or not, and no attempt is counted", async () => {
        await queue.add(news("a"));
        await queue.postpone(await leaseOf("a"), now + 60_000, "budget spent");
        await queue.add(news("a"));
        expect(await queue.take()).toBeNull();
        expect(await queue.nextDueAt()).toBe(now + 60_000);
        now += 60_000;
        expect((await leaseOf("a")).attempt).toBe(1);
      });

      it("a parked key stays visible and is not tried again by itself", async () => {
        await queue.add(news("a"));
        await queue.park(await leaseOf("a"), "TypeError: x is not a function");
        now += 30 * DAY;
        expect(await queue.take()).toBeNull();
        expect(await queue.nextDueAt()).toBeNull();
        expect((await queue.status()).parked).toEqual([
          { key: "a", reason: "TypeError: x is not a function", since: 1_000_000 },
        ]);
        await reopen();
        expect((await queue.status()).parked).toHaveLength(1);
      });

      it("news gives a parked key one more try, with the attempts counted on", async () => {
        await queue.add(news("a"));
        await queue.park(await leaseOf("a"), "bug");
        await queue.add(news("a"));
        expect((await queue.status()).parked).toEqual([]);
        const lease = await leaseOf("a");
        expect(lease.attempt).toBe(2);
        await queue.finish(lease, null);
        expect(await queue.status()).toMatchObject({ waiting: 0, running: 0, parked: [] });
      });

      it("news during the pass that failed for good is not lost", async () => {
        await queue.add(news("a"));
        const lease = await leaseOf("a");
        await queue.add(news("a"));
        await queue.park(lease, "bug");
        expect(await takeAll()).toEqual(["a"]);
      });
    });

    describe("close", () => {
      it("gives back what was leased, and the attempt that was broken off does not count", async () => {
        await queue.add(news("a"));
        await leaseOf("a");
        await reopen();
        expect((await leaseOf("a")).attempt).toBe(1);
      });

      it("leases nothing afterwards, accepts nothing, and may be called twice", async () => {
        await queue.add(news("a"));
        await queue.close();
        await queue.close();
        expect(await queue.take()).toBeNull();
        await expect(queue.add(news("b"))).rejects.toThrow("closed");
      });

      it("a pass that ends afterwards does not settle a key that was given back", async () => {
        await queue.add(news("a"));
        const lease = await leaseOf("a");
        const closed = queue;
        await queue.close();
        await closed.finish(lease, null);
        await closed.park(lease, "bug");
        queue = await store.open(() => now);
        expect(await takeAll()).toEqual(["a"]);
      });
    });

    it("status tells what waits, runs and how long the oldest is due", async () => {
      await queue.add(news("a", "b"));
      now += 10;
      await queue.add({ keys: ["c"], inMs: 60_000 });
      await queue.take();
      now += 500;
      expect(await queue.status()).toEqual({ waiting: 2, running: 1, parked: [], oldestDueMs: 510 });
    });
  });
}
