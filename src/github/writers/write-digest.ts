import type { OutcomeValue } from "../../incident/action.ts";
import type { IncidentState } from "../../incident/state.ts";
import type { ActionOf } from "../action-of.ts";
import { statusOf } from "../http-status.ts";
import { refused } from "../problem-error.ts";
import type { RepositoryClient } from "../repository-client.ts";
import { createComment } from "./create-comment.ts";
import { updateComment } from "./update-comment.ts";

/** The one comment that lists what is held back. */
export async function writeDigest(
  client: RepositoryClient,
  state: IncidentState,
  { commentId, body }: ActionOf<"write-digest">,
): Promise<OutcomeValue> {
  if (commentId === null) {
    const marker = /<!-- hotfix:incident=\d+;kind=digest\b/u.exec(body)?.[0] ?? body;
    return createComment(client, state.issue.number, body, marker);
  }
  try {
    return await updateComment(client, commentId, body);
  } catch (error) {
    if (statusOf(error) !== 404) throw error;
    throw refused(
      "comment-gone",
      "The list of incidents that are held back was deleted",
      "Nothing: the incidents still wait for `/hotfix start`",
    );
  }
}
