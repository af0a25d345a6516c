import type { Route } from "./server.ts";

/** The process answers. */
export const pingRoute: Route = {
  method: "GET",
  path: "/ping",
  handle: async () => ({ status: 200, body: "PONG" }),
};
