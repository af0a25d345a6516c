import type {
  CheckRunState,
  CommitReview,
  CommitState,
  OtherCheck,
  Subject,
  TreeEntry,
} from "../checks/commit-state.ts";
import { CONFIGURATION_PATH, type ConfigurationFile, resolveConfiguration } from "../config/resolve.ts";
import type { Config } from "../config/schema.ts";
import { parseBackMergeBranch, parseHotfixBranch } from "../incident/names.ts";
import { parseOpeningMessage } from "../incident/opening-commit.ts";
import type { Sha } from "../incident/state.ts";
import {
  type AssociatedPullRequest,
  COMMIT_QUERY,
  type CommitQueryAnswer,
  type CommitReviewAnswer,
  type ContextAnswer,
  OPTIONAL_FIELDS,
} from "./documents/commit-query.ts";
import { type ConfigurationCache, configurationReader } from "./read-configuration.ts";
import type { AdoptedBranches } from "./adopted-branches.ts";
import { actorOf } from "./read-actor.ts";
import { nodesOf } from "./read-commit.ts";
import type { RepositoryClient } from "./repository-client.ts";
import { type GraphqlError, isForbidden, runGraphql } from "./run-graphql.ts";

export type ObservedCommit =
  | { readonly kind: "seen"; readonly state: CommitState; readonly config: Config }
  /** Not there: never was, or not visible yet, or gone with a force push. */
  | { readonly kind: "gone" }
  /** No branch of an incident has it. */
  | { readonly kind: "not-ours" }
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
  const { commit, configuration, url } = answer.repository;
  if (commit?.__typename !== "Commit" || branches === null || tree === null || runs === null) {
    return { kind: "gone" };
  }
  const { config, facts } = await resolveConfiguration(
    configurationReader(client, configurations),
    fileOf(configuration),
  );
  const pullRequests = nodesOf(commit.associatedPullRequests).filter(
    (pullRequest) => pullRequest.state === "OPEN" && !pullRequest.isCrossRepository,
  );
  const subject = subjectOf(
    config,
    [...branches, ...pullRequests.map(({ headRefName }) => headRefName)],
    (name) => adoptions.incidentOf(client, name),
  );
  if (subject === null) return { kind: "not-ours" };
  if (parseOpeningMessage(commit.message ?? "")?.number === subject.incident) return { kind: "opening" };
  const pullRequest = pullRequestOf(subject, pullRequests);
  const targetHead = pullRequest?.baseRef?.target?.oid ?? (await readHead(client, subject.target));
  return {
    kind: "seen",
    config,
    state: {
      sha,
      isHead: branches.includes(subject.branch),
      repositoryUrl: url,
      subject,
      configuration: facts,
      targetHead,
      runs,
      isRerunRequested: isQueued(nodesOf(commit.checkSuites)[0]?.status),
      otherChecks: otherChecksOf(client.app.id, nodesOf(commit.statusCheckRollup?.contexts), pullRequest),
      reviews: pullRequest === null ? null : nodesOf(pullRequest.reviews).map(reviewOf),
      ...tree,
    },
  };
}

/** Without statuses or rules there is less to say, and nothing else is wrong. */
function isOptional(error: GraphqlError): boolean {
  return isForbidden(error) && error.path?.some((name) => OPTIONAL_FIELDS.includes(String(name))) === true;
}

/** "Re-run" sets the suite back and leaves the runs as they are, so a queued suite with ended runs is one that somebody wants again. */
function isQueued(status: string | undefined): boolean {
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
function fileOf(configuration: CommitQueryAnswer["repository"]["configuration"]): ConfigurationFile | null {
  if (configuration?.oid === undefined) return null;
  return { oid: configuration.oid, text: configuration.text ?? null };
}

/** Of a commit that several branches have, a hotfix branch is the one that is going to production. */
function subjectOf(
  config: Config,
  names: readonly string[],
  adoptedBy: (branch: string) => number | null,
): Subject | null {
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

function pullRequestOf(
  subject: Subject,
  pullRequests: readonly AssociatedPullRequest[],
): AssociatedPullRequest | null {
  const ours = pullRequests.find(
    (pullRequest) => pullRequest.headRefName === subject.branch && pullRequest.baseRefName === subject.target,
  );
  return ours ?? null;
}

/** Those of others that have begun, and those that the target's rules wait for. */
function otherChecksOf(
  app: number,
  contexts: readonly ContextAnswer[],
  pullRequest: AssociatedPullRequest | null,
): readonly OtherCheck[] {
  const base = pullRequest?.baseRef;
  const required = new Set([
    ...(base?.refUpdateRule?.requiredStatusCheckContexts ?? []).filter((name) => name !== null),
    ...nodesOf(base?.rules).flatMap(({ parameters }) =>
      (parameters?.requiredStatusChecks ?? []).map(({ context }) => context),
    ),
  ]);
  const ours = new Set(
    contexts.flatMap((each) =>
      each.__typename === "CheckRun" && each.checkSuite.app?.databaseId === app ? [each.name] : [],
    ),
  );
  const begun = contexts
    .map((each) => otherCheckOf(each, required))
    .filter(({ name }) => !ours.has(name))
    .toSorted((one, other) => (one.name < other.name ? -1 : one.name > other.name ? 1 : 0));
  const names = new Set(begun.map(({ name }) => name));
  const expected = [...required]
    .filter((name) => !names.has(name) && !ours.has(name) && !name.startsWith("hotfix/"))
    .toSorted()
    .map((name): OtherCheck => ({ name, isRequired: true, status: "queued", conclusion: null, url: null }));
  return [...begun, ...expected];
}

function otherCheckOf(answer: ContextAnswer, required: ReadonlySet<string>): OtherCheck {
  if (answer.__typename === "CheckRun") {
    const { name, url } = answer;
    const status = statusOf(answer.status.toLowerCase());
    return {
      name,
      url,
      status,
      isRequired: required.has(name),
      conclusion: answer.conclusion?.toLowerCase() ?? null,
    };
  }
  const name = answer.context;
  const state = answer.state.toLowerCase();
  const isRunning = state === "pending" || state === "expected";
  return {
    name,
    url: null,
    status: isRunning ? "in_progress" : "completed",
    isRequired: required.has(name),
    conclusion: isRunning ? null : state,
  };
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

/** All pages: on a commit that was looked at often the newest run may stand on any of them. One trip, two where there are several. */
async function readRuns(client: RepositoryClient, sha: Sha): Promise<readonly CheckRunState[]> {
  const { total_count: total, check_runs: first } = await runsPage(client, sha, 1);
  const further = Array.from({ length: Math.ceil(total / RUNS_PER_PAGE) - 1 }, (_, index) => index + 2);
  const pages = await Promise.all(further.map((page) => runsPage(client, sha, page)));
  return [first, ...pages.map(({ check_runs: runs }) => runs)]
    .flat()
    .filter((run) => run.app?.id === client.app.id)
    .map((run) => ({
      id: run.id,
      name: run.name,
      status: statusOf(run.status),
      conclusion: run.conclusion,
      title: run.output.title,
      summary: run.output.summary,
      externalId: run.external_id,
      annotations: run.output.annotations_count,
    }))
    .toSorted((one, other) => one.id - other.id);
}

const RUNS_PER_PAGE = 100;

async function runsPage({ octokit, owner, repo, app }: RepositoryClient, sha: Sha, page: number) {
  const { data } = await octokit.rest.checks.listForRef({
    owner,
    repo,
    ref: sha,
    app_id: app.id,
    filter: "all",
    per_page: RUNS_PER_PAGE,
    ...(page > 1 && { page }),
  });
  return data;
}

/** An app can only make these three; GitHub's own words for Actions mean that the run has not ended. */
function statusOf(status: string): CheckRunState["status"] {
  return status === "completed" || status === "queued" ? status : "in_progress";
}

/** null where GitHub says that there is no such commit: 404 and 409 (empty repository) for trees, 422 for check runs and branches. */
async function orGone<T>(answer: Promise<T>): Promise<T | null> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof Error && "status" in error && [404, 409, 422].includes(Number(error.status))) {
      return null;
    }
    throw error;
  }
}
