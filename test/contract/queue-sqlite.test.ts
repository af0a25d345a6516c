import { spawnSync } from "node:child_process";
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Queue } from "../../src/reconcile/queue.ts";
import { openSqliteQueue } from "../../src/reconcile/sqlite-queue.ts";
import { queueContract } from "./queue-contract.ts";

function temporaryDirectory(): string {
  return mkdtempSync(join(tmpdir(), "hotfix-queue-"));
}

queueContract("SQLite", async () => {
  const directory = temporaryDirectory();
  let open: Queue | null = null;
  return {
    async open(now) {
      open = openSqliteQueue({ directory, now });
      return open;
    },
    async remove() {
      await open?.close();
      rmSync(directory, { recursive: true });
    },
  };
});

describe("the queue's file", () => {
  let directory: string;
  const opened: Queue[] = [];

  beforeEach(() => {
    directory = temporaryDirectory();
  });

  afterEach(async () => {
    for (const queue of opened.splice(0)) await queue.close();
    rmSync(directory, { recursive: true });
  });

  function open(): Queue {
    const queue = openSqliteQueue({ directory, now: Date.now });
    opened.push(queue);
    return queue;
  }

  /** Runs a module that opens the queue in `directory`, in a process of its own. */
  function inAnotherProcess(program: string, shellPrefix = ""): { status: number | null; output: string } {
    const module = JSON.stringify(join(import.meta.dirname, "../../src/reconcile/sqlite-queue.ts"));
    const source = `
      const { openSqliteQueue } = await import(${module});
      const queue = openSqliteQueue({ directory: ${JSON.stringify(directory)}, now: Date.now });
      ${program}`;
    const script = join(directory, "program.mjs");
    writeFileSync(script, source);
    const command = `${shellPrefix} exec "$0" "$1"`;
    const run = spawnSync("bash", ["-c", command, process.execPath, script], { encoding: "utf8" });
    return { status: run.status, output: `${run.stdout}${run.stderr}` };
  }

  it("refuses a second process with a sentence that says what to do", async () => {
    const queue = open();
    await queue.add({ keys: ["a"] });
    const second = inAnotherProcess("await queue.add({ keys: ['b'] });");
    expect(second.status).not.toBe(0);
    expect(second.output).toContain(
      "is in use by another process of the app. Stop it first, or set DATA_DIR",
    );
    expect((await queue.status()).waiting).toBe(1);
  });

  it("opens again after the process that held it was killed", () => {
    const killed = inAnotherProcess(
      "await queue.add({ keys: ['a'] }); await queue.take(); process.kill(process.pid, 'SIGKILL'); await new Promise(() => {});",
    );
    expect(killed.status).not.toBe(0);
    return expect(open().take()).resolves.toMatchObject({ key: "a", attempt: 2 });
  });

  it("parks a key whose pass killed the process eight times in a row", async () => {
    await open().add({ keys: ["poison", "fine"] });
    await opened.splice(0)[0]!.close();
    for (let life = 0; life < 8; life += 1)
      inAnotherProcess("await queue.take(); process.kill(process.pid, 'SIGKILL');");
    const status = await open().status();
    expect(status.parked.map(({ key }) => key)).toEqual(["poison"]);
    expect(status.waiting).toBe(1);
  });

  it("refuses a damaged file, names it and says that it may be deleted", () => {
    writeFileSync(join(directory, "queue.sqlite"), "this was a database once".repeat(500));
    expect(() => open()).toThrow(/queue\.sqlite is damaged .* It may be deleted/u);
  });

  it("refuses a file with damage in a part that opening it does not read", async () => {
    const queue = open();
    for (let index = 0; index < 500; index += 1)
      await queue.add({
        keys: ["a"],
        delivery: `72d3162e-cc78-11e3-81ab-${String(index).padStart(12, "0")}`,
      });
    await opened.splice(0)[0]!.close();
    const path = join(directory, "queue.sqlite");
    const bytes = readFileSync(path);
    bytes.fill("broken", bytes.length - 3 * 4096);
    writeFileSync(path, bytes);
    expect(() => open()).toThrow(/queue\.sqlite is damaged .* It may be deleted/u);
    rmSync(path);
    expect(await open().take()).toBeNull();
  });

  it("says that the disk may be full when a write fails, and what was stored before stays", async () => {
    const full = inAnotherProcess(
      `let stored = 0;
       try {
         for (; stored < 5000; stored += 1) await queue.add({ keys: ["key-" + stored + "x".repeat(500)] });
       } catch (error) {
         console.log(stored, error.name, error.message);
       }`,
      "ulimit -f 200;",
    );
    expect(full.output).toMatch(
      /QueueError The queue file .*queue\.sqlite cannot be written .*is the disk full\?/u,
    );
    const stored = Number.parseInt(full.output, 10);
    expect(stored).toBeGreaterThan(10);
    expect((await open().status()).waiting).toBe(stored);
  });

  it("says what to set when the data directory cannot be made", () => {
    writeFileSync(join(directory, "file"), "");
    expect(() => openSqliteQueue({ directory: join(directory, "file", "data"), now: Date.now })).toThrow(
      /data directory .* cannot be created .* Set DATA_DIR/u,
    );
  });

  it.skipIf(process.getuid?.() === 0)("says what to set when the data directory may not be written", () => {
    chmodSync(directory, 0o500);
    expect(() => open()).toThrow(/cannot be opened for writing .* Set DATA_DIR/u);
    chmodSync(directory, 0o700);
  });
});
