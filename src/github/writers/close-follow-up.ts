import type { OutcomeValue } from "../../incident/action.ts";
import type { ActionOf } from "../action-of.ts";
import type { RepositoryClient } from "../repository-client.ts";

export async function closeFollowUp(
  client: RepositoryClient,
  action: ActionOf<"close-follow-up">,
): Promise<OutcomeValue> {
  const { data } = await client.octokit.rest.issues.update({
    owner: client.owner,
    repo: client.repo,
    issue_number: action.issue,
    state: "closed",
    state_reason: "not_planned",
  });
  return data.closed_at === null ? { kind: "done" } : { kind: "done", at: data.closed_at };
}
