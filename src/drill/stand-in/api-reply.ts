import { createHash, randomBytes } from "node:crypto";
import { ApiError } from "./api-error.ts";
import type { FaultEffect } from "./faults.ts";
import type { Reply, Route } from "./router.ts";
import { unverified } from "./unverified.ts";

unverified("etag/token", "An answer keeps its etag when the installation's token is renewed.");

const DOCS = "https://docs.github.com/rest";

/** Headers of every answer, less the rate limit's. */
export function replyHeaders(method: string, reply: Reply): Record<string, string> {
  const headers: Record<string, string> = {
    server: "github.com",
    "x-github-request-id": randomBytes(10).toString("hex").toUpperCase(),
    "x-github-media-type": "github.v3; format=json",
    "x-github-api-version-selected": "2022-11-28",
    "cache-control": "private, max-age=60, s-maxage=60",
  };
  const encoded = encode(reply);
  if (encoded !== undefined) {
    headers["content-type"] = "application/json; charset=utf-8";
    headers["content-length"] = String(encoded.length);
  }
  if (method === "GET" && reply.status === 200) {
    headers.etag = `W/"${createHash("sha256")
      .update(encoded ?? "")
      .digest("hex")}"`;
  }
  return { ...headers, ...reply.headers };
}

/** @param known value of `If-None-Match` */
export function isUnchanged(
  known: string | undefined,
  reply: Reply,
  headers: Readonly<Record<string, string>>,
): boolean {
  if (reply.status !== 200 || headers.etag === undefined) return false;
  const tags = known?.split(",").map((tag) => tag.trim().replace(/^W\//, ""));
  return tags?.includes(headers.etag.replace(/^W\//, "")) ?? false;
}

export function encode(reply: Reply): Buffer | undefined {
  if (reply.body === undefined) return undefined;
  if (Buffer.isBuffer(reply.body)) return reply.body;
  return Buffer.from(JSON.stringify(reply.body));
}

export function faultReply(effect: FaultEffect & { kind: "answer-before" | "answer-after" }): Reply {
  const body = effect.body ?? { message: "Server Error" };
  return {
    status: effect.status,
    body,
    ...(effect.headers === undefined ? {} : { headers: effect.headers }),
  };
}

/** GitHub's body of an error; whatever is no `ApiError` is a bug here, and a 500. */
export function errorReply(error: unknown, route: Route | undefined): Reply {
  if (!(error instanceof ApiError)) return { status: 500, body: { message: "Server Error" } };
  const body = {
    message: error.message,
    ...(error.errors === undefined ? {} : { errors: error.errors }),
    documentation_url: route?.docs ?? DOCS,
    status: String(error.status),
  };
  return { status: error.status, body, headers: error.headers };
}
