import type { OutcomeValue } from "../../incident/action.ts";
import { FORECAST_CHECK } from "../../incident/forecast-check.ts";
import type { ActionOf } from "../action-of.ts";
import type { RepositoryClient } from "../repository-client.ts";

/** A second run of the same name on one commit is harmless: the newest counts. */
export async function reportForecast(
  { octokit, owner, repo }: RepositoryClient,
  { head, externalId, conclusion, title, summary, detailsUrl }: ActionOf<"report-forecast">,
): Promise<OutcomeValue> {
  const { data } = await octokit.rest.checks.create({
    owner,
    repo,
    head_sha: head,
    name: FORECAST_CHECK,
    external_id: externalId,
    ...(detailsUrl !== null && { details_url: detailsUrl }),
    status: "completed",
    conclusion,
    output: { title, summary },
  });
  return data.completed_at === null ? { kind: "done" } : { kind: "done", at: data.completed_at };
}
