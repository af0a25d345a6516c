import { saying } from "../../incident/say.ts";
import type { OutcomeValue } from "../../incident/action.ts";
import type { ActionOf } from "../action-of.ts";
import { statusOf } from "../http-status.ts";
import { refused } from "../problem-error.ts";
import type { RepositoryClient } from "../repository-client.ts";

type Reviewers = Pick<ActionOf<"request-review">, "users" | "teams">;

/** GitHub refuses the whole list for one wrong name, so after a refusal each is asked alone. */
export async function requestReview(
  client: RepositoryClient,
  action: ActionOf<"request-review">,
): Promise<OutcomeValue> {
  if (await wasAccepted(client, action.pullRequest, action)) return { kind: "done" };
  const each = [
    ...action.users.map((user): Reviewers => ({ users: [user], teams: [] })),
    ...action.teams.map((team): Reviewers => ({ users: [], teams: [team] })),
  ];
  const failed: string[] = [];
  for (const one of each) {
    const isAlone = each.length === 1;
    if (isAlone || !(await wasAccepted(client, action.pullRequest, one))) {
      failed.push(one.users[0] ?? one.teams[0]!);
    }
  }
  if (failed.length === 0) return { kind: "done" };
  throw refused(
    "reviewer-refused",
    saying("Review of pull request {number} could not be requested from {names}", {
      number: action.pullRequest,
      names: failed.join(", "),
    }),
    saying("Give them access to the repository, or correct the owners in `.github/hotfix.yml`"),
  );
}

/** False: GitHub refuses somebody in the list (no collaborator, or the author). */
async function wasAccepted(
  client: RepositoryClient,
  pullRequest: number,
  { users, teams }: Reviewers,
): Promise<boolean> {
  try {
    await client.octokit.rest.pulls.requestReviewers({
      owner: client.owner,
      repo: client.repo,
      pull_number: pullRequest,
      ...(users.length > 0 ? { reviewers: [...users] } : {}),
      ...(teams.length > 0 ? { team_reviewers: [...teams] } : {}),
    });
    return true;
  } catch (error) {
    if (statusOf(error) === 422) return false;
    throw error;
  }
}
