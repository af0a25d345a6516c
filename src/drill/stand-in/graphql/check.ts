import { latestRuns } from "../collaboration/checks.ts";
import { latestStatuses } from "../collaboration/statuses.ts";
import { isoTimeOrNull } from "../hub.ts";
import { isoTime } from "../hub.ts";
import type { AppRecord } from "../model/app-record.ts";
import type { CheckRun, CheckSuite } from "../model/check-run.ts";
import type { CommitStatus } from "../model/commit-status.ts";
import { checkRunBody } from "../present-check.ts";
import { nodeId } from "../node-id.ts";
import { repositoryPage } from "../present-repository.ts";
import { actorFields } from "./actor.ts";
import { connection, type PageArguments } from "./connection.ts";
import { demandRead, type Fields, type Scope } from "./scope.ts";

export function appFields(scope: Scope, app: AppRecord): Fields {
  return {
    id: app.nodeId,
    databaseId: app.id,
    slug: app.slug,
    name: app.name,
    clientId: app.clientId,
    url: `${scope.hub.origin}/apps/${app.slug}`,
  };
}

export function checkSuitesConnection(
  scope: Scope,
  sha: string,
  wanted: PageArguments & { filterBy?: { appId?: number; checkName?: string } | null },
): Fields {
  demandRead(scope, "checks");
  const { repository } = scope;
  const appId = wanted.filterBy?.appId;
  const name = wanted.filterBy?.checkName;
  const suites = [...repository.checkSuites.values()].filter(
    (suite) =>
      suite.headSha === sha &&
      (appId === undefined || suite.app.id === appId) &&
      (name === undefined || runsOf(scope, suite).some((run) => run.name === name)),
  );
  return connection("checkSuites", suites, wanted, (suite) => checkSuiteFields(scope, suite));
}

function runsOf({ repository }: Scope, suite: CheckSuite): readonly CheckRun[] {
  return [...repository.checkRuns.values()].filter((run) => run.suite === suite);
}

function checkSuiteFields(scope: Scope, suite: CheckSuite): Fields {
  return {
    __typename: "CheckSuite",
    id: suite.nodeId,
    databaseId: suite.id,
    status: suite.status.toUpperCase(),
    conclusion: suite.conclusion?.toUpperCase() ?? null,
    createdAt: isoTime(suite.createdAt),
    updatedAt: isoTime(suite.updatedAt),
    url: `${repositoryPage(scope.hub, scope.repository)}/commit/${suite.headSha}/checks?check_suite_id=${suite.id}`,
    app: () => appFields(scope, suite.app),
    checkRuns: (wanted: PageArguments & { filterBy?: CheckRunFilter | null }) => {
      const { checkName, appId, checkType } = wanted.filterBy ?? {};
      const all = runsOf(scope, suite).filter(
        (run) => (!checkName || run.name === checkName) && (!appId || run.app.id === appId),
      );
      const runs = checkType === "ALL" ? all : latestRuns(all);
      return connection("checkRuns", runs, wanted, (run) => checkRunFields(scope, run));
    },
  };
}

interface CheckRunFilter {
  readonly checkName?: string | null;
  readonly appId?: number | null;
  readonly checkType?: "ALL" | "LATEST" | null;
}

export function checkRunFields(scope: Scope, run: CheckRun): Fields {
  const body = checkRunBody(scope.hub, scope.repository, run);
  return {
    __typename: "CheckRun",
    id: run.nodeId,
    databaseId: run.id,
    name: run.name,
    status: run.status.toUpperCase(),
    conclusion: run.conclusion?.toUpperCase() ?? null,
    title: run.output.title,
    summary: run.output.summary,
    text: run.output.text,
    externalId: run.externalId === "" ? null : run.externalId,
    detailsUrl: body.details_url,
    permalink: body.html_url,
    url: body.html_url,
    startedAt: isoTimeOrNull(run.startedAt),
    completedAt: isoTimeOrNull(run.completedAt),
    isRequired: false,
    checkSuite: () => checkSuiteFields(scope, run.suite),
    annotations: (page: PageArguments) =>
      connection("annotations", run.annotations, page, (it) => ({
        path: it.path,
        title: it.title,
        message: it.message,
        rawDetails: it.rawDetails,
        annotationLevel: it.annotationLevel.toUpperCase(),
        location: {
          start: { line: it.startLine, column: it.startColumn },
          end: { line: it.endLine, column: it.endColumn },
        },
      })),
  };
}

/** All checks and statuses of a commit in one word; null without any. */
export function rollupFields(scope: Scope, sha: string): Fields | null {
  const { repository } = scope;
  const runs = latestRuns([...repository.checkRuns.values()].filter((run) => run.headSha === sha));
  const statuses = latestStatuses(repository, sha);
  if (runs.length === 0 && statuses.length === 0) return null;
  return {
    id: nodeId("SC", `rollup:${repository.id}:${sha}`),
    state: rollupState(runs, statuses),
    contexts: (page: PageArguments) =>
      connection("contexts", [...runs, ...statuses], page, (it) =>
        "headSha" in it ? checkRunFields(scope, it) : statusFields(scope, it),
      ),
  };
}

function rollupState(runs: readonly CheckRun[], statuses: readonly CommitStatus[]): string {
  const failed = ["failure", "timed_out", "cancelled", "action_required", "stale"];
  if (statuses.some(({ state }) => state === "error")) return "ERROR";
  if (
    statuses.some(({ state }) => state === "failure") ||
    runs.some((run) => run.conclusion !== null && failed.includes(run.conclusion))
  ) {
    return "FAILURE";
  }
  const isPending =
    statuses.some(({ state }) => state === "pending") || runs.some((run) => run.conclusion === null);
  return isPending ? "PENDING" : "SUCCESS";
}

function statusFields(scope: Scope, status: CommitStatus): Fields {
  return {
    __typename: "StatusContext",
    id: status.nodeId,
    context: status.context,
    state: status.state.toUpperCase(),
    description: status.description,
    targetUrl: status.targetUrl,
    createdAt: isoTime(status.createdAt),
    creator: () => actorFields(scope.hub, status.creator),
    isRequired: false,
  };
}
