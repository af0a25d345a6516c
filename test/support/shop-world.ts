import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile, mkdir } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { createAppAuth } from "@octokit/auth-app";
import { Octokit } from "@octokit/rest";
import { updateRefs } from "../../src/drill/stand-in/ref-updates.ts";
import type { StandInOptions } from "../../src/drill/stand-in/stand-in-options.ts";
import { StandIn } from "../../src/drill/stand-in/stand-in.ts";
import type { AppOptions, RegisteredApp, RepositoryOptions } from "../../src/drill/stand-in/registry.ts";

const run = promisify(execFile);

export interface ShopWorldOptions {
  readonly standIn?: Partial<StandInOptions>;
  readonly repository?: Partial<RepositoryOptions>;
  readonly app?: Partial<AppOptions>;
  /** No first commit on `main`. */
  readonly empty?: boolean;
}

/** A stand-in with `acme/shop`, its people, an installed app and a clone to work in. */
export class ShopWorld {
  readonly standIn: StandIn;
  readonly app: RegisteredApp;
  readonly installation: number;
  readonly folder: string;

  private constructor(standIn: StandIn, app: RegisteredApp, installation: number, folder: string) {
    this.standIn = standIn;
    this.app = app;
    this.installation = installation;
    this.folder = folder;
  }

  static async open(options: ShopWorldOptions = {}): Promise<ShopWorld> {
    const folder = await mkdtemp(join(tmpdir(), "stand-in-"));
    const standIn = await StandIn.start({ root: join(folder, "github"), ...options.standIn });
    standIn.createOrganization("acme");
    for (const login of ["alice", "bob", "carol"]) standIn.createUser(login);
    await standIn.createRepository({ owner: "acme", name: "shop", private: true, ...options.repository });
    standIn.addCollaborator("acme/shop", "alice", "push");
    standIn.addCollaborator("acme/shop", "bob", "triage");
    standIn.addCollaborator("acme/shop", "carol", "admin");
    const app = standIn.registerApp({
      slug: "hotfix-responder",
      webhookUrl: "http://127.0.0.1:9/",
      webhookSecret: "not so secret",
      permissions: { contents: "write", issues: "write", pull_requests: "write", checks: "write" },
      events: ["push", "create", "delete", "issues"],
      ...options.app,
    });
    const world = new ShopWorld(standIn, app, standIn.install(app, "acme"), folder);
    if (options.empty !== true) await openShop(standIn);
    return world;
  }

  /** Fails when the stand-in or its caller left GitHub's description, or when the stand-in itself broke. */
  async close(): Promise<void> {
    await this.standIn.close();
    await rm(this.folder, { recursive: true, force: true });
    const { violations } = this.standIn;
    if (violations.length > 0) throw new Error(`violations: ${JSON.stringify(violations, null, 2)}`);
  }

  /** REST as the app's installation. */
  asApp(installation = this.installation): Octokit {
    const auth = { appId: this.app.appId, privateKey: this.app.privateKey, installationId: installation };
    return this.#octokit({ authStrategy: createAppAuth, auth });
  }

  /** REST with the app's JWT. */
  asJwt(): Octokit {
    const auth = { appId: this.app.appId, privateKey: this.app.privateKey };
    return this.#octokit({ authStrategy: createAppAuth, auth });
  }

  asUser(login: string): Octokit {
    return this.#octokit({ auth: this.standIn.tokenFor(login) });
  }

  /** The commit a branch is at on the stand-in. */
  head(branch: string): string {
    const oid = this.standIn.repository("acme/shop").git.branch(branch);
    if (oid === undefined) throw new Error(`no branch ${branch}`);
    return oid;
  }

  /** Runs git in the clone of a person; the clone is made when first used. Rejects with git's words on stderr. */
  async git(login: string, ...args: readonly string[]): Promise<string> {
    const clone = await this.#clone(login);
    const { stdout } = await run("git", args, { cwd: clone, env: environment(login) });
    return stdout.trim();
  }

  /** Writes files (null removes one) and commits them in the person's clone. Returns the commit. */
  async commit(
    login: string,
    message: string,
    files: Readonly<Record<string, string | null>> = {},
  ): Promise<string> {
    const clone = await this.#clone(login);
    for (const [path, content] of Object.entries(files)) {
      const file = join(clone, path);
      await mkdir(dirname(file), { recursive: true });
      if (content === null) await rm(file);
      else await writeFile(file, content);
    }
    await this.git(login, "add", "--all");
    await this.git(login, "commit", "--quiet", "--allow-empty", "-m", message);
    return this.git(login, "rev-parse", "HEAD");
  }

  push(login: string, ...refs: readonly string[]): Promise<string> {
    return this.git(login, "push", "--quiet", "origin", ...refs);
  }

  cloneUrl(credentials: string): string {
    return `${this.standIn.url.replace("://", `://${credentials}@`)}/acme/shop.git`;
  }

  async #clone(login: string): Promise<string> {
    const clone = join(this.folder, "clones", login);
    const known = await run("git", ["-C", clone, "rev-parse", "--git-dir"]).then(
      () => true,
      () => false,
    );
    if (known) return clone;
    const url = this.cloneUrl(`${login}:${this.standIn.tokenFor(login)}`);
    await run("git", ["clone", "--quiet", url, clone], { env: environment(login) });
    await run("git", ["-C", clone, "switch", "--quiet", "-c", "work"]);
    return clone;
  }

  #octokit(options: ConstructorParameters<typeof Octokit>[0]): Octokit {
    const log = { debug: silent, info: silent, warn: silent, error: silent };
    return new Octokit({ baseUrl: `${this.standIn.url}/api/v3`, log, ...options });
  }
}

/** The first commit as alice would push it, without the cost of a clone: most tests never need one. */
async function openShop(standIn: StandIn): Promise<void> {
  const repository = standIn.repository("acme/shop");
  const { git } = repository;
  const alice = { name: "alice", email: "alice@example.com", date: standIn.hub.now() };
  const oid = await git.writeBlob(Buffer.from("# Shop\n"));
  const tree = await git.writeTree([{ mode: "100644", name: "README.md", oid }]);
  const commit = { tree, parents: [], author: alice, committer: alice, message: "Open the shop\n" };
  const after = await git.writeCommit(commit);
  const account = standIn.hub.findAccount("alice");
  if (account === undefined) throw new Error("alice is missing");
  const author = { account, app: null, role: "push", mayChangeWorkflows: true } as const;
  await updateRefs(standIn.hub, repository, author, [{ ref: "refs/heads/main", after }]);
}

function silent(): void {
  // Octokit reports deprecations and failed calls here; the tests look at the answers themselves.
}

function environment(login: string): NodeJS.ProcessEnv {
  return {
    PATH: process.env.PATH,
    GIT_CONFIG_GLOBAL: "/dev/null",
    GIT_CONFIG_NOSYSTEM: "1",
    GIT_TERMINAL_PROMPT: "0",
    GIT_AUTHOR_NAME: login,
    GIT_AUTHOR_EMAIL: `${login}@example.com`,
    GIT_COMMITTER_NAME: login,
    GIT_COMMITTER_EMAIL: `${login}@example.com`,
  };
}
