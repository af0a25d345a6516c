import { readFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createProbot } from "probot";
import { parse } from "yaml";
import { Person } from "../../src/drill/person.ts";
import type { Call } from "../../src/drill/stand-in/call-log.ts";
import type { StandInOptions } from "../../src/drill/stand-in/stand-in-options.ts";
import { StandIn } from "../../src/drill/stand-in/stand-in.ts";
import { applyAction } from "../../src/github/apply.ts";
import { Clients, QuietOctokit } from "../../src/github/client.ts";
import { ObservationHints } from "../../src/github/observation-hints.ts";
import { observeIncident, type Observation } from "../../src/github/observe-incident.ts";
import { ConfigurationCache } from "../../src/github/read-configuration.ts";
import type { RepositoryClient } from "../../src/github/repository-client.ts";
import type { Action, OutcomeValue } from "../../src/incident/action.ts";
import { openingMessage } from "../../src/incident/opening-commit.ts";
import type { IncidentState } from "../../src/incident/state.ts";

const OWNER = "acme";
const REPO = "shop";
const FULL_NAME = `${OWNER}/${REPO}`;
const PEOPLE = { sara: "triage", ben: "push", olga: "maintain" } as const;

/** At no latency, calls that were sent side by side may be served one after the other on a machine that is busy. */
export const LATENCY_MS = 150;

/** Observation and single actions against the stand-in, without the loop: whoever writes the test is the planner. */
export interface ObservedShop {
  readonly standIn: StandIn;
  readonly installation: number;
  readonly hints: ObservationHints;
  person(login: keyof typeof PEOPLE): Person;
  /** A client for one pass. */
  client(): Promise<RepositoryClient>;
  /** Fails when there is no such incident. `now` defaults to the real time. */
  observe(issue: number, now?: number): Promise<Observation>;
  /** Does one action on a fresh observation; fails when it is refused. */
  apply(issue: number, action: Action): Promise<OutcomeValue>;
  /** Opens an issue with the label. */
  declare(title?: string, body?: string): Promise<number>;
  /** Branch with opening commit and draft pull request, from production to `base`. Returns the pull request's number. */
  open(issue: number, branch: string, base: string, observed?: IncidentState): Promise<number>;
  /** Commits files on a branch as ben and pushes; returns the commit. */
  push(branch: string, files: Readonly<Record<string, string>>, message?: string): Promise<string>;
  /** An observation with what it asked of GitHub: calls, and trips one after the other, tokens apart. */
  counted(issue: number): Promise<Observation & { readonly calls: readonly Call[]; readonly trips: number }>;
  close(): Promise<void>;
}

export interface ObservedShopOptions {
  readonly standIn?: Omit<StandInOptions, "root" | "port">;
  readonly branches?: { readonly production: string; readonly integration: string };
  readonly files?: Readonly<Record<string, string>>;
  /** Branches cut from production after its last tag, with one commit of their own. */
  readonly releases?: readonly string[];
}

export async function openShop(options: ObservedShopOptions = {}): Promise<ObservedShop> {
  const { production, integration } = options.branches ?? { production: "main", integration: "develop" };
  const folder = await mkdtemp(join(tmpdir(), "hotfix-shop-"));
  const standIn = await StandIn.start({ ...options.standIn, root: join(folder, "github") });
  standIn.createOrganization(OWNER);
  for (const login of Object.keys(PEOPLE)) standIn.createUser(login);
  await standIn.createRepository({
    owner: OWNER,
    name: REPO,
    private: true,
    autoMergeAllowed: true,
    defaultBranch: production,
  });
  for (const [login, role] of Object.entries(PEOPLE)) standIn.addCollaborator(FULL_NAME, login, role);
  const people = new Map(Object.keys(PEOPLE).map((login) => [login, personOf(login, standIn, folder)]));
  const person = (login: keyof typeof PEOPLE) => people.get(login)!;
  const { clients, installation, time } = register(standIn);
  await pushHistory(person("olga"), production, integration, options);
  await person("ben").clone();
  const hints = new ObservationHints();
  const cache = new ConfigurationCache(() => Date.now());
  const client = () => {
    time.skipped += 60_000;
    return clients.forRepository(installation, OWNER, REPO);
  };

  async function observe(issue: number, now = Date.now()): Promise<Observation> {
    return observeWith(await client(), issue, now);
  }

  async function observeWith(used: RepositoryClient, issue: number, now: number): Promise<Observation> {
    const dependencies = { now: () => now, hints, configurationCache: cache };
    const observation = await observeIncident(used, issue, dependencies);
    if (observation === null) throw new Error(`no incident ${issue}`);
    return observation;
  }

  async function applyTo(state: IncidentState, action: Action): Promise<OutcomeValue> {
    const outcome = await applyAction(await client(), state, action);
    if (!outcome.ok) throw new Error(`${outcome.problem.code}: ${outcome.problem.sentence}`);
    return outcome.value;
  }

  return {
    standIn,
    installation,
    hints,
    person,
    client,
    observe,
    apply: async (issue, action) => applyTo((await observe(issue)).state, action),
    async declare(title = "Checkout fails", body = "") {
      const { rest } = person("sara").octokit;
      const { data } = await rest.issues.create({ owner: OWNER, repo: REPO, title, body });
      await rest.issues.addLabels({
        owner: OWNER,
        repo: REPO,
        issue_number: data.number,
        labels: ["incident"],
      });
      return data.number;
    },
    async open(issue, branch, base, observed) {
      const state = observed ?? (await observe(issue)).state;
      const { head: from, tree } = state.production!;
      const message = openingMessage(`INCIDENT-CRITICAL-${String(issue).padStart(3, "0")}`, issue, branch);
      await applyTo(state, { kind: "create-branch", branch, from, tree, message });
      const opened = await applyTo(state, {
        kind: "open-pull-request",
        head: branch,
        base,
        title: `From ${branch} to ${base}`,
        body: "Body",
        draft: true,
      });
      if (opened.kind !== "pull-request") throw new Error("no pull request");
      return opened.number;
    },
    async push(branch, files, message = "fix: read the amount") {
      const ben = person("ben");
      await ben.git("fetch", "--quiet", "--prune", "origin");
      await ben.git("switch", "--quiet", "--force-create", branch, `origin/${branch}`);
      for (const [path, text] of Object.entries(files)) await ben.write(path, text);
      const sha = await ben.commit(message);
      await ben.git("push", "--quiet", "origin", branch);
      await standIn.idle();
      return sha;
    },
    async counted(issue) {
      const used = await client();
      const before = standIn.calls.length;
      standIn.latencyMs = LATENCY_MS;
      const observation = await observeWith(used, issue, Date.now());
      standIn.latencyMs = 0;
      const calls = standIn.calls.slice(before).filter(({ path }) => !path.endsWith("/access_tokens"));
      return { ...observation, calls, trips: used.calls.sequentialTrips };
    },
    async close() {
      await standIn.close();
      await rm(folder, { recursive: true, maxRetries: 3 });
    },
  };
}

/** The permissions of app.yml, and no others. */
function register(standIn: StandIn) {
  const manifest = parse(readFileSync(join(import.meta.dirname, "../../app.yml"), "utf8")) as {
    default_permissions: Record<string, string>;
  };
  const app = standIn.registerApp({
    slug: "hotfix-responder",
    permissions: manifest.default_permissions,
    events: [],
    webhookUrl: "http://127.0.0.1:9/nobody",
    webhookSecret: "nobody listens here",
  });
  const installation = standIn.install(app, OWNER, "all");
  const probot = createProbot({
    env: {
      APP_ID: String(app.appId),
      PRIVATE_KEY: app.privateKey,
      WEBHOOK_SECRET: "nobody listens here",
      GHE_HOST: new URL(standIn.url).host,
      GHE_PROTOCOL: "http",
    },
    overrides: { Octokit: QuietOctokit, logLevel: "fatal" },
  });
  // Each client is made a minute after the one before, so that no test runs out of budget.
  const time = { skipped: 0 };
  const now = () => Date.now() + time.skipped;
  const sleep = () => Promise.resolve();
  return { installation, time, clients: new Clients(probot, { now, sleep }) };
}

async function pushHistory(
  olga: Person,
  production: string,
  integration: string,
  options: ObservedShopOptions,
): Promise<void> {
  const dayAgo = (days: number) => new Date(Date.now() - days * 86_400_000);
  await olga.clone();
  await olga.git("switch", "--quiet", "--create", production);
  await olga.write("src/payment/processor.js", "export const read = (order) => order.totalAmount;\n");
  await olga.write("src/cart/cart.js", "export const cart = [];\n");
  for (const [path, text] of Object.entries(options.files ?? {})) await olga.write(path, text);
  await olga.commit("feat: payment", dayAgo(9));
  await olga.git("tag", "--annotate", "--message", "v1.4.1", "v1.4.1");
  await olga.write("src/cart/cart.js", "export const cart = [1];\n");
  await olga.commit("feat: cart", dayAgo(8));
  await olga.git("tag", "v1.4.2");
  for (const release of options.releases ?? []) {
    await olga.git("switch", "--quiet", "--create", release);
    await olga.write("RELEASE.md", `${release}\n`);
    await olga.commit(`chore: prepare ${release}`, dayAgo(7));
    await olga.git("switch", "--quiet", production);
  }
  await olga.git("switch", "--quiet", "--create", integration);
  await olga.write("src/unfinished.js", "export {};\n");
  await olga.commit("feat: unfinished", dayAgo(6));
  await olga.git("push", "--quiet", "origin", production, integration, ...(options.releases ?? []));
  await olga.git("push", "--quiet", "origin", "--tags");
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
