import type { ResultCache } from "../checks/result-cache.ts";
import type { Renderer } from "../documents/renderer.ts";
import { CONFIGURATION_PATH, resolveConfiguration } from "../config/resolve.ts";
import { type Config, defaultConfig } from "../config/schema.ts";
import { applyAction } from "../github/apply.ts";
import type { Clients } from "../github/client.ts";
import { statusOf } from "../github/http-status.ts";
import { listClosedIncidents, listOpenIncidents } from "../github/list-incidents.ts";
import { listUnguarded } from "../github/list-unguarded.ts";
import { listRepositories } from "../github/list-installations.ts";
import type { ObservationHints } from "../github/observation-hints.ts";
import { type Observation, observeIncident } from "../github/observe-incident.ts";
import type { TemplateCache } from "../github/read-templates.ts";
import { parseCommands } from "../incident/commands.ts";
import { unansweredComments } from "../incident/replies.ts";
import { type LackingPermissions, PERMISSION_OF } from "../github/lacking-permissions.ts";
import { problemOf } from "../github/problem-of.ts";
import { InstallationGone } from "../github/parked.ts";
import { GraphqlFailure, isForbidden } from "../github/run-graphql.ts";
import { type ConfigurationCache, configurationReader } from "../github/read-configuration.ts";
import { readIndexState, readReports } from "../github/read-reports.ts";
import type { InstallationClient, RepositoryClient } from "../github/repository-client.ts";
import { commitDocuments } from "../github/writers/commit-documents.ts";
import { tellIncidentGone } from "../github/writers/tell-incident-gone.ts";
import { deleteBranch } from "../github/writers/delete-branch.ts";
import { tellMissingPermission } from "../github/writers/tell-missing-permission.ts";
import { advance } from "../incident/advance.ts";
import { factsOf } from "../incident/facts-of.ts";
import { missingPermission, type NeededPermission } from "../incident/missing-permission.ts";
import { plan } from "../incident/plan.ts";
import { SOON } from "../webhooks/routes.ts";
import { buildWorkKey, type WorkKey } from "../webhooks/work-key.ts";
import type { Clock } from "./clock.ts";
import { applyFix } from "./apply-fix.ts";
import { reconcileCommit } from "./commit.ts";
import { reconcileGroup } from "./group.ts";
import { GroupLooks } from "./group-looks.ts";
import { type IncidentPorts, reconcileIncident } from "./incident.ts";
import { IndexMemory, type IndexPorts, reconcileIndex } from "./incident-index.ts";
import { reconcileInstallation, Rotation } from "./installation.ts";
import type { Queue } from "./queue.ts";
import { RefusalMemory } from "./refusal-memory.ts";
import { reconcileRepository, RepositoryMemory } from "./repository.ts";
import type { OverrideWriter } from "./tell-overrides.ts";
import type { TemplateThread } from "./template-thread.ts";
import type { Passes, PassResult } from "./worker.ts";

export interface PassDependencies {
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
  readonly results: ResultCache;
}

type RepositoryKind = Exclude<WorkKey["kind"], "installation">;
/** From the first incident that is held back to the comment that lists it. */
const LIST_AFTER_MS = 8000;

type KeyOf<Kind extends WorkKey["kind"]> = Extract<WorkKey, { kind: Kind }>;

/** The pass of each kind of key, with GitHub behind it. */
export function createPasses(dependencies: PassDependencies): Passes {
  const { clients, queue, clock, renderers, configurations, results } = dependencies;
  const caches = { configurations, results, adoptions: dependencies.hints.adoptions };
  const memory = new RepositoryMemory();
  const refusals = new RefusalMemory(clock.now);
  const indexMemory = new IndexMemory();
  const rotation = new Rotation();
  const groups = new GroupLooks();
  const clientFor = ({ installation, owner, repo }: KeyOf<RepositoryKind>) =>
    clients.forRepository(installation, owner, repo);

  const words: OverrideWriter = (locale, point) => renderers[locale].override(point);
  const group = async (client: RepositoryClient, key: KeyOf<"commit" | "group">): Promise<PassResult> => {
    const { unwritable } = await lackingOf(client);
    if (unwritable.includes("checks")) return { wakeAt: null, fields: { lacks: unwritable } };
    const result = await reconcileGroup(client, key.sha, caches);
    return counted(groups.resultOf(key.sha, result, clock.now()), client);
  };

  return {
    async incident(key) {
      const client = await clientFor(key);
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
    },
    async commit(key) {
      const client = await clientFor(key);
      const { unwritable } = await lackingOf(client);
      // The incident says so; its next pass asks again.
      if (unwritable.includes("checks")) return { wakeAt: null, fields: { lacks: unwritable } };
      const result = await reconcileCommit(client, key.sha, { ...caches, words });
      return result.fields.outcome === "group" ? group(client, key) : counted(result, client);
    },
    async guard(key) {
      if (memory.guardOf(key) === "hotfixes") return { wakeAt: null, fields: { outcome: "not-guarded" } };
      const client = await clientFor(key);
      const { unwritable } = await lackingOf(client);
      if (unwritable.includes("checks")) return { wakeAt: null, fields: { lacks: unwritable } };
      const onConfig = ({ checks }: Config): void => memory.noteGuard(key, checks.guard);
      return counted(await reconcileCommit(client, key.sha, { ...caches, words, onConfig }), client);
    },
    async group(key) {
      return group(await clientFor(key), key);
    },
    async fix(key) {
      const client = await clientFor(key);
      return counted(await applyFix(client, key, caches), client);
    },
    async repository(key) {
      const client = await clientFor(key);
      const config = await configurationOf(client, configurations);
      const label = config.labels.incident;
      memory.noteGuard(key, config.checks.guard);
      const ports = {
        listUnguarded: () =>
          config.checks.guard === "all"
            ? whileThere(listUnguarded(client, config.branches))
            : Promise.resolve([]),
        listOpen: () => whileThere(listOpenIncidents(client, label)),
        listClosed: (since: string) => whileThere(listClosedIncidents(client, label, since)),
        add: (news: Parameters<Queue["add"]>[0]) => queue.add(news),
        now: clock.now,
      };
      const result = await reconcileRepository(key, ports, memory);
      const index = await whileThere(
        reconcileIndex(
          buildWorkKey(key),
          config,
          renderers[config.locale],
          indexPorts(client, clock),
          indexMemory,
        ),
      );
      return counted({ ...result, fields: { ...result.fields, index } }, client);
    },
    async installation(key) {
      const client = await clients.forInstallation(key.installation);
      // After a new permission was accepted: the passes that follow must not go on with an old token.
      await lackingOf(client);
      const ports = {
        list: () => whileThere(listRepositories(client)),
        add: (news: Parameters<Queue["add"]>[0]) => queue.add(news),
      };
      return counted(await reconcileInstallation(key, ports, memory, rotation), client);
    },
  };
}

async function lookAtIncident(
  dependencies: PassDependencies,
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
  return counted({ ...result, fields }, client, tellingClient, urgentClient);
}

/** Without reading what it stands on there is nothing to say of an incident. */
function isBlind({ unreadable }: LackingPermissions): boolean {
  return unreadable.some((permission) => permission !== "checks");
}

async function tellBlind(
  dependencies: PassDependencies,
  key: KeyOf<"incident">,
  client: RepositoryClient,
  lacking: LackingPermissions,
): Promise<PassResult> {
  await tellUnlessMute(dependencies, client, key.issue, lacking);
  return counted({ wakeAt: null, fields: { lacks: lacking.unwritable } }, client);
}

function isAccessRefused(error: unknown): boolean {
  return statusOf(error) === 403 || (error instanceof GraphqlFailure && error.errors.some(isForbidden));
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
  { queue, clock, renderers, templates, templateCache, hints, configurations }: PassDependencies,
  key: KeyOf<"incident">,
  { client, tellingClient, urgentClient, lacks, mayWriteWorkflows, refusals }: IncidentMeans,
): IncidentPorts {
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
      const outcome = await applyAction(isUrgent && !isLater ? urgentClient : others, state, action);
      refusals.note(incident, state, outcome);
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

/** `refresh`: by a new token, because one that is known may be older than a permission. */
async function lackingOf(client: InstallationClient, refresh = false): Promise<LackingPermissions> {
  return (await client.lacking?.(refresh)) ?? { unwritable: [], unreadable: [] };
}

/** Only then it matters whether workflows may be written. */
function asksForSetup({ state, config }: Observation): boolean {
  return unansweredComments(state, config).some(({ body }) =>
    parseCommands(body).some((parsed) => parsed.ok && parsed.command.name === "setup"),
  );
}

/** An incident that cannot be looked at gets one comment, where at least that can be written. */
async function tellUnlessMute(
  { configurations }: PassDependencies,
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

function indexPorts(client: RepositoryClient, clock: Clock): IndexPorts {
  return {
    readState: (branch, folder) => readIndexState(client, branch, folder),
    readReports: (branch, folder) => readReports(client, branch, folder),
    async commit(action) {
      try {
        await commitDocuments(client, action);
        return null;
      } catch (error) {
        const problem = problemOf(error, action);
        if (problem === null) throw error;
        return problem;
      }
    },
    async deleteBranch(branch, expectedHead) {
      const action = { kind: "delete-branch", branch, expectedHead } as const;
      try {
        await deleteBranch(client, action);
      } catch (error) {
        // It stays then, and the index is committed all the same.
        if (problemOf(error, action) === null) throw error;
      }
    },
    now: clock.now,
  };
}

async function configurationOf(
  client: RepositoryClient,
  configurations: ConfigurationCache,
): Promise<Config> {
  const reader = configurationReader(client, configurations);
  const { config } = await resolveConfiguration(
    reader,
    await reader.readFile(client.repo, CONFIGURATION_PATH),
  );
  return config;
}

/** A repository that is gone, hidden or blocked comes back as news; asking again and again does not bring it back. */
async function whileThere<Result>(answer: Promise<Result>): Promise<Result> {
  try {
    return await answer;
  } catch (error) {
    const status = statusOf(error) ?? 0;
    if (!isAccessRefused(error) && ![404, 451].includes(status)) throw error;
    throw new InstallationGone(`GitHub answered ${status === 0 ? "that it is forbidden" : status}`, {
      cause: error,
    });
  }
}

/** With the calls that the pass made, for its log line. */
function counted(result: PassResult, ...clients: readonly InstallationClient[]): PassResult {
  const calls = clients.reduce((sum, client) => sum + client.calls.calls, 0);
  const trips = clients.reduce((sum, client) => sum + client.calls.sequentialTrips, 0);
  return { ...result, fields: { ...result.fields, calls, trips } };
}
