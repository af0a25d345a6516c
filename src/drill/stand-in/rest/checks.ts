import { ApiError, forbidden, notFound, validationFailed } from "../api-error.ts";
import { actOf } from "../collaboration/act.ts";
import {
  type CheckRunEdit,
  createCheckRun,
  latestRuns,
  ownRun,
  rerequestRun,
  rerequestSuite,
  suiteOf,
  updateCheckRun,
} from "../collaboration/checks.ts";
import type { Hub } from "../hub.ts";
import type { AppRecord, Permissions } from "../model/app-record.ts";
import type { CheckAnnotation, CheckRun, CheckSuite } from "../model/check-run.ts";
import { paginate } from "../pagination.ts";
import { annotationBody, checkRunBody, checkSuiteBody } from "../present-check.ts";
import type { JsonObject, RepositoryContext, Reply } from "../router.ts";
import { readText, readTime } from "./read-body.ts";

export const CHECKS_READ: readonly Permissions[] = [{ checks: "read" }];
export const CHECKS_WRITE: readonly Permissions[] = [{ checks: "write" }];
const BASE = "/repos/{owner}/{repo}";
const RUNS = `${BASE}/check-runs`;
const SUITES = `${BASE}/check-suites`;
const DOCS = "https://docs.github.com/rest/checks/runs";
const DOCS_OF_SUITES = "https://docs.github.com/rest/checks/suites";

export function registerChecks(hub: Hub): void {
  registerRunWrites(hub);
  registerRunReads(hub);
  registerSuites(hub);
}

function registerRunWrites(hub: Hub): void {
  const { router } = hub;
  const shared = { permissions: CHECKS_WRITE, role: "push", docs: DOCS } as const;
  router.repository({ ...shared, method: "POST", path: RUNS, handler: create });
  router.repository({
    ...shared,
    method: "PATCH",
    path: `${RUNS}/{check_run_id}`,
    handler: async (context) => {
      const run = ownRun(runOf(context), appOf(context));
      await updateCheckRun(actOf(context), run, editOf(context.body));
      return { status: 200, body: checkRunBody(hub, context.repository, run) };
    },
  });
  router.repository({
    ...shared,
    method: "POST",
    path: `${RUNS}/{check_run_id}/rerequest`,
    handler: async (context) => {
      await rerequestRun(actOf(context), runOf(context));
      return { status: 201, body: {} };
    },
  });
}

function registerRunReads(hub: Hub): void {
  const { router } = hub;
  const shared = { method: "GET", permissions: CHECKS_READ, docs: DOCS } as const;
  router.repository({
    ...shared,
    path: `${RUNS}/{check_run_id}`,
    handler: (context) => ({ status: 200, body: checkRunBody(hub, context.repository, runOf(context)) }),
  });
  router.repository({
    ...shared,
    path: `${RUNS}/{check_run_id}/annotations`,
    handler: (context) => {
      const run = runOf(context);
      return paginate(context, run.annotations, (it) => annotationBody(hub, context.repository, run, it));
    },
  });
  router.repository({
    ...shared,
    path: `${BASE}/commits/{ref}/check-runs`,
    greedy: ["ref"],
    handler: async (context) => {
      const sha = await commitOf(context);
      return listRuns(context, (run) => run.headSha === sha);
    },
  });
  router.repository({
    ...shared,
    path: `${SUITES}/{check_suite_id}/check-runs`,
    handler: (context) => {
      const suite = suiteById(context);
      return listRuns(context, (run) => run.suite === suite);
    },
  });
}

function registerSuites(hub: Hub): void {
  const { router } = hub;
  const present = async (context: RepositoryContext, suite: CheckSuite): Promise<JsonObject> =>
    checkSuiteBody(hub, context.repository, suite, await context.repository.git.commit(suite.headSha));
  router.repository({
    method: "POST",
    path: SUITES,
    permissions: CHECKS_WRITE,
    docs: DOCS_OF_SUITES,
    handler: async (context) => {
      const sha = await headShaOf(context);
      const suite = suiteOf(actOf(context), appOf(context), sha);
      return { status: 201, body: await present(context, suite) };
    },
  });
  router.repository({
    method: "GET",
    path: `${SUITES}/{check_suite_id}`,
    permissions: CHECKS_READ,
    docs: DOCS_OF_SUITES,
    handler: async (context) => ({ status: 200, body: await present(context, suiteById(context)) }),
  });
  router.repository({
    method: "POST",
    path: `${SUITES}/{check_suite_id}/rerequest`,
    permissions: CHECKS_WRITE,
    docs: DOCS_OF_SUITES,
    handler: async (context) => {
      await rerequestSuite(actOf(context), suiteById(context));
      return { status: 201, body: {} };
    },
  });
  router.repository({
    method: "GET",
    path: `${BASE}/commits/{ref}/check-suites`,
    greedy: ["ref"],
    permissions: CHECKS_READ,
    docs: DOCS_OF_SUITES,
    handler: async (context) => {
      const sha = await commitOf(context);
      const app = context.query.get("app_id");
      const suites = [...context.repository.checkSuites.values()].filter(
        (suite) => suite.headSha === sha && (app === null || suite.app.id === Number(app)),
      );
      return paginate(
        context,
        suites,
        (suite) => present(context, suite),
        (page) => ({ total_count: suites.length, check_suites: page }),
      );
    },
  });
}

/** Only apps write checks; documented with every endpoint that does. */
function appOf(context: RepositoryContext): AppRecord {
  if (context.viewer.kind !== "installation") throw forbidden("You must authenticate via a GitHub App.");
  return context.viewer.app;
}

async function create(context: RepositoryContext): Promise<Reply> {
  const { body, hub, repository } = context;
  const app = appOf(context);
  const name = readText(body.name);
  if (name === null || name === "") {
    throw validationFailed({ resource: "CheckRun", code: "missing_field", field: "name" });
  }
  const sha = await headShaOf(context);
  const run = await createCheckRun(actOf(context), app, sha, { ...editOf(body), name });
  return { status: 201, body: checkRunBody(hub, repository, run) };
}

async function headShaOf(context: RepositoryContext): Promise<string> {
  const sha = readText(context.body.head_sha) ?? "";
  if ((await context.repository.git.commit(sha)) === undefined) {
    throw new ApiError(422, `No commit found for SHA: ${sha}`);
  }
  return sha;
}

function runOf(context: RepositoryContext): CheckRun {
  const run = context.repository.checkRuns.get(Number(context.params.check_run_id));
  if (run === undefined) throw notFound();
  return run;
}

function suiteById(context: RepositoryContext): CheckSuite {
  const suite = context.repository.checkSuites.get(Number(context.params.check_suite_id));
  if (suite === undefined) throw notFound();
  return suite;
}

async function commitOf(context: RepositoryContext): Promise<string> {
  const ref = context.params.ref ?? "";
  const sha = await context.repository.git.resolveCommit(ref);
  if (sha === undefined) throw new ApiError(422, `No commit found for SHA: ${ref}`);
  return sha;
}

function listRuns(context: RepositoryContext, belongs: (run: CheckRun) => boolean): Promise<Reply> {
  const { hub, repository, query } = context;
  const [name, status, app] = [query.get("check_name"), query.get("status"), query.get("app_id")];
  const all = [...repository.checkRuns.values()].filter(belongs);
  const chosen = (query.get("filter") === "all" ? all : latestRuns(all)).filter(
    (run) =>
      (name === null || run.name === name) &&
      (status === null || run.status === status) &&
      (app === null || run.app.id === Number(app)),
  );
  return paginate(
    context,
    chosen.toReversed(),
    (run) => checkRunBody(hub, repository, run),
    (page) => ({ total_count: chosen.length, check_runs: page }),
  );
}

/** The body of a create or update call. Its form was checked against the description before. */
function editOf(body: JsonObject): CheckRunEdit {
  const edit: Record<string, unknown> = {
    name: readText(body.name) ?? undefined,
    externalId: readText(body.external_id) ?? undefined,
    detailsUrl: readText(body.details_url) ?? undefined,
    status: readText(body.status) ?? undefined,
    conclusion: readText(body.conclusion) ?? undefined,
    startedAt: readTime(body.started_at) ?? undefined,
    completedAt: readTime(body.completed_at) ?? undefined,
    actions: Array.isArray(body.actions) ? body.actions : undefined,
    ...outputOf(body.output),
  };
  return Object.fromEntries(Object.entries(edit).filter(([, value]) => value !== undefined));
}

function outputOf(value: unknown): Pick<CheckRunEdit, "output" | "annotations"> {
  if (typeof value !== "object" || value === null) return {};
  const output = value as JsonObject;
  const annotations = Array.isArray(output.annotations) ? output.annotations : [];
  return {
    output: {
      title: readText(output.title),
      summary: readText(output.summary),
      text: readText(output.text),
    },
    annotations: annotations.map((it) => annotationOf(it as JsonObject)),
  };
}

function annotationOf(it: JsonObject): CheckAnnotation {
  const [startLine, endLine] = [Number(it.start_line), Number(it.end_line)];
  if (it.start_column !== undefined && startLine !== endLine) {
    throw validationFailed(
      "start_column and end_column can only be used if start_line and end_line are the same",
    );
  }
  const number = (value: unknown): number | null => (typeof value === "number" ? value : null);
  return {
    path: readText(it.path) ?? "",
    startLine,
    endLine,
    startColumn: number(it.start_column),
    endColumn: number(it.end_column),
    annotationLevel: (readText(it.annotation_level) ?? "notice") as CheckAnnotation["annotationLevel"],
    title: readText(it.title),
    message: readText(it.message) ?? "",
    rawDetails: readText(it.raw_details),
  };
}
