import type { OutcomeValue } from "../../incident/action.ts";
import type { RepositoryClient } from "../repository-client.ts";

/** Replaces the text of a comment of ours. Throws GitHub's 404 where it was deleted. */
export async function updateComment(
  client: RepositoryClient,
  id: number,
  body: string,
): Promise<OutcomeValue> {
  const { data } = await client.octokit.rest.issues.updateComment({
    owner: client.owner,
    repo: client.repo,
    comment_id: id,
    body,
  });
  return { kind: "comment", id: data.id, nodeId: data.node_id, url: data.html_url, at: data.updated_at };
}
