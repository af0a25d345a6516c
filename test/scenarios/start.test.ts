import { type ChildProcess, spawn } from "node:child_process";
import { generateKeyPairSync } from "node:crypto";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { sign } from "@octokit/webhooks-methods";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { openSqliteQueue } from "../../src/reconcile/sqlite-queue.ts";
import { compileCache } from "../support/compile-cache.ts";
import { freePort } from "../support/free-port.ts";
import { deliver, SECRET } from "../support/receiver.ts";

const { privateKey: KEY } = generateKeyPairSync("rsa", {
  modulusLength: 2048,
  privateKeyEncoding: { type: "pkcs8", format: "pem" },
  publicKeyEncoding: { type: "spki", format: "pem" },
});

const LABELED = JSON.stringify({
  action: "labeled",
  issue: { number: 7, labels: [{ name: "incident" }] },
  installation: { id: 5 },
  repository: { id: 100, name: "shop", owner: { login: "acme" } },
});

interface Run {
  readonly process: ChildProcess;
  /** What it wrote so far, both streams. */
  output(): string;
  /** Exit code, when it has ended. */
  readonly ended: Promise<number | null>;
}

/** `npm start` as a process of its own, in an empty folder, with exactly these variables. */
describe("npm start", () => {
  let folder: string;
  const alive = new Set<ChildProcess>();

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "hotfix-start-"));
  });

  afterEach(async () => {
    for (const child of alive) child.kill("SIGKILL");
    alive.clear();
    rmSync(folder, { recursive: true, maxRetries: 3 });
  });

  function start(variables: Readonly<Record<string, string>>): Run {
    const main = join(import.meta.dirname, "../../src/main.ts");
    const child = spawn(process.execPath, [main], { cwd: folder, env: { ...compileCache, ...variables } });
    alive.add(child);
    let output = "";
    for (const stream of [child.stdout, child.stderr])
      stream.on("data", (chunk) => (output += String(chunk)));
    const ended = once(child, "close").then(([code]) => code as number | null);
    return { process: child, output: () => output, ended };
  }

  /** With credentials, and GitHub out of reach. */
  async function serving(
    more: Readonly<Record<string, string>> = {},
  ): Promise<Run & { readonly url: string }> {
    const port = await freePort();
    const run = start({ ...credentials(port), ...more });
    const url = `http://127.0.0.1:${port}`;
    await until(() => isUp(url), run);
    return { ...run, url };
  }

  const credentials = (port: number) => ({
    APP_ID: "12",
    PRIVATE_KEY: KEY,
    WEBHOOK_SECRET: SECRET,
    GHE_HOST: "127.0.0.1:1",
    GHE_PROTOCOL: "http",
    PORT: String(port),
  });

  describe("refuses with a sentence that says what to set, and exit code 1", () => {
    const complete = { APP_ID: "12", PRIVATE_KEY: KEY, WEBHOOK_SECRET: SECRET };
    it.each([
      ["in production without credentials", { NODE_ENV: "production" }, "APP_ID is not set"],
      ["S10: without a webhook secret", { ...complete, WEBHOOK_SECRET: "" }, "WEBHOOK_SECRET is not set"],
      [
        "S10: with Probot's secret",
        { ...complete, WEBHOOK_SECRET: "development" },
        "WEBHOOK_SECRET is too easy",
      ],
      [
        "with a key that is none",
        { ...complete, PRIVATE_KEY: "nonsense" },
        "PRIVATE_KEY is not a private key",
      ],
    ])("%s", async (_what, variables, sentence) => {
      const run = start(variables);
      expect(await run.ended).toBe(1);
      expect(run.output()).toContain(`Hotfix Responder does not start: ${sentence}`);
      expect(run.output()).not.toContain("    at ");
    });

    it("where the port is taken", async () => {
      const first = await serving();
      const second = start({
        ...credentials(Number(new URL(first.url).port)),
        DATA_DIR: join(folder, "other"),
      });
      expect(await second.ended).toBe(1);
      expect(second.output()).toMatch(/does not start: Port \d+ is taken by another process; set PORT/u);
    });

    it("where another process has the data directory", async () => {
      await serving();
      const second = start(credentials(await freePort()));
      expect(await second.ended).toBe(1);
      expect(second.output()).toContain("is in use by another process of the app");
    });

    it("where the queue is damaged", async () => {
      const queue = openSqliteQueue({ directory: join(folder, "data"), now: Date.now });
      await queue.close();
      writeFileSync(join(folder, "data", "queue.sqlite"), "nonsense".repeat(1000));
      const run = start(credentials(await freePort()));
      expect(await run.ended).toBe(1);
      expect(run.output()).toMatch(/queue\.sqlite is damaged .* It may be deleted/u);
    });
  });

  it("serves with credentials: health, ping and webhooks, while GitHub is out of reach", async () => {
    const { url } = await serving();
    expect(await (await fetch(`${url}/ping`)).text()).toBe("PONG");
    expect((await deliver(url, "issues", LABELED)).body).toEqual({ result: "accepted" });
    const health = await fetch(`${url}/health`);
    expect(health.status).toBe(200);
    expect(await health.json()).toMatchObject({
      status: "ok",
      reasons: [],
      queue: { parked: 0 },
      worker: { isAlive: true },
      sweep: { ageMs: null, isLate: true },
    });
  });

  it("health names no repository and no reason of a failure", async () => {
    const { url } = await serving();
    await deliver(url, "issues", LABELED);
    expect(await (await fetch(`${url}/health`)).text()).not.toMatch(/acme|shop|fetch/u);
  });

  it("S10: accepts no webhook signed with the word development", async () => {
    const { url } = await serving();
    const signature = await sign("development", LABELED);
    expect((await deliver(url, "issues", LABELED, { "x-hub-signature-256": signature })).status).toBe(401);
  });

  it.each(["SIGTERM", "SIGINT"] as const)(
    "stops cleanly on %s and keeps what was not done",
    async (signal) => {
      const run = await serving();
      await deliver(run.url, "issues", LABELED);
      run.process.kill(signal);
      expect(await run.ended).toBe(0);
      expect(run.output()).toContain('"msg":"Stopped"');
      const queue = openSqliteQueue({ directory: join(folder, "data"), now: () => Date.now() + 3_600_000 });
      expect(await queue.take()).toMatchObject({ key: "incident|5|acme/shop|7" });
      await queue.close();
    },
  );

  it("S32: writes neither the key nor the secret, whatever fails", async () => {
    const run = await serving({ LOG_LEVEL: "trace" });
    await deliver(run.url, "issues", LABELED);
    await deliver(run.url, "issues", LABELED, { "x-hub-signature-256": "sha256=0" });
    await until(async () => run.output().includes("Sweep failed"), run);
    run.process.kill("SIGTERM");
    await run.ended;
    expect(run.output()).not.toMatch(/PRIVATE KEY|eyJ[\w-]+\.eyJ/u);
    expect(run.output()).not.toContain(SECRET);
  });

  it(".env fills in what the environment leaves open, and outweighs nothing", async () => {
    const [real, inFile] = [await freePort(), await freePort()];
    writeFileSync(join(folder, ".env"), `PORT=${inFile}\nWEBHOOK_SECRET=${SECRET}\n`);
    const { WEBHOOK_SECRET: _left, ...others } = credentials(real);
    const run = start(others);
    await until(() => isUp(`http://127.0.0.1:${real}`), run);
    expect(await isUp(`http://127.0.0.1:${inFile}`)).toBe(false);
  });

  it("without credentials shows the set-up page, on this machine only, with the webhook's path", async () => {
    const port = await freePort();
    writeFileSync(
      join(folder, "app.yml"),
      "name: Hotfix Responder\nhook_attributes:\n  url: https://hotfix.example.com/api/github/webhooks\n",
    );
    const run = start({ PORT: String(port), HOST: "0.0.0.0" });
    await until(() => isUp(`http://127.0.0.1:${port}`, "/probot"), run);
    const page = await (await fetch(`http://127.0.0.1:${port}/probot`)).text();
    expect(page).toContain("hotfix.example.com/api/github/webhooks");
    expect(run.output()).toContain(`Listening on http://127.0.0.1:${port}`);
    expect(run.output()).not.toMatch(/smee/iu);
    run.process.kill("SIGTERM");
    expect(await run.ended).toBe(0);
  });
});

async function until(isSo: () => Promise<boolean>, run: Run): Promise<void> {
  for (let tries = 0; tries < 900; tries += 1) {
    if (await isSo()) return;
    if (run.process.exitCode !== null) break;
    await wait(100);
  }
  throw new Error(`it did not come to that; its output:\n${run.output()}`);
}

async function isUp(url: string, path = "/ping"): Promise<boolean> {
  try {
    return (await fetch(`${url}${path}`)).ok;
  } catch (error) {
    // What fetch throws while nothing listens.
    if (error instanceof TypeError) return false;
    throw error;
  }
}
