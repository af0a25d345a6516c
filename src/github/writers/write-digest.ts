import { saying } from "../../incident/say.ts";
import type { OutcomeValue } from "../../incident/action.ts";
import type { IncidentState } from "../../incident/state.ts";
import type { ActionOf } from "../action-of.ts";
import { refused } from "../problem-error.ts";
import type { RepositoryClient } from "../repository-client.ts";
import { writeLivingComment } from "./write-living-comment.ts";

/** The one comment that lists what is held back. */
export function writeDigest(
  client: RepositoryClient,
  state: IncidentState,
  action: ActionOf<"write-digest">,
): Promise<OutcomeValue> {
  return writeLivingComment(client, state.issue.number, "digest", action, () =>
    refused(
      "comment-gone",
      saying("The list of incidents that are held back was deleted"),
      saying("Nothing: the incidents still wait for `/hotfix start`"),
    ),
  );
}
