import { generateKeyPairSync, randomBytes } from "node:crypto";
import { join } from "node:path";
import { includesRepository } from "./access.ts";
import { GitRepository } from "./git.ts";
import type { Hub } from "./hub.ts";
import type { MergeMethod, Repository } from "./model.ts";
import type { Account, AccountType } from "./model/account.ts";
import type { AppRecord, Permissions } from "./model/app-record.ts";
import type { Installation } from "./model/installation.ts";
import { nodeId } from "./node-id.ts";
import { installationBody } from "./present-account.ts";
import { fullName } from "./present-repository.ts";
import type { JsonObject } from "./router.ts";

export interface RepositoryOptions {
  readonly owner: string;
  readonly name: string;
  readonly description?: string;
  readonly private?: boolean;
  readonly defaultBranch?: string;
  readonly deleteBranchOnMerge?: boolean;
  readonly autoMergeAllowed?: boolean;
  readonly draftsAllowed?: boolean;
  readonly mergeMethods?: readonly MergeMethod[];
}

export interface AppOptions {
  readonly slug: string;
  readonly name?: string;
  /** Login of an account that exists; default: an organization named after the app is made. */
  readonly owner?: string;
  readonly webhookUrl: string;
  readonly webhookSecret: string;
  readonly permissions: Readonly<Record<string, string>>;
  readonly events: readonly string[];
}

export interface RegisteredApp {
  readonly appId: number;
  readonly clientId: string;
  readonly slug: string;
  /** PEM. */
  readonly privateKey: string;
}

export function addAccount(hub: Hub, login: string, type: AccountType, name: string | null): Account {
  if (hub.findAccount(login) !== undefined) throw new Error(`account ${login} exists`);
  const id = hub.nextId();
  const kind = type === "Organization" ? "O" : type === "Bot" ? "BOT" : "U";
  const email = type === "User" ? `${login}@example.com` : null;
  const account: Account = { id, nodeId: nodeId(kind, id), login, type, name, email, createdAt: hub.now() };
  hub.accounts.set(login.toLowerCase(), account);
  return account;
}

export async function addRepository(hub: Hub, root: string, options: RepositoryOptions): Promise<Repository> {
  const owner = hub.findAccount(options.owner);
  if (owner === undefined) throw new Error(`no account ${options.owner}`);
  if (hub.findRepository(options.owner, options.name) !== undefined)
    throw new Error(`${options.name} exists`);
  const defaultBranch = options.defaultBranch ?? "main";
  const git = await GitRepository.create(join(root, owner.login, `${options.name}.git`), defaultBranch);
  const id = hub.nextId();
  const now = hub.now();
  const repository: Repository = {
    id,
    nodeId: nodeId("R", id),
    owner,
    name: options.name,
    description: options.description ?? null,
    private: options.private ?? false,
    archived: false,
    draftsAllowed: options.draftsAllowed ?? true,
    defaultBranch,
    deleteBranchOnMerge: options.deleteBranchOnMerge ?? false,
    autoMergeAllowed: options.autoMergeAllowed ?? false,
    mergeMethods: new Set(options.mergeMethods ?? ["merge", "squash", "rebase"]),
    createdAt: now,
    updatedAt: now,
    pushedAt: null,
    git,
    collaborators: new Map(),
    lastNumber: 0,
    issues: new Map(),
    labels: new Map(),
    comments: new Map(),
    checkRuns: new Map(),
    checkSuites: new Map(),
    statuses: [],
    deployments: [],
    releases: new Map(),
    protections: new Map(),
    rulesets: new Map(),
    activity: [],
  };
  hub.repositories.set(id, repository);
  for (const subscriber of hub.repositorySubscribers) subscriber(repository);
  return repository;
}

interface KeyPair {
  readonly publicKey: string;
  readonly privateKey: string;
}

/** Making a key costs up to a tenth of a second; every stand-in of a process may use the same ones. */
const keyPairs: KeyPair[] = [];

function keyPair(index: number): KeyPair {
  const made = keyPairs[index];
  if (made !== undefined) return made;
  const fresh = generateKeyPairSync("rsa", {
    modulusLength: 2048,
    publicKeyEncoding: { type: "spki", format: "pem" },
    privateKeyEncoding: { type: "pkcs8", format: "pem" },
  });
  keyPairs[index] = fresh;
  return fresh;
}

export function addApp(hub: Hub, options: AppOptions): RegisteredApp {
  const { publicKey, privateKey } = keyPair(hub.apps.size);
  const owner =
    options.owner === undefined
      ? addAccount(hub, `${options.slug}-owner`, "User", null)
      : hub.findAccount(options.owner);
  if (owner === undefined) throw new Error(`no account ${options.owner}`);
  const id = hub.nextId();
  const clientId = `Iv23li${randomBytes(7).toString("hex")}`;
  const app: AppRecord = {
    id,
    nodeId: nodeId("A", id),
    slug: options.slug,
    name: options.name ?? options.slug,
    clientId,
    owner,
    bot: addAccount(hub, `${options.slug}[bot]`, "Bot", null),
    publicKey,
    hookId: hub.nextId(),
    webhookUrl: options.webhookUrl,
    webhookSecret: options.webhookSecret,
    permissions: options.permissions as Permissions,
    events: options.events,
    createdAt: hub.now(),
    updatedAt: hub.now(),
  };
  hub.apps.set(id, app);
  return { appId: id, clientId, slug: app.slug, privateKey };
}

/** @param repositories full names or bare names, or `all` */
export function addInstallation(
  hub: Hub,
  app: AppRecord,
  owner: string,
  repositories: readonly string[] | "all",
): Installation {
  const account = hub.findAccount(owner);
  if (account === undefined) throw new Error(`no account ${owner}`);
  const selected =
    repositories === "all" ? [] : repositories.map((name) => requireRepository(hub, owner, name));
  const installation: Installation = {
    id: hub.nextId(),
    app,
    account,
    repositorySelection: repositories === "all" ? "all" : "selected",
    repositoryIds: new Set(selected.map((it) => it.id)),
    permissions: { ...app.permissions, metadata: "read" },
    events: app.events,
    suspendedAt: null,
    suspendedBy: null,
    createdAt: hub.now(),
    updatedAt: hub.now(),
  };
  hub.installations.set(installation.id, installation);
  announceInstallation(hub, installation, "created");
  return installation;
}

export function announceInstallation(
  hub: Hub,
  installation: Installation,
  action: "created" | "deleted" | "suspend" | "unsuspend" | "new_permissions_accepted",
): void {
  const repositories = [...hub.repositories.values()]
    .filter((it) => includesRepository(installation, it))
    .map(
      (it): JsonObject => ({
        id: it.id,
        node_id: it.nodeId,
        name: it.name,
        full_name: fullName(it),
        private: it.private,
      }),
    );
  const listed = { repositories, ...(action === "created" ? { requester: null } : {}) };
  const payload = { installation: installationBody(hub, installation), ...listed };
  hub.emit("installation", action, payload, { sender: installation.account, installation });
}

function requireRepository(hub: Hub, owner: string, name: string): Repository {
  const [first = "", second] = name.split("/");
  const found = hub.findRepository(second === undefined ? owner : first, second ?? first);
  if (found === undefined) throw new Error(`no repository ${name}`);
  return found;
}
