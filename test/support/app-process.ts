import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { compileCache } from "./compile-cache.ts";
import type { World } from "./world.ts";

export interface AppProcess {
  readonly process: ChildProcess;
  /** What it said on standard error so far. */
  complaint(): string;
  /** With SIGKILL; resolves when it is gone. */
  kill(): Promise<void>;
}

/** The app as a process of its own that can be killed. Resolves when it answers. */
export async function startAppProcess(world: World): Promise<AppProcess> {
  const app = spawnAppProcess(world);
  try {
    await until(app, () => isUp(world.environment.port), 25);
  } catch (error) {
    await app.kill();
    throw error;
  }
  return app;
}

/** Resolves when `isSo`, asked each `everyMs` milliseconds. Throws when the app ends before that. */
export async function until(
  app: AppProcess,
  isSo: () => boolean | Promise<boolean>,
  everyMs: number,
): Promise<void> {
  while (!(await isSo())) {
    const { exitCode } = app.process;
    if (exitCode !== null) {
      throw new Error(`the app ended by itself with ${exitCode}: ${app.complaint()}`);
    }
    await wait(everyMs);
  }
}

/** It has only begun to start. */
export function spawnAppProcess(world: World): AppProcess {
  const { environment } = world;
  const child = spawn(process.execPath, [join(import.meta.dirname, "../../src/main.ts")], {
    cwd: environment.dataDir,
    stdio: ["ignore", "ignore", "pipe"],
    env: {
      ...compileCache,
      APP_ID: String(environment.appId),
      PRIVATE_KEY: environment.privateKey,
      WEBHOOK_SECRET: environment.webhookSecret,
      GHE_HOST: new URL(world.standIn.url).host,
      GHE_PROTOCOL: "http",
      PORT: String(environment.port),
      DATA_DIR: environment.dataDir,
    },
  });
  let complaint = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    complaint += text;
  });
  // With everything that it said.
  const gone = once(child, "close");
  const kill = async (): Promise<void> => {
    child.kill("SIGKILL");
    await gone;
  };
  return { process: child, complaint: () => complaint, kill };
}

async function isUp(port: number): Promise<boolean> {
  try {
    return (await fetch(`http://127.0.0.1:${port}/ping`)).ok;
  } catch (error) {
    // What fetch throws while nothing listens.
    if (error instanceof TypeError) return false;
    throw error;
  }
}
