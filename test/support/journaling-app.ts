import { appendFileSync } from "node:fs";
import { setTimeout as wait } from "node:timers/promises";
import { startHttpServer } from "../../src/http/server.ts";
import { webhookRoute } from "../../src/http/webhook.ts";
import { createLogger } from "../../src/logger.ts";
import { systemClock } from "../../src/reconcile/clock.ts";
import { openSqliteQueue } from "../../src/reconcile/sqlite-queue.ts";
import { type PassResult, Worker } from "../../src/reconcile/worker.ts";
import { ObservationHints } from "../../src/github/observation-hints.ts";
import { receiveDelivery } from "../../src/reconcile/receive-delivery.ts";

/**
 * A process for the crash tests: receiver, queue and worker as in the app, with passes that only write down when they began and ended.
 * `node journaling-app.ts <data directory> <journal> <secret>`; says its address, then `idle` when nothing is left to do.
 */
const [directory, journal, secret] = process.argv.slice(2) as [string, string, string];

const log = createLogger({ level: "silent", secrets: [] });
const queue = openSqliteQueue({ directory, now: Date.now, crashLimit: Number.POSITIVE_INFINITY });
const note = (what: string, issue: number) =>
  appendFileSync(journal, `${JSON.stringify({ what, issue, at: Date.now(), life: process.pid })}\n`);

async function pass({ issue }: { readonly issue: number }): Promise<PassResult> {
  note("began", issue);
  await wait(Math.random() * 20);
  note("ended", issue);
  return { wakeAt: null, fields: {} };
}

const nothing = async (): Promise<PassResult> => ({ wakeAt: null, fields: {} });
const worker = new Worker({
  queue,
  passes: {
    incident: pass,
    commit: nothing,
    fix: nothing,
    guard: nothing,
    group: nothing,
    repository: nothing,
    installation: nothing,
  },
  clock: systemClock,
  random: Math.random,
  log,
});
const server = await startHttpServer({
  host: "127.0.0.1",
  port: 0,
  log,
  routes: [
    webhookRoute({
      secrets: [secret],
      receive: (delivery) => receiveDelivery(queue, new ObservationHints(), delivery),
      log,
    }),
  ],
});
worker.start();
process.once("SIGUSR2", () => {
  void worker.idle().then(() => process.stdout.write("idle\n"));
});
process.stdout.write(`${server.url}\n`);
