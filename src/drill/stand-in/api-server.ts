import type { IncomingMessage, ServerResponse } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import { canRead, demand } from "./access.ts";
import { ApiError, forbidden, notFound, unauthorized } from "./api-error.ts";
import { encode, errorReply, faultReply, isUnchanged, replyHeaders } from "./api-reply.ts";
import type { Call } from "./call-log.ts";
import { checkAccess } from "./check-access.ts";
import { type Exchange, resourceOf, splitPrefix } from "./exchange.ts";
import type { FaultEffect, Faults } from "./faults.ts";
import { parseJsonObject, readBody } from "./http-body.ts";
import type { Hub } from "./hub.ts";
import type { Repository } from "./model.ts";
import type { Viewer } from "./model/viewer.ts";
import { fullName } from "./present-repository.ts";
import { type RateLimiter, viewerName } from "./rate-limit.ts";
import type { Context, Reply, Route, RouteMatch } from "./router.ts";
import type { Tokens } from "./tokens.ts";

const BODY_LIMIT = 64 * 1024 * 1024;

export interface ApiServerOptions {
  readonly hub: Hub;
  readonly tokens: Tokens;
  readonly faults: Faults;
  readonly limiter: RateLimiter;
  /** A call that the stand-in does not know is a violation. */
  readonly strict: boolean;
}

/** GitHub's API over node's own http: who asks, may they, what goes wrong, what is logged. */
export class ApiServer {
  readonly calls: Call[] = [];
  /** Milliseconds waited before each answer. */
  latencyMs = 0;
  readonly #options: ApiServerOptions;

  constructor(options: ApiServerOptions) {
    this.#options = options;
  }

  async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const startedAt = performance.now();
    const { limiter } = this.#options;
    const exchange = this.#exchange(request);
    const template = exchange.match?.route.path ?? exchange.path;
    const log = (status: number): void => {
      this.calls.push({
        actor: viewerName(exchange.viewer),
        method: exchange.method,
        template,
        path: exchange.path + (exchange.query.size > 0 ? `?${exchange.query.toString()}` : ""),
        status,
        startedAt,
        endedAt: performance.now(),
        createsContent: exchange.createsContent,
        counted: status !== 304 && template !== "/rate_limit",
      });
    };
    const reply = await this.#reply(exchange, request);
    if (reply === "drop") {
      log(0);
      request.socket.destroy();
      return;
    }
    const headers = replyHeaders(exchange.method, reply);
    const fresh = isUnchanged(exchange.headers["if-none-match"], reply, headers);
    if (!fresh && template !== "/rate_limit") limiter.count(exchange.viewer, resourceOf(exchange));
    const status = fresh ? 304 : reply.status;
    Object.assign(headers, limiter.headers(exchange.viewer, resourceOf(exchange)));
    // Logged before it is sent: whoever has the answer also finds the call in the log.
    log(status);
    response.writeHead(status, headers);
    response.end(fresh || exchange.method === "HEAD" ? undefined : encode(reply));
  }

  #exchange(request: IncomingMessage): Exchange {
    const { hub } = this.#options;
    const url = new URL(request.url ?? "/", hub.origin);
    const [apiRoot, path] = splitPrefix(hub.origin, url.pathname);
    const method = request.method ?? "GET";
    const match = hub.router.find(method === "HEAD" ? "GET" : method, path);
    return {
      method,
      path,
      apiRoot,
      query: url.searchParams,
      headers: request.headers,
      match,
      viewer: { kind: "anonymous" },
      body: {},
      createsContent: match?.route.createsContent ?? (method !== "GET" && method !== "HEAD"),
    };
  }

  async #reply(exchange: Exchange, request: IncomingMessage): Promise<Reply | "drop"> {
    const { faults } = this.#options;
    try {
      const raw = await readBody(request, BODY_LIMIT);
      if (this.latencyMs > 0) await sleep(this.latencyMs);
      exchange.viewer = this.#options.tokens.viewer(exchange.headers.authorization);
      exchange.body = parseJsonObject(raw);
    } catch (error) {
      return errorReply(error, exchange.match?.route);
    }
    const { method, path, body } = exchange;
    const template = exchange.match?.route.path ?? path;
    const effects = faults.strike({ method, template, path, body });
    for (const effect of effects) if (effect.kind === "hold") await effect.until;
    const before = effects.find((it) => it.kind === "answer-before" || it.kind === "drop-before");
    if (before !== undefined) return before.kind === "answer-before" ? faultReply(before) : "drop";
    if (method === "GET" && faults.isHidden(path)) return errorReply(notFound(), exchange.match?.route);
    const reply = await this.#perform(exchange);
    return this.#afterEffect(effects, reply);
  }

  #afterEffect(effects: readonly FaultEffect[], reply: Reply): Reply | "drop" {
    for (const effect of effects) {
      if (effect.kind === "replica-lag" && reply.status === 201) this.#hide(reply, effect.ms);
    }
    const after = effects.find((it) => it.kind === "answer-after" || it.kind === "drop-after");
    if (after === undefined) return reply;
    return after.kind === "answer-after" ? faultReply(after) : "drop";
  }

  #hide(reply: Reply, ms: number): void {
    const url = (reply.body as { url?: unknown } | undefined)?.url;
    if (typeof url === "string") this.#options.faults.hide(url.slice(this.#options.hub.apiUrl.length), ms);
  }

  async #perform(exchange: Exchange): Promise<Reply> {
    const { hub, limiter, strict } = this.#options;
    const { match, method, path, viewer } = exchange;
    const route = match?.route;
    let reply: Reply;
    try {
      if (exchange.headers["user-agent"] === undefined) {
        throw forbidden(
          "Request forbidden by administrative rules. Please make sure your request has a User-Agent header",
        );
      }
      if (limiter.isSpent(viewer, resourceOf(exchange))) throw this.#spent(viewer);
      if (match === undefined || route === undefined) {
        if (strict)
          hub.violations.push({ where: `request ${method} ${path}`, what: "no such call in the stand-in" });
        throw notFound();
      }
      this.#validateRequest(exchange, route);
      reply = await this.#route(exchange, match);
    } catch (error) {
      reply = errorReply(error, route);
      if (!(error instanceof ApiError)) this.#reportCrash(exchange, error);
    }
    // Raw media types have no schema.
    if (route !== undefined && route.path !== "/graphql" && !Buffer.isBuffer(reply.body)) {
      for (const it of hub.validator.response(method, route.path, reply.status, reply.body))
        hub.violations.push(it);
    }
    return reply;
  }

  #validateRequest(exchange: Exchange, route: Route): void {
    if (route.path === "/graphql") return;
    const { hub } = this.#options;
    const { method, query, body } = exchange;
    const params = exchange.match?.params ?? {};
    for (const it of hub.validator.request(method, route.path, query, body, params)) hub.violations.push(it);
  }

  /** A bug of the stand-in must not pass for a bad day of GitHub. */
  #reportCrash(exchange: Exchange, error: unknown): void {
    const what = error instanceof Error ? (error.stack ?? error.message) : String(error);
    this.#options.hub.violations.push({
      where: `stand-in crashed in ${exchange.method} ${exchange.path}`,
      what,
    });
  }

  async #route(exchange: Exchange, match: RouteMatch): Promise<Reply> {
    const { route, params } = match;
    const context = this.#context(exchange, params);
    if (route.scope === "repository") {
      const repository = this.#repository(exchange, route, params);
      this.#admitContent(exchange);
      return route.handler({ ...context, repository });
    }
    checkAccess(route.access, exchange.viewer);
    this.#admitContent(exchange);
    return route.handler(context);
  }

  #context(exchange: Exchange, params: Readonly<Record<string, string>>): Context {
    const { viewer, query, body, headers, apiRoot, path } = exchange;
    const markContentCreating = (): void => {
      exchange.createsContent = true;
    };
    return {
      hub: this.#options.hub,
      viewer,
      params,
      query,
      body,
      headers,
      apiRoot,
      path,
      markContentCreating,
    };
  }

  #repository(
    exchange: Exchange,
    route: Route & { scope: "repository" },
    params: Readonly<Record<string, string>>,
  ): Repository {
    const repository = this.#options.hub.findRepository(params.owner ?? "", params.repo ?? "");
    if (repository === undefined) throw notFound();
    if (exchange.viewer.kind === "app") {
      throw unauthorized("A JSON web token could not be decoded");
    }
    if (!canRead(exchange.viewer, repository)) throw notFound();
    const reads = route.method === "GET";
    if (repository.name.toLowerCase() !== params.repo?.toLowerCase())
      throw moved(exchange, repository, reads);
    demand(exchange.viewer, repository, {
      permissions: route.permissions ?? [{ metadata: "read" }],
      role: route.role ?? (reads ? "pull" : "push"),
    });
    if (repository.archived && !reads) throw forbidden("Repository was archived so is read-only.");
    return repository;
  }

  #admitContent(exchange: Exchange): void {
    if (!exchange.createsContent || this.#options.limiter.admitContent(exchange.viewer)) return;
    throw forbidden(
      "You have exceeded a secondary rate limit and have been temporarily blocked from content creation. Please retry your request again later.",
    );
  }

  #spent(viewer: Viewer): ApiError {
    const whom =
      viewer.kind === "installation"
        ? `installation ID ${viewer.installation.id}`
        : viewer.kind === "user"
          ? `user ID ${viewer.account.id}`
          : "127.0.0.1";
    return forbidden(`API rate limit exceeded for ${whom}.`);
  }
}

/** Renamed: docs rest/using-the-rest-api/best-practices-for-using-the-rest-api#follow-redirects. GitHub's location has the id in place of the name. */
function moved({ apiRoot, path, query }: Exchange, repository: Repository, reads: boolean): ApiError {
  const rest = path
    .split("/")
    .slice(4)
    .map((part) => `/${part}`);
  const search = query.size > 0 ? `?${query.toString()}` : "";
  const location = `${apiRoot}/repos/${fullName(repository)}${rest.join("")}${search}`;
  return new ApiError(reads ? 301 : 307, reads ? "Moved Permanently" : "Temporary Redirect", {
    headers: { location },
  });
}
