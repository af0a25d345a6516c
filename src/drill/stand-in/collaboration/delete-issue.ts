import type { Issue } from "../model.ts";
import { commentsOf } from "../present-issue.ts";
import { unverified } from "../unverified.ts";
import type { Act } from "./act.ts";
import { emitIssue } from "./issues.ts";

unverified("issues/deleted", "The number of a deleted issue is answered with 404 instead of 410.");
unverified(
  "issues/deleted-source",
  "With an issue go the cross-references that it made, and its sub-issues stay without a parent.",
);

/** For ever, with its comments; the number is not given again. */
export function deleteIssue(act: Act, issue: Issue): void {
  emitIssue(act, issue, "deleted");
  for (const comment of commentsOf(act.repository, issue)) act.repository.comments.delete(comment.id);
  act.repository.issues.delete(issue.number);
  for (const each of act.repository.issues.values()) {
    const at = each.events.findIndex((event) => event.data.source === issue);
    if (at >= 0) each.events.splice(at, 1);
    if (each.parent === issue) each.parent = null;
  }
}
