import { createAppAuth } from "@octokit/auth-app";
import { Probot, ProbotOctokit } from "probot";
import { AnswerMemory } from "./answer-memory.ts";
import { Budget } from "./budget.ts";
import type { Priority } from "./budget.ts";
import { CallCounter } from "./call-counter.ts";
import { callKindOf, isTokenUrl } from "./call-kind.ts";
import { readConditionally } from "./conditional-read.ts";
import { statusOf } from "./http-status.ts";
import { lackingPermissions } from "./lacking-permissions.ts";
import type { LackingPermissions } from "./lacking-permissions.ts";
import { InstallationGone } from "./parked.ts";
import { redactError } from "./redact.ts";
import type { AppIdentity, GitHubApi, InstallationClient, RepositoryClient } from "./repository-client.ts";
import { retried } from "./retry-policy.ts";
import { throttled } from "./throttle-policy.ts";

/** GitHub itself ends a request after ten seconds. */
const TIMEOUT_MS = 15_000;

/**
 * Probot's Octokit without its throttle and retries, for the `Octokit` option of Probot: the policies here take their place. The function
 * form matters: Probot ignores the object form for the throttle and would still write once a second.
 */
export const QuietOctokit = ProbotOctokit.defaults((options: StockOptions) => ({
  ...options,
  throttle: { ...options.throttle, enabled: false },
  retry: { ...options.retry, enabled: false },
}));

interface StockOptions {
  readonly throttle?: Readonly<Record<string, unknown>>;
  readonly retry?: Readonly<Record<string, unknown>>;
}

export interface ClientDependencies {
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  readonly sleep: (ms: number) => Promise<void>;
}

export interface ClientOptions {
  /** How much of the budget it may use. Default `normal`. */
  readonly priority?: Priority;
}

export interface AppCredentials {
  readonly appId: string | number;
  /** PEM. */
  readonly privateKey: string;
  readonly webhookSecret: string;
  /** Of REST, without a slash at the end. */
  readonly apiUrl: string;
}

type ProbotLog = NonNullable<NonNullable<ConstructorParameters<typeof Probot>[0]>["log"]>;

/** GitHub with the credentials of the app. `octokit`: the benchmark gives the stock one for comparison. */
export async function openClients(
  { appId, privateKey, webhookSecret: secret, apiUrl: baseUrl }: AppCredentials,
  log: ProbotLog,
  dependencies: ClientDependencies,
  octokit: typeof ProbotOctokit = QuietOctokit,
): Promise<Clients> {
  const probot = new Probot({ appId, privateKey, secret, baseUrl, Octokit: octokit, log });
  await probot.ready();
  return new Clients(probot, dependencies);
}

/** GitHub clients from a Probot instance that was made with `QuietOctokit`. One for the process: it holds the budgets and the known answers. */
export class Clients {
  readonly #probot: Probot;
  readonly #dependencies: ClientDependencies;
  readonly #budgets = new Map<number, Budget>();
  readonly #answers = new AnswerMemory();
  #identity: Promise<AppIdentity> | null = null;

  constructor(probot: Probot, dependencies: ClientDependencies) {
    this.#probot = probot;
    this.#dependencies = dependencies;
  }

  /** Who the app is. Asked once for the life of the process. */
  async app(): Promise<AppIdentity> {
    this.#identity ??= this.#readIdentity();
    try {
      return await this.#identity;
    } catch (error) {
      // The next caller asks again.
      this.#identity = null;
      throw error;
    }
  }

  /** GitHub as the app itself: installations and webhook deliveries. */
  async forApp(): Promise<GitHubApi> {
    const octokit = await this.#probot.auth();
    // Probot keeps one Octokit for the app, so the policies go around a new one each time.
    return this.#guard(new (octokit.constructor as typeof ProbotOctokit)(), 0, "normal", new CallCounter());
  }

  async forInstallation(installation: number, options: ClientOptions = {}): Promise<InstallationClient> {
    const calls = new CallCounter();
    const [app, octokit] = await Promise.all([this.app(), this.#probot.auth(installation)]);
    return {
      octokit: this.#guard(octokit, installation, options.priority ?? "normal", calls),
      installation,
      app,
      calls,
      lacking: (refresh = false) => lackingOf(octokit, refresh),
    };
  }

  async forRepository(
    installation: number,
    owner: string,
    repo: string,
    options: ClientOptions = {},
  ): Promise<RepositoryClient> {
    return { ...(await this.forInstallation(installation, options)), owner, repo };
  }

  async #readIdentity(): Promise<AppIdentity> {
    const { data } = await (await this.forApp()).rest.apps.getAuthenticated();
    if (data === null || data.slug === undefined) throw new Error("GitHub did not say which app this is");
    return { id: data.id, slug: data.slug, login: `${data.slug}[bot]`, homepage: data.external_url };
  }

  #budgetOf(installation: number): Budget {
    const known = this.#budgets.get(installation);
    if (known !== undefined) return known;
    const budget = new Budget(this.#dependencies.now);
    this.#budgets.set(installation, budget);
    return budget;
  }

  /** Retries around throttle around one call; whatever fails comes out without secrets. */
  #guard(
    octokit: InstanceType<typeof ProbotOctokit>,
    installation: number,
    priority: Priority,
    counter: CallCounter,
  ): GitHubApi {
    const { now, sleep } = this.#dependencies;
    const budget = this.#budgetOf(installation);
    octokit.hook.wrap("request", async (request, options) => {
      const call = callKindOf(options);
      const sendWith = async (etag: string | null) => {
        const end = counter.begin();
        const { "if-none-match": _known, ...headers } = options.headers;
        // Octokit gives the hooks below this one these same options, and not what is handed on to them.
        Object.assign(options, {
          headers: { ...headers, ...(etag !== null && { "if-none-match": etag }) },
          request: { ...options.request, signal: AbortSignal.timeout(TIMEOUT_MS) },
        });
        try {
          return await request(options);
        } finally {
          end();
        }
      };
      const isRead = options.method === "GET" && call.surface === "rest";
      const sendOnce = () =>
        isRead
          ? readConditionally(this.#answers, ...nameOf(octokit, installation, options), sendWith)
          : sendWith(null);
      try {
        const send = () => (call.isForToken ? sendOnce() : throttled(budget, now, call, priority, sendOnce));
        return await retried(call, sleep, send);
      } catch (error) {
        const isRefused = statusOf(error) === 401 && installation !== 0 && !call.isForToken;
        if (isRefused && (await this.#isGone(installation))) {
          throw new InstallationGone("the installation was removed or suspended");
        }
        throw meaningOf(redactError(error));
      }
    });
    return octokit;
  }

  /** A token outlives its installation and is refused then, but also while GitHub has trouble: the app itself is told which. */
  async #isGone(installation: number): Promise<boolean> {
    try {
      const { rest } = await this.forApp();
      const { data } = await rest.apps.getInstallation({ installation_id: installation });
      return data.suspended_at !== null;
    } catch (error) {
      if (statusOf(error) === 404) return true;
      throw error;
    }
  }
}

type RequestOptions = Parameters<InstanceType<typeof ProbotOctokit>["request"]["endpoint"]["parse"]>[0];

/** What tells a read from every other one, and how long its page may be; null: the read does not say. */
function nameOf(
  octokit: InstanceType<typeof ProbotOctokit>,
  installation: number,
  options: RequestOptions,
): [key: string, pageSize: number | null] {
  const { url } = octokit.request.endpoint.parse(options);
  const size = options["per_page"];
  return [`${installation} ${options.headers.accept ?? ""} ${url}`, typeof size === "number" ? size : null];
}

/** Costs no call where all is granted. A token keeps what it was given, so before anything is said to be lacking a new one is asked for. */
async function lackingOf(
  octokit: InstanceType<typeof ProbotOctokit>,
  refresh: boolean,
): Promise<LackingPermissions> {
  if (refresh) return lackingPermissions(await grantedTo(octokit, true));
  const now = await grantedTo(octokit, false);
  return lackingPermissions(now).unwritable.length === 0
    ? lackingPermissions(now)
    : lackingPermissions(await grantedTo(octokit, true));
}

async function grantedTo(
  octokit: InstanceType<typeof ProbotOctokit>,
  refresh: boolean,
): Promise<Readonly<Record<string, string>>> {
  // Probot's own way to a token forgets the host; this one shares its memory of tokens.
  const auth = (await octokit.auth({
    type: "installation",
    factory: (state: Parameters<typeof createAppAuth>[0]) =>
      createAppAuth({ ...state, request: octokit.request }),
  })) as ReturnType<typeof createAppAuth>;
  return (await auth({ type: "installation", refresh })).permissions;
}

/** No token for the installation, or one that is not accepted: it is gone or suspended, whatever was being asked. */
function meaningOf(error: unknown): unknown {
  if (statusOf(error) === 403 && /installation has been suspended/iu.test(String(error))) {
    return new InstallationGone("the installation is suspended", { cause: error });
  }
  if (!(error instanceof Error) || !("status" in error) || !("request" in error)) return error;
  const url = (error.request as { url?: unknown }).url;
  return typeof url === "string" && isTokenUrl(url) && (error.status === 403 || error.status === 404)
    ? new InstallationGone("no access to the installation", { cause: error })
    : error;
}
