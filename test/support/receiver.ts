import { randomUUID } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sign } from "@octokit/webhooks-methods";
import { startHttpServer } from "../../src/http/server.ts";
import { webhookRoute } from "../../src/http/webhook.ts";
import { createLogger } from "../../src/logger.ts";
import type { Queue } from "../../src/reconcile/queue.ts";
import { openSqliteQueue } from "../../src/reconcile/sqlite-queue.ts";
import { ObservationHints } from "../../src/github/observation-hints.ts";
import { receiveDelivery } from "../../src/reconcile/receive-delivery.ts";

export const SECRET = "8f14e45fceea167a5a36dedd4bea2543";
export const OLD_SECRET = "c9f0f895fb98ab9159f51fd0297e236d";

/** The receiver of webhooks over loopback, in front of a queue on disk. Nothing takes from the queue. */
export interface Receiver {
  readonly url: string;
  readonly queue: Queue;
  /** Lines of the log, parsed. */
  readonly log: readonly Readonly<Record<string, unknown>>[];
  readonly rawLog: () => string;
  stop(): Promise<void>;
}

export async function startReceiver(
  options: { readonly requestTimeoutMs?: number; readonly wrap?: (queue: Queue) => Pick<Queue, "add"> } = {},
): Promise<Receiver> {
  const directory = mkdtempSync(join(tmpdir(), "hotfix-receiver-"));
  const queue = openSqliteQueue({ directory, now: Date.now });
  const lines: string[] = [];
  const log = createLogger({ level: "debug", secrets: [SECRET], write: (line) => void lines.push(line) });
  const target = options.wrap?.(queue) ?? queue;
  const route = webhookRoute({
    secrets: [SECRET, OLD_SECRET],
    receive: (delivery) => receiveDelivery(target, new ObservationHints(), delivery),
    log,
  });
  const server = await startHttpServer({ host: "127.0.0.1", port: 0, routes: [route], log, ...options });
  return {
    url: server.url,
    queue,
    get log() {
      return lines.map((line) => JSON.parse(line) as Record<string, unknown>);
    },
    rawLog: () => lines.join(""),
    async stop() {
      await server.stop(0);
      await queue.close();
      rmSync(directory, { recursive: true });
    },
  };
}

export interface Sent {
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>>;
}

/** Sends a body as it is, with a right signature unless `headers` say otherwise; `null` leaves a header out, a list sends it twice. */
export async function deliver(
  url: string,
  event: string,
  body: string | Buffer,
  headers: Readonly<Record<string, string | readonly string[] | null>> = {},
): Promise<Sent> {
  const all: Record<string, string | readonly string[] | null> = {
    "content-type": "application/json",
    "x-github-event": event,
    "x-github-delivery": randomUUID(),
    "x-hub-signature-256": await sign(SECRET, body.toString() || "empty"),
    ...headers,
  };
  return new Promise((resolve, reject) => {
    const outgoing = request(`${url}/api/github/webhooks`, { method: "POST" }, (response) => {
      let text = "";
      response.setEncoding("utf8");
      response.on("data", (chunk: string) => {
        text += chunk;
      });
      response.on("end", () =>
        resolve({ status: response.statusCode ?? 0, body: JSON.parse(text) as Sent["body"] }),
      );
    });
    outgoing.on("error", reject);
    for (const [name, value] of Object.entries(all)) if (value !== null) outgoing.setHeader(name, value);
    outgoing.end(body);
  });
}
