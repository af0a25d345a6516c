import type { OutcomeValue } from "../../incident/action.ts";
import { CONFLICTS_CHECK } from "../../incident/conflicts.ts";
import type { ActionOf } from "../action-of.ts";
import type { RepositoryClient } from "../repository-client.ts";

/** A second run of the same name and conclusion on one commit is harmless: the newest counts. */
export async function reportConflicts(
  { octokit, owner, repo }: RepositoryClient,
  { head, conclusion, title, summary, detailsUrl }: ActionOf<"report-conflicts">,
): Promise<OutcomeValue> {
  const { data } = await octokit.rest.checks.create({
    owner,
    repo,
    head_sha: head,
    name: CONFLICTS_CHECK,
    status: "completed",
    conclusion,
    ...(detailsUrl !== null && { details_url: detailsUrl }),
    output: { title, summary },
  });
  return data.completed_at === null ? { kind: "done" } : { kind: "done", at: data.completed_at };
}
