import { ApiError, conflict, forbidden, unprocessable } from "./api-error.ts";
import { RefRefused } from "./ref-updates.ts";
import { unverified } from "./unverified.ts";

unverified(
  "refs/workflow-refusal",
  "A ref at a commit with drifted workflow files is refused with 403 (releases: 404).",
);
unverified("refs/protected-update", "Direct ref updates against classic protection are a generic 422.");
unverified("contents/protected-status", "A contents call against protection or a ruleset is 409.");
unverified("merges/protected-status", "POST /merges into a protected branch is 403.");
unverified("refs/delete-default", "Deleting the default branch through the API is 422.");

/** Text of a ruleset refusal, as GitHub writes it into `message`. */
export function ruleViolationMessage(messages: readonly string[]): string {
  return `Repository rule violations found\n\n${messages.join("\n\n")}\n\n`;
}

/** What the git refs endpoints answer to a refusal; other errors are passed through. */
export function refError(error: unknown): unknown {
  if (!(error instanceof RefRefused)) return error;
  const { refusal } = error;
  switch (refusal.reason) {
    case "exists":
      return unprocessable("Reference already exists");
    case "missing":
      return unprocessable("Reference does not exist");
    case "no-such-object":
      return unprocessable("Object does not exist");
    case "not-fast-forward":
      return unprocessable("Update is not a fast forward");
    case "invalid-name":
      return unprocessable(`${error.ref} is not a valid ref name.`);
    case "default-branch":
      return unprocessable("Cannot delete the default branch");
    case "stale":
    case "not-a-commit":
    case "name-conflict":
      return unprocessable("Reference update failed");
    case "workflows":
      return forbidden("Resource not accessible by integration", {
        "x-accepted-github-permissions": "contents=write,workflows=write",
      });
    case "rules":
      return refusal.violation.source === "protection"
        ? unprocessable("Reference update failed")
        : unprocessable(ruleViolationMessage(refusal.violation.messages));
  }
}

/** What endpoints that commit to a branch (contents, merges) answer to a refusal. */
export function branchUpdateError(error: unknown, status: 403 | 409, verb: string): unknown {
  if (!(error instanceof RefRefused)) return error;
  const { refusal } = error;
  if (refusal.reason === "stale" || refusal.reason === "missing" || refusal.reason === "exists") {
    return conflict(`${verb}: the branch moved meanwhile`);
  }
  if (refusal.reason !== "rules") return refError(error);
  const { messages, source } = refusal.violation;
  return source === "protection"
    ? new ApiError(status, `${verb}: ${messages.join(" ")}`)
    : new ApiError(status, ruleViolationMessage(messages));
}
