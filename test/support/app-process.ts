import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import type { World } from "./world.ts";

/** The app as a process of its own that can be killed. Resolves when it answers. */
export async function startAppProcess(
  world: World,
): Promise<{ readonly process: ChildProcess; kill(): Promise<void> }> {
  const { environment } = world;
  const child = spawn(process.execPath, [join(import.meta.dirname, "../../src/main.ts")], {
    cwd: environment.dataDir,
    stdio: "ignore",
    env: {
      APP_ID: String(environment.appId),
      PRIVATE_KEY: environment.privateKey,
      WEBHOOK_SECRET: environment.webhookSecret,
      GHE_HOST: new URL(world.standIn.url).host,
      GHE_PROTOCOL: "http",
      PORT: String(environment.port),
      DATA_DIR: environment.dataDir,
    },
  });
  const gone = once(child, "exit");
  const kill = async (): Promise<void> => {
    child.kill("SIGKILL");
    await gone;
  };
  while (!(await isUp(environment.port))) {
    if (child.exitCode !== null) throw new Error(`the app ended by itself with ${child.exitCode}`);
    await wait(25);
  }
  return { process: child, kill };
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
