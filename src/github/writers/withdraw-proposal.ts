import type { OutcomeValue } from "../../incident/action.ts";
import type { ActionOf } from "../action-of.ts";
import { statusOf } from "../http-status.ts";
import type { RepositoryClient } from "../repository-client.ts";
import { isServerFault } from "../server-fault.ts";
import { createComment, findComment } from "./create-comment.ts";

/** Says why, once, then closes. One that is closed or merged meanwhile is left as it is. */
export async function withdrawProposal(
  client: RepositoryClient,
  { pullRequest, marker, body }: ActionOf<"withdraw-proposal">,
): Promise<OutcomeValue> {
  if (!(await isOpen(client, pullRequest))) return { kind: "done" };
  if ((await findComment(client, pullRequest, marker)) === null)
    await createComment(client, pullRequest, body, marker);
  const { octokit, owner, repo } = client;
  try {
    await octokit.rest.pulls.update({ owner, repo, pull_number: pullRequest, state: "closed" });
  } catch (error) {
    if (!isServerFault(error) && statusOf(error) !== 422) throw error;
    // Its answer was lost (F3), or somebody was quicker.
    if (await isOpen(client, pullRequest)) throw error;
  }
  return { kind: "done" };
}

async function isOpen({ octokit, owner, repo }: RepositoryClient, pullRequest: number): Promise<boolean> {
  const { data } = await octokit.rest.pulls.get({ owner, repo, pull_number: pullRequest });
  return data.state === "open";
}
