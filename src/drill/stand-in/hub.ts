import { BackgroundWork } from "./background.ts";
import type { Repository } from "./model.ts";
import type { Account } from "./model/account.ts";
import type { AppRecord } from "./model/app-record.ts";
import type { Installation } from "./model/installation.ts";
import { Router } from "./router.ts";
import { acceptAll } from "./validator.ts";
import type { Validator, Violation } from "./validator.ts";
import type { JsonObject } from "./router.ts";

/** The all-zero object id: "no such ref" before a creation and after a deletion. */
export const ZERO_OID = "0".repeat(40);

/** How a ref came to change. `push` covers git pushes and the REST and GraphQL git data calls. */
export type RefChangeKind = "push" | "pr_merge" | "merge_queue_merge";

export interface RefChange {
  readonly repository: Repository;
  /** Full name: `refs/heads/main`. */
  readonly ref: string;
  /** Zeros when the ref was created. */
  readonly before: string;
  /** Zeros when it was deleted. */
  readonly after: string;
  /** False when `before` is not an ancestor of `after`. True for creations. */
  readonly fastForward: boolean;
  readonly actor: Account;
  readonly viaApp: AppRecord | null;
  readonly kind: RefChangeKind;
}

/** Runs after the change is in git and after the `push`, `create` or `delete` webhook is queued; subscribers run in order of registration. */
export type RefSubscriber = (change: RefChange) => void | Promise<void>;

/** Who and what a webhook is about. The blocks `repository`, `organization`, `sender` and `installation` are added from it. */
export interface EmitTarget {
  readonly sender: Account;
  readonly repository?: Repository;
  /** Only this app hears of it, subscribed or not (`check_run.rerequested`, `installation`). */
  readonly onlyApp?: AppRecord;
  /** Needed where there is no repository (`installation` events). */
  readonly installation?: Installation;
}

/** Queues a webhook to every app that is installed on the repository, subscribed and permitted. `action` null for `push`, `create`, `delete`. */
export type Emit = (event: string, action: string | null, payload: JsonObject, target: EmitTarget) => void;

/** The state of the stand-in and the services that routes share. One per `StandIn`. */
export class Hub {
  /** `http://127.0.0.1:<port>`, set once listening. */
  origin = "";
  validator: Validator = acceptAll;
  readonly violations: Violation[] = [];
  readonly router = new Router();
  /** Entries of a recursive tree beyond which it is cut off. GitHub: 100,000. */
  treeEntryLimit = 100_000;
  /** How long it takes to find out whether a pull request can be merged, in milliseconds. GitHub takes seconds. */
  testMergeMs = 15;
  readonly background = new BackgroundWork();
  /** By lower-case login; bots under `<slug>[bot]`. */
  readonly accounts = new Map<string, Account>();
  readonly apps = new Map<number, AppRecord>();
  readonly installations = new Map<number, Installation>();
  readonly repositories = new Map<number, Repository>();
  /** Repositories by the full names, in lower case, that they had before they were renamed. */
  readonly formerNames = new Map<string, Repository>();
  /** Shown as `ghost` wherever they left something. */
  readonly deletedAccounts = new Set<Account>();
  readonly refSubscribers: RefSubscriber[] = [];
  readonly repositorySubscribers: ((repository: Repository) => void)[] = [];
  /** Replaced by the webhook sender at start. */
  emit: Emit = () => undefined;

  readonly #clock: () => Date;
  #lastId = 1000;

  constructor(clock: () => Date) {
    this.#clock = clock;
  }

  /** GitHub's times have whole seconds. */
  now(): Date {
    return new Date(Math.floor(this.#clock().getTime() / 1000) * 1000);
  }

  nextId(): number {
    this.#lastId += 1;
    return this.#lastId;
  }

  /** Root of the URLs inside bodies, e.g. `http://127.0.0.1:1/api/v3`. */
  get apiUrl(): string {
    return `${this.origin}/api/v3`;
  }

  onRefChanged(subscriber: RefSubscriber): void {
    this.refSubscribers.push(subscriber);
  }

  /** Runs when a repository is created, before anybody can use it. */
  onRepositoryCreated(subscriber: (repository: Repository) => void): void {
    this.repositorySubscribers.push(subscriber);
  }

  findAccount(login: string): Account | undefined {
    return this.accounts.get(login.toLowerCase());
  }

  /** The account a commit is attributed to: its public address, or `<id>+<login>@users.noreply...`. */
  findAccountByEmail(email: string): Account | undefined {
    const wanted = email.toLowerCase();
    for (const account of this.accounts.values()) {
      if (account.email?.toLowerCase() === wanted || noReplyAddress(account).toLowerCase() === wanted)
        return account;
    }
    return undefined;
  }

  /** By its name, or by one that it had. */
  findRepository(owner: string, name: string): Repository | undefined {
    const [ownerKey, nameKey] = [owner.toLowerCase(), name.toLowerCase()];
    for (const repository of this.repositories.values()) {
      if (repository.owner.login.toLowerCase() === ownerKey && repository.name.toLowerCase() === nameKey) {
        return repository;
      }
    }
    return this.formerNames.get(`${ownerKey}/${nameKey}`);
  }
}

/** `2026-11-21T19:56:04Z`: how every time appears in bodies. */
export function isoTime(date: Date): string {
  return `${date.toISOString().slice(0, 19)}Z`;
}

export function isoTimeOrNull(date: Date | null): string | null {
  return date === null ? null : isoTime(date);
}

/** The address GitHub writes into commits made on somebody's behalf. */
export function noReplyAddress(account: Account): string {
  return `${account.id}+${account.login}@users.noreply.github.com`;
}
