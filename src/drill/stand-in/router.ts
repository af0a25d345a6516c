import type { Hub } from "./hub.ts";
import type { Repository, Role } from "./model.ts";
import type { Permissions } from "./model/app-record.ts";
import type { Viewer } from "./model/viewer.ts";

export type Method = "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
export type JsonObject = Record<string, unknown>;

/** What a handler answers. `body` undefined means an empty body (204, 205, 304). */
export interface Reply {
  readonly status: number;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** What a handler knows of one request. Errors are thrown as `ApiError` (api-error.ts). */
export interface Context {
  readonly hub: Hub;
  readonly viewer: Viewer;
  /** Decoded values of the path template. */
  readonly params: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  /** Parsed JSON body; `{}` when the request had none. */
  readonly body: JsonObject;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  /** Origin and API prefix that this request used (`http://127.0.0.1:1/api/v3`), for `Link` headers. */
  readonly apiRoot: string;
  /** Path below the API prefix, with no query. */
  readonly path: string;
  /** Set to true where one request creates content only sometimes (GraphQL mutations). */
  markContentCreating(): void;
}

export interface RepositoryContext extends Context {
  readonly repository: Repository;
}

interface RouteBase {
  readonly method: Method;
  /** As written in GitHub's OpenAPI description: `/repos/{owner}/{repo}/git/refs/{ref}`. */
  readonly path: string;
  /**
   * Names of parameters that may contain slashes (`ref`, `path`, `basehead`, `branch`). They match greedily, so
   * register `/commits/{ref}/check-runs` style routes freely: the longest literal suffix wins.
   */
  readonly greedy?: readonly string[];
  /**
   * App permissions that open the route: any one of the sets is enough, each set needs all of its entries. Left out:
   * `metadata: read`.
   */
  readonly permissions?: readonly Permissions[];
  /** Default: every method but GET. */
  readonly createsContent?: boolean;
  /** `documentation_url` of the errors, e.g. `https://docs.github.com/rest/git/refs#create-a-reference`. */
  readonly docs?: string;
}

/** A route below `/repos/{owner}/{repo}`: repository found, read access, role, permission and archive state are checked before the handler. */
export interface RepositoryRoute extends RouteBase {
  /** Least role of a *user*. Default: `pull` for GET, `push` otherwise. */
  readonly role?: Role;
  /** Public data that somebody without a token may read. Default: GET of public repositories. */
  readonly handler: (context: RepositoryContext) => Reply | Promise<Reply>;
}

/** Any other route. `access` says which credentials open it. */
export interface PlainRoute extends RouteBase {
  /** `app`: JWT; `installation`: installation token; `token`: user or installation token; `any`: also nobody. */
  readonly access: "app" | "installation" | "token" | "any";
  readonly handler: (context: Context) => Reply | Promise<Reply>;
}

export type Route =
  | (PlainRoute & { readonly scope: "plain" })
  | (RepositoryRoute & { readonly scope: "repository" });

export interface RouteMatch {
  readonly route: Route;
  readonly params: Readonly<Record<string, string>>;
}

interface CompiledRoute {
  readonly route: Route;
  readonly pattern: RegExp;
  readonly names: readonly string[];
  /** Literal characters of the template: the more, the earlier it is tried. */
  readonly weight: number;
}

export class Router {
  readonly #routes: CompiledRoute[] = [];

  /** Registers a route below `/repos/{owner}/{repo}`. */
  repository(route: RepositoryRoute): void {
    this.#add({ ...route, scope: "repository" });
  }

  /** Registers any other route. */
  plain(route: PlainRoute): void {
    this.#add({ ...route, scope: "plain" });
  }

  find(method: string, path: string): RouteMatch | undefined {
    for (const { route, pattern, names } of this.#routes) {
      if (route.method !== method) continue;
      const match = pattern.exec(path);
      if (match === null) continue;
      const values = names.map((name, index): [string, string] => [name, decode(match[index + 1] ?? "")]);
      return { route, params: Object.fromEntries(values) };
    }
    return undefined;
  }

  /** Every route, for the conformance suite. */
  list(): readonly Route[] {
    return this.#routes.map((compiled) => compiled.route);
  }

  #add(route: Route): void {
    const { pattern, names, weight } = compile(route);
    const clash = this.#routes.find((it) => it.route.method === route.method && it.route.path === route.path);
    if (clash !== undefined) throw new Error(`route registered twice: ${route.method} ${route.path}`);
    this.#routes.push({ route, pattern, names, weight });
    this.#routes.sort((a, b) => b.weight - a.weight);
  }
}

function compile(route: Route): Omit<CompiledRoute, "route"> {
  const greedy = new Set(route.greedy ?? []);
  const names: string[] = [];
  let weight = 0;
  const source = route.path
    .split(/(\{[^}]+\})/)
    .map((part) => {
      if (!part.startsWith("{")) {
        weight += part.length;
        return part.replace(/[.*+?^$()|[\]\\]/g, "\\$&");
      }
      const name = part.slice(1, -1);
      names.push(name);
      if (!greedy.has(name)) return "([^/]+)";
      // An empty path is a value: the contents of the repository's root.
      return name === "path" ? "(.*)" : "(.+)";
    })
    .join("")
    .replace(/\/\(\.\*\)$/, "(?:/(.*))?");
  return { pattern: new RegExp(`^${source}/?$`), names, weight };
}

function decode(value: string): string {
  try {
    return decodeURIComponent(value);
  } catch (error) {
    // A stray percent sign is data, not an error, to GitHub's router.
    if (error instanceof URIError) return value;
    throw error;
  }
}
