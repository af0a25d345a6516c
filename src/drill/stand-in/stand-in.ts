import { mkdir } from "node:fs/promises";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { addRuleset, type RulesetOptions } from "./add-ruleset.ts";
import { ApiServer } from "./api-server.ts";
import { Browser } from "./browser.ts";
import { type Call, roundTrips } from "./call-log.ts";
import { pressButton } from "./collaboration/press-button.ts";
import { Faults } from "./faults.ts";
import { features } from "./features.ts";
import { GitHttp } from "./git-http.ts";
import { Hub } from "./hub.ts";
import type { Repository, Role } from "./model.ts";
import type { Account } from "./model/account.ts";
import type { AppRecord, Permissions } from "./model/app-record.ts";
import type { Delivery } from "./model/delivery.ts";
import type { Installation } from "./model/installation.ts";
import { knownValidator } from "./openapi/known-validator.ts";
import { protectionFrom, type ProtectOptions } from "./protection-from.ts";
import { RateLimiter } from "./rate-limit.ts";
import {
  addAccount,
  addApp,
  addInstallation,
  addRepository,
  announceInstallation,
  type AppOptions,
  type RegisteredApp,
  type RepositoryOptions,
} from "./registry.ts";
import { registerAppRoutes } from "./rest/app.ts";
import type { StandInOptions } from "./stand-in-options.ts";
import { Tokens } from "./tokens.ts";
import { unverifiedBehaviours } from "./unverified.ts";
import type { Violation } from "./validator.ts";
import { WebhookSender } from "./webhooks.ts";

/** A server that answers as GitHub does for what the app uses: real git behind REST, GraphQL, webhooks and git over http. */
export class StandIn {
  readonly hub: Hub;
  readonly faults: Faults;
  readonly browser: Browser;
  readonly #root: string;
  readonly #server: Server;
  readonly #api: ApiServer;
  readonly #tokens: Tokens;
  readonly #webhooks: WebhookSender;
  readonly #limiter: RateLimiter;

  private constructor(options: StandInOptions) {
    this.#root = options.root;
    this.hub = new Hub(options.clock ?? (() => new Date()));
    this.faults = new Faults();
    this.browser = new Browser(this.hub);
    this.#tokens = new Tokens(this.hub);
    this.#webhooks = new WebhookSender(this.hub, this.faults, options.webhookTimeoutMs ?? 10_000);
    this.hub.emit = (...args) => this.#webhooks.emit(...args);
    this.hub.validator = options.validator ?? knownValidator();
    const limits = { perHour: 5000, contentPerMinute: Infinity, contentPerHour: Infinity, ...options.limits };
    const limiter = new RateLimiter(this.hub, limits);
    this.#limiter = limiter;
    this.#api = new ApiServer({
      hub: this.hub,
      tokens: this.#tokens,
      faults: this.faults,
      limiter,
      strict: options.strict ?? true,
    });
    this.#api.latencyMs = options.latencyMs ?? 0;
    registerAppRoutes(this.hub, { tokens: this.#tokens, webhooks: this.#webhooks, limiter });
    for (const register of features) register(this.hub);
    const git = new GitHttp(this.hub, this.#tokens);
    this.#server = createServer({ keepAliveTimeout: 60_000 }, (request, response) => {
      void this.#serve(git, request, response);
    });
  }

  static async start(options: StandInOptions): Promise<StandIn> {
    await mkdir(options.root, { recursive: true });
    const standIn = new StandIn(options);
    await new Promise<void>((resolve, reject) => {
      standIn.#server.once("error", reject);
      standIn.#server.listen(options.port ?? 0, "127.0.0.1", resolve);
    });
    const { port } = standIn.#server.address() as AddressInfo;
    standIn.hub.origin = `http://127.0.0.1:${port}`;
    return standIn;
  }

  get url(): string {
    return this.hub.origin;
  }

  /** Milliseconds waited before every answer of the API from now on. */
  set latencyMs(ms: number) {
    this.#api.latencyMs = ms;
  }

  /** Stops answering, forgets webhooks that were not sent yet, ends every git process. The repositories stay on disk. */
  async close(): Promise<void> {
    this.#webhooks.close();
    const closed = new Promise<void>((resolve) => this.#server.close(() => resolve()));
    this.#server.closeAllConnections();
    await closed;
    await this.hub.background.close();
    await Promise.all([...this.hub.repositories.values()].map((repository) => repository.git.close()));
  }

  createUser(login: string, options: { readonly name?: string } = {}): Account {
    return addAccount(this.hub, login, "User", options.name ?? null);
  }

  createOrganization(login: string): Account {
    return addAccount(this.hub, login, "Organization", null);
  }

  /** An empty repository: pushes fill it. */
  createRepository(options: RepositoryOptions): Promise<Repository> {
    return addRepository(this.hub, this.#root, options);
  }

  registerApp(options: AppOptions): RegisteredApp {
    return addApp(this.hub, options);
  }

  /**
   * @param app slug, id, or what `registerApp` returned
   * @param repositories names, or `all`
   * @returns the installation id
   */
  install(
    app: string | number | RegisteredApp,
    owner: string,
    repositories: readonly string[] | "all" = "all",
  ): number {
    return addInstallation(this.hub, this.#app(app), owner, repositories).id;
  }

  uninstall(installationId: number): void {
    announceInstallation(this.hub, this.#installation(installationId), "deleted");
    this.hub.installations.delete(installationId);
  }

  suspend(installationId: number): void {
    const installation = this.#installation(installationId);
    installation.suspendedAt = this.hub.now();
    installation.suspendedBy = installation.account;
    announceInstallation(this.hub, installation, "suspend");
  }

  unsuspend(installationId: number): void {
    const installation = this.#installation(installationId);
    installation.suspendedAt = null;
    installation.suspendedBy = null;
    announceInstallation(this.hub, installation, "unsuspend");
  }

  /** What the owner grants from now on. Tokens that are out keep what they were given. */
  grant(installationId: number, permissions: Permissions): void {
    const installation = this.#installation(installationId);
    installation.permissions = { ...permissions, metadata: "read" };
    announceInstallation(this.hub, installation, "new_permissions_accepted");
  }

  addCollaborator(repository: string, login: string, role: Role): void {
    if (this.hub.findAccount(login) === undefined) throw new Error(`no account ${login}`);
    this.repository(repository).collaborators.set(login.toLowerCase(), role);
  }

  removeCollaborator(repository: string, login: string): void {
    this.repository(repository).collaborators.delete(login.toLowerCase());
  }

  /** As if the installation had used its hourly allowance but for `left` calls, REST and GraphQL each. */
  leaveCalls(installationId: number, left: number): void {
    this.#limiter.leave(installationId, left);
  }

  /** A personal token: for the API, and as password of git over http. */
  tokenFor(login: string): string {
    const account = this.hub.findAccount(login);
    if (account === undefined) throw new Error(`no account ${login}`);
    return this.#tokens.personal(account);
  }

  /** A token of an installation, as its app would get it. */
  tokenForApp(installationId: number): string {
    const installation = this.#installation(installationId);
    const { permissions } = installation;
    return this.#tokens.issue({ installation, permissions, repositoryIds: null }).token;
  }

  revokeToken(token: string): void {
    this.#tokens.revoke(token);
  }

  /** Classic protection of a branch, or of a pattern such as `release/*`. Deletions and force pushes are refused unless said otherwise. */
  protect(repository: string, branch: string, options: ProtectOptions = {}): void {
    this.repository(repository).protections.set(branch, protectionFrom(options));
  }

  unprotect(repository: string, branch: string): void {
    this.repository(repository).protections.delete(branch);
  }

  addRuleset(repository: string, options: RulesetOptions): number {
    return addRuleset(this.hub, this.repository(repository), options).id;
  }

  /** Somebody presses a button that the app put on a check run. Only people in a browser can. */
  async pressCheckAction(
    fullName: string,
    checkRun: number,
    identifier: string,
    login: string,
  ): Promise<void> {
    await pressButton(this.hub, this.repository(fullName), { checkRun, identifier, login });
  }

  /** @param fullName `owner/name` */
  repository(fullName: string): Repository {
    const [owner = "", name = ""] = fullName.split("/");
    const found = this.hub.findRepository(owner, name);
    if (found === undefined) throw new Error(`no repository ${fullName}`);
    return found;
  }

  /** Every API call so far, in order of their answers. */
  get calls(): readonly Call[] {
    return this.#api.calls;
  }

  /** See `roundTrips` in call-log.ts. */
  roundTrips(calls: readonly Call[] = this.calls): number {
    return roundTrips(calls);
  }

  get deliveries(): readonly Delivery[] {
    return this.#webhooks.deliveries;
  }

  /** Webhooks kept back by the fault `hold`. */
  get held(): readonly Delivery[] {
    return this.#webhooks.held;
  }

  releaseHeld(order?: (held: readonly Delivery[]) => readonly Delivery[]): void {
    this.#webhooks.releaseHeld(order);
  }

  /** Breaches of GitHub's description so far, by either side. */
  get violations(): readonly Violation[] {
    return this.hub.violations;
  }

  /** Guesses that no source settles, by id. */
  get unverified(): ReadonlyMap<string, string> {
    return unverifiedBehaviours();
  }

  /** Resolves when no webhook is on its way and nothing is computed behind the answers. Held webhooks do not count. */
  async idle(): Promise<void> {
    do {
      await this.hub.background.settled();
      await this.#webhooks.idle();
    } while (this.hub.background.isBusy);
  }

  async #serve(git: GitHttp, request: IncomingMessage, response: ServerResponse): Promise<void> {
    try {
      if (!(await git.handle(request, response))) await this.#api.handle(request, response);
    } catch (error) {
      // A client that went away mid-request is not news; anything else is a bug here and must fail the test run.
      if (request.destroyed && !request.complete) return;
      const what = error instanceof Error ? (error.stack ?? error.message) : String(error);
      this.hub.violations.push({ where: `stand-in crashed in ${request.method} ${request.url}`, what });
      if (!response.headersSent) response.writeHead(500);
      response.end();
    }
  }

  #app(app: string | number | RegisteredApp): AppRecord {
    const found = [...this.hub.apps.values()].find((it) =>
      typeof app === "object" ? it.id === app.appId : it.id === app || it.slug === app,
    );
    if (found === undefined) throw new Error("no such app");
    return found;
  }

  #installation(id: number): Installation {
    const found = this.hub.installations.get(id);
    if (found === undefined) throw new Error(`no installation ${id}`);
    return found;
  }
}
