import type { CheckRunState, TreeEntry } from "../checks/commit-state.ts";
import { CONFIGURATION_PATH, resolveConfiguration } from "../config/resolve.ts";
import type { Config } from "../config/schema.ts";
import { parseQueueBranch } from "../incident/names.ts";
import type { ConfigurationFacts } from "../incident/state.ts";
import type { Sha } from "../incident/state/commit-facts.ts";
import {
  buildGroupPullsQuery,
  GROUP_QUERY,
  type GroupAnswer,
  type GroupPullAnswer,
  type GroupPullsAnswer,
} from "./documents/group-query.ts";
import { fileOf, isOptional, isQueued, orGone, readTree } from "./observe-commit.ts";
import { requiredChecks } from "./other-checks.ts";
import { type ConfigurationCache, configurationReader } from "./read-configuration.ts";
import { nodesOf } from "./read-commit.ts";
import { readRuns } from "./read-runs.ts";
import type { RepositoryClient } from "./repository-client.ts";
import { isNotFound, runGraphql } from "./run-graphql.ts";

/** What a merge queue would put on a branch, with the pull requests in it. */
export interface GroupState {
  readonly sha: Sha;
  readonly repositoryUrl: string;
  readonly isPrivate: boolean;
  readonly configuration: ConfigurationFacts;
  /** Where it is to go. */
  readonly target: string;
  /** Its own first, then those below it. */
  readonly pulls: readonly GroupPull[];
  /** Names of the checks that the branch's rules wait for; null: the app may not read the rules. */
  readonly required: readonly string[] | null;
  readonly entries: readonly TreeEntry[];
  readonly isTreeTruncated: boolean;
  readonly isRerunRequested: boolean;
  readonly runs: readonly CheckRunState[];
}

export interface GroupPull {
  readonly number: number;
  readonly head: Sha;
  /** What the queue built for it: those below it, and its own on top. */
  readonly group: Sha;
  /** Branch; null where it is one of a fork. */
  readonly branch: string | null;
  readonly target: string;
  /** What it was put on: the group before it, or the branch itself. null: further down than was read. */
  readonly base: Sha | null;
}

/** A queue that is longer is read to here: what is further down has a group of its own. */
const MOST_PULLS = 20;

/** Two trips. null: there is no such group, because GitHub does not show it yet or the queue has thrown it away. */
export async function observeGroup(
  client: RepositoryClient,
  sha: Sha,
  configurations: ConfigurationCache,
): Promise<{ readonly state: GroupState; readonly config: Config } | null> {
  const [{ repository }, tree, runs] = await Promise.all([
    runGraphql<GroupAnswer>(client, GROUP_QUERY, {
      oid: sha,
      app: client.app.id,
      configuration: `HEAD:${CONFIGURATION_PATH}`,
    }),
    orGone(readTree(client, sha)),
    orGone(readRuns(client, sha)),
  ]);
  const { group, url, isPrivate } = repository;
  const queue = queueOf(repository, sha);
  if (group?.__typename !== "Commit" || queue === null || tree === null || runs === null) return null;
  const [{ config, facts }, pulls] = await Promise.all([
    resolveConfiguration(configurationReader(client, configurations), fileOf(repository.configuration)),
    readPulls(client, queue.chain),
  ]);
  const target = pulls.answers.find((each) => each?.baseRefName === queue.target)?.baseRef ?? null;
  const bottom = baseIn(nodesOf(group.history), target?.target?.oid);
  return {
    config,
    state: {
      sha,
      isPrivate,
      runs,
      repositoryUrl: url,
      configuration: facts,
      target: queue.target,
      pulls: pulls.answers.flatMap((each, index): readonly GroupPull[] =>
        each === null ? [] : [pullOf(each, queue.chain[index]!.oid, queue.chain[index + 1]?.oid ?? bottom)],
      ),
      required: pulls.areRulesHidden ? null : requiredChecks(target),
      isRerunRequested: isQueued(nodesOf(group.checkSuites)[0]?.status),
      ...tree,
    },
  };
}

interface Queue {
  readonly target: string;
  /** The group's own first, then those that it stands on. */
  readonly chain: readonly { readonly number: number; readonly oid: Sha }[];
}

function pullOf(answer: GroupPullAnswer, group: Sha, base: Sha | null): GroupPull {
  return {
    number: answer.number,
    head: answer.headRefOid,
    group,
    branch: answer.isCrossRepository ? null : answer.headRefName,
    target: answer.baseRefName,
    base,
  };
}

/** The groups that this one stands on are those of the same queue whose commits it contains. */
function queueOf({ refs, group }: GroupAnswer["repository"], sha: Sha): Queue | null {
  const groups = nodesOf(refs).flatMap(({ name, target }) => {
    const parsed = parseQueueBranch(`gh-readonly-queue/${name}`);
    return parsed === null || target === null ? [] : [{ ...parsed, oid: target.oid }];
  });
  const own = groups.find(({ oid }) => oid === sha);
  if (own === undefined) return null;
  const history = nodesOf(group?.history).map(({ oid }) => oid);
  const below = groups
    .filter(({ oid, base }) => oid !== sha && base === own.base && history.includes(oid))
    .toSorted((one, other) => history.indexOf(one.oid) - history.indexOf(other.oid));
  return { target: own.base, chain: [own, ...below].slice(0, MOST_PULLS) };
}

function baseIn(history: readonly { readonly oid: Sha }[], target: Sha | undefined): Sha | null {
  return history.some(({ oid }) => oid === target) ? target! : null;
}

async function readPulls(
  client: RepositoryClient,
  chain: Queue["chain"],
): Promise<{ readonly answers: readonly (GroupPullAnswer | null)[]; readonly areRulesHidden: boolean }> {
  let areRulesHidden = false;
  const { repository } = await runGraphql<GroupPullsAnswer>(
    client,
    buildGroupPullsQuery(chain.map(({ number }) => number)),
    {},
    (error) => {
      const isHidden = isOptional(error);
      areRulesHidden ||= isHidden;
      return isHidden || isNotFound(error);
    },
  );
  const answers = chain.map((_, index) => repository[`pull${index}`] ?? null);
  return { answers, areRulesHidden };
}
