import type { OutcomeValue } from "../../incident/action.ts";
import type { IncidentState } from "../../incident/state.ts";
import type { RepositoryClient } from "../repository-client.ts";

export async function closeIssue(client: RepositoryClient, state: IncidentState): Promise<OutcomeValue> {
  const { data } = await client.octokit.rest.issues.update({
    owner: client.owner,
    repo: client.repo,
    issue_number: state.issue.number,
    state: "closed",
    state_reason: "completed",
  });
  return data.closed_at === null ? { kind: "done" } : { kind: "done", at: data.closed_at };
}
