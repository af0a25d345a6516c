import type { Issue } from "../model.ts";
import { commentsOf } from "../present-issue.ts";
import { unverified } from "../unverified.ts";
import type { Act } from "./act.ts";
import { emitIssue } from "./issues.ts";

unverified("issues/deleted", "The number of a deleted issue is answered with 404 instead of 410.");

/** For ever, with its comments; the number is not given again. */
export function deleteIssue(act: Act, issue: Issue): void {
  emitIssue(act, issue, "deleted");
  for (const comment of commentsOf(act.repository, issue)) act.repository.comments.delete(comment.id);
  act.repository.issues.delete(issue.number);
}
