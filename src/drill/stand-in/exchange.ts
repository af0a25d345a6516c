import type { IncomingMessage } from "node:http";
import type { Viewer } from "./model/viewer.ts";
import type { JsonObject, RouteMatch } from "./router.ts";

/** One request on its way through the server. */
export interface Exchange {
  readonly method: string;
  readonly path: string;
  readonly apiRoot: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingMessage["headers"];
  readonly match: RouteMatch | undefined;
  viewer: Viewer;
  body: JsonObject;
  createsContent: boolean;
}

/** GitHub Enterprise has the API below a path, and its GraphQL below another one. */
export function splitPrefix(origin: string, path: string): [apiRoot: string, path: string] {
  if (path.startsWith("/api/v3/") || path === "/api/v3")
    return [`${origin}/api/v3`, path.slice("/api/v3".length) || "/"];
  if (path === "/api/graphql") return [`${origin}/api`, "/graphql"];
  return [origin, path];
}

/** Which rate limit it counts against. */
export function resourceOf(exchange: Exchange): string {
  return exchange.path === "/graphql" ? "graphql" : "core";
}
