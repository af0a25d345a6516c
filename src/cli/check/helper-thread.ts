import { Worker } from "node:worker_threads";
import { compileRules } from "../../checks/rule-set.ts";
import type { CheckedFiles, FileWork } from "./file-work.ts";

/** A second thread, which begins while the first one still makes sure that the configuration is right. */
export class HelperThread {
  readonly #worker = new Worker(new URL("./helper-main.ts", import.meta.url), {
    execArgv: [],
    // It lives for half a second: what it leaves behind is not worth collecting.
    resourceLimits: { maxYoungGenerationSizeMb: 96 },
  });
  #work: FileWork | null = null;
  #checked: Promise<CheckedFiles | null> = Promise.resolve(null);

  /** Once. */
  begin(work: FileWork): void {
    const { promise, resolve, reject } = Promise.withResolvers<CheckedFiles>();
    this.#worker.once("message", resolve);
    this.#worker.once("error", reject);
    this.#worker.postMessage(work);
    this.#work = work;
    this.#checked = promise;
    // Nobody may ask for it: then its failure is nobody's either.
    promise.catch(() => undefined);
  }

  /** Its work, if that is these files and these rules: then both do it together. */
  workOn(paths: readonly string[], canonical: string): FileWork | null {
    if (this.#work?.paths !== paths) return null;
    return compileRules(this.#work.rules).canonical === canonical ? this.#work : null;
  }

  /** What the thread checked, when no file is left. */
  checked(): Promise<CheckedFiles | null> {
    return this.#checked;
  }

  /** Nobody waits for what the thread still has to put away. */
  stop(): void {
    void this.#worker.terminate();
  }
}
