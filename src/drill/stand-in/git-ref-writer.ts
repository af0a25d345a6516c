import { spawn } from "node:child_process";
import type { ChildProcessWithoutNullStreams } from "node:child_process";
import { gitEnvironment, gitOptions } from "./git-process.ts";

export interface RawRefUpdate {
  /** Full name. */
  readonly ref: string;
  /** Zeros mean "absent". */
  readonly before: string;
  readonly after: string;
}

/** One `git update-ref --stdin` that stays open: each call of `write` is one transaction. Calls must not overlap. */
export class GitRefWriter {
  readonly #path: string;
  #process: ChildProcessWithoutNullStreams | undefined;
  #output = "";
  #complaints = "";
  #waiting: { readonly resolve: () => void; readonly reject: (error: Error) => void } | undefined;

  constructor(path: string) {
    this.#path = path;
  }

  /** Changes all of the refs or none. */
  write(updates: readonly RawRefUpdate[]): Promise<void> {
    const commands = updates.map(({ ref, before, after }) => `update ${ref}\0${after}\0${before}\0`);
    return new Promise((resolve, reject) => {
      this.#waiting = { resolve, reject };
      this.#output = "";
      this.#open().stdin.write(`start\0${commands.join("")}prepare\0commit\0`);
    });
  }

  async close(): Promise<void> {
    const running = this.#process;
    if (running === undefined) return;
    this.#process = undefined;
    await new Promise<void>((resolve) => {
      running.once("close", () => resolve());
      running.stdin.end();
    });
  }

  #open(): ChildProcessWithoutNullStreams {
    if (this.#process !== undefined) return this.#process;
    const started = spawn("git", [...gitOptions, "update-ref", "--no-deref", "-z", "--stdin"], {
      cwd: this.#path,
      env: gitEnvironment(this.#path),
    });
    this.#complaints = "";
    started.stdout.on("data", (chunk: Buffer) => {
      this.#output += chunk.toString();
      if (!this.#output.includes("commit: ok\n")) return;
      this.#settle()?.resolve();
    });
    started.stderr.on("data", (chunk: Buffer) => {
      this.#complaints += chunk.toString();
    });
    // A refused transaction ends the process under the next write; the close event tells who waits.
    started.stdin.on("error", () => started.kill());
    started.on("error", (error) => this.#settle()?.reject(error));
    started.on("close", () => {
      if (this.#process === started) this.#process = undefined;
      this.#settle()?.reject(new Error(`git update-ref: ${this.#complaints.trim()}`));
    });
    this.#process = started;
    return started;
  }

  #settle(): { readonly resolve: () => void; readonly reject: (error: Error) => void } | undefined {
    const waiting = this.#waiting;
    this.#waiting = undefined;
    return waiting;
  }
}
