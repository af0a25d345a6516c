import { createServer } from "node:net";

/** Below those that systems give to whoever asks for any port, so that nobody gets it between the look and the use. */
const FIRST = 12_000;
const EACH = 64;
const BLOCKS = 280;

let next = 0;

/** A port of the loopback that is free, and that no other process of the tests is given at the same time: each takes from its own. */
export async function freePort(): Promise<number> {
  for (let tried = 0; tried < EACH; tried += 1) {
    const port = FIRST + (process.pid % BLOCKS) * EACH + (next++ % EACH);
    if (await isFree(port)) return port;
  }
  throw new Error("no free port");
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
