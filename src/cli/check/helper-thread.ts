import { Worker } from "node:worker_threads";
import type { CheckedFile, FileWork } from "./file-work.ts";

/** A second thread that loads the parser while the first one still reads the configuration. */
export class HelperThread {
  readonly #worker = new Worker(new URL("./helper-main.ts", import.meta.url), { execArgv: [] });

  /** What the thread checked, when no file is left. */
  run(work: FileWork): Promise<readonly CheckedFile[]> {
    const { promise, resolve, reject } = Promise.withResolvers<readonly CheckedFile[]>();
    this.#worker.once("message", resolve);
    this.#worker.once("error", reject);
    this.#worker.postMessage(work);
    return promise;
  }

  async stop(): Promise<void> {
    await this.#worker.terminate();
  }
}
