import { saying } from "../../incident/say.ts";
import type { OutcomeValue } from "../../incident/action.ts";
import type { IncidentState } from "../../incident/state.ts";
import type { ActionOf } from "../action-of.ts";
import { refused } from "../problem-error.ts";
import type { RepositoryClient } from "../repository-client.ts";
import { writeLivingComment } from "./write-living-comment.ts";

/** The one living comment. */
export function writeStatus(
  client: RepositoryClient,
  state: IncidentState,
  action: ActionOf<"write-status">,
): Promise<OutcomeValue> {
  return writeLivingComment(client, state.issue.number, "status", action, () =>
    refused(
      "comment-gone",
      saying("The status comment was deleted"),
      saying("Write `/hotfix status` for a new one"),
    ),
  );
}
