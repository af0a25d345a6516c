import type { Hub } from "./hub.ts";
import type { Viewer } from "./model/viewer.ts";
import type { JsonObject } from "./router.ts";

const HOUR_MS = 3_600_000;

export interface RateLimits {
  /** Requests per hour and installation or user. GitHub: 5,000. */
  readonly perHour: number;
  /** Content-creating requests; exceeding them is answered 403 with the secondary-limit text. GitHub: 80 and 500. `Infinity` switches off. */
  readonly contentPerMinute: number;
  readonly contentPerHour: number;
  /** People may create what they want: what is tried is how an app keeps to the limits. Default false. */
  readonly exceptPeople?: boolean;
}

interface Window {
  used: number;
  resetsAt: number;
}

/** Counts requests per credential as GitHub does: REST and GraphQL apart, 304 free. */
export class RateLimiter {
  readonly limits: RateLimits;
  readonly #hub: Hub;
  readonly #windows = new Map<string, Window>();
  readonly #content = new Map<string, number[]>();

  constructor(hub: Hub, limits: RateLimits) {
    this.#hub = hub;
    this.limits = limits;
  }

  isSpent(viewer: Viewer, resource: string): boolean {
    return this.#window(viewer, resource).used >= this.#limit(viewer);
  }

  count(viewer: Viewer, resource: string): void {
    this.#window(viewer, resource).used += 1;
  }

  /** As if an installation had made so many calls in its hour that `left` are left. */
  leave(installationId: number, left: number): void {
    for (const resource of ["core", "graphql"]) {
      const key = `installation ${installationId} ${resource}`;
      const resetsAt = this.#windows.get(key)?.resetsAt ?? this.#hub.now().getTime() + HOUR_MS;
      this.#windows.set(key, { used: this.limits.perHour - left, resetsAt });
    }
  }

  /** Counts one content creation; false when the secondary limit refuses it. */
  admitContent(viewer: Viewer): boolean {
    if (viewer.kind === "user" && this.limits.exceptPeople === true) return true;
    const now = this.#hub.now().getTime();
    const key = viewerKey(viewer);
    const recent = (this.#content.get(key) ?? []).filter((at) => at > now - HOUR_MS);
    const lastMinute = recent.filter((at) => at > now - 60_000).length;
    this.#content.set(key, recent);
    if (lastMinute >= this.limits.contentPerMinute || recent.length >= this.limits.contentPerHour)
      return false;
    recent.push(now);
    return true;
  }

  headers(viewer: Viewer, resource: string): Record<string, string> {
    const { limit, remaining, reset, used } = this.#numbers(viewer, resource);
    return {
      "x-ratelimit-limit": String(limit),
      "x-ratelimit-remaining": String(remaining),
      "x-ratelimit-reset": String(reset),
      "x-ratelimit-used": String(used),
      "x-ratelimit-resource": resource,
    };
  }

  /** The body of `GET /rate_limit`. */
  overview(viewer: Viewer): JsonObject {
    const core = this.#numbers(viewer, "core");
    const reset = core.reset;
    return {
      resources: {
        core,
        search: { limit: 30, used: 0, remaining: 30, reset },
        graphql: this.#numbers(viewer, "graphql"),
      },
      rate: core,
    };
  }

  #numbers(
    viewer: Viewer,
    resource: string,
  ): { limit: number; used: number; remaining: number; reset: number } {
    const window = this.#window(viewer, resource);
    const limit = this.#limit(viewer);
    const remaining = Math.max(0, limit - window.used);
    return { limit, used: window.used, remaining, reset: Math.floor(window.resetsAt / 1000) };
  }

  #limit(viewer: Viewer): number {
    return viewer.kind === "anonymous" ? 60 : this.limits.perHour;
  }

  #window(viewer: Viewer, resource: string): Window {
    const key = `${viewerKey(viewer)} ${resource}`;
    const now = this.#hub.now().getTime();
    const known = this.#windows.get(key);
    if (known !== undefined && known.resetsAt > now) return known;
    const fresh = { used: 0, resetsAt: now + HOUR_MS };
    this.#windows.set(key, fresh);
    return fresh;
  }
}

/** How a viewer is called in the call log. */
export function viewerName(viewer: Viewer): string {
  switch (viewer.kind) {
    case "anonymous":
      return "anonymous";
    case "app":
      return `app:${viewer.app.slug}`;
    case "user":
    case "installation":
      return viewer.account.login;
  }
}

function viewerKey(viewer: Viewer): string {
  return viewer.kind === "installation" ? `installation ${viewer.installation.id}` : viewerName(viewer);
}
