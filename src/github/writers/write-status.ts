import type { OutcomeValue } from "../../incident/action.ts";
import type { IncidentState } from "../../incident/state.ts";
import type { ActionOf } from "../action-of.ts";
import { statusOf } from "../http-status.ts";
import { refused } from "../problem-error.ts";
import type { RepositoryClient } from "../repository-client.ts";
import { createComment } from "./create-comment.ts";
import { updateComment } from "./update-comment.ts";

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
    return await updateComment(client, action.commentId, action.body);
  } catch (error) {
    if (statusOf(error) !== 404) throw error;
    throw refused("comment-gone", "The status comment was deleted", "Write `/hotfix status` for a new one");
  }
}
