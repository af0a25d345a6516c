import { CODE_CHECK } from "../checks/wanted-checks.ts";
import type {
  CheckRunState,
  CommitReview,
  CommitState,
  GuardedSubject,
  IncidentSubject,
  Subject,
  TreeEntry,
} from "../checks/commit-state.ts";
import { CONFIGURATION_PATH, type ConfigurationFile, resolveConfiguration } from "../config/resolve.ts";
import type { Config } from "../config/schema.ts";
import { parseBackMergeBranch, parseHotfixBranch, parseQueueBranch } from "../incident/names.ts";
import { parseOpeningMessage } from "../incident/opening-commit.ts";
import type { Sha } from "../incident/state/commit-facts.ts";
import {
  type AssociatedPullRequest,
  COMMIT_QUERY,
  type CommitQueryAnswer,
  type CommitReviewAnswer,
  OPTIONAL_FIELDS,
} from "./documents/commit-query.ts";
import { type ConfigurationCache, configurationReader } from "./read-configuration.ts";
import type { AdoptedBranches } from "./adopted-branches.ts";
import { otherChecksOf } from "./other-checks.ts";
import { actorOf } from "./read-actor.ts";
import { nodesOf } from "./read-commit.ts";
import { readRuns } from "./read-runs.ts";
import type { RepositoryClient } from "./repository-client.ts";
import { type GraphqlError, isForbidden, runGraphql } from "./run-graphql.ts";

export type ObservedCommit =
  | {
      readonly kind: "seen";
      readonly state: CommitState;
      readonly config: Config;
      /** It went to production with its pull request: what the checks said then stands, because nothing differs from production any more. */
      readonly isMerged: boolean;
    }
  /** Not there: never was, or not visible yet, or gone with a force push. */
  | { readonly kind: "gone" }
  /** No branch of an incident has it, and no pull request that is guarded. */
  | {
      readonly kind: "not-ours";
      readonly config: Config;
      /** Runs on the head of an open pull request that was guarded once. */
      readonly left: readonly CheckRunState[];
    }
  /** What a merge queue wants to put on a branch: `observe-group.ts`. */
  | { readonly kind: "group" }
  /** Empty: there is nothing to check yet. */
  | { readonly kind: "opening" };

/**
 * One trip: what the commit belongs to, its whole tree, our check runs on it. Configuration is that of the default branch (S29): a
 * hotfix cannot switch its own checks off.
 */
export async function observeCommit(
  client: RepositoryClient,
  sha: Sha,
  configurations: ConfigurationCache,
  adoptions: Pick<AdoptedBranches, "incidentOf">,
): Promise<ObservedCommit> {
  const [answer, branches, tree, runs] = await Promise.all([
    runGraphql<CommitQueryAnswer>(
      client,
      COMMIT_QUERY,
      { oid: sha, app: client.app.id, configuration: `HEAD:${CONFIGURATION_PATH}` },
      isOptional,
    ),
    orGone(branchesAt(client, sha)),
    orGone(readTree(client, sha)),
    orGone(readRuns(client, sha)),
  ]);
  const { commit, configuration, url, isPrivate } = answer.repository;
  if (commit?.__typename !== "Commit" || branches === null || tree === null || runs === null) {
    return { kind: "gone" };
  }
  const { config, facts } = await resolveConfiguration(
    configurationReader(client, configurations),
    fileOf(configuration),
  );
  const open = withState(commit.associatedPullRequests, "OPEN");
  const names = open.flatMap((each) => (each.isCrossRepository ? [] : [each.headRefName]));
  const ours = subjectOf(config, [...branches, ...names], (name) => adoptions.incidentOf(client, name));
  if (ours === null && branches.some((branch) => parseQueueBranch(branch) !== null)) return { kind: "group" };
  const guarded = guardedIn(sha, open);
  const subject = ours ?? (config.checks.guard === "all" ? guarded : null);
  const isRerunRequested = isQueued(nodesOf(commit.checkSuites)[0]?.status);
  if (subject === null) {
    // A hotfix has more checks: it may be one of an incident that is not known of yet.
    const isLeft = guarded !== null && isRerunRequested && runs.every(({ name }) => name === CODE_CHECK);
    return { kind: "not-ours", config, left: isLeft ? runs : [] };
  }
  if (ours !== null && parseOpeningMessage(commit.message ?? "")?.number === ours.incident)
    return { kind: "opening" };
  const pullRequest = pullRequestOf(subject, open);
  const targetHead = pullRequest?.baseRef?.target?.oid ?? (await readHead(client, subject.target));
  return {
    kind: "seen",
    config,
    isMerged:
      subject.kind === "hotfix" &&
      pullRequest === null &&
      pullRequestOf(subject, withState(commit.associatedPullRequests, "MERGED")) !== null,
    state: {
      sha,
      isHead: ours === null || branches.includes(subject.branch),
      repositoryUrl: url,
      mayNamePeople: isPrivate || config.public.people,
      pullRequest: pullRequest?.number ?? null,
      subject,
      configuration: facts,
      targetHead,
      runs,
      isRerunRequested,
      otherChecks: otherChecksOf(client.app.id, nodesOf(commit.statusCheckRollup?.contexts), pullRequest),
      reviews: pullRequest === null ? null : nodesOf(pullRequest.reviews).map(reviewOf),
      ...tree,
    },
  };
}

/** Without statuses or rules there is less to say, and nothing else is wrong. */
export function isOptional(error: GraphqlError): boolean {
  return isForbidden(error) && error.path?.some((name) => OPTIONAL_FIELDS.includes(String(name))) === true;
}

/** "Re-run" sets the suite back and leaves the runs as they are, so a queued suite with ended runs is one that somebody wants again. */
export function isQueued(status: string | undefined): boolean {
  return status === "QUEUED" || status === "REQUESTED";
}

/** Files of a tree, without its folders. */
export async function readTree(
  { octokit, owner, repo }: RepositoryClient,
  sha: Sha,
): Promise<{ readonly entries: readonly TreeEntry[]; readonly isTreeTruncated: boolean }> {
  const { data } = await octokit.rest.git.getTree({ owner, repo, tree_sha: sha, recursive: "1" });
  const entries = data.tree
    .filter((entry) => entry.type !== "tree")
    .map(({ path, mode, sha: oid, size }) => ({ path, mode, oid, size: size ?? 0 }));
  return { entries, isTreeTruncated: data.truncated };
}

/** The configuration file in the answer of a document that asked for it. */
export function fileOf(
  configuration: CommitQueryAnswer["repository"]["configuration"],
): ConfigurationFile | null {
  if (configuration?.oid === undefined) return null;
  return { oid: configuration.oid, text: configuration.text ?? null };
}

/** Of a commit that several branches have, a hotfix branch is the one that is going to production. */
function subjectOf(
  config: Config,
  names: readonly string[],
  adoptedBy: (branch: string) => number | null,
): IncidentSubject | null {
  for (const branch of names) {
    const incident = adoptedBy(branch) ?? parseHotfixBranch(config.branches, branch)?.number ?? null;
    if (incident !== null) return { kind: "hotfix", incident, branch, target: config.branches.production };
  }
  for (const branch of names) {
    const backMerge = parseBackMergeBranch(config.branches, branch);
    if (backMerge !== null) {
      return { kind: "back-merge", incident: backMerge.number, branch, target: backMerge.target };
    }
  }
  return null;
}

/** Of several pull requests from one commit the oldest: a check run belongs to the commit, so that it can be compared with one target only. */
function guardedIn(sha: Sha, open: readonly AssociatedPullRequest[]): GuardedSubject | null {
  const [oldest] = open
    .filter(({ headRefOid }) => headRefOid === sha)
    .toSorted((one, other) => one.number - other.number);
  return oldest === undefined
    ? null
    : {
        kind: "pull-request",
        number: oldest.number,
        branch: oldest.headRefName,
        target: oldest.baseRefName,
      };
}

function withState(
  pullRequests: Parameters<typeof nodesOf<AssociatedPullRequest>>[0],
  wanted: AssociatedPullRequest["state"],
): readonly AssociatedPullRequest[] {
  return nodesOf(pullRequests).filter(({ state }) => state === wanted);
}

function pullRequestOf(
  subject: Subject,
  open: readonly AssociatedPullRequest[],
): AssociatedPullRequest | null {
  const found = open.find((each) =>
    subject.kind === "pull-request"
      ? each.number === subject.number
      : !each.isCrossRepository && each.headRefName === subject.branch && each.baseRefName === subject.target,
  );
  return found ?? null;
}

function reviewOf({ author, state, commit, authorCanPushToRepository }: CommitReviewAnswer): CommitReview {
  const { login, kind } = actorOf(author);
  return {
    author: login,
    isPerson: kind === "user",
    state: state.toLowerCase() as CommitReview["state"],
    commit: commit?.oid ?? "",
    mayPush: authorCanPushToRepository,
  };
}

async function branchesAt({ octokit, owner, repo }: RepositoryClient, sha: Sha): Promise<readonly string[]> {
  const { data } = await octokit.rest.repos.listBranchesForHeadCommit({ owner, repo, commit_sha: sha });
  return data.map(({ name }) => name);
}

/** A branch that no pull request names yet. */
async function readHead({ octokit, owner, repo }: RepositoryClient, branch: string): Promise<Sha | null> {
  const found = await orGone(octokit.rest.git.getRef({ owner, repo, ref: `heads/${branch}` }));
  return found?.data.object.sha ?? null;
}

/** null where GitHub says that there is no such commit: 404 and 409 (empty repository) for trees, 422 for check runs and branches. */
export async function orGone<T>(answer: Promise<T>): Promise<T | null> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof Error && "status" in error && [404, 409, 422].includes(Number(error.status))) {
      return null;
    }
    throw error;
  }
}
