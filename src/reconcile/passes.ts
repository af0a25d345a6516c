import type { ResultCache } from "../checks/result-cache.ts";
import type { Renderer } from "../documents/renderer.ts";
import { CONFIGURATION_PATH, resolveConfiguration } from "../config/resolve.ts";
import { applyAction } from "../github/apply.ts";
import type { Clients } from "../github/client.ts";
import { statusOf } from "../github/http-status.ts";
import { listClosedIncidents, listOpenIncidents } from "../github/list-incidents.ts";
import { listRepositories } from "../github/list-installations.ts";
import type { ObservationHints } from "../github/observation-hints.ts";
import { observeIncident } from "../github/observe-incident.ts";
import { InstallationGone } from "../github/parked.ts";
import { type ConfigurationCache, configurationReader } from "../github/read-configuration.ts";
import type { InstallationClient, RepositoryClient } from "../github/repository-client.ts";
import { advance } from "../incident/advance.ts";
import { factsOf } from "../incident/facts-of.ts";
import { plan } from "../incident/plan.ts";
import { buildWorkKey, type WorkKey } from "../webhooks/work-key.ts";
import type { Clock } from "./clock.ts";
import { reconcileCommit } from "./commit.ts";
import { type IncidentPorts, reconcileIncident } from "./incident.ts";
import { reconcileInstallation, Rotation } from "./installation.ts";
import type { Queue } from "./queue.ts";
import { reconcileRepository, RepositoryMemory } from "./repository.ts";
import type { Passes, PassResult } from "./worker.ts";

export interface PassDependencies {
  readonly clients: Clients;
  readonly queue: Pick<Queue, "add">;
  readonly clock: Clock;
  readonly render: Renderer;
  /** Lost with the process, at the cost of some calls. */
  readonly hints: ObservationHints;
  readonly configurations: ConfigurationCache;
  readonly results: ResultCache;
}

type KeyOf<Kind extends WorkKey["kind"]> = Extract<WorkKey, { kind: Kind }>;

/** The pass of each kind of key, with GitHub behind it. */
export function createPasses(dependencies: PassDependencies): Passes {
  const { clients, queue, clock } = dependencies;
  const memory = new RepositoryMemory();
  const rotation = new Rotation();
  const clientFor = ({ installation, owner, repo }: KeyOf<"incident" | "commit" | "repository">) =>
    clients.forRepository(installation, owner, repo);

  return {
    async incident(key) {
      const client = await clientFor(key);
      const urgentClient = await clients.forRepository(key.installation, key.owner, key.repo, {
        urgent: true,
      });
      const result = await reconcileIncident(incidentPorts(dependencies, key, client, urgentClient));
      return counted(result, client, urgentClient);
    },
    async commit(key) {
      const client = await clientFor(key);
      const { configurations, results } = dependencies;
      return counted(await reconcileCommit(client, key.sha, { configurations, results }), client);
    },
    async repository(key) {
      const client = await clientFor(key);
      const label = await incidentLabel(client, dependencies.configurations);
      const ports = {
        listOpen: () => whileThere(listOpenIncidents(client, label)),
        listClosed: (since: string) => whileThere(listClosedIncidents(client, label, since)),
        add: (news: Parameters<Queue["add"]>[0]) => queue.add(news),
        now: clock.now,
      };
      return counted(await reconcileRepository(key, ports, memory), client);
    },
    async installation(key) {
      const client = await clients.forInstallation(key.installation);
      const ports = {
        list: () => whileThere(listRepositories(client)),
        add: (news: Parameters<Queue["add"]>[0]) => queue.add(news),
      };
      return counted(await reconcileInstallation(key, ports, memory, rotation), client);
    },
  };
}

function incidentPorts(
  { queue, clock, render, hints, configurations }: PassDependencies,
  key: KeyOf<"incident">,
  client: RepositoryClient,
  urgentClient: RepositoryClient,
): IncidentPorts {
  const { kind: _kind, issue, ...repository } = key;
  return {
    observe: () =>
      observeIncident(client, issue, { now: clock.now, hints, configurationCache: configurations }),
    plan: ({ state, config }) => plan(state, { config, render }),
    phaseOf: ({ state, config }) => factsOf(state, config).phase,
    apply({ state, config }, action) {
      const isUrgent = factsOf(state, config).severity === Object.keys(config.severities)[0];
      return applyAction(isUrgent ? urgentClient : client, state, action);
    },
    advance,
    async checkCommits(commits) {
      await queue.add({ keys: commits.map((sha) => buildWorkKey({ kind: "commit", ...repository, sha })) });
    },
    now: clock.now,
    sleep: clock.sleep,
  };
}

async function incidentLabel(client: RepositoryClient, configurations: ConfigurationCache): Promise<string> {
  const reader = configurationReader(client, configurations);
  const { config } = await resolveConfiguration(
    reader,
    await reader.readFile(client.repo, CONFIGURATION_PATH),
  );
  return config.labels.incident;
}

/** A repository that is gone, hidden or blocked comes back as news; asking again and again does not bring it back. */
async function whileThere<Result>(answer: Promise<Result>): Promise<Result> {
  try {
    return await answer;
  } catch (error) {
    const status = statusOf(error);
    if (status === null || ![403, 404, 451].includes(status)) throw error;
    throw new InstallationGone(`GitHub answered ${status}`, { cause: error });
  }
}

/** With the calls that the pass made, for its log line. */
function counted(result: PassResult, ...clients: readonly InstallationClient[]): PassResult {
  const calls = clients.reduce((sum, client) => sum + client.calls.calls, 0);
  const trips = clients.reduce((sum, client) => sum + client.calls.sequentialTrips, 0);
  return { ...result, fields: { ...result.fields, calls, trips } };
}
