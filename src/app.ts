import type { ProbotOctokit } from "probot";
import { ResultCache } from "./checks/result-cache.ts";
import type { Environment } from "./config/environment.ts";
import { loadTemplates } from "./config/load-templates.ts";
import { createRenderer } from "./documents/create-renderer.ts";
import { openClients } from "./github/client.ts";
import { listFailedDeliveries, redeliver } from "./github/deliveries.ts";
import { listInstallations } from "./github/list-installations.ts";
import { ObservationHints } from "./github/observation-hints.ts";
import { ConfigurationCache } from "./github/read-configuration.ts";
import { TemplateCache } from "./github/template-cache.ts";
import { pageRoutes } from "./http/pages.ts";
import { healthRoute } from "./http/health.ts";
import { pingRoute } from "./http/ping.ts";
import { startHttpServer } from "./http/server.ts";
import { webhookRoute } from "./http/webhook.ts";
import { createLogger, type Log } from "./logger.ts";
import { createLogNotifier } from "./notify/log-notifier.ts";
import { type Clock, systemClock } from "./reconcile/clock.ts";
import { Notifications } from "./reconcile/notifications.ts";
import { createPasses } from "./reconcile/passes.ts";
import type { Queue } from "./reconcile/queue.ts";
import { Redelivery } from "./reconcile/redelivery.ts";
import { openSqliteQueue } from "./reconcile/sqlite-queue.ts";
import { Sweep } from "./reconcile/sweep.ts";
import { TemplateThread } from "./reconcile/template-thread.ts";
import { type WatchedQueue, watchQueue } from "./reconcile/watched-queue.ts";
import { Worker } from "./reconcile/worker.ts";
import { receiveDelivery } from "./reconcile/receive-delivery.ts";

export type ServeEnvironment = Extract<Environment, { mode: "serve" }>;

export interface AppOptions {
  readonly environment: ServeEnvironment;
  /** Default: lines of JSON on standard output. */
  readonly log?: Log;
  readonly clock?: Clock;
  /** From 0 to 1, for the pauses between tries. */
  readonly random?: () => number;
  /** Default: five minutes. */
  readonly sweepMs?: number;
  /** Default: the client with our own pace. The benchmark gives the stock one for comparison. */
  readonly octokit?: typeof ProbotOctokit;
}

export interface App {
  /** Where it listens, without a slash at the end. */
  readonly url: string;
  readonly queue: Queue;
  /** Resolves when nothing is due and no pass is running. */
  idle(): Promise<void>;
  /** Takes nothing new, lets running passes end for a while, gives back the others. */
  stop(): Promise<void>;
}

const SWEEP_MS = 5 * 60_000;
/** Less than the ten seconds that process managers give before they kill. */
const GRACE_MS = 8000;

/** Starts the whole app. Throws `QueueError` where the data directory cannot be used, and Node's error where the port is taken. */
export async function startApp(options: AppOptions): Promise<App> {
  const { environment, clock = systemClock, sweepMs = SWEEP_MS } = options;
  const secrets = [environment.webhookSecret, ...environment.oldWebhookSecrets];
  const log =
    options.log ??
    createLogger({ level: environment.logLevel, secrets: [...secrets, environment.privateKey] });
  const queue = watchQueue(openSqliteQueue({ directory: environment.dataDir, now: clock.now }));
  try {
    const hints = new ObservationHints();
    const { worker, sweep, templates } = await createLoop(options, queue, hints, log, clock, sweepMs);
    const pages = await pageRoutes();
    const server = await startHttpServer({
      host: environment.host,
      port: environment.port,
      log,
      routes: [
        webhookRoute({
          secrets,
          receive: (delivery) => receiveDelivery(queue, hints, delivery),
          log,
        }),
        healthRoute({ queue, worker, sweep, clock, sweepMs }),
        pingRoute,
        ...pages,
      ],
    });
    worker.start();
    sweep.start();
    log.info({ url: server.url, dataDir: environment.dataDir }, "Listening");
    return {
      url: server.url,
      queue,
      idle: () => worker.idle(),
      async stop() {
        await Promise.all([server.stop(GRACE_MS), sweep.stop(), worker.stop(GRACE_MS)]);
        await templates.stop();
        await queue.close();
        log.info("Stopped");
      },
    };
  } catch (error) {
    await queue.close();
    throw error;
  }
}

async function createLoop(
  options: AppOptions,
  queue: WatchedQueue,
  hints: ObservationHints,
  log: Log,
  clock: Clock,
  sweepMs: number,
): Promise<{ readonly worker: Worker; readonly sweep: Sweep; readonly templates: TemplateThread }> {
  const { random = Math.random } = options;
  const clients = await openClients(options.environment, log, clock, options.octokit);
  const builtIn = await loadTemplates();
  const templates = new TemplateThread(builtIn);
  const passes = createPasses({
    clients,
    queue,
    clock,
    templates,
    templateCache: new TemplateCache(),
    renderers: { en: createRenderer(builtIn, "en"), it: createRenderer(builtIn, "it") },
    hints,
    configurations: new ConfigurationCache(clock.now),
    results: new ResultCache(),
    notifications: new Notifications(createLogNotifier(log), log),
  });
  const redelivery = new Redelivery({
    now: clock.now,
    listFailed: async (since) => listFailedDeliveries(await clients.forApp(), since),
    redeliver: async (delivery) => redeliver(await clients.forApp(), delivery),
  });
  const sweep = new Sweep({
    listInstallations: async () => (await listInstallations(await clients.forApp())).map(({ id }) => id),
    redelivery,
    queue,
    clock,
    log,
    everyMs: sweepMs,
  });
  return { worker: new Worker({ queue, passes, clock, random, log }), sweep, templates };
}
