import { type ApiError, type FieldError, unprocessable, validationFailed } from "../api-error.ts";
import type { Issue, PullRequest, Repository } from "../model.ts";
import { nodeId } from "../node-id.ts";
import { pullOf } from "../present-pull.ts";
import { unverified } from "../unverified.ts";
import { type Act, recordEvent } from "./act.ts";
import { openPulls } from "./branch-pulls.ts";
import { addIssue, checkBody } from "./issues.ts";
import { forgetMergeability } from "./mergeability.ts";
import { emitPullRequest } from "./emit-pull-request.ts";
import { recordReferences } from "./references.ts";

unverified(
  "pulls/reopen-refusals",
  "the sentences for reopening a pull request whose branch is gone, moved back or taken",
);
unverified("pulls/draft-mergeable-state", "a draft that could be merged is in the state draft");

export interface PullContent {
  readonly title: string;
  readonly body: string | null;
  readonly head: string;
  readonly base: string;
  readonly draft: boolean;
  readonly maintainerCanModify: boolean;
}

function refused(error: Omit<FieldError, "resource">): ApiError {
  return validationFailed({ resource: "PullRequest", ...error });
}

/** Opens a pull request or throws GitHub's 422 (platform §2). */
export async function openPullRequest(act: Act, content: PullContent): Promise<Issue> {
  const { repository } = act;
  const headRef = ownBranch(repository, content.head);
  const [head, base] = [repository.git.branch(headRef), repository.git.branch(content.base)];
  if (base === undefined) throw refused({ field: "base", code: "invalid" });
  if (head === undefined) throw refused({ field: "head", code: "invalid" });
  checkBody("PullRequest", content.body);
  refuseSecond(repository, headRef, content.base);
  await refuseEmpty(repository, { ref: headRef, sha: head }, { ref: content.base, sha: base });
  if (content.draft && !repository.draftsAllowed) {
    throw unprocessable("Draft pull requests are not supported in this repository.");
  }
  const sides = { head: { ref: headRef, sha: head }, base: { ref: content.base, sha: base } };
  return addPull(act, content, sides);
}

/** What follows from a pull request that may be opened. */
export async function addPull(
  act: Act,
  content: Pick<PullContent, "title" | "body" | "draft" | "maintainerCanModify">,
  { head, base }: Pick<PullRequest, "head" | "base">,
): Promise<Issue> {
  const { hub, repository } = act;
  const id = hub.nextId();
  const pull: PullRequest = {
    id,
    nodeId: nodeId("PR", id),
    head,
    base,
    draft: content.draft,
    merged: false,
    mergedAt: null,
    mergedBy: null,
    mergeCommitSha: null,
    mergeable: null,
    maintainerCanModify: content.maintainerCanModify,
    requestedReviewers: [],
    reviews: [],
    reviewComments: [],
    autoMerge: null,
  };
  const issue = addIssue(act, content, pull);
  forgetMergeability(hub, repository, issue);
  recordReferences(act, issue, content.body ?? "");
  await emitPullRequest(act, issue, "opened");
  return issue;
}

/** `owner:branch` or `branch`. Other owners have no fork here. */
function ownBranch(repository: Repository, head: string): string {
  const [owner, branch] = head.includes(":") ? head.split(":", 2) : [repository.owner.login, head];
  if (owner?.toLowerCase() !== repository.owner.login.toLowerCase() || branch === undefined) {
    throw refused({ field: "head", code: "invalid" });
  }
  return branch;
}

function refuseSecond(repository: Repository, head: string, base: string): void {
  const taken = openPulls(repository).some(({ pull }) => pull.head.ref === head && pull.base.ref === base);
  if (!taken) return;
  const message = `A pull request already exists for ${repository.owner.login}:${head}.`;
  throw refused({ code: "custom", message });
}

async function refuseEmpty(
  repository: Repository,
  head: { readonly ref: string; readonly sha: string },
  base: { readonly ref: string; readonly sha: string },
): Promise<void> {
  if (await repository.git.isAncestor(head.sha, base.sha)) {
    throw refused({ code: "custom", message: `No commits between ${base.ref} and ${head.ref}` });
  }
  if ((await repository.git.mergeBase(base.sha, head.sha)) === undefined) {
    const message = `The ${head.ref} branch has no history in common with ${base.ref}`;
    throw refused({ code: "custom", message });
  }
}

/** Closes without merging. `because` becomes the event before `closed`, e.g. `head_ref_deleted`. */
export async function closePullRequest(act: Act, issue: Issue): Promise<void> {
  if (issue.state === "closed") return;
  const pull = pullOf(issue);
  issue.state = "closed";
  issue.closedBy = act.actor;
  pull.autoMerge = null;
  issue.closedAt = recordEvent(act, issue, "closed").createdAt;
  await emitPullRequest(act, issue, "closed");
}

export async function reopenPullRequest(act: Act, issue: Issue): Promise<void> {
  if (issue.state === "open") return;
  const { hub, repository } = act;
  const pull = pullOf(issue);
  await refuseReopening(repository, pull);
  issue.state = "open";
  issue.closedAt = null;
  issue.closedBy = null;
  pull.head.sha = repository.git.branch(pull.head.ref) ?? pull.head.sha;
  pull.base.sha = repository.git.branch(pull.base.ref) ?? pull.base.sha;
  recordEvent(act, issue, "reopened");
  forgetMergeability(hub, repository, issue);
  await emitPullRequest(act, issue, "reopened");
}

async function refuseReopening(repository: Repository, pull: PullRequest): Promise<void> {
  const refuse = (because: string): ApiError =>
    refused({ field: "state", code: "invalid", message: `state cannot be changed. ${because}` });
  const { head, base } = pull;
  const [headNow, baseNow] = [repository.git.branch(head.ref), repository.git.branch(base.ref)];
  if (pull.merged) throw refuse("The pull request is already merged.");
  if (headNow === undefined) throw refuse(`The ${head.ref} branch has been deleted.`);
  if (baseNow === undefined) throw refuse(`The ${base.ref} branch has been deleted.`);
  if (!(await repository.git.isAncestor(head.sha, headNow))) {
    throw refuse(`The ${head.ref} branch was force-pushed or recreated.`);
  }
  if (
    openPulls(repository).some(
      (other) => other.pull.head.ref === head.ref && other.pull.base.ref === base.ref,
    )
  ) {
    throw refuse(`There is already an open pull request from ${head.ref} to ${base.ref}.`);
  }
  if (await repository.git.isAncestor(headNow, baseNow)) {
    throw refuse(`There are no new commits on the ${head.ref} branch.`);
  }
}

/** `automatic`: GitHub does it because the old base is about to be deleted. */
export async function changeBase(act: Act, issue: Issue, base: string, automatic: boolean): Promise<void> {
  const { hub, repository } = act;
  const pull = pullOf(issue);
  if (pull.base.ref === base) return;
  const sha = repository.git.branch(base);
  if (sha === undefined) throw refused({ field: "base", code: "invalid" });
  if (issue.state === "closed") {
    throw refused({
      field: "base",
      code: "invalid",
      message: "Cannot change the base branch of a closed pull request.",
    });
  }
  refuseSecond(repository, pull.head.ref, base);
  await refuseEmpty(repository, pull.head, { ref: base, sha });
  const from = { ref: { from: pull.base.ref }, sha: { from: pull.base.sha } };
  pull.base = { ref: base, sha };
  recordEvent(act, issue, automatic ? "automatic_base_change_succeeded" : "base_ref_changed", {
    previous: from.ref.from,
    current: base,
  });
  forgetMergeability(hub, repository, issue);
  await emitPullRequest(act, issue, "edited", { changes: { base: from } });
}

export async function setDraft(act: Act, issue: Issue, draft: boolean): Promise<void> {
  const pull = pullOf(issue);
  if (pull.draft === draft) return;
  pull.draft = draft;
  recordEvent(act, issue, draft ? "convert_to_draft" : "ready_for_review");
  await emitPullRequest(act, issue, draft ? "converted_to_draft" : "ready_for_review");
}
