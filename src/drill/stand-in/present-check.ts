import { pullsAt } from "./collaboration/branch-pulls.ts";
import type { Commit } from "./git-formats.ts";
import type { Hub } from "./hub.ts";
import { isoTime, isoTimeOrNull } from "./hub.ts";
import type { Repository } from "./model.ts";
import type { CheckAnnotation, CheckRun, CheckSuite } from "./model/check-run.ts";
import type { CommitStatus } from "./model/commit-status.ts";
import { integration, simpleUser } from "./present-account.ts";
import { pullRequestMinimal } from "./present-pull.ts";
import { minimalRepository, repositoryPage, repositoryUrl } from "./present-repository.ts";
import type { JsonObject } from "./router.ts";

/** The schema `check-run`. */
export function checkRunBody(hub: Hub, repository: Repository, run: CheckRun): JsonObject {
  const url = `${repositoryUrl(hub, repository)}/check-runs/${run.id}`;
  return {
    id: run.id,
    name: run.name,
    node_id: run.nodeId,
    head_sha: run.headSha,
    external_id: run.externalId,
    url,
    html_url: `${repositoryPage(hub, repository)}/runs/${run.id}`,
    details_url: run.detailsUrl ?? `${hub.origin}/apps/${run.app.slug}`,
    status: run.status,
    conclusion: run.conclusion,
    started_at: isoTimeOrNull(run.startedAt),
    completed_at: isoTimeOrNull(run.completedAt),
    output: {
      ...run.output,
      annotations_count: run.annotations.length,
      annotations_url: `${url}/annotations`,
    },
    check_suite: { id: run.suite.id },
    app: integration(hub, run.app),
    pull_requests: pullsAt(repository, run.headSha).map(({ issue }) =>
      pullRequestMinimal(hub, repository, issue),
    ),
  };
}

/** The schema `check-annotation`. */
export function annotationBody(
  hub: Hub,
  repository: Repository,
  run: CheckRun,
  it: CheckAnnotation,
): JsonObject {
  return {
    path: it.path,
    blob_href: `${repositoryPage(hub, repository)}/blob/${run.headSha}/${it.path}`,
    start_line: it.startLine,
    start_column: it.startColumn,
    end_line: it.endLine,
    end_column: it.endColumn,
    annotation_level: it.annotationLevel,
    title: it.title,
    message: it.message,
    raw_details: it.rawDetails,
  };
}

/** The schema `check-suite`. */
export function checkSuiteBody(
  hub: Hub,
  repository: Repository,
  suite: CheckSuite,
  commit: Commit | undefined,
): JsonObject {
  return {
    ...checkSuiteInWebhook(hub, repository, suite, commit),
    repository: minimalRepository(hub, repository),
  };
}

/** A suite as webhooks carry it, with `head_commit` where the event has it. */
export function checkSuiteInWebhook(
  hub: Hub,
  repository: Repository,
  suite: CheckSuite,
  commit?: Commit,
): JsonObject {
  const url = `${repositoryUrl(hub, repository)}/check-suites/${suite.id}`;
  const runs = [...repository.checkRuns.values()].filter((run) => run.suite === suite);
  const counts =
    commit === undefined ? {} : { latest_check_runs_count: runs.length, check_runs_url: `${url}/check-runs` };
  return {
    id: suite.id,
    node_id: suite.nodeId,
    head_branch: suite.headBranch,
    head_sha: suite.headSha,
    status: suite.status,
    conclusion: suite.conclusion,
    url,
    before: suite.before,
    after: suite.headSha,
    pull_requests: pullsAt(repository, suite.headSha).map(({ issue }) =>
      pullRequestMinimal(hub, repository, issue),
    ),
    app: integration(hub, suite.app),
    created_at: isoTime(suite.createdAt),
    updated_at: isoTime(suite.updatedAt),
    ...counts,
    ...(commit === undefined ? {} : { head_commit: headCommit(commit) }),
  };
}

/** The schema `simple-commit`. */
export function headCommit(commit: Commit): JsonObject {
  const { author, committer } = commit;
  return {
    id: commit.oid,
    tree_id: commit.tree,
    message: commit.message.trimEnd(),
    timestamp: isoTime(committer.date),
    author: { name: author.name, email: author.email },
    committer: { name: committer.name, email: committer.email },
  };
}

/** The schema `status`. */
export function statusBody(hub: Hub, repository: Repository, status: CommitStatus): JsonObject {
  const creator = simpleUser(hub, status.creator);
  return {
    url: `${repositoryUrl(hub, repository)}/statuses/${status.sha}`,
    avatar_url: creator.avatar_url,
    id: status.id,
    node_id: status.nodeId,
    state: status.state,
    description: status.description,
    target_url: status.targetUrl,
    context: status.context,
    created_at: isoTime(status.createdAt),
    updated_at: isoTime(status.createdAt),
    creator,
  };
}
