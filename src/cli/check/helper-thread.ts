import { Worker } from "node:worker_threads";
import { compileRules } from "../../checks/rule-set.ts";
import type { ForbidRule } from "../../config/schema.ts";
import type { CheckedFile, FileWork } from "./file-work.ts";

/** A second thread that has already begun, while the first one still makes sure that the configuration is right. */
export class HelperThread {
  readonly work: FileWork;
  readonly #worker: Worker;
  readonly #checked: Promise<readonly CheckedFile[]>;

  constructor(root: string, paths: readonly string[], rules: readonly ForbidRule[]) {
    this.work = { root, paths, rules, next: new Int32Array(new SharedArrayBuffer(4)) };
    this.#worker = new Worker(new URL("./helper-main.ts", import.meta.url), { execArgv: [] });
    const { promise, resolve, reject } = Promise.withResolvers<readonly CheckedFile[]>();
    this.#worker.once("message", resolve);
    this.#worker.once("error", reject);
    this.#worker.postMessage(this.work);
    this.#checked = promise;
    // Nobody may ask for it: then its failure is nobody's either.
    promise.catch(() => undefined);
  }

  /** Whether it works with these rules. */
  isFor(canonical: string): boolean {
    return compileRules(this.work.rules).canonical === canonical;
  }

  /** What the thread checked, when no file is left. */
  checked(): Promise<readonly CheckedFile[]> {
    return this.#checked;
  }

  async stop(): Promise<void> {
    await this.#worker.terminate();
  }
}
