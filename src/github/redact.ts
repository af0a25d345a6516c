import { isRecord } from "./is-record.ts";
const SECRETS: readonly (readonly [RegExp, string])[] = [
  [
    /-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]*?(?:-----END [A-Z ]*PRIVATE KEY-----|$)/gu,
    "[private key removed]",
  ],
  [/(\bx-access-token:)[^@\s]+(?=@)/giu, "$1[removed]"],
  // Forty characters of old, `ghs_<app id>_<JWT>` of new: no length is assumed.
  [/\b(gh[a-z]|github_pat)_[\w.~+/=-]+/gu, "$1_[removed]"],
  [/\beyJ[\w-]+\.[\w-]+(?:\.[\w-]*)?/gu, "[token removed]"],
  [/(\bauthorization["']?\s*[:=]\s*["']?)(?:(bearer|token|basic)\s+)?[^\s"',}]+/giu, "$1[removed]"],
  [/\b(bearer)\s+[\w.~+/=-]{8,}/giu, "$1 [removed]"],
  [/\b((?:client|webhook)_secret["']?\s*[:=]\s*["']?)[^\s"'&,}]+/giu, "$1[removed]"],
];

/** Takes out what must never stand in a log, an error or a comment: tokens in both forms, keys, authorization headers, clone URLs. */
export function redact(text: string): string {
  return SECRETS.reduce((clean, [pattern, replacement]) => clean.replace(pattern, replacement), text);
}

/** Cleans an error in place: message, stack, and the request that Octokit keeps on it. Returns the same error. */
export function redactError<T>(error: T, depth = 0): T {
  if (!(error instanceof Error) || depth > 3) return error;
  cleanWords(error, "message");
  cleanWords(error, "stack");
  const holder: { request?: unknown; headers?: unknown } = error as object;
  // The body repeats what was to be written and the headers hold the token: neither helps in a log.
  if (isRecord(holder.request)) {
    holder.request = { method: holder.request["method"], url: redact(String(holder.request["url"])) };
  }
  redactError(error.cause, depth + 1);
  return error;
}

/** What a call ends with that got no answer in time has a message that can only be read: an own one hides it. */
function cleanWords(error: Error, field: "message" | "stack"): void {
  const words = error[field];
  const clean = words === undefined ? undefined : redact(words);
  if (clean === words) return;
  Object.defineProperty(error, field, { value: clean, writable: true, configurable: true });
}
