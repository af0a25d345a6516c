import { isRecord } from "./is-record.ts";
/** GitHub's word that a limit is reached, however it was put. */
export interface ReachedLimit {
  /** Milliseconds since the epoch; null: GitHub did not say. */
  readonly until: number | null;
  /** `primary`: the hourly allowance of one surface. `secondary`: the limits against bursts, of both together. */
  readonly kind: "primary" | "secondary";
}

type Headers = Readonly<Record<string, string | number | undefined>>;

/**
 * Reads the limit from an error of Octokit, or from the errors inside a GraphQL answer of status 200. null: it is something else, such as a 403
 * for a missing permission.
 */
export function reachedLimitOf(error: unknown, now: number): ReachedLimit | null {
  if (!isRecord(error)) return null;
  const response = isRecord(error["response"]) ? error["response"] : {};
  const headers = (isRecord(response["headers"]) ? response["headers"] : {}) as Headers;
  const status = error["status"];
  if (status !== 403 && status !== 429) return null;
  const message = typeof error["message"] === "string" ? error["message"] : "";
  return limitOf(headers, message, status === 429, now);
}

/** The same for a GraphQL answer of status 200 that carries errors. */
export function reachedLimitInBody(data: unknown, headers: Headers, now: number): ReachedLimit | null {
  if (!isRecord(data) || !Array.isArray(data["errors"])) return null;
  for (const error of data["errors"] as unknown[]) {
    if (!isRecord(error)) continue;
    const message = typeof error["message"] === "string" ? error["message"] : "";
    if (error["type"] === "RATE_LIMITED" || error["type"] === "RATE_LIMIT")
      return limitOf({ ...headers, "x-ratelimit-remaining": "0" }, message, true, now);
    if (/secondary rate limit/iu.test(message)) return limitOf(headers, message, true, now);
  }
  return null;
}

/** What is left of the allowance, and when it is full again; null where the answer does not say. */
export function allowanceOf(
  headers: Headers,
  now: number,
): { readonly remaining: number; readonly until: number } | null {
  const remaining = Number(headers["x-ratelimit-remaining"]);
  const isOurs = /^(?:core|graphql)$/u.test(String(headers["x-ratelimit-resource"] ?? "core"));
  const until = resetOf(headers, now);
  return isOurs && Number.isFinite(remaining) && until !== null ? { remaining, until } : null;
}

/** The allowance is used up although this call went through: the next one need not be tried. */
export function exhaustedBy(headers: Headers, now: number): number | null {
  const remaining = headers["x-ratelimit-remaining"];
  const isOurs = /^(?:core|graphql)$/u.test(String(headers["x-ratelimit-resource"] ?? "core"));
  return isOurs && remaining !== undefined && Number(remaining) === 0 ? resetOf(headers, now) : null;
}

function limitOf(headers: Headers, message: string, certain: boolean, now: number): ReachedLimit | null {
  const retryAfter = Number(headers["retry-after"]);
  if (headers["retry-after"] !== undefined && Number.isFinite(retryAfter)) {
    return { until: now + Math.max(retryAfter, 1) * 1000, kind: "secondary" };
  }
  if (/secondary rate limit|abuse detection/iu.test(message)) return { until: null, kind: "secondary" };
  const reset = exhaustedBy(headers, now);
  if (reset !== null) return { until: reset, kind: "primary" };
  return certain ? { until: null, kind: "secondary" } : null;
}

/** The reset is on GitHub's clock; its `date` header says how far ours is away from it. */
function resetOf(headers: Headers, now: number): number | null {
  const reset = Number(headers["x-ratelimit-reset"]) * 1000;
  if (!Number.isFinite(reset)) return null;
  const theirs = Date.parse(String(headers["date"] ?? ""));
  return now + Math.max(reset - (Number.isNaN(theirs) ? now : theirs), 1000);
}
