import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { Log } from "../logger.ts";

export interface Route {
  readonly method: "GET" | "POST";
  readonly path: string;
  handle(request: IncomingMessage): Promise<Answer>;
}

export interface Answer {
  readonly status: number;
  /** Sent as JSON; a text is sent as it is. */
  readonly body: string | Readonly<Record<string, unknown>>;
  /** The request was not read to its end: nothing more can be understood on this connection. */
  readonly close?: true;
}

export interface HttpServer {
  readonly url: string;
  /** Takes no new requests, lets those under way end within `graceMs`, then cuts them off. */
  stop(graceMs: number): Promise<void>;
}

export interface HttpServerOptions {
  readonly host: string;
  /** 0: any free port. */
  readonly port: number;
  readonly routes: readonly Route[];
  readonly log: Log;
  /** For a whole request, body included: GitHub itself gives up after 10 s. Default 30 s. */
  readonly requestTimeoutMs?: number;
}

export async function startHttpServer(options: HttpServerOptions): Promise<HttpServer> {
  const requestTimeout = options.requestTimeoutMs ?? 30_000;
  const server = createServer(
    {
      requestTimeout,
      headersTimeout: Math.min(10_000, requestTimeout),
      keepAliveTimeout: 5000,
      connectionsCheckingInterval: Math.min(1000, requestTimeout),
    },
    (request, response) => {
      void answerRequest(options, request, response);
    },
  );
  await listen(server, options.host, options.port);
  const { address, family, port } = server.address() as AddressInfo;
  return {
    url: `http://${family === "IPv6" ? `[${address}]` : address}:${port}`,
    stop: (graceMs) => stop(server, graceMs),
  };
}

async function answerRequest(
  options: HttpServerOptions,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const path = request.url?.split("?", 1)[0];
  const routes = options.routes.filter((route) => route.path === path);
  const route = routes.find(({ method }) => method === request.method);
  if (route === undefined) {
    send(request, response, {
      status: routes.length > 0 ? 405 : 404,
      body: { error: routes.length > 0 ? "method not allowed" : "not found" },
      close: true,
    });
    return;
  }
  try {
    send(request, response, await route.handle(request));
  } catch (error) {
    // The client went away in the middle of its request: nobody is there to be answered.
    if (request.destroyed && !request.complete) return;
    options.log.error({ err: error, path: route.path }, "Request failed");
    send(request, response, { status: 500, body: { error: "internal error" }, close: true });
  }
}

function send(request: IncomingMessage, response: ServerResponse, answer: Answer): void {
  if (response.destroyed) return;
  const isText = typeof answer.body === "string";
  response.writeHead(answer.status, {
    "content-type": isText ? "text/plain; charset=utf-8" : "application/json; charset=utf-8",
    "cache-control": "no-store",
    "x-content-type-options": "nosniff",
    ...(answer.close && { connection: "close" }),
  });
  response.end(isText ? answer.body : `${JSON.stringify(answer.body)}\n`);
  // What is still coming is thrown away, so that the client gets to read the answer before the connection is closed.
  if (answer.close) request.resume();
}

function listen(server: Server, host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, host, () => {
      server.off("error", reject);
      resolve();
    });
  });
}

function stop(server: Server, graceMs: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const cutOff = setTimeout(() => server.closeAllConnections(), graceMs);
    server.close((error) => {
      clearTimeout(cutOff);
      if (error) reject(error);
      else resolve();
    });
    server.closeIdleConnections();
  });
}
