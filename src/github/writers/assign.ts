import { saying } from "../../incident/say.ts";
import type { OutcomeValue } from "../../incident/action.ts";
import type { ActionOf } from "../action-of.ts";
import { refused } from "../problem-error.ts";
import type { RepositoryClient } from "../repository-client.ts";

/** GitHub leaves out without a word whom it cannot assign, so its answer is read. */
export async function assign(client: RepositoryClient, action: ActionOf<"assign">): Promise<OutcomeValue> {
  const { data } = await client.octokit.rest.issues.addAssignees({
    owner: client.owner,
    repo: client.repo,
    issue_number: action.issue,
    assignees: [...action.logins],
  });
  const assigned = new Set((data.assignees ?? []).map((assignee) => assignee.login.toLowerCase()));
  const missing = action.logins.filter((login) => !assigned.has(login.toLowerCase()));
  if (missing.length === 0) return { kind: "done" };
  throw refused(
    "not-assignable",
    saying("{names} cannot be assigned", { names: missing.join(", ") }),
    saying("Assign somebody who has access to the repository"),
  );
}
