import { spawn } from "node:child_process";
import type { ChildProcessWithoutNullStreams } from "node:child_process";
import { createHash, randomUUID } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { deflateSync } from "node:zlib";
import { gitEnvironment, gitOptions } from "./git-process.ts";

export type ObjectType = "commit" | "tree" | "blob" | "tag";

export interface GitObject {
  readonly oid: string;
  readonly type: ObjectType;
  readonly content: Buffer;
}

interface Waiting {
  readonly resolve: (object: GitObject | undefined) => void;
  readonly reject: (error: Error) => void;
}

/**
 * Reads and writes the objects of one bare repository. One `git cat-file --batch` stays open, and loose objects are
 * written directly, so that an API call costs no process start.
 */
export class ObjectStore {
  readonly #path: string;
  #process: ChildProcessWithoutNullStreams | undefined;
  readonly #waiting: Waiting[] = [];
  #buffer: Buffer = Buffer.alloc(0);

  constructor(path: string) {
    this.#path = path;
  }

  /** @param name an object id or any revision (`<oid>:path`, `<oid>^{commit}`); absent objects give undefined */
  read(name: string): Promise<GitObject | undefined> {
    if (name.includes("\n") || name.includes("\0") || name === "") return Promise.resolve(undefined);
    return new Promise((resolve, reject) => {
      this.#waiting.push({ resolve, reject });
      this.#batch().stdin.write(`${name}\n`);
    });
  }

  async write(type: ObjectType, content: Buffer): Promise<string> {
    const data = Buffer.concat([Buffer.from(`${type} ${content.length}\0`), content]);
    const oid = createHash("sha1").update(data).digest("hex");
    const folder = join(this.#path, "objects", oid.slice(0, 2));
    const file = join(folder, oid.slice(2));
    if (existsSync(file)) return oid;
    await mkdir(folder, { recursive: true });
    const temporary = join(folder, `tmp_${randomUUID()}`);
    await writeFile(temporary, deflateSync(data), { mode: 0o444 });
    await rename(temporary, file);
    return oid;
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

  #batch(): ChildProcessWithoutNullStreams {
    if (this.#process !== undefined) return this.#process;
    const started = spawn("git", [...gitOptions, "cat-file", "--batch"], {
      cwd: this.#path,
      env: gitEnvironment(this.#path),
    });
    this.#buffer = Buffer.alloc(0);
    started.stdout.on("data", (chunk: Buffer) => {
      this.#buffer = this.#buffer.length === 0 ? chunk : Buffer.concat([this.#buffer, chunk]);
      this.#drain();
    });
    started.stderr.resume();
    // The process may die under a write; the close event below answers everybody who waits.
    started.stdin.on("error", () => started.kill());
    started.on("error", (error) => this.#fail(started, error));
    started.on("close", () => this.#fail(started, new Error("git cat-file ended")));
    this.#process = started;
    return started;
  }

  #fail(ended: ChildProcessWithoutNullStreams, error: Error): void {
    if (this.#process !== undefined && this.#process !== ended) return;
    this.#process = undefined;
    for (const waiting of this.#waiting.splice(0)) waiting.reject(error);
  }

  #drain(): void {
    for (;;) {
      const lineEnd = this.#buffer.indexOf(10);
      if (lineEnd < 0) return;
      const header = /^([0-9a-f]{40}) (commit|tree|blob|tag) (\d+)$/.exec(
        this.#buffer.subarray(0, lineEnd).toString(),
      );
      if (header === null) {
        // `<name> missing`, `<name> ambiguous`, or a name that is itself nonsense: absent in each case.
        this.#buffer = this.#buffer.subarray(lineEnd + 1);
        this.#waiting.shift()?.resolve(undefined);
        continue;
      }
      const [, oid = "", type = "", size = ""] = header;
      const end = lineEnd + 1 + Number(size);
      if (this.#buffer.length < end + 1) return;
      const content = Buffer.from(this.#buffer.subarray(lineEnd + 1, end));
      this.#buffer = this.#buffer.subarray(end + 1);
      this.#waiting.shift()?.resolve({ oid, type: type as ObjectType, content });
    }
  }
}
