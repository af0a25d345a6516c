import { existsSync, readFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { parse } from "yaml";
import { type App, type AppOptions, type ServeEnvironment, startApp } from "../../src/app.ts";
import { Person } from "../../src/drill/person.ts";
import type { Role } from "../../src/drill/stand-in/model.ts";
import type { StandInOptions } from "../../src/drill/stand-in/stand-in-options.ts";
import { StandIn } from "../../src/drill/stand-in/stand-in.ts";
import { createLogger } from "../../src/logger.ts";
import { type Clock, systemClock } from "../../src/reconcile/clock.ts";
import { commitShop, type FirstFiles } from "./commit-shop.ts";
import { freePort } from "./free-port.ts";
import { SECRET } from "./receiver.ts";

export const OWNER = "acme";
export const REPO = "shop";
const FULL_NAME = `${OWNER}/${REPO}`;

const ROLES: Readonly<Record<string, Role>> = { sara: "triage", ben: "push", olga: "maintain" };

/** The longest pause between tries that `settled` sits out; a deadline of an incident is further away. */
const PATIENCE_MS = 10_000;

export interface WorldOptions {
  readonly repository?: {
    readonly private?: boolean;
    readonly deleteBranchOnMerge?: boolean;
    readonly autoMergeAllowed?: boolean;
    readonly draftsAllowed?: boolean;
  };
  /** Default: `HOTFIX_TEST_DEFAULT_BRANCH`, else `main`. */
  readonly defaultBranch?: "main" | "develop";
  readonly files?: FirstFiles;
  /** Nothing is pushed: the repository stays empty. */
  readonly isEmpty?: boolean;
  readonly standIn?: Omit<StandInOptions, "root" | "port">;
  /** Default: far longer than a test. */
  readonly sweepMs?: number;
  readonly octokit?: AppOptions["octokit"];
}

/**
 * A stand-in for GitHub and the app, started through the same entry as in production and reached over loopback only. The shop's history is pushed: `main`
 * with v1.4.0 to v1.4.2, `develop` with unfinished work. People: sara (triage), ben (push), olga (maintain).
 */
export class World {
  readonly standIn: StandIn;
  readonly installation: number;
  readonly environment: ServeEnvironment;
  readonly #clock: MovableClock;
  readonly #folder: string;
  readonly #people: ReadonlyMap<string, Person>;
  readonly #lines: string[];
  readonly #options: WorldOptions;
  #app: App | null = null;

  private constructor(parts: {
    readonly standIn: StandIn;
    readonly clock: MovableClock;
    readonly installation: number;
    readonly environment: ServeEnvironment;
    readonly folder: string;
    readonly people: ReadonlyMap<string, Person>;
    readonly options: WorldOptions;
  }) {
    this.standIn = parts.standIn;
    this.#clock = parts.clock;
    this.installation = parts.installation;
    this.environment = parts.environment;
    this.#folder = parts.folder;
    this.#people = parts.people;
    this.#options = parts.options;
    this.#lines = [];
  }

  /** Everything is there and the app has looked at it once. */
  static async open(options: WorldOptions = {}): Promise<World> {
    const folder = await mkdtemp(join(tmpdir(), "hotfix-world-"));
    const clock = new MovableClock();
    const standIn = await StandIn.start({
      clock: () => new Date(clock.now()),
      // GitHub waits for ten seconds. A machine that is busy loses no webhook for it.
      webhookTimeoutMs: 60_000,
      ...options.standIn,
      root: join(folder, "github"),
    });
    standIn.createOrganization(OWNER);
    for (const login of Object.keys(ROLES)) standIn.createUser(login);
    await standIn.createRepository({
      owner: OWNER,
      name: REPO,
      private: true,
      autoMergeAllowed: true,
      defaultBranch: defaultBranchOf(options),
      ...options.repository,
    });
    for (const [login, role] of Object.entries(ROLES)) standIn.addCollaborator(FULL_NAME, login, role);
    const people = new Map(Object.keys(ROLES).map((login) => [login, personOf(login, standIn, folder)]));
    const { environment, installation } = await register(standIn, folder);
    const world = new World({ standIn, clock, installation, environment, folder, people, options });
    if (options.isEmpty !== true) await world.#pushShop();
    await world.startApp();
    await world.settled();
    return world;
  }

  /** Where the configuration is read from. */
  get defaultBranch(): "main" | "develop" {
    return defaultBranchOf(this.#options);
  }

  person(login: "sara" | "ben" | "olga"): Person {
    return this.#people.get(login)!;
  }

  get app(): App {
    if (this.#app === null) throw new Error("the app is not running");
    return this.#app;
  }

  /** Lines of the app's log, parsed. */
  get log(): readonly Readonly<Record<string, unknown>>[] {
    return this.#lines.map((line) => JSON.parse(line) as Record<string, unknown>);
  }

  /** Errors that the app logged: our bugs. */
  get errors(): readonly Readonly<Record<string, unknown>>[] {
    return this.log.filter(({ level }) => level === "error" || level === "fatal");
  }

  async startApp(): Promise<void> {
    const log = createLogger({
      level: "debug",
      secrets: [SECRET],
      write: (line) => void this.#lines.push(line),
    });
    this.#app = await startApp({
      environment: this.environment,
      log,
      clock: this.#clock,
      sweepMs: this.#options.sweepMs ?? 3_600_000,
      ...(this.#options.octokit !== undefined && { octokit: this.#options.octokit }),
    });
  }

  async stopApp(): Promise<void> {
    await this.app.stop();
    this.#app = null;
  }

  /** It is later, for GitHub and for the app, which is started again so that it sleeps through nothing and its tokens are fresh. */
  async passTime(ms: number): Promise<void> {
    await this.stopApp();
    this.#clock.ahead += ms;
    await this.startApp();
    await this.settled();
  }

  /** It is a little later, and the app goes on with what waited for that. Not for longer than its tokens live. */
  async letTimePass(ms: number): Promise<void> {
    this.#clock.ahead += ms;
    // News of any kind makes the app look at what is due.
    await this.app.queue.add({ keys: ["clock"] });
    await this.settled();
  }

  /** Resolves when no webhook is on its way and the app has nothing left to do or to try again soon. */
  async settled(): Promise<void> {
    for (;;) {
      const calls = this.standIn.calls.length;
      await this.standIn.idle();
      await this.app.idle();
      const due = await this.app.queue.nextDueAt();
      const ms = due === null ? Number.POSITIVE_INFINITY : due - this.#clock.now();
      if (ms < PATIENCE_MS) await wait(Math.max(0, ms) + 5);
      else if (calls === this.standIn.calls.length) return;
    }
  }

  /** Opens an issue and labels it; returns its number. */
  async declare(
    title = "Checkout fails",
    body = "",
    login: "sara" | "ben" | "olga" = "sara",
  ): Promise<number> {
    const { rest } = this.person(login).octokit;
    const { data: issue } = await rest.issues.create({ owner: OWNER, repo: REPO, title, body });
    await rest.issues.addLabels({
      owner: OWNER,
      repo: REPO,
      issue_number: issue.number,
      labels: ["incident"],
    });
    return issue.number;
  }

  /** Commits files on a branch as a person and pushes; returns the commit. */
  async push(
    login: "ben" | "olga",
    branch: string,
    files: Readonly<Record<string, string>>,
    message = "fix: what was wrong",
  ): Promise<string> {
    const person = this.person(login);
    if (!(await isCloned(person))) await person.clone();
    await person.git("fetch", "--quiet", "--prune", "origin");
    await person.git("switch", "--quiet", "--force-create", branch, `origin/${branch}`);
    for (const [path, text] of Object.entries(files)) await person.write(path, text);
    const sha = await person.commit(message);
    await person.git("push", "--quiet", "origin", branch);
    return sha;
  }

  async close(): Promise<void> {
    await this.#app?.stop();
    await this.standIn.close();
    for (const each of [this.#folder, dirname(this.environment.dataDir)])
      await rm(each, { recursive: true, force: true, maxRetries: 3 });
  }

  async #pushShop(): Promise<void> {
    const olga = this.person("olga");
    await olga.clone();
    await commitShop(olga, this.#options.files ?? {});
    await olga.git("push", "--quiet", "origin", "main", "develop", "--tags");
  }
}

/** The whole suite can be run with either: test/README.md. */
function defaultBranchOf({ defaultBranch }: WorldOptions): "main" | "develop" {
  return defaultBranch ?? (process.env["HOTFIX_TEST_DEFAULT_BRANCH"] === "develop" ? "develop" : "main");
}

/** The time of this machine, or so much later. */
class MovableClock implements Clock {
  ahead = 0;
  readonly now = (): number => Date.now() + this.ahead;
  readonly sleep = systemClock.sleep;
}

async function isCloned(person: Person): Promise<boolean> {
  try {
    await person.git("rev-parse", "--git-dir");
    return true;
  } catch (error) {
    // git's own exit code, or no folder to run it in.
    if (error instanceof Error && "code" in error && (error.code === 128 || error.code === "ENOENT"))
      return false;
    throw error;
  }
}

/** Registers the app with the permissions and events of app.yml, and no others. */
async function register(standIn: StandIn, folder: string) {
  const manifest = parse(readFileSync(join(import.meta.dirname, "../../app.yml"), "utf8")) as {
    default_permissions: Record<string, string>;
    default_events: string[];
  };
  const port = await freePort();
  const registered = standIn.registerApp({
    slug: "hotfix-responder",
    permissions: manifest.default_permissions,
    events: manifest.default_events,
    webhookUrl: `http://127.0.0.1:${port}/api/github/webhooks`,
    webhookSecret: SECRET,
  });
  const installation = standIn.install("hotfix-responder", OWNER, "all");
  const environment: ServeEnvironment = {
    mode: "serve",
    appId: registered.appId,
    privateKey: registered.privateKey,
    webhookSecret: SECRET,
    oldWebhookSecrets: [],
    port,
    host: "127.0.0.1",
    apiUrl: `${standIn.url}/api/v3`,
    webUrl: standIn.url,
    logLevel: "debug",
    dataDir: join(await queueFolder(folder), "data"),
    production: false,
  };
  return { environment, installation };
}

/** In memory where the system has a folder there: the queue waits for the disk at each step, and no test cuts the power. */
async function queueFolder(otherwise: string): Promise<string> {
  const inMemory = "/dev/shm";
  return existsSync(inMemory) ? mkdtemp(join(inMemory, "hotfix-queue-")) : otherwise;
}

function personOf(login: string, standIn: StandIn, folder: string): Person {
  return new Person(login, {
    apiUrl: `${standIn.url}/api/v3`,
    cloneUrl: `${standIn.url}/${FULL_NAME}.git`,
    token: standIn.tokenFor(login),
    folder: join(folder, "clones", login),
    searchPath: process.env.PATH ?? "",
  });
}
