import { covers, installationsOn } from "../access.ts";
import { forbidden, validationFailed } from "../api-error.ts";
import { type Hub, type RefChange, ZERO_OID } from "../hub.ts";
import type { Repository } from "../model.ts";
import type { AppRecord } from "../model/app-record.ts";
import type {
  CheckAction,
  CheckAnnotation,
  CheckConclusion,
  CheckRun,
  CheckStatus,
  CheckSuite,
} from "../model/check-run.ts";
import { nodeId } from "../node-id.ts";
import { checkRunBody, checkSuiteInWebhook } from "../present-check.ts";
import { isBranch, shortRefName } from "../ref-format.ts";
import type { JsonObject } from "../router.ts";
import type { Act } from "./act.ts";
import { considerAutoMergeAt } from "./auto-merge.ts";
import { considerQueueAt } from "./merge-queue.ts";

/** What a create or update call may set; what is left out stays. */
export interface CheckRunEdit {
  readonly name?: string;
  readonly externalId?: string;
  readonly detailsUrl?: string;
  readonly status?: CheckStatus;
  readonly conclusion?: CheckConclusion;
  readonly startedAt?: Date;
  readonly completedAt?: Date;
  readonly output?: CheckRun["output"];
  /** Appended to those that are there (platform §4). */
  readonly annotations?: readonly CheckAnnotation[];
  readonly actions?: readonly CheckAction[];
}

const MAX_ANNOTATIONS = 50;
const MAX_TEXT = 65_535;

/** Every push makes a suite for each app that may write checks, and only that app is told. */
export async function requestSuites(hub: Hub, change: RefChange): Promise<void> {
  if (!isBranch(change.ref) || change.after === ZERO_OID) return;
  const { repository, actor } = change;
  for (const installation of installationsOn(hub, repository)) {
    if (!covers(installation.permissions, { checks: "write" })) continue;
    const { app } = installation;
    const known = suiteFor(repository, app, change.after);
    if (known !== undefined) continue;
    const suite = addSuite(hub, repository, app, {
      headSha: change.after,
      headBranch: shortRefName(change.ref),
      before: change.before,
    });
    await emitSuite({ hub, repository, actor, viaApp: change.viaApp }, suite, "requested");
  }
}

function suiteFor(repository: Repository, app: AppRecord, sha: string): CheckSuite | undefined {
  return [...repository.checkSuites.values()].find((suite) => suite.app === app && suite.headSha === sha);
}

export function addSuite(
  hub: Hub,
  repository: Repository,
  app: AppRecord,
  { headSha, headBranch, before }: Pick<CheckSuite, "headSha" | "headBranch" | "before">,
): CheckSuite {
  const id = hub.nextId();
  const now = hub.now();
  const suite: CheckSuite = {
    id,
    nodeId: nodeId("CS", id),
    app,
    headSha,
    headBranch,
    before,
    status: "queued",
    conclusion: null,
    createdAt: now,
    updatedAt: now,
  };
  repository.checkSuites.set(id, suite);
  return suite;
}

/** The app's suite of a commit, made when there is none. */
export function suiteOf(act: Act, app: AppRecord, sha: string): CheckSuite {
  const known = suiteFor(act.repository, app, sha);
  if (known !== undefined) return known;
  const branch = [...act.repository.git.refs].find(([ref, oid]) => isBranch(ref) && oid === sha)?.[0];
  const name = branch === undefined ? null : shortRefName(branch);
  return addSuite(act.hub, act.repository, app, { headSha: sha, headBranch: name, before: null });
}

export async function createCheckRun(
  act: Act,
  app: AppRecord,
  headSha: string,
  edit: CheckRunEdit & { readonly name: string },
): Promise<CheckRun> {
  checkLimits(edit);
  const { hub, repository } = act;
  const id = hub.nextId();
  const run: CheckRun = {
    id,
    nodeId: nodeId("CR", id),
    app,
    suite: suiteOf(act, app, headSha),
    headSha,
    name: edit.name,
    externalId: "",
    detailsUrl: null,
    status: "queued",
    conclusion: null,
    startedAt: edit.startedAt ?? hub.now(),
    completedAt: null,
    output: { title: null, summary: null, text: null },
    annotations: [],
    actions: [],
  };
  repository.checkRuns.set(id, run);
  applyEdit(act, run, edit);
  settleSuite(act, run.suite);
  await emitRun(act, run, "created");
  if (run.status === "completed") await announceCompletion(act, run);
  return run;
}

export async function updateCheckRun(act: Act, run: CheckRun, edit: CheckRunEdit): Promise<void> {
  checkLimits(edit);
  const wasCompleted = run.status === "completed";
  applyEdit(act, run, edit);
  settleSuite(act, run.suite);
  if (run.status === "completed" && (!wasCompleted || edit.conclusion !== undefined)) {
    await announceCompletion(act, run);
  }
}

function checkLimits(edit: CheckRunEdit): void {
  const { output, annotations = [] } = edit;
  if (annotations.length > MAX_ANNOTATIONS) {
    throw validationFailed(`Annotations exceeds a maximum quantity of ${MAX_ANNOTATIONS}`);
  }
  for (const field of ["summary", "text"] as const) {
    if ((output?.[field]?.length ?? 0) > MAX_TEXT) {
      throw validationFailed(
        `Only ${MAX_TEXT} characters are allowed; ${output?.[field]?.length} were supplied.`,
      );
    }
  }
  if (edit.status === "completed" && edit.conclusion === undefined) {
    throw validationFailed("For a status of completed, conclusion is required.");
  }
}

function applyEdit(act: Act, run: CheckRun, edit: CheckRunEdit): void {
  run.name = edit.name ?? run.name;
  run.externalId = edit.externalId ?? run.externalId;
  run.detailsUrl = edit.detailsUrl ?? run.detailsUrl;
  run.startedAt = edit.startedAt ?? run.startedAt;
  run.output = edit.output ?? run.output;
  run.annotations.push(...(edit.annotations ?? []));
  run.actions = edit.actions ?? run.actions;
  if (edit.status !== undefined) run.status = edit.status;
  if (edit.status !== undefined && edit.status !== "completed") {
    run.conclusion = null;
    run.completedAt = null;
  }
  if (edit.conclusion === undefined) return;
  // A conclusion completes the run whatever status was sent.
  run.status = "completed";
  run.conclusion = edit.conclusion;
  run.completedAt = edit.completedAt ?? act.hub.now();
}

async function announceCompletion(act: Act, run: CheckRun): Promise<void> {
  await emitRun(act, run, "completed");
  if (run.suite.status === "completed") await emitSuite(act, run.suite, "completed");
  considerAutoMergeAt(act, run.headSha);
  considerQueueAt(act, run.headSha);
}

/** Worst first: the conclusion of a suite is that of its worst run. */
const SEVERITY: readonly CheckConclusion[] = [
  "failure",
  "timed_out",
  "cancelled",
  "action_required",
  "stale",
  "success",
  "neutral",
  "skipped",
];

function settleSuite(act: Act, suite: CheckSuite): void {
  const runs = latestRuns([...act.repository.checkRuns.values()].filter((run) => run.suite === suite));
  const open = runs.filter((run) => run.status !== "completed");
  suite.updatedAt = act.hub.now();
  if (open.length > 0) {
    suite.status = open.some((run) => run.status === "in_progress") ? "in_progress" : "queued";
    suite.conclusion = null;
    return;
  }
  suite.status = "completed";
  suite.conclusion = SEVERITY.find((word) => runs.some((run) => run.conclusion === word)) ?? null;
}

/** The newest run of each name and app. */
export function latestRuns(runs: readonly CheckRun[]): readonly CheckRun[] {
  const latest = new Map<string, CheckRun>();
  for (const run of runs) latest.set(`${run.app.id}:${run.name}`, run);
  return [...latest.values()];
}

export function ownRun(run: CheckRun, app: AppRecord): CheckRun {
  if (run.app === app) return run;
  throw forbidden(
    `Invalid app_id \`${run.app.id}\` - check run can only be modified by the GitHub App that created it.`,
  );
}

/** Somebody pressed "Re-run": the suite is queued again and the owning app is told; the run stays as it is. */
export async function rerequestRun(act: Act, run: CheckRun): Promise<void> {
  run.suite.status = "queued";
  run.suite.conclusion = null;
  await emitRun(act, run, "rerequested", true);
}

export async function rerequestSuite(act: Act, suite: CheckSuite): Promise<void> {
  suite.status = "queued";
  suite.conclusion = null;
  await emitSuite(act, suite, "rerequested");
}

/** Somebody pressed a button that the app put on a check run. There is no API for it: people do it in the browser. */
export async function requestAction(act: Act, run: CheckRun, identifier: string): Promise<void> {
  await emitRun(act, run, "requested_action", true, { requested_action: { identifier } });
}

async function emitRun(
  act: Act,
  run: CheckRun,
  action: string,
  onlyOwner = false,
  extra: JsonObject = {},
): Promise<void> {
  const { hub, repository, actor } = act;
  const suite = checkSuiteInWebhook(hub, repository, run.suite);
  const body = { ...checkRunBody(hub, repository, run), check_suite: suite };
  const target = { sender: actor, repository, ...(onlyOwner ? { onlyApp: run.app } : {}) };
  hub.emit("check_run", action, { check_run: body, ...extra }, target);
}

async function emitSuite(act: Act, suite: CheckSuite, action: string): Promise<void> {
  const { hub, repository, actor } = act;
  const commit = await repository.git.commit(suite.headSha);
  const body = checkSuiteInWebhook(hub, repository, suite, commit);
  const target = { sender: actor, repository, ...(action === "completed" ? {} : { onlyApp: suite.app }) };
  hub.emit("check_suite", action, { check_suite: body }, target);
}
