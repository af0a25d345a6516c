import type { DocumentFacts } from "../incident/state.ts";
import type { CommitFacts, SuspectCommitFacts } from "../incident/state/commit-facts.ts";
import type { DeploymentFacts } from "../incident/state/deployment-facts.ts";
import type { PullRequestFacts } from "../incident/state/pull-request-facts.ts";
import type {
  BranchAnswer,
  CommitAnswer,
  FileAnswer,
  Nodes,
  PullRequestAnswer,
} from "./documents/answers.ts";
import { buildDetailsQuery, detailsVariables, type DetailsWanted } from "./documents/details-query.ts";
import type { FollowUpAnswer } from "./documents/follow-up-queries.ts";
import { type BranchHead, branchHeadOf } from "./read-branches.ts";
import { commitOf, nodesOf } from "./read-commit.ts";
import { type DeploymentAnswer, deploymentsOf } from "./read-deployments.ts";
import { pullRequestOf } from "./read-pull-request.ts";
import type { RepositoryClient } from "./repository-client.ts";
import { isForbidden, isNotFound, runGraphql } from "./run-graphql.ts";

export interface Details {
  /** Oldest first. */
  readonly pullRequests: readonly PullRequestFacts[];
  /** Commits beyond production, newest first, by branch. A branch that has vanished meanwhile is not in it. */
  readonly commits: ReadonlyMap<string, readonly CommitFacts[]>;
  /** Heads of the branches that were asked for by name and exist. */
  readonly named: readonly BranchHead[];
  /** Those that exist, by the expression asked for; null: not a text, or not the whole of it. */
  readonly files: ReadonlyMap<string, string | null>;
  /** Issues that were asked for by number; null: there is none. */
  readonly followUps: ReadonlyMap<number, FollowUpAnswer | null>;
  /** Of the service's paths, newest first. */
  readonly suspects: readonly SuspectCommitFacts[];
  /** Of the paths that the issue names, each with those of them that it changed. */
  readonly touching: readonly SuspectCommitFacts[];
  readonly deployments: readonly DeploymentFacts[];
}

interface DetailsAnswer {
  readonly repository: Readonly<Record<string, unknown>> & {
    readonly production?:
      | (Readonly<Record<string, unknown>> & {
          readonly target?: Readonly<Record<string, unknown>> | null;
        })
      | null;
  };
}

const NO_DETAILS: Details = {
  pullRequests: [],
  commits: new Map(),
  named: [],
  files: new Map(),
  followUps: new Map(),
  suspects: [],
  touching: [],
  deployments: [],
};

/**
 * Reads what the first trip named. Parts that the installation may not see (checks, review requests of teams) are taken as empty: a missing permission
 * must not hide the rest.
 */
export async function readDetails(
  client: RepositoryClient,
  wanted: DetailsWanted,
  production: string,
  until: string,
): Promise<Details> {
  if (Object.values(wanted).every((list: readonly unknown[]) => list.length === 0)) {
    return NO_DETAILS;
  }
  const answer = await runGraphql<DetailsAnswer>(
    client,
    buildDetailsQuery(wanted),
    detailsVariables(wanted, `refs/heads/${production}`, until, client.app.id),
    (error) => isNotFound(error) || isForbidden(error),
  );
  const { repository } = answer;
  const trunk = repository.production;
  return {
    pullRequests: pullRequestsOf(client, wanted, repository),
    commits: commitsOf(wanted, repository),
    named: wanted.named.flatMap((_, index) => {
      const branch = repository[`named${index}`] as BranchAnswer | null | undefined;
      return (branch == null ? null : branchHeadOf(branch)) ?? [];
    }),
    files: filesOf(wanted, repository),
    followUps: new Map(
      wanted.followUps.map((number) => [
        number,
        (repository[`follow${number}`] as FollowUpAnswer | null | undefined) ?? null,
      ]),
    ),
    suspects: uniqueByTime(
      wanted.suspectPaths.flatMap((_, index) => suspectsIn(trunk?.target?.[`path${index}`], {})),
    ),
    touching: uniqueByTime(
      wanted.namedPaths.flatMap((path, index) =>
        suspectsIn(trunk?.target?.[`names${index}`], { touched: [path] }),
      ),
    ),
    deployments: deploymentsOf(
      wanted.deployed.flatMap((_, index) => {
        const commit = repository[`deployed${index}`] as
          | { readonly deployments?: Nodes<DeploymentAnswer> | null }
          | null
          | undefined;
        return nodesOf(commit?.deployments);
      }),
    ),
  };
}

function commitsOf(
  { branches }: DetailsWanted,
  { production }: DetailsAnswer["repository"],
): Details["commits"] {
  return new Map(
    branches.flatMap((name, index): [string, CommitFacts[]][] => {
      const comparison = production?.[`branch${index}`] as
        | { readonly commits: Nodes<CommitAnswer> }
        | null
        | undefined;
      return comparison ? [[name, newestFirst(nodesOf(comparison.commits).map(commitOf))]] : [];
    }),
  );
}

function filesOf({ files }: DetailsWanted, repository: DetailsAnswer["repository"]): Details["files"] {
  return new Map(
    files.flatMap((expression, index): [string, string | null][] => {
      const file = repository[`file${index}`] as FileAnswer | null | undefined;
      if (file == null) return [];
      return [[expression, file.isTruncated === true ? null : (file.text ?? null)]];
    }),
  );
}

function suspectsIn(
  history: unknown,
  more: Pick<SuspectCommitFacts, "touched">,
): readonly SuspectCommitFacts[] {
  return nodesOf(history as Nodes<SuspectAnswer> | null | undefined).map((answer) => ({
    ...commitOf(answer),
    ...more,
    lines: answer.additions + answer.deletions,
  }));
}

interface SuspectAnswer extends CommitAnswer {
  readonly additions: number;
  readonly deletions: number;
}

function pullRequestsOf(
  client: RepositoryClient,
  wanted: DetailsWanted,
  repository: DetailsAnswer["repository"],
): PullRequestFacts[] {
  const answers = [
    ...wanted.numbers.map((_, index) => repository[`number${index}`] as PullRequestAnswer | null | undefined),
    ...wanted.heads.flatMap((_, index) =>
      nodesOf(repository[`head${index}`] as Nodes<PullRequestAnswer> | null | undefined),
    ),
  ].filter((answer) => answer !== null && answer !== undefined);
  const byNumber = new Map(
    answers.filter((answer) => !answer.isCrossRepository).map((answer) => [answer.number, answer]),
  );
  return [...byNumber.values()]
    .sort((one, other) => one.number - other.number)
    .map((answer) => pullRequestOf(answer, client.app));
}

/** Children before parents, whatever order GitHub gave; of unrelated ones the later first. */
export function newestFirst(commits: readonly CommitFacts[]): CommitFacts[] {
  const waiting = new Map(commits.map((commit) => [commit.sha, commit]));
  const sorted: CommitFacts[] = [];
  while (waiting.size > 0) {
    const parents = new Set([...waiting.values()].flatMap((commit) => commit.parents));
    const heads = [...waiting.values()].filter((commit) => !parents.has(commit.sha));
    heads.sort((one, other) => Date.parse(other.committedAt) - Date.parse(one.committedAt));
    const next = heads[0] ?? [...waiting.values()][0]!;
    sorted.push(next);
    waiting.delete(next.sha);
  }
  return sorted;
}

/** Newest first; of one that is there several times, all the paths that it changed. */
function uniqueByTime(commits: readonly SuspectCommitFacts[]): SuspectCommitFacts[] {
  const unique = new Map<string, SuspectCommitFacts>();
  for (const commit of commits) {
    const touched = [...(unique.get(commit.sha)?.touched ?? []), ...(commit.touched ?? [])];
    unique.set(commit.sha, { ...commit, ...(touched.length > 0 && { touched }) });
  }
  return [...unique.values()].sort(
    (one, other) => Date.parse(other.committedAt) - Date.parse(one.committedAt),
  );
}

/** Documents by path; where a path was asked for on two branches, the first one asked for counts. */
export function documentsOf(
  files: ReadonlyMap<string, string | null>,
  places: readonly { readonly branch: string; readonly path: string }[],
): DocumentFacts[] {
  const found = new Map<string, DocumentFacts>();
  for (const { branch, path } of places) {
    const text = files.get(`${branch}:${path}`);
    if (text !== undefined && !found.has(path)) found.set(path, { path, branch, text });
  }
  return [...found.values()];
}
