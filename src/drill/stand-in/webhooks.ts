import { createHmac, randomUUID } from "node:crypto";
import { covers, includesRepository } from "./access.ts";
import type { Faults, WebhookEffect } from "./faults.ts";
import type { EmitTarget, Hub } from "./hub.ts";
import type { AppRecord, Permissions } from "./model/app-record.ts";
import type { Delivery } from "./model/delivery.ts";
import type { Installation } from "./model/installation.ts";
import { installationBlock, simpleUser } from "./present-account.ts";
import { organizationOf, pushRepositoryBlock, repositoryBlock } from "./present-repository.ts";
import type { JsonObject } from "./router.ts";
import { unverified } from "./unverified.ts";

unverified("deliveries/no-answer", "A delivery that got no answer at all is listed with status code 0.");

/** What an app needs to hear of an event; events that are not listed need nothing. */
const eventPermissions: Readonly<Record<string, Permissions>> = {
  push: { contents: "read" },
  create: { contents: "read" },
  delete: { contents: "read" },
  release: { contents: "read" },
  merge_group: { merge_queues: "read" },
  issues: { issues: "read" },
  label: { issues: "read" },
  pull_request: { pull_requests: "read" },
  pull_request_review: { pull_requests: "read" },
  pull_request_review_comment: { pull_requests: "read" },
  check_run: { checks: "read" },
  check_suite: { checks: "read" },
  status: { statuses: "read" },
  deployment: { deployments: "read" },
  deployment_status: { deployments: "read" },
  workflow_run: { actions: "read" },
};

const installationEvents = new Set(["installation", "installation_repositories"]);
const automaticCheckEvents = new Set(["check_run", "check_suite"]);

/** What one app is told. */
interface News {
  readonly event: string;
  readonly action: string | null;
  readonly body: JsonObject;
  readonly target: EmitTarget;
  readonly installation: Installation;
}

/** Signs and delivers webhooks, asynchronously and all at once, and keeps the log that `/app/hook/deliveries` shows. */
export class WebhookSender {
  readonly deliveries: Delivery[] = [];
  readonly #hub: Hub;
  readonly #faults: Faults;
  readonly #timeoutMs: number;
  readonly #bodies = new Map<string, string>();
  #inFlight = 0;
  #idle: (() => void)[] = [];
  #held: Delivery[] = [];
  readonly #afterNext = new Map<number, Delivery[]>();
  #closed = false;

  constructor(hub: Hub, faults: Faults, timeoutMs: number) {
    this.#hub = hub;
    this.#faults = faults;
    this.#timeoutMs = timeoutMs;
  }

  emit(event: string, action: string | null, payload: JsonObject, target: EmitTarget): void {
    for (const { app, installation } of this.#receivers(event, target)) {
      const body = this.#body(action, payload, target, event, installation);
      for (const violation of this.#hub.validator.webhook(event, action, body))
        this.#hub.violations.push(violation);
      const delivery = this.#record(app, { event, action, body, target, installation });
      this.#dispatch(delivery, this.#faults.strikeWebhook(event, action));
    }
  }

  /** A new attempt under the same GUID. */
  redeliver(earlier: Delivery): void {
    const again: Delivery = {
      ...earlier,
      id: this.#hub.nextId(),
      redelivery: true,
      queuedAt: this.#hub.now(),
      ...unanswered,
    };
    this.deliveries.push(again);
    this.#dispatch(again, []);
  }

  get held(): readonly Delivery[] {
    return this.#held;
  }

  /** Sends what `hold` kept back, in the order given by `order` (default: as they came). */
  releaseHeld(order: (held: readonly Delivery[]) => readonly Delivery[] = (held) => held): void {
    const released = order(this.#held);
    this.#held = this.#held.filter((it) => !released.includes(it));
    for (const delivery of released) this.#send(delivery, 0);
  }

  /** Resolves when nothing is on its way. Held webhooks do not count. */
  idle(): Promise<void> {
    if (this.#inFlight === 0) return Promise.resolve();
    return new Promise((resolve) => this.#idle.push(resolve));
  }

  close(): void {
    this.#closed = true;
  }

  #receivers(event: string, target: EmitTarget): readonly { app: AppRecord; installation: Installation }[] {
    return [...this.#hub.installations.values()]
      .filter((it) => target.installation === undefined || it === target.installation)
      .filter((it) => target.onlyApp === undefined || it.app === target.onlyApp)
      .filter((it) => target.repository === undefined || includesRepository(it, target.repository))
      .filter((it) => installationEvents.has(event) || (it.suspendedAt === null && hears(it, event)))
      .map((installation) => ({ app: installation.app, installation }));
  }

  #body(
    action: string | null,
    payload: JsonObject,
    target: EmitTarget,
    event: string,
    installation: Installation,
  ): JsonObject {
    const { repository, sender } = target;
    const organization = repository === undefined ? undefined : organizationOf(this.#hub, repository);
    const present = event === "push" ? pushRepositoryBlock : repositoryBlock;
    const whole = {
      ...(action === null ? {} : { action }),
      ...payload,
      ...(repository === undefined ? {} : { repository: present(this.#hub, repository) }),
      ...(organization === undefined ? {} : { organization }),
      ...(installationEvents.has(event) ? {} : { installation: installationBlock(installation) }),
      sender: simpleUser(this.#hub, sender),
    };
    // A snapshot: what happens before it is delivered must not show in it.
    return JSON.parse(JSON.stringify(whole)) as JsonObject;
  }

  #record(app: AppRecord, { event, action, body, target, installation }: News): Delivery {
    const guid = randomUUID();
    const text = JSON.stringify(body);
    const delivery: Delivery = {
      id: this.#hub.nextId(),
      guid,
      app,
      installationId: installation.id,
      repositoryId: target.repository?.id ?? null,
      event,
      action,
      redelivery: false,
      payload: body,
      requestHeaders: headersOf(app, guid, event, text),
      queuedAt: this.#hub.now(),
      ...unanswered,
    };
    this.#bodies.set(guid, text);
    this.deliveries.push(delivery);
    return delivery;
  }

  #dispatch(delivery: Delivery, effects: readonly WebhookEffect[]): void {
    let delay = 0;
    for (const effect of effects) {
      switch (effect.kind) {
        case "drop":
          delivery.status = "dropped by a fault";
          return;
        case "hold":
          this.#held.push(delivery);
          return;
        case "reorder":
          this.#afterNext.set(delivery.app.id, [...(this.#afterNext.get(delivery.app.id) ?? []), delivery]);
          return;
        case "delay":
          delay += effect.ms;
          break;
        case "duplicate-same-guid":
          this.#send({ ...delivery }, delay);
          break;
        case "duplicate-new-guid":
          this.#duplicate(delivery, delay);
          break;
      }
    }
    this.#send(delivery, delay);
    const waiting = this.#afterNext.get(delivery.app.id);
    if (waiting === undefined) return;
    this.#afterNext.delete(delivery.app.id);
    for (const late of waiting) this.#send(late, delay);
  }

  #duplicate(delivery: Delivery, delay: number): void {
    const guid = randomUUID();
    const text = this.#bodies.get(delivery.guid) ?? "";
    this.#bodies.set(guid, text);
    const requestHeaders = headersOf(delivery.app, guid, delivery.event, text);
    const copy = { ...delivery, id: this.#hub.nextId(), guid, requestHeaders };
    this.deliveries.push(copy);
    this.#send(copy, delay);
  }

  #send(delivery: Delivery, delay: number): void {
    this.#inFlight += 1;
    const start = (): void => {
      void this.#deliver(delivery).finally(() => {
        this.#inFlight -= 1;
        if (this.#inFlight > 0) return;
        for (const resolve of this.#idle.splice(0)) resolve();
      });
    };
    if (delay > 0) setTimeout(start, delay).unref();
    else setImmediate(start);
  }

  async #deliver(delivery: Delivery): Promise<void> {
    const started = performance.now();
    if (this.#closed) return;
    try {
      const answer = await fetch(delivery.app.webhookUrl, {
        method: "POST",
        headers: delivery.requestHeaders,
        body: this.#bodies.get(delivery.guid) ?? "",
        signal: AbortSignal.timeout(this.#timeoutMs),
        redirect: "manual",
      });
      delivery.responseBody = await answer.text();
      delivery.responseHeaders = Object.fromEntries(answer.headers);
      delivery.statusCode = answer.status;
      delivery.status = answer.ok ? "OK" : `Invalid HTTP Response: ${answer.status}`;
    } catch (error) {
      // Nobody listens, or too slow an answer: a failed delivery is a fact to record, not a failure of the stand-in.
      if (!(error instanceof Error)) throw error;
      delivery.status = error.name === "TimeoutError" ? "timed out" : "failed to connect to host";
    }
    delivery.deliveredAt = this.#hub.now();
    delivery.duration = Math.round(performance.now() - started) / 1000;
  }
}

const unanswered = {
  deliveredAt: null,
  duration: 0,
  status: "pending",
  statusCode: 0,
  responseHeaders: {},
  responseBody: "",
} as const satisfies Partial<Delivery>;

function hears(installation: Installation, event: string): boolean {
  const { permissions, events } = installation;
  // `issue_comment` covers conversations of issues and of pull requests.
  if (event === "issue_comment") {
    const allowed = covers(permissions, { issues: "read" }) || covers(permissions, { pull_requests: "read" });
    return allowed && events.includes(event);
  }
  if (automaticCheckEvents.has(event) && covers(permissions, { checks: "write" })) return true;
  return events.includes(event) && covers(permissions, eventPermissions[event] ?? {});
}

function headersOf(app: AppRecord, guid: string, event: string, body: string): Record<string, string> {
  const sign = (algorithm: string): string =>
    createHmac(algorithm, app.webhookSecret).update(body).digest("hex");
  return {
    accept: "*/*",
    "content-type": "application/json",
    "user-agent": "GitHub-Hookshot/0000000",
    "x-github-delivery": guid,
    "x-github-event": event,
    "x-github-hook-id": String(app.hookId),
    "x-github-hook-installation-target-id": String(app.id),
    "x-github-hook-installation-target-type": "integration",
    "x-hub-signature": `sha1=${sign("sha1")}`,
    "x-hub-signature-256": `sha256=${sign("sha256")}`,
  };
}
