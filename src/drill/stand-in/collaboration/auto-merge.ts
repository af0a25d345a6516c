import { covers, installationsOn, roleOf } from "../access.ts";
import { ApiError } from "../api-error.ts";
import type { AutoMerge, Issue, MergeMethod } from "../model.ts";
import { mergeTrees } from "../git-merge.ts";
import { pullOf } from "../present-pull.ts";
import type { RefAuthor } from "../ref-updates.ts";
import { unverified } from "../unverified.ts";
import { type Act, recordEvent } from "./act.ts";
import { openPulls } from "./branch-pulls.ts";
import {
  hasRequirements,
  isBehind,
  mergeState,
  THROUGH_THE_QUEUE,
  unmetRequirements,
} from "./merge-requirements.ts";
import { testMerge } from "./mergeability.ts";
import { mergePullRequest } from "./merging.ts";
import { emitPullRequest } from "./emit-pull-request.ts";

unverified(
  "auto-merge/queue",
  "Enabling auto-merge puts a pull request into the merge queue once everything else is met; here it is merged at once.",
);
unverified("auto-merge/disallowed", "the sentence where the repository does not allow auto-merge");

/** A refusal of `enablePullRequestAutoMerge`; the message is GitHub's. */
export class AutoMergeRefused extends Error {
  override readonly name = "AutoMergeRefused";
}

export async function enableAutoMerge(
  act: Act,
  issue: Issue,
  wanted: {
    readonly method: MergeMethod;
    readonly title: string | null;
    readonly message: string | null;
    readonly expectedHead: string | null;
  },
): Promise<void> {
  const { hub, repository } = act;
  const pull = pullOf(issue);
  if (!repository.autoMergeAllowed)
    throw new AutoMergeRefused("Auto merge is not allowed for this repository");
  if (issue.state === "closed" || pull.draft) {
    throw new AutoMergeRefused("Can't enable auto-merge for this pull request");
  }
  if (!repository.mergeMethods.has(wanted.method)) {
    throw new AutoMergeRefused(`Merge method ${wanted.method} is not allowed on this repository`);
  }
  if (wanted.expectedHead !== null && wanted.expectedHead !== pull.head.sha) {
    throw new AutoMergeRefused("Head sha didn't match the expected head sha");
  }
  if (!hasRequirements(repository, pull.base.ref)) {
    throw new AutoMergeRefused("Protected branch rules not configured for this branch");
  }
  if (pull.mergeable === null) await testMerge(repository, issue);
  const state = await mergeState(repository, issue);
  if (state === "clean" || state === "unstable") {
    throw new AutoMergeRefused(`Pull request Pull request is in ${state} status`);
  }
  const autoMerge: AutoMerge = {
    enabledBy: act.actor,
    enabledAt: hub.now(),
    method: wanted.method,
    commitTitle: wanted.title,
    commitMessage: wanted.message,
  };
  pull.autoMerge = autoMerge;
  recordEvent(act, issue, "auto_merge_enabled");
  await emitPullRequest(act, issue, "auto_merge_enabled");
  considerAutoMerge(act, issue);
}

export async function disableAutoMerge(act: Act, issue: Issue, reason: string): Promise<void> {
  const pull = pullOf(issue);
  if (pull.autoMerge === null) return;
  pull.autoMerge = null;
  recordEvent(act, issue, "auto_merge_disabled");
  await emitPullRequest(act, issue, "auto_merge_disabled", { reason });
}

/** Merges in the background when nothing stands in the way any more, as whoever enabled it. */
export function considerAutoMerge(act: Act, issue: Issue): void {
  if (issue.pullRequest?.autoMerge === null || issue.pullRequest === null) return;
  act.hub.background.start(() => mergeIfMet(act, issue));
}

/** The same for every open pull request at a commit: a check or status has changed. */
export function considerAutoMergeAt(act: Act, sha: string): void {
  for (const { issue, pull } of openPulls(act.repository)) {
    if (pull.head.sha === sha) considerAutoMerge(act, issue);
  }
}

async function mergeIfMet({ hub, repository }: Act, issue: Issue): Promise<void> {
  const pull = pullOf(issue);
  const wanted = pull.autoMerge;
  if (wanted === null || issue.state === "closed" || pull.draft) return;
  // With auto-merge enabled the queue takes what meets everything else.
  const unmet = (await unmetRequirements(repository, issue)).filter((each) => each !== THROUGH_THE_QUEUE);
  if (unmet.length > 0 || (await isBehind(repository, issue))) return;
  const base = repository.git.branch(pull.base.ref);
  if (base === undefined || (await mergeTrees(repository.git, base, pull.head.sha)) === undefined) return;
  const viaApp = [...hub.apps.values()].find((app) => app.bot === wanted.enabledBy) ?? null;
  const act: Act = { hub, repository, actor: wanted.enabledBy, viaApp };
  const request = {
    method: wanted.method,
    expectedHead: pull.head.sha,
    title: wanted.commitTitle,
    message: wanted.commitMessage,
    byQueue: true,
  };
  try {
    await mergePullRequest({ ...act, refAuthor: refAuthorOf(act) }, issue, request);
  } catch (error) {
    // Something came in between; the next event tries again.
    if (!(error instanceof ApiError)) throw error;
  }
}

function refAuthorOf({ hub, repository, actor, viaApp }: Act): RefAuthor {
  if (viaApp === null) {
    return { account: actor, app: null, role: roleOf(repository, actor.login), mayChangeWorkflows: true };
  }
  const installation = installationsOn(hub, repository).find((it) => it.app === viaApp);
  const mayChangeWorkflows =
    installation !== undefined && covers(installation.permissions, { workflows: "write" });
  return { account: actor, app: viaApp, role: "push", mayChangeWorkflows };
}
