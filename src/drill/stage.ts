import { type ChildProcess, spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { mkdir, open, readFile, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parse } from "yaml";
import { eventually } from "./eventually.ts";
import type { Narrator } from "./narrator.ts";
import { Onlooker } from "./onlooker.ts";
import type { Pace } from "./pace.ts";
import { Person } from "./person.ts";
import { StandIn } from "./stand-in/stand-in.ts";

/** Who plays, and what they may do in the repository. */
export interface Cast {
  readonly login: string;
  readonly role: "triage" | "push" | "maintain" | "admin";
}

export interface StageOptions {
  /** Emptied first. Everything the drill leaves behind is in it. */
  readonly folder: string;
  readonly narrator: Narrator;
  readonly cast: readonly Cast[];
  readonly searchPath: string;
  readonly pace: Pace;
}

/** The stand-in, the real app as a process of its own, and people with clones. */
export class Stage {
  readonly owner = "acme";
  readonly repo = "shop";
  readonly folder: string;
  readonly narrator: Narrator;
  readonly pace: Pace;
  readonly onlooker: Onlooker;
  readonly standIn: StandIn;
  readonly #people: ReadonlyMap<string, Person>;
  readonly #app: ChildProcess;

  private constructor(
    options: StageOptions,
    standIn: StandIn,
    people: ReadonlyMap<string, Person>,
    app: ChildProcess,
  ) {
    this.folder = options.folder;
    this.narrator = options.narrator;
    this.pace = options.pace;
    this.onlooker = new Onlooker(people.values().next().value!, this.at);
    this.standIn = standIn;
    this.#people = people;
    this.#app = app;
  }

  /** Where the incident is, as arguments for GitHub's REST. */
  get at(): { readonly owner: string; readonly repo: string } {
    return { owner: this.owner, repo: this.repo };
  }

  person(login: string): Person {
    const person = this.#people.get(login);
    if (person === undefined) throw new Error(`nobody called ${login} plays in this scenario`);
    return person;
  }

  static async open(options: StageOptions): Promise<Stage> {
    await rm(options.folder, { recursive: true, force: true });
    await mkdir(options.folder, { recursive: true });
    const standIn = await StandIn.start({ root: join(options.folder, "github") });
    standIn.createOrganization("acme");
    for (const { login } of options.cast) standIn.createUser(login);
    await standIn.createRepository({ owner: "acme", name: "shop", private: true, autoMergeAllowed: true });
    for (const { login, role } of options.cast) standIn.addCollaborator("acme/shop", login, role);
    const people = new Map(options.cast.map(({ login }) => [login, personOf(login, standIn, options)]));
    const app = await startApp(standIn, options.folder);
    return new Stage(options, standIn, people, app);
  }

  /** Stops the app as an operator would, then GitHub. */
  async close(): Promise<void> {
    if (this.#app.exitCode === null) {
      const gone = new Promise((resolve) => this.#app.once("exit", resolve));
      this.#app.kill("SIGTERM");
      await gone;
    }
    await this.standIn.close();
  }
}

function personOf(login: string, standIn: StandIn, options: StageOptions): Person {
  return new Person(login, {
    apiUrl: `${standIn.url}/api/v3`,
    cloneUrl: `${standIn.url}/acme/shop.git`,
    token: standIn.tokenFor(login),
    folder: join(options.folder, "clones", login),
    searchPath: options.searchPath,
  });
}

/** The same entry as in production (`npm start`), pointed at the stand-in by the variables for an enterprise host. */
async function startApp(standIn: StandIn, folder: string): Promise<ChildProcess> {
  const port = await freePort();
  const secret = randomBytes(24).toString("hex");
  // The permissions and events that a real installation would grant, and no others.
  const manifest = parse(await readFile(new URL("../../app.yml", import.meta.url), "utf8")) as {
    default_permissions: Record<string, "read" | "write">;
    default_events: string[];
  };
  const registered = standIn.registerApp({
    slug: "hotfix-responder",
    permissions: manifest.default_permissions,
    events: manifest.default_events,
    webhookUrl: `http://127.0.0.1:${port}/api/github/webhooks`,
    webhookSecret: secret,
  });
  standIn.install("hotfix-responder", "acme", "all");
  const keyFile = join(folder, "app.private-key.pem");
  await writeFile(keyFile, registered.privateKey, { mode: 0o600 });
  const log = await open(join(folder, "app.log"), "w");
  const main = fileURLToPath(new URL("../main.ts", import.meta.url));
  const app = spawn(process.execPath, [main], {
    cwd: folder,
    stdio: ["ignore", log.fd, log.fd],
    env: {
      NODE_ENV: "production",
      APP_ID: String(registered.appId),
      PRIVATE_KEY_PATH: keyFile,
      WEBHOOK_SECRET: secret,
      GHE_HOST: new URL(standIn.url).host,
      GHE_PROTOCOL: "http",
      HOST: "127.0.0.1",
      PORT: String(port),
      DATA_DIR: join(folder, "data"),
      LOG_LEVEL: "info",
    },
  });
  await eventually(`the app answers on port ${port} (its log: ${join(folder, "app.log")})`, async () => {
    if (app.exitCode !== null) throw new Error(`the app stopped at once; read ${join(folder, "app.log")}`);
    return isUp(`http://127.0.0.1:${port}/health`);
  });
  await log.close();
  return app;
}

async function isUp(url: string): Promise<boolean> {
  try {
    return (await fetch(url)).ok;
  } catch (error) {
    // fetch throws a TypeError while nothing listens yet.
    if (error instanceof TypeError) return false;
    throw error;
  }
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === "string") throw new Error("no port is free on 127.0.0.1");
  return address.port;
}
