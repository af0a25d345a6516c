import { execFile } from "node:child_process";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { Octokit } from "@octokit/rest";

const run = promisify(execFile);

/** How one scripted person reaches GitHub: their own token, their own clone, HTTP and git, and nothing else. */
export interface Access {
  readonly apiUrl: string;
  /** Clone address without credentials. */
  readonly cloneUrl: string;
  readonly token: string;
  /** Folder of their clone. */
  readonly folder: string;
  /** The `PATH` in which git is found. */
  readonly searchPath: string;
}

export class Person {
  readonly login: string;
  readonly octokit: Octokit;
  readonly #access: Access;

  constructor(login: string, access: Access) {
    this.login = login;
    this.#access = access;
    this.octokit = new Octokit({ auth: access.token, baseUrl: access.apiUrl, log: silent });
  }

  get folder(): string {
    return this.#access.folder;
  }

  /** Runs git in the person's clone and returns what it printed. Rejects with git's own words. */
  async git(...args: readonly string[]): Promise<string> {
    return this.#git(this.folder, args);
  }

  async clone(): Promise<void> {
    await mkdir(dirname(this.folder), { recursive: true });
    const url = new URL(this.#access.cloneUrl);
    url.username = this.login;
    url.password = this.#access.token;
    await this.#git(dirname(this.folder), ["clone", "--quiet", url.href, this.folder]);
  }

  async read(path: string): Promise<string> {
    return readFile(join(this.folder, path), "utf8");
  }

  async write(path: string, text: string): Promise<void> {
    const file = join(this.folder, path);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, text);
  }

  /** Commits everything that changed; returns the new commit. */
  async commit(message: string, at?: Date): Promise<string> {
    await this.git("add", "--all");
    await this.#git(this.folder, ["commit", "--quiet", "--message", message], at);
    return (await this.git("rev-parse", "HEAD")).trim();
  }

  async #git(folder: string, args: readonly string[], at?: Date): Promise<string> {
    const name = this.login.charAt(0).toUpperCase() + this.login.slice(1);
    const email = `${this.login}@users.noreply.shop.example`;
    const date =
      at === undefined ? {} : { GIT_AUTHOR_DATE: at.toISOString(), GIT_COMMITTER_DATE: at.toISOString() };
    const { stdout } = await run("git", [...args], {
      cwd: folder,
      maxBuffer: 64 * 1024 * 1024,
      env: {
        PATH: this.#access.searchPath,
        HOME: folder,
        GIT_CONFIG_NOSYSTEM: "1",
        GIT_TERMINAL_PROMPT: "0",
        GIT_AUTHOR_NAME: name,
        GIT_AUTHOR_EMAIL: email,
        GIT_COMMITTER_NAME: name,
        GIT_COMMITTER_EMAIL: email,
        ...date,
      },
    });
    return stdout;
  }
}

const silent = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };
