import { Worker } from "node:worker_threads";
import type { CheckedFiles, FileWork } from "./file-work.ts";

/** A second thread, which takes a while to start. */
export class HelperThread {
  readonly #worker = new Worker(new URL("./helper-main.ts", import.meta.url), {
    execArgv: [],
    // It lives for half a second: what it leaves behind is not worth collecting.
    resourceLimits: { maxYoungGenerationSizeMb: 96 },
  });

  /** Once. Resolves to what the thread checked, when no file is left. */
  begin(work: FileWork): Promise<CheckedFiles> {
    const { promise, resolve, reject } = Promise.withResolvers<CheckedFiles>();
    this.#worker.once("message", resolve);
    this.#worker.once("error", reject);
    this.#worker.postMessage(work);
    return promise;
  }

  /** Nobody waits for what the thread still has to put away. */
  stop(): void {
    void this.#worker.terminate();
  }
}
