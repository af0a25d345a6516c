import { ANNOTATION_BATCH } from "../../checks/annotations.ts";
import { APPLY_FIX } from "../../checks/apply-fix-button.ts";
import type { CheckWrite } from "../../checks/plan-checks.ts";
import type { Verdict } from "../../checks/verdict.ts";
import type { Sha } from "../../incident/state/commit-facts.ts";
import { inParallel } from "../in-parallel.ts";
import { statusOf } from "../http-status.ts";
import { refusalText } from "../refusal-text.ts";
import type { RepositoryClient } from "../repository-client.ts";

/** Why a check run could not be written although nothing is broken. */
export type CheckRefusal = "permission-missing" | "commit-gone";

/** Of one check after the other, of several checks side by side. null when all are done; what GitHub's side failed at is thrown. */
export async function writeCheckRuns(
  client: RepositoryClient,
  sha: Sha,
  checks: readonly (readonly CheckWrite[])[],
): Promise<CheckRefusal | null> {
  const wanted = checks.filter((writes) => writes.length > 0);
  const results = await inParallel(wanted, wanted.length, (writes) => writeAll(client, sha, writes));
  const failed = results.find((result) => result.status === "rejected");
  if (failed !== undefined) throw failed.reason;
  return results.map((result) => (result.status === "fulfilled" ? result.value : null)).find(Boolean) ?? null;
}

async function writeAll(
  client: RepositoryClient,
  sha: Sha,
  writes: readonly CheckWrite[],
): Promise<CheckRefusal | null> {
  try {
    for (const write of writes) await writeCheckRun(client, sha, write);
    return null;
  } catch (error) {
    const status = statusOf(error);
    const text = refusalText(error);
    if (status === 403 && /not accessible|permission/iu.test(text)) return "permission-missing";
    // A force push in the meantime: the new head is looked at for itself.
    if (status === 422 && /no commit found/iu.test(text)) return "commit-gone";
    throw error;
  }
}

/**
 * Does what `planCheck` found missing. A verdict with few annotations is one call and never shows as running; a longer one is begun with the
 * first batch and ended with the last, so that a pass that dies in between leaves a run that the next one goes on with.
 */
async function writeCheckRun(client: RepositoryClient, sha: Sha, write: CheckWrite): Promise<void> {
  const { octokit, owner, repo } = client;
  switch (write.kind) {
    case "copy":
    case "publish": {
      const { verdict } = write;
      const isWhole = verdict.annotations.length <= ANNOTATION_BATCH;
      const { data } = await octokit.rest.checks.create({
        owner,
        repo,
        head_sha: sha,
        name: write.name,
        external_id: write.externalId,
        ...(verdict.detailsUrl !== undefined && { details_url: verdict.detailsUrl }),
        ...(isWhole
          ? { status: "completed" as const, conclusion: verdict.conclusion }
          : { status: "in_progress" as const }),
        output: outputOf(verdict, 0),
        ...actionsOf(verdict),
      });
      if (!isWhole) await send(client, data.id, verdict, ANNOTATION_BATCH);
      return;
    }
    case "resume":
      await send(client, write.run, write.verdict, write.sent);
      return;
    case "rebase":
      await octokit.rest.checks.update({
        owner,
        repo,
        check_run_id: write.run,
        external_id: write.externalId,
      });
      return;
    case "withdraw":
      await octokit.rest.checks.update({
        owner,
        repo,
        check_run_id: write.run,
        status: "completed",
        conclusion: write.verdict.conclusion,
        output: outputOf(write.verdict, 0),
      });
      return;
    case "cancel":
      await octokit.rest.checks.update({
        owner,
        repo,
        check_run_id: write.run,
        status: "completed",
        conclusion: "cancelled",
        output:
          write.isMerged === true
            ? {
                title: "Merged before the verdict",
                summary: "The pull request was merged before this check had ended.",
              }
            : { title: "Superseded", summary: "A newer run of this check has the verdict." },
      });
      return;
  }
}

/** The annotations from `sent` on, then the conclusion. One after the other: GitHub appends them in the order they come. */
async function send(client: RepositoryClient, run: number, verdict: Verdict, sent: number): Promise<void> {
  const { octokit, owner, repo } = client;
  for (let from = sent; ; from += ANNOTATION_BATCH) {
    const isLast = from + ANNOTATION_BATCH >= verdict.annotations.length;
    await octokit.rest.checks.update({
      owner,
      repo,
      check_run_id: run,
      ...(isLast ? { status: "completed" as const, conclusion: verdict.conclusion } : {}),
      output: outputOf(verdict, from),
      ...actionsOf(verdict),
    });
    if (isLast) return;
  }
}

function actionsOf({ isFixable }: Verdict) {
  return isFixable === true ? { actions: [APPLY_FIX_BUTTON] } : {};
}

const APPLY_FIX_BUTTON = {
  identifier: APPLY_FIX,
  label: "Apply fix",
  description: "Commits the names that the rules give.",
};

function outputOf(verdict: Verdict, from: number) {
  const annotations = verdict.annotations.slice(from, from + ANNOTATION_BATCH);
  return {
    title: verdict.title,
    summary: verdict.summary,
    ...(annotations.length === 0 ? {} : { annotations: [...annotations] }),
  };
}
