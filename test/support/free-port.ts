import { createServer } from "node:net";

/** Below those that systems give to whoever asks for any port, so that nobody gets it between the look and the use. */
const FIRST = 12_000;
const EACH = 64;
const RUNS = 70;
/** Of one run, and as many as there may be at a time. */
const WORKERS = 4;

let next = 0;

/** A port of the loopback that is free, and that no other worker of this run of the tests is given: each takes from its own. */
export async function freePort(): Promise<number> {
  for (let tried = 0; tried < EACH; tried += 1) {
    const port = FIRST + block() * EACH + (next++ % EACH);
    if (await isFree(port)) return port;
  }
  throw new Error("no free port");
}

function block(): number {
  return (process.ppid % RUNS) * WORKERS + (Number(process.env["VITEST_POOL_ID"] ?? 0) % WORKERS);
}

function isFree(port: number): Promise<boolean> {
  const server = createServer();
  return new Promise((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) => {
      if (error.code === "EADDRINUSE" || error.code === "EACCES") resolve(false);
      else reject(error);
    });
    server.listen(port, "127.0.0.1", () => server.close(() => resolve(true)));
  });
}
