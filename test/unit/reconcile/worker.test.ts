import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { InstallationGone, Parked } from "../../../src/github/parked.ts";
import { createLogger } from "../../../src/logger.ts";
import { Unfinished } from "../../../src/reconcile/fate.ts";
import type { Queue } from "../../../src/reconcile/queue.ts";
import { openSqliteQueue } from "../../../src/reconcile/sqlite-queue.ts";
import { type PassResult, Worker, type WorkerOptions } from "../../../src/reconcile/worker.ts";
import { buildWorkKey } from "../../../src/webhooks/work-key.ts";
import { createFakeClock, type FakeClock } from "../../support/fake-clock.ts";

const WELL: PassResult = { wakeAt: null, fields: {} };
const incident = (issue: number) =>
  buildWorkKey({ kind: "incident", installation: 5, owner: "acme", repo: "shop", issue });

describe("the worker", () => {
  let directory: string;
  let clock: FakeClock;
  let queue: Queue;
  let worker: Worker;
  let lines: Record<string, unknown>[];

  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), "hotfix-worker-"));
    clock = createFakeClock();
    queue = openSqliteQueue({ directory, now: clock.now });
    lines = [];
  });

  afterEach(async () => {
    await worker.stop(0);
    await queue.close();
    rmSync(directory, { recursive: true });
  });

  function work(pass: (issue: number) => Promise<PassResult>, options: Partial<WorkerOptions> = {}): void {
    const none = () => Promise.resolve(WELL);
    worker = new Worker({
      queue,
      passes: {
        incident: ({ issue }) => pass(issue),
        commit: none,
        fix: none,
        guard: none,
        group: none,
        repository: none,
        installation: none,
      },
      clock,
      random: () => 1,
      log: createLogger({
        level: "debug",
        secrets: [],
        write: (line) => void lines.push(JSON.parse(line) as Record<string, unknown>),
      }),
      ...options,
    });
    worker.start();
  }

  /** A pass that ends when told to. */
  function controlled() {
    const started: number[] = [];
    const ends = new Map<number, PromiseWithResolvers<PassResult>>();
    const pass = (issue: number) => {
      started.push(issue);
      const end = Promise.withResolvers<PassResult>();
      ends.set(issue, end);
      return end.promise;
    };
    return { started, pass, end: (issue: number) => ends.get(issue)!.resolve(WELL), ends };
  }

  it("runs a pass for news that came before it started and for news that comes later", async () => {
    const seen: number[] = [];
    await queue.add({ keys: [incident(1)] });
    work(async (issue) => {
      seen.push(issue);
      return WELL;
    });
    await worker.idle();
    await queue.add({ keys: [incident(2)] });
    await worker.idle();
    expect(seen).toEqual([1, 2]);
  });

  it("F10: never runs two passes over one incident at a time, and news during a pass causes one more", async () => {
    const { started, pass, end } = controlled();
    work(pass);
    await queue.add({ keys: [incident(1)] });
    await clock.advance(0);
    await queue.add({ keys: [incident(1)] });
    await queue.add({ keys: [incident(1)] });
    await clock.advance(1000);
    expect(started).toEqual([1]);
    end(1);
    await clock.advance(0);
    expect(started).toEqual([1, 1]);
    end(1);
    await worker.idle();
    expect(started).toEqual([1, 1]);
  });

  it("runs passes over different incidents side by side, within its limit", async () => {
    const { started, pass, end } = controlled();
    work(pass, { concurrency: 2 });
    await queue.add({ keys: [incident(1), incident(2), incident(3)] });
    await clock.advance(0);
    expect(started).toEqual([1, 2]);
    end(2);
    await clock.advance(0);
    expect(started).toEqual([1, 2, 3]);
    end(1);
    end(3);
    await worker.idle();
  });

  it("wakes a key at the time that its pass named", async () => {
    const at: number[] = [];
    const start = clock.now();
    work(async () => {
      at.push(clock.now() - start);
      return { wakeAt: at.length === 1 ? start + 60_000 : null, fields: {} };
    });
    await queue.add({ keys: [incident(1)] });
    await clock.advance(59_000);
    expect(at).toEqual([0]);
    await clock.advance(1000);
    expect(at).toEqual([0, 60_000]);
  });

  it("tries a failed pass again with growing pauses, then parks it visibly after eight tries", async () => {
    const at: number[] = [];
    const start = clock.now();
    work(async () => {
      at.push(clock.now() - start);
      throw new TypeError("x is not a function");
    });
    await queue.add({ keys: [incident(1)] });
    await clock.advance(3_600_000);
    expect(at).toEqual([0, 1000, 3000, 7000, 15_000, 31_000, 63_000, 127_000]);
    expect((await queue.status()).parked).toEqual([
      { key: incident(1), reason: "TypeError: x is not a function", since: start + 127_000 },
    ]);
    expect(lines.filter(({ level }) => level === "error")).toHaveLength(8);
  });

  it("an incident that is parked does not keep another from its pass", async () => {
    const well: number[] = [];
    work(
      async (issue) => {
        if (issue === 1) throw new Error("bug");
        well.push(issue);
        return WELL;
      },
      { tries: 1, concurrency: 1 },
    );
    await queue.add({ keys: [incident(1), incident(2)] });
    await worker.idle();
    expect(well).toEqual([2]);
    expect((await queue.status()).parked).toHaveLength(1);
  });

  it("F13: a pass without budget is put off to the time that the client named, without counting as a failure", async () => {
    const at: number[] = [];
    const start = clock.now();
    work(
      async () => {
        at.push(clock.now() - start);
        if (at.length <= 10) throw new Parked("the budget is spent", clock.now() + 90_000);
        return WELL;
      },
      { tries: 3 },
    );
    await queue.add({ keys: [incident(1)] });
    await clock.advance(45_000);
    await queue.add({ keys: [incident(1)] });
    await clock.advance(3_600_000);
    expect(at).toEqual(Array.from({ length: 11 }, (_, index) => index * 90_000));
    expect(await queue.status()).toMatchObject({ waiting: 0, parked: [] });
    expect(lines.filter(({ level }) => level === "error" || level === "warn")).toEqual([]);
  });

  it("S34: an installation that is gone causes no tries and no error", async () => {
    let passes = 0;
    work(async () => {
      passes += 1;
      throw new InstallationGone("no access to the installation");
    });
    await queue.add({ keys: [incident(1)] });
    await clock.advance(3_600_000);
    expect(passes).toBe(1);
    expect(await queue.status()).toEqual({ waiting: 0, running: 0, parked: [], oldestDueMs: 0 });
    expect(lines.map(({ level }) => level)).toEqual(["info"]);
  });

  it("what may work in a while is a warning, what is our mistake is an error", async () => {
    const errors = [new Unfinished("create-branch: protected", { done: ["assign:7"] }), new Error("bug")];
    work(async () => {
      const error = errors.shift();
      if (error !== undefined) throw error;
      return WELL;
    });
    await queue.add({ keys: [incident(1)] });
    await clock.advance(10_000);
    expect(lines.map(({ level, msg }) => `${String(level)}: ${String(msg)}`)).toEqual([
      "warn: Pass not finished; it is tried again",
      "error: Pass failed",
      "info: Reconciled",
    ]);
    expect(lines[0]).toMatchObject({ key: incident(1), attempt: 1, done: ["assign:7"] });
  });

  it("one line tells of a pass: key, what the pass says, duration", async () => {
    work(async () => {
      await clock.sleep(250);
      return { wakeAt: null, fields: { phase: "fixing", done: ["assign:7"], calls: 3 } };
    });
    await queue.add({ keys: [incident(7)] });
    await clock.advance(1000);
    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatchObject({
      level: "info",
      msg: "Reconciled",
      key: incident(7),
      phase: "fixing",
      done: ["assign:7"],
      calls: 3,
      ms: 250,
    });
  });

  it("S32: a token in an error reaches neither the log nor the queue", async () => {
    const token = "ghs_12345_eyJhbGciOiJSUzI1NiJ9.eyJpc3MiOjF9.c2lnbmF0dXJl";
    work(
      async () => {
        throw new Error(`clone of https://x-access-token:${token}@github.com/acme/shop failed`);
      },
      { tries: 1 },
    );
    await queue.add({ keys: [incident(1)] });
    await worker.idle();
    const everything = JSON.stringify([lines, (await queue.status()).parked]);
    expect(everything).toContain("clone of https://");
    expect(everything).not.toMatch(/eyJ|ghs_12345/u);
  });

  it("goes on when the store works again", async () => {
    const finish = queue.finish.bind(queue);
    let failures = 3;
    queue.finish = async (lease, wakeAt) => {
      if (failures-- > 0) throw new Error("disk full");
      await finish(lease, wakeAt);
    };
    const take = queue.take.bind(queue);
    let refusals = 2;
    queue.take = async () => {
      if (refusals-- > 0) throw new Error("disk full");
      return take();
    };
    let passes = 0;
    work(async () => {
      passes += 1;
      return WELL;
    });
    await queue.add({ keys: [incident(1)] });
    await clock.advance(60_000);
    expect(passes).toBe(1);
    expect(await queue.status()).toMatchObject({ waiting: 0, running: 0 });
  });

  it("stop lets a running pass end within its time", async () => {
    const { pass, end } = controlled();
    work(pass);
    await queue.add({ keys: [incident(1)] });
    await clock.advance(0);
    let isStopped = false;
    const stopped = worker.stop(5000).then(() => {
      isStopped = true;
    });
    await clock.advance(4000);
    expect(isStopped).toBe(false);
    end(1);
    await stopped;
    expect(await queue.status()).toMatchObject({ waiting: 0, running: 0 });
  });

  it("stop leaves what has not ended in its time to the next start, and takes nothing new", async () => {
    const { started, pass, ends } = controlled();
    work(pass, { concurrency: 1 });
    await queue.add({ keys: [incident(1), incident(2)] });
    await clock.advance(0);
    const stopped = worker.stop(5000);
    await clock.advance(5000);
    await stopped;
    expect(started).toEqual([1]);
    await queue.close();
    ends.get(1)!.resolve(WELL);
    await clock.advance(0);
    queue = openSqliteQueue({ directory, now: clock.now });
    const left = [await queue.take(), await queue.take()];
    expect(left).toMatchObject([
      { key: incident(1), attempt: 1 },
      { key: incident(2), attempt: 1 },
    ]);
  });
});
