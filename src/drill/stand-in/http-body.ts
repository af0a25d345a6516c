import type { IncomingMessage } from "node:http";
import { gunzipSync } from "node:zlib";
import { ApiError, badRequest } from "./api-error.ts";
import type { JsonObject } from "./router.ts";

/** Reads a request's body into memory, unpacked where the client sent it packed. */
export async function readBody(request: IncomingMessage, limit: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > limit) throw new ApiError(413, "Payload too large");
    chunks.push(chunk);
  }
  const body = Buffer.concat(chunks);
  return request.headers["content-encoding"] === "gzip" ? gunzipSync(body, { maxOutputLength: limit }) : body;
}

export function parseJsonObject(body: Buffer): JsonObject {
  if (body.length === 0) return {};
  let value: unknown;
  try {
    value = JSON.parse(body.toString());
  } catch (error) {
    if (error instanceof SyntaxError) throw badRequest("Problems parsing JSON");
    throw error;
  }
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw badRequest("Body should be a JSON object");
  }
  return value as JsonObject;
}
