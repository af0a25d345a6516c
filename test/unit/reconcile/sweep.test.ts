import { describe, expect, it } from "vitest";
import { createLogger } from "../../../src/logger.ts";
import { reconcileInstallation, Rotation } from "../../../src/reconcile/installation.ts";
import type { News } from "../../../src/reconcile/queue.ts";
import { Redelivery } from "../../../src/reconcile/redelivery.ts";
import { reconcileRepository, RepositoryMemory } from "../../../src/reconcile/repository.ts";
import { Sweep } from "../../../src/reconcile/sweep.ts";
import { createFakeClock } from "../../support/fake-clock.ts";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const START = Date.parse("2026-11-20T14:30:00Z");

describe("redelivery of lost webhooks", () => {
  /** What GitHub lists, oldest first, with how long ago it was delivered. */
  function hook(failures: readonly { readonly guid: string; readonly ago: number }[]) {
    let now = START;
    const asked: string[] = [];
    const looks: number[] = [];
    const redelivery = new Redelivery({
      now: () => now,
      async listFailed(since) {
        looks.push(now - since);
        return failures
          .filter(({ ago }) => START - ago >= since)
          .map(({ guid }, id) => ({ id, guid, event: "issues" }))
          .toReversed();
      },
      async redeliver({ guid }) {
        asked.push(guid);
      },
    });
    return { redelivery, asked, looks, pass: (ms: number) => (now += ms) };
  }

  it("F11: asks for what was lost, oldest first", async () => {
    const { redelivery, asked } = hook([
      { guid: "a", ago: 2 * HOUR },
      { guid: "b", ago: HOUR },
    ]);
    expect(await redelivery.run()).toBe(2);
    expect(asked).toEqual(["a", "b"]);
  });

  it("looks back three days at first, then only as far as needed", async () => {
    const { redelivery, looks, asked, pass } = hook([{ guid: "too old", ago: 3 * DAY + 1 }]);
    await redelivery.run();
    pass(300_000);
    await redelivery.run();
    expect(looks).toEqual([3 * DAY, HOUR + 300_000]);
    expect(asked).toEqual([]);
  });

  it("gives up a delivery that fails each time", async () => {
    const { redelivery, asked } = hook([{ guid: "poison", ago: 0 }]);
    for (let sweep = 1; sweep <= 6; sweep += 1) await redelivery.run();
    expect(asked).toEqual(["poison", "poison", "poison"]);
  });

  it("asks for no more than a hundred at a time, and for the rest the next time", async () => {
    const many = Array.from({ length: 130 }, (_, index) => ({ guid: `guid-${index}`, ago: 2 * DAY }));
    const { redelivery, asked, looks } = hook(many);
    expect(await redelivery.run()).toBe(100);
    await redelivery.run();
    expect(looks).toEqual([3 * DAY, 3 * DAY]);
    expect(asked[0]).toBe("guid-0");
    expect(new Set(asked).size).toBe(130);
  });

  it("looks as far back again after it failed half-way", async () => {
    const looks: number[] = [];
    const redelivery = new Redelivery({
      now: () => START,
      listFailed: async (since) => {
        looks.push(START - since);
        return [{ id: 1, guid: "a", event: "issues" }];
      },
      redeliver: () => Promise.reject(new Error("502")),
    });
    await expect(redelivery.run()).rejects.toThrow("502");
    await expect(redelivery.run()).rejects.toThrow("502");
    expect(looks).toEqual([3 * DAY, 3 * DAY]);
  });
});

describe("the sweep", () => {
  function sweep(options: { installations?: () => Promise<number[]>; redeliver?: () => Promise<number> }) {
    const clock = createFakeClock(START);
    const added: News[] = [];
    const lines: string[] = [];
    const it = new Sweep({
      listInstallations: options.installations ?? (async () => [5, 6]),
      redelivery: { run: options.redeliver ?? (async () => 0) },
      queue: {
        add: async (news) => {
          added.push(news);
          return true;
        },
      },
      clock,
      log: createLogger({ level: "info", secrets: [], write: (line) => void lines.push(line) }),
      everyMs: 300_000,
    });
    return { it, clock, added, lines };
  }

  it("looks at every installation at the start and then every five minutes", async () => {
    const { it, clock, added } = sweep({});
    it.start();
    await clock.advance(0);
    expect(added).toEqual([{ keys: ["installation|5", "installation|6"] }]);
    expect(it.lastAt).toBe(START);
    await clock.advance(900_000);
    expect(added).toHaveLength(4);
    await it.stop();
  });

  it("one half that fails does not keep the other from being done, and it is tried again soon", async () => {
    let tries = 0;
    const { it, clock, added, lines } = sweep({
      redeliver: async () => {
        tries += 1;
        throw new Error("502");
      },
    });
    it.start();
    await clock.advance(65_000);
    expect(tries).toBe(3);
    expect(added).toHaveLength(3);
    expect(it.lastAt).toBeNull();
    expect(lines[0]).toContain("Sweep failed in part");
    await it.stop();
  });

  it("stops at once", async () => {
    const { it, clock, added } = sweep({});
    it.start();
    await clock.advance(0);
    await it.stop();
    await clock.advance(900_000);
    expect(added).toHaveLength(1);
  });
});

describe("a pass over a repository", () => {
  const key = { kind: "repository", installation: 5, owner: "acme", repo: "shop" } as const;
  function repository(open: number[], closed: number[] = []) {
    let now = START;
    const added: string[] = [];
    const since: string[] = [];
    const memory = new RepositoryMemory();
    const run = () =>
      reconcileRepository(
        key,
        {
          listUnguarded: async () => [],
          listOpen: async () => open.map((number) => ({ number })),
          listClosed: async (date) => {
            since.push(date);
            return closed.map((number) => ({ number }));
          },
          add: async (news) => added.push(...news.keys),
          now: () => now,
        },
        memory,
      );
    return { run, added, since, memory, pass: (ms: number) => (now += ms) };
  }

  it("looks at every open incident and at those closed in the last thirty days", async () => {
    const { run, added, since } = repository([7, 9], [3]);
    expect((await run()).fields).toEqual({ open: 2, closed: 1 });
    expect(added).toEqual(["incident|5|acme/shop|7", "incident|5|acme/shop|9", "incident|5|acme/shop|3"]);
    expect(since).toEqual(["2026-10-21T14:30:00.000Z"]);
  });

  it("looks at closed incidents every half hour only", async () => {
    const { run, added, pass } = repository([], [3]);
    await run();
    await run();
    pass(30 * 60_000);
    await run();
    expect(added).toEqual(["incident|5|acme/shop|3", "incident|5|acme/shop|3"]);
  });

  it("remembers whether the repository has open incidents", async () => {
    const open = [7];
    const { run, memory } = repository(open);
    await run();
    expect(memory.isActive(key)).toBe(true);
    open.pop();
    await run();
    expect(memory.isActive(key)).toBe(false);
  });
});

describe("a pass over an installation", () => {
  const key = { kind: "installation", installation: 5 } as const;
  const named = (count: number) =>
    Array.from({ length: count }, (_, index) => ({ owner: "acme", repo: `repo-${index}` }));

  it("looks at the repositories with open incidents each time and at the others in turn", async () => {
    const all = named(100);
    const memory = new RepositoryMemory();
    memory.noteActive({ kind: "repository", installation: 5, ...all[99]! }, true);
    const rotation = new Rotation();
    const rounds: string[][] = [];
    for (let round = 0; round < 3; round += 1) {
      const keys: string[] = [];
      await reconcileInstallation(
        key,
        { list: async () => all, add: async (news) => keys.push(...news.keys) },
        memory,
        rotation,
      );
      rounds.push(keys);
    }
    expect(rounds.map((keys) => keys.length)).toEqual([41, 41, 41]);
    expect(rounds.every((keys) => keys.includes("repository|5|acme/repo-99"))).toBe(true);
    expect(new Set(rounds.flat()).size).toBe(100);
  });

  it("looks at all of a small installation", async () => {
    const keys: string[] = [];
    const ports = { list: async () => named(3), add: async (news: News) => keys.push(...news.keys) };
    await reconcileInstallation(key, ports, new RepositoryMemory(), new Rotation());
    expect(keys).toHaveLength(3);
  });
});
