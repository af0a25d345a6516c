import { ANNOTATION_BATCH } from "../../checks/annotations.ts";
import type { CheckWrite } from "../../checks/plan-checks.ts";
import type { Verdict } from "../../checks/verdict.ts";
import type { Sha } from "../../incident/state.ts";
import type { RepositoryClient } from "../repository-client.ts";

/**
 * Does what `planCheck` found missing. A verdict with few annotations is one call and never shows as running; a longer one is begun with the
 * first batch and ended with the last, so that a pass that dies in between leaves a run that the next one goes on with.
 */
export async function writeCheckRun(client: RepositoryClient, sha: Sha, write: CheckWrite): Promise<void> {
  const { octokit, owner, repo } = client;
  switch (write.kind) {
    case "publish": {
      const { verdict } = write;
      const isWhole = verdict.annotations.length <= ANNOTATION_BATCH;
      const { data } = await octokit.rest.checks.create({
        owner,
        repo,
        head_sha: sha,
        name: write.name,
        external_id: write.externalId,
        ...(isWhole
          ? { status: "completed" as const, conclusion: verdict.conclusion }
          : { status: "in_progress" as const }),
        output: outputOf(verdict, 0),
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
    case "cancel":
      await octokit.rest.checks.update({
        owner,
        repo,
        check_run_id: write.run,
        status: "completed",
        conclusion: "cancelled",
        output: { title: "Superseded", summary: "A newer run of this check has the verdict." },
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
    });
    if (isLast) return;
  }
}

function outputOf(verdict: Verdict, from: number) {
  const annotations = verdict.annotations.slice(from, from + ANNOTATION_BATCH);
  return {
    title: verdict.title,
    summary: verdict.summary,
    ...(annotations.length === 0 ? {} : { annotations: [...annotations] }),
  };
}
