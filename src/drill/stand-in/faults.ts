import type { JsonObject } from "./router.ts";

/** What goes wrong with a call. */
export type FaultEffect =
  /** Answered without doing anything. */
  | {
      readonly kind: "answer-before";
      readonly status: number;
      readonly body?: JsonObject;
      readonly headers?: Readonly<Record<string, string>>;
    }
  /** Done, and then answered as if not (F3). */
  | {
      readonly kind: "answer-after";
      readonly status: number;
      readonly body?: JsonObject;
      readonly headers?: Readonly<Record<string, string>>;
    }
  /** The connection dies before or after the effect. */
  | { readonly kind: "drop-before" }
  | { readonly kind: "drop-after" }
  /** Waits before the effect. */
  | { readonly kind: "hold"; readonly until: Promise<unknown> }
  /** What this call creates is 404 to reads for so long (F1). */
  | { readonly kind: "replica-lag"; readonly ms: number };

export interface Fault {
  readonly method?: string;
  /** Tested against the path template and against the path itself. A string must equal one of them. */
  readonly path?: string | RegExp;
  /** Narrows further, e.g. by what the body asks for. */
  readonly when?: (call: { readonly path: string; readonly body: JsonObject }) => boolean;
  /** How often it strikes; default 1. `Infinity` until removed. */
  readonly times?: number;
  /** Matching calls that pass unharmed first. */
  readonly skip?: number;
  readonly effect: FaultEffect;
}

/** What goes wrong with a webhook on its way. */
export type WebhookEffect =
  | { readonly kind: "drop" }
  | { readonly kind: "duplicate-same-guid" }
  | { readonly kind: "duplicate-new-guid" }
  | { readonly kind: "delay"; readonly ms: number }
  /** Kept until `releaseHeld`. */
  | { readonly kind: "hold" }
  /** Delivered after the next webhook to the same app. */
  | { readonly kind: "reorder" };

export interface WebhookFault {
  readonly event?: string;
  readonly action?: string;
  readonly times?: number;
  readonly skip?: number;
  readonly effect: WebhookEffect;
}

interface Armed<T> {
  readonly fault: T;
  remaining: number;
  skip: number;
}

interface Lag {
  readonly paths: readonly string[];
  readonly until: number;
}

/** The faults of faults.md as switches. Several may strike one call. */
export class Faults {
  readonly #calls: Armed<Fault>[] = [];
  readonly #webhooks: Armed<WebhookFault>[] = [];
  readonly #lags: Lag[] = [];

  /** @returns a function that disarms it */
  add(fault: Fault): () => void {
    return arm(this.#calls, fault);
  }

  webhook(fault: WebhookFault): () => void {
    return arm(this.#webhooks, fault);
  }

  clear(): void {
    this.#calls.length = 0;
    this.#webhooks.length = 0;
    this.#lags.length = 0;
  }

  /** F2: creating pull requests fails with 422 although the refs exist. */
  pullsDoNotSeeRefs(message: string, times = 1): () => void {
    const body = {
      message: "Validation Failed",
      errors: [{ resource: "PullRequest", code: "custom", message }],
    };
    return this.add({
      method: "POST",
      path: "/repos/{owner}/{repo}/pulls",
      times,
      effect: { kind: "answer-before", status: 422, body },
    });
  }

  /** F13: secondary limit; without `retryAfter` GitHub gives no usable hint. */
  secondaryLimit(fault: Omit<Fault, "effect">, retryAfter?: number): () => void {
    const body = {
      message: "You have exceeded a secondary rate limit. Please wait a few minutes before you try again.",
    };
    const headers = retryAfter === undefined ? {} : { "retry-after": String(retryAfter) };
    return this.add({ ...fault, effect: { kind: "answer-before", status: 403, body, headers } });
  }

  strike(call: { method: string; template: string; path: string; body: JsonObject }): readonly FaultEffect[] {
    return take(this.#calls, (fault) => strikes(fault, call)).map((fault) => fault.effect);
  }

  strikeWebhook(event: string, action: string | null): readonly WebhookEffect[] {
    return take(
      this.#webhooks,
      (fault) =>
        (fault.event === undefined || fault.event === event) &&
        (fault.action === undefined || fault.action === action),
    ).map((fault) => fault.effect);
  }

  /** @param path of the created resource below the API prefix */
  hide(path: string, ms: number): void {
    this.#lags.push({ paths: readPaths(decoded(path)), until: performance.now() + ms });
  }

  isHidden(path: string): boolean {
    const now = performance.now();
    return this.#lags.some((lag) => lag.until > now && lag.paths.includes(decoded(path)));
  }
}

function arm<T extends { readonly times?: number; readonly skip?: number }>(
  list: Armed<T>[],
  fault: T,
): () => void {
  const armed = { fault, remaining: fault.times ?? 1, skip: fault.skip ?? 0 };
  list.push(armed);
  return () => {
    const index = list.indexOf(armed);
    if (index >= 0) list.splice(index, 1);
  };
}

function take<T>(list: Armed<T>[], matches: (fault: T) => boolean): readonly T[] {
  const struck: T[] = [];
  for (const armed of list.slice()) {
    if (!matches(armed.fault)) continue;
    if (armed.skip > 0) {
      armed.skip -= 1;
      continue;
    }
    struck.push(armed.fault);
    armed.remaining -= 1;
    if (armed.remaining <= 0) list.splice(list.indexOf(armed), 1);
  }
  return struck;
}

function strikes(
  fault: Fault,
  call: { method: string; template: string; path: string; body: JsonObject },
): boolean {
  if (fault.method !== undefined && fault.method !== call.method) return false;
  if (typeof fault.path === "string" && fault.path !== call.template && fault.path !== call.path)
    return false;
  if (fault.path instanceof RegExp && !fault.path.test(call.template) && !fault.path.test(call.path))
    return false;
  return fault.when === undefined || fault.when(call);
}

/** Every path that reads the resource: a ref is also read by `git/ref` and, for a branch, by `branches`. */
function readPaths(path: string): readonly string[] {
  const ref = /^(\/repos\/[^/]+\/[^/]+)\/git\/refs\/(.+)$/.exec(path);
  if (ref === null) return [path];
  const [, repository = "", name = ""] = ref;
  const branch = name.startsWith("heads/") ? [`${repository}/branches/${name.slice("heads/".length)}`] : [];
  return [path, `${repository}/git/ref/${name}`, ...branch];
}

/** Clients write `heads/x` and `heads%2Fx` for the same ref. */
function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch (error) {
    if (error instanceof URIError) return path;
    throw error;
  }
}
