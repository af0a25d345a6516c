import type { ResultCache } from "../checks/result-cache.ts";
import type { Config } from "../config/schema.ts";
import { statusOf } from "../github/http-status.ts";
import { isAccessRefused } from "../github/is-access-refused.ts";
import { listClosedIncidents, listOpenIncidents } from "../github/list-incidents.ts";
import { listRepositories } from "../github/list-installations.ts";
import { listUnguarded } from "../github/list-unguarded.ts";
import { layoutOf } from "../github/layout.ts";
import { InstallationGone } from "../github/parked.ts";
import { problemOf } from "../github/problem-of.ts";
import { readIndexState, readReports } from "../github/read-reports.ts";
import type { RepositoryClient } from "../github/repository-client.ts";
import { commitDocuments } from "../github/writers/commit-documents.ts";
import { deleteBranch } from "../github/writers/delete-branch.ts";
import { buildWorkKey, type KeyOf, type WorkKey } from "../webhooks/work-key.ts";
import { applyFix } from "./apply-fix.ts";
import type { Clock } from "./clock.ts";
import { reconcileCommit } from "./commit.ts";
import { configurationOf } from "./configuration-of.ts";
import { withCalls } from "./with-calls.ts";
import { GroupLooks } from "./group-looks.ts";
import { reconcileGroup } from "./group.ts";
import { IndexMemory, type IndexPorts, reconcileIndex } from "./incident-index.ts";
import { createIncidentPass, type IncidentPassDependencies } from "./incident-pass.ts";
import { reconcileInstallation, Rotation } from "./installation.ts";
import { lackingOf } from "./lacking-of.ts";
import type { Queue } from "./queue.ts";
import { reconcileRepository, RepositoryMemory } from "./repository.ts";
import type { OverrideWriter } from "./tell-overrides.ts";
import type { Passes, PassResult } from "./worker.ts";

export interface PassDependencies extends IncidentPassDependencies {
  readonly results: ResultCache;
}

type RepositoryKind = Exclude<WorkKey["kind"], "installation">;

/** The pass of each kind of key, with GitHub behind it. */
export function createPasses(dependencies: PassDependencies): Passes {
  const { clients, queue, clock, renderers, configurations, results } = dependencies;
  const caches = { configurations, results, adoptions: dependencies.hints.adoptions };
  const memory = new RepositoryMemory();
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
    return withCalls(groups.resultOf(key.sha, result, clock.now()), client);
  };

  return {
    incident: createIncidentPass(dependencies),
    async commit(key) {
      const client = await clientFor(key);
      const { unwritable } = await lackingOf(client);
      // The incident says so; its next pass asks again.
      if (unwritable.includes("checks")) return { wakeAt: null, fields: { lacks: unwritable } };
      const result = await reconcileCommit(client, key.sha, { ...caches, words });
      return result.fields.outcome === "group" ? group(client, key) : withCalls(result, client);
    },
    async guard(key) {
      if (memory.guardOf(key) === "hotfixes") return { wakeAt: null, fields: { outcome: "not-guarded" } };
      const client = await clientFor(key);
      const { unwritable } = await lackingOf(client);
      if (unwritable.includes("checks")) return { wakeAt: null, fields: { lacks: unwritable } };
      const onConfig = ({ checks }: Config): void => memory.noteGuard(key, checks.guard);
      const options = { ...caches, words, onConfig, isGuard: true } as const;
      return withCalls(await reconcileCommit(client, key.sha, options), client);
    },
    async group(key) {
      return group(await clientFor(key), key);
    },
    async fix(key) {
      const client = await clientFor(key);
      return withCalls(await applyFix(client, key, caches), client);
    },
    async repository(key) {
      return repositoryPass(await clientFor(key), key, dependencies, { memory, indexMemory });
    },
    async installation(key) {
      const client = await clients.forInstallation(key.installation);
      // After a new permission was accepted: the passes that follow must not go on with an old token.
      await lackingOf(client);
      const ports = {
        list: () => whileThere(listRepositories(client)),
        add: (news: Parameters<Queue["add"]>[0]) => queue.add(news),
      };
      return withCalls(await reconcileInstallation(key, ports, memory, rotation), client);
    },
  };
}

/** Every open incident, what nobody has guarded yet, and the index of incidents. */
async function repositoryPass(
  client: RepositoryClient,
  key: KeyOf<"repository">,
  { queue, clock, renderers, configurations, hints }: PassDependencies,
  { memory, indexMemory }: { readonly memory: RepositoryMemory; readonly indexMemory: IndexMemory },
): Promise<PassResult> {
  const config = await configurationOf(client, configurations);
  const label = config.labels.incident;
  memory.noteGuard(key, config.checks.guard);
  hints.layouts.set(`${client.owner}/${client.repo}`.toLowerCase(), layoutOf(config));
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
  return withCalls({ ...result, fields: { ...result.fields, index } }, client);
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
