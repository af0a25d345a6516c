import type { OutcomeValue } from "../../incident/action.ts";
import type { IncidentState } from "../../incident/state.ts";
import type { ActionOf } from "../action-of.ts";
import { statusOf } from "../http-status.ts";
import { refused } from "../problem-error.ts";
import type { RepositoryClient } from "../repository-client.ts";
import { createComment } from "./create-comment.ts";

/** The one living comment. A comment that a person deleted is not written again here: that is for `plan` to decide. */
export async function writeStatus(
  client: RepositoryClient,
  state: IncidentState,
  action: ActionOf<"write-status">,
): Promise<OutcomeValue> {
  if (action.commentId === null) {
    const marker = /<!-- hotfix:incident=\d+;kind=status\b/u.exec(action.body)?.[0] ?? action.body;
    return createComment(client, state.issue.number, action.body, marker);
  }
  try {
    const { data } = await client.octokit.rest.issues.updateComment({
      owner: client.owner,
      repo: client.repo,
      comment_id: action.commentId,
      body: action.body,
    });
    return { kind: "comment", id: data.id, nodeId: data.node_id, url: data.html_url, at: data.updated_at };
  } catch (error) {
    if (statusOf(error) !== 404) throw error;
    throw refused("comment-gone", "The status comment was deleted", "Write `/hotfix status` for a new one");
  }
}
