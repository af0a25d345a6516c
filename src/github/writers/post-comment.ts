import type { OutcomeValue } from "../../incident/action.ts";
import type { IncidentState } from "../../incident/state.ts";
import type { ActionOf } from "../action-of.ts";
import type { RepositoryClient } from "../repository-client.ts";
import { createComment, findComment } from "./create-comment.ts";

/** One comment for ever for one marker. The issue's comments are in the state; those of a pull request are looked through first. */
export async function postComment(
  client: RepositoryClient,
  state: IncidentState,
  action: ActionOf<"post-comment">,
): Promise<OutcomeValue> {
  const existing =
    action.on === state.issue.number
      ? existingOnIssue(state, action.marker)
      : await findComment(client, action.on, action.marker);
  return existing ?? createComment(client, action.on, action.body, action.marker);
}

function existingOnIssue(state: IncidentState, marker: string): OutcomeValue | null {
  const found = state.comments.find((comment) => comment.isOurs && comment.body.includes(marker));
  return found === undefined
    ? null
    : { kind: "comment", id: found.id, nodeId: found.nodeId, url: found.url, at: found.createdAt };
}
