import { type Config, defaultConfig } from "../config/schema.ts";
import type { Renderer } from "../documents/renderer.ts";
import { applyAction } from "../github/apply.ts";
import type { Clients } from "../github/client.ts";
import { isAccessRefused } from "../github/is-access-refused.ts";
import { type LackingPermissions, PERMISSION_OF } from "../github/lacking-permissions.ts";
import type { ObservationHints } from "../github/observation-hints.ts";
import { type Observation, observeIncident } from "../github/observe-incident.ts";
import type { ConfigurationCache } from "../github/read-configuration.ts";
import type { TemplateCache } from "../github/template-cache.ts";
import type { RepositoryClient } from "../github/repository-client.ts";
import { tellIncidentGone } from "../github/writers/tell-incident-gone.ts";
import { tellMissingPermission } from "../github/writers/tell-missing-permission.ts";
import { advance } from "../incident/advance.ts";
import { parseCommands } from "../incident/parse-commands.ts";
import { factsOf } from "../incident/facts-of.ts";
import { missingPermission, type NeededPermission } from "../incident/missing-permission.ts";
import { plan } from "../incident/plan.ts";
import { problemSaidIn } from "../incident/problem-in.ts";
import { unansweredComments } from "../incident/replies.ts";
import { SOON } from "../webhooks/routes.ts";
import { buildWorkKey, type KeyOf } from "../webhooks/work-key.ts";
import type { Clock } from "./clock.ts";
import { configurationOf } from "./configuration-of.ts";
import { withCalls } from "./with-calls.ts";
import { type IncidentPorts, reconcileIncident } from "./incident.ts";
import { lackingOf } from "./lacking-of.ts";
import type { Notifications } from "./notifications.ts";
import type { Queue } from "./queue.ts";
import { RefusalMemory } from "./refusal-memory.ts";
import type { TemplateThread } from "./template-thread.ts";
import type { Pass, PassResult } from "./worker.ts";

export interface IncidentPassDependencies {
  readonly clients: Clients;
  readonly queue: Pick<Queue, "add">;
  readonly clock: Clock;
  /** By language. */
  readonly renderers: Readonly<Record<Config["locale"], Renderer>>;
  /** Where templates of repositories run. */
  readonly templates: TemplateThread;
  readonly templateCache: TemplateCache;
  /** Lost with the process, at the cost of some calls. */
  readonly hints: ObservationHints;
  readonly configurations: ConfigurationCache;
  readonly notifications: Notifications;
}

/** From the first incident that is held back to the comment that lists it. */
const LIST_AFTER_MS = 8000;

/** The pass over one incident, with GitHub behind it. */
export function createIncidentPass(dependencies: IncidentPassDependencies): Pass<KeyOf<"incident">> {
  const { clients, clock } = dependencies;
  const refusals = new RefusalMemory(clock.now);
  return async (key) => {
    const client = await clients.forRepository(key.installation, key.owner, key.repo);
    const lacking = await lackingOf(client);
    if (isBlind(lacking)) return tellBlind(dependencies, key, client, lacking);
    try {
      return await lookAtIncident(dependencies, key, client, lacking, refusals);
    } catch (error) {
      // A permission may have been taken away since the token was made.
      const now = isAccessRefused(error) ? await lackingOf(client, true) : lacking;
      if (!isBlind(now)) throw error;
      return tellBlind(dependencies, key, client, now);
    }
  };
}

async function lookAtIncident(
  dependencies: IncidentPassDependencies,
  key: KeyOf<"incident">,
  client: RepositoryClient,
  lacking: LackingPermissions,
  refusals: RefusalMemory,
): Promise<PassResult> {
  const { clients, configurations } = dependencies;
  const [tellingClient, urgentClient] = await Promise.all(
    (["telling", "urgent"] as const).map((priority) =>
      clients.forRepository(key.installation, key.owner, key.repo, { priority }),
    ) as [Promise<RepositoryClient>, Promise<RepositoryClient>],
  );
  const ports = incidentPorts(dependencies, key, {
    client,
    tellingClient,
    urgentClient,
    lacks: lacking.unwritable,
    refusals,
    mayWriteWorkflows: lacking.mayWriteWorkflows === true,
  });
  const result = await reconcileIncident(ports);
  const localeOf = async () => (await configurationOf(client, configurations)).locale;
  const isGone = result.fields["incident"] === false;
  const told = isGone ? await tellIncidentGone(client, key.issue, localeOf) : [];
  const fields = { ...result.fields, ...(told.length > 0 && { told }) };
  return withCalls({ ...result, fields }, client, tellingClient, urgentClient);
}

/** Without reading what it stands on there is nothing to say of an incident. */
function isBlind({ unreadable }: LackingPermissions): boolean {
  return unreadable.some((permission) => permission !== "checks");
}

async function tellBlind(
  dependencies: IncidentPassDependencies,
  key: KeyOf<"incident">,
  client: RepositoryClient,
  lacking: LackingPermissions,
): Promise<PassResult> {
  await tellUnlessMute(dependencies, client, key.issue, lacking);
  return withCalls({ wakeAt: null, fields: { lacks: lacking.unwritable } }, client);
}

/** An incident that cannot be looked at gets one comment, where at least that can be written. */
async function tellUnlessMute(
  { configurations }: IncidentPassDependencies,
  client: RepositoryClient,
  issue: number,
  { unwritable, unreadable }: LackingPermissions,
): Promise<void> {
  if (unwritable.includes("issues")) return;
  const label = unreadable.includes("contents")
    ? defaultConfig.labels.incident
    : (await configurationOf(client, configurations)).labels.incident;
  await tellMissingPermission(client, issue, label, unwritable);
}

interface IncidentMeans {
  readonly refusals: RefusalMemory;
  readonly client: RepositoryClient;
  /** For status comments, which may say that the rest waits. */
  readonly tellingClient: RepositoryClient;
  /** May use the part of the budget that is kept for the highest severity. */
  readonly urgentClient: RepositoryClient;
  readonly lacks: readonly NeededPermission[];
  readonly mayWriteWorkflows: boolean;
}

function incidentPorts(
  dependencies: IncidentPassDependencies,
  key: KeyOf<"incident">,
  { client, tellingClient, urgentClient, lacks, mayWriteWorkflows, refusals }: IncidentMeans,
): IncidentPorts {
  const { queue, clock, renderers, templates, templateCache, hints, configurations } = dependencies;
  const { kind: _kind, issue, ...repository } = key;
  return {
    async observe() {
      const known = { now: clock.now, hints, configurationCache: configurations, templateCache };
      const seen = await withUsableTemplates(templates, await observeIncident(client, issue, known));
      if (seen === null) return null;
      const mayWrite =
        mayWriteWorkflows ||
        (asksForSetup(seen) && (await lackingOf(client, true)).mayWriteWorkflows === true);
      const app = {
        ...seen.state.app,
        ...(lacks.length > 0 && { lacks }),
        ...(mayWrite && { mayWriteWorkflows: true as const }),
      };
      return { ...seen, state: { ...seen.state, app } };
    },
    plan({ state, config, templates: own = {} }) {
      const builtIn = renderers[config.locale];
      const isOwn = Object.keys(own).length > 0;
      const render = isOwn ? templates.rendererWith(own, config.locale, builtIn) : builtIn;
      return plan(state, { config, render });
    },
    phaseOf: ({ state, config }) => factsOf(state, config).phase,
    async apply({ state, config }, action) {
      const isUrgent = factsOf(state, config).severity === Object.keys(config.severities)[0];
      const permission = PERMISSION_OF[action.kind];
      // GitHub would refuse it each time.
      if (lacks.includes(permission)) {
        const missing = missingPermission(permission, state.repository.owner, config.locale);
        const paste = action.kind === "propose-change" ? action.paste : null;
        return { action, ok: false, problem: paste === null ? missing : { ...missing, paste } };
      }
      const incident = buildWorkKey(key);
      const expected = refusals.expected(incident, state, action);
      if (expected !== null) return { action, ok: false, problem: expected };
      const isTelling = action.kind === "write-status" || action.kind === "write-digest";
      const others = isTelling ? tellingClient : client;
      const isLater = action.kind === "open-follow-up" || action.kind === "close-follow-up";
      const done = await applyAction(isUrgent && !isLater ? urgentClient : others, state, action);
      const outcome = done.ok ? done : { ...done, problem: problemSaidIn(done.problem, config.locale) };
      refusals.note(incident, state, outcome);
      dependencies.notifications.follow(state, config, outcome);
      return outcome;
    },
    advance,
    async checkCommits(commits) {
      await queue.add({ keys: commits.map((sha) => buildWorkKey({ kind: "commit", ...repository, sha })) });
    },
    async lookAt(other) {
      const news = buildWorkKey({ kind: "incident", ...repository, issue: other });
      // After what comes with this one: a list of many is written a few times and not once for each.
      await queue.add({ keys: [news], inMs: LIST_AFTER_MS });
    },
    urgencyOf: ({ state, config }) => {
      const severities = Object.keys(config.severities);
      return SOON + severities.length - severities.indexOf(factsOf(state, config).severity);
    },
    now: clock.now,
    sleep: clock.sleep,
  };
}

/** Without those templates that cannot be used, and with what is wrong with them. */
async function withUsableTemplates(
  thread: TemplateThread,
  seen: Observation | null,
): Promise<Observation | null> {
  const own = seen?.templates ?? {};
  if (seen === null || Object.keys(own).length === 0) return seen;
  const broken = await thread.problemsOf(own, seen.config.locale);
  const usable = Object.fromEntries(Object.entries(own).filter(([name]) => !Object.hasOwn(broken, name)));
  return { ...seen, templates: usable, state: { ...seen.state, brokenTemplates: broken } };
}

/** Only then it matters whether workflows may be written. */
function asksForSetup({ state, config }: Observation): boolean {
  return unansweredComments(state, config).some(({ body }) =>
    parseCommands(body).some((parsed) => parsed.ok && parsed.command.name === "setup"),
  );
}
