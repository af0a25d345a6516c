import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { setTimeout as wait } from "node:timers/promises";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { compileCache } from "../support/compile-cache.ts";
import { deliver, SECRET } from "../support/receiver.ts";

const ROUNDS = 25;
const KEYS = 12;

interface Entry {
  readonly what: "began" | "ended";
  readonly issue: number;
  readonly at: number;
  readonly life: number;
}

interface Life {
  readonly url: string;
  readonly process: ChildProcess;
  /** The next line that it says. */
  line(): Promise<string>;
}

describe("a process that is killed again and again", () => {
  let directory: string;
  let journal: string;
  const alive = new Set<ChildProcess>();

  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), "hotfix-crash-"));
    journal = join(directory, "journal");
  });

  afterEach(() => {
    for (const child of alive) child.kill("SIGKILL");
    rmSync(directory, { recursive: true });
  });

  async function start(): Promise<Life> {
    const program = join(import.meta.dirname, "../support/journaling-app.ts");
    const child = spawn(process.execPath, [program, join(directory, "data"), journal, SECRET], {
      stdio: ["ignore", "pipe", "inherit"],
      env: { ...process.env, ...compileCache },
    });
    alive.add(child);
    const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
    const line = async () => String((await lines.next()).value);
    return { url: await line(), process: child, line };
  }

  async function kill({ process: child }: Life): Promise<void> {
    const gone = once(child, "exit");
    child.kill("SIGKILL");
    await gone;
    alive.delete(child);
  }

  function entries(): Entry[] {
    return readFileSync(journal, "utf8")
      .split("\n")
      .filter(Boolean)
      .map((text) => JSON.parse(text) as Entry);
  }

  it(`I8: loses nothing that it acknowledged, in ${ROUNDS} kills at random moments`, async () => {
    /** By issue: when the newest acknowledged delivery was sent. */
    const acknowledged = new Map<number, number>();
    let acknowledgements = 0;
    let refusals = 0;

    for (let round = 0; round < ROUNDS; round += 1) {
      const life = await start();
      let isOver = false;
      // Counted and not timed, so that a slow machine is killed in the middle of work too.
      const enough = acknowledgements + 3 + Math.floor(Math.random() * 10);
      const sender = async (offset: number) => {
        for (let count = 0; !isOver; count += 1) {
          const issue = 1 + ((round * 5 + offset + count * 3) % KEYS);
          const at = Date.now();
          try {
            const { status } = await deliver(life.url, "issues", labeled(issue));
            if (status !== 202) throw new Error(`answered ${status}`);
            acknowledgements += 1;
            acknowledged.set(issue, at);
          } catch (error) {
            if (!isOver) throw error;
            // Killed in the middle: not acknowledged, so nothing was promised.
            refusals += 1;
          }
        }
      };
      const senders = Promise.all([sender(0), sender(1), sender(2)]);
      while (acknowledgements < enough) await Promise.race([wait(1), senders]);
      await wait(Math.random() * 10);
      isOver = true;
      await kill(life);
      await senders;
    }

    const last = await start();
    last.process.kill("SIGUSR2");
    expect(await last.line()).toBe("idle");
    await kill(last);

    const all = entries();
    const unanswered = [...acknowledged].filter(
      ([issue, at]) => !passes(all, issue).some((pass) => pass.ended && pass.began >= at),
    );
    expect(unanswered).toEqual([]);
    // The kills came in the middle of requests and of passes.
    expect(refusals).toBeGreaterThan(0);
    expect(all.filter(({ what }) => what === "began").length).toBeGreaterThan(
      all.filter(({ what }) => what === "ended").length,
    );
    expect(overlaps(all)).toEqual([]);
  });
});

function labeled(issue: number): string {
  return JSON.stringify({
    action: "labeled",
    issue: { number: issue, labels: [{ name: "incident" }] },
    installation: { id: 5 },
    repository: { id: 100, name: "shop", owner: { login: "acme" } },
  });
}

/** Passes over one issue in the order of their beginning. */
function passes(all: readonly Entry[], issue: number): { began: number; ended: boolean }[] {
  const result: { began: number; ended: boolean; life: number }[] = [];
  for (const entry of all.filter((each) => each.issue === issue)) {
    if (entry.what === "began") result.push({ began: entry.at, ended: false, life: entry.life });
    else result.at(-1)!.ended = true;
  }
  return result;
}

/** Passes over one issue that began while another one of the same process had not ended. */
function overlaps(all: readonly Entry[]): Entry[] {
  const running = new Map<string, boolean>();
  return all.filter(({ what, issue, life }) => {
    const key = `${life}/${issue}`;
    const isRunning = running.get(key) ?? false;
    running.set(key, what === "began");
    return what === "began" && isRunning;
  });
}
