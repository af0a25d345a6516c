import type { Action, Outcome, OutcomeValue } from "../incident/action.ts";
import type { IncidentState } from "../incident/state.ts";
import { problemOf } from "./problem-of.ts";
import type { RepositoryClient } from "./repository-client.ts";
import { assign } from "./writers/assign.ts";
import { closeIssue } from "./writers/close-issue.ts";
import { closeFollowUp } from "./writers/close-follow-up.ts";
import { commitDocuments } from "./writers/commit-documents.ts";
import { commitMerge } from "./writers/commit-merge.ts";
import { createBranch } from "./writers/create-branch.ts";
import { createTag } from "./writers/create-tag.ts";
import { deleteBranch } from "./writers/delete-branch.ts";
import { markReady } from "./writers/mark-ready.ts";
import { mergeIntoBranch } from "./writers/merge-into-branch.ts";
import { mergePullRequest } from "./writers/merge-pull-request.ts";
import { openFollowUp } from "./writers/open-follow-up.ts";
import { openPullRequest } from "./writers/open-pull-request.ts";
import { postComment } from "./writers/post-comment.ts";
import { proposeChange } from "./writers/propose-change.ts";
import { publishRelease } from "./writers/publish-release.ts";
import { reportConflicts } from "./writers/report-conflicts.ts";
import { reportForecast } from "./writers/report-forecast.ts";
import { requestReview } from "./writers/request-review.ts";
import { withdrawProposal } from "./writers/withdraw-proposal.ts";
import { writeDigest } from "./writers/write-digest.ts";
import { writeStatus } from "./writers/write-status.ts";

/**
 * Does one action. What a person can mend and what passes by itself comes back as a problem; `Parked`, `InstallationGone` and our own bugs
 * are thrown. Doing an action twice is harmless: each write takes "already there" for success only if what is there is what was wanted.
 */
export async function applyAction(
  client: RepositoryClient,
  state: IncidentState,
  action: Action,
): Promise<Outcome> {
  try {
    return { action, ok: true, value: await write(client, state, action) };
  } catch (error) {
    const problem = problemOf(error, action);
    if (problem === null) throw error;
    return { action, ok: false, problem };
  }
}

function write(client: RepositoryClient, state: IncidentState, action: Action): Promise<OutcomeValue> {
  switch (action.kind) {
    case "create-branch":
      return createBranch(client, state, action);
    case "open-pull-request":
      return openPullRequest(client, action);
    case "write-status":
      return writeStatus(client, state, action);
    case "write-digest":
      return writeDigest(client, state, action);
    case "post-comment":
      return postComment(client, state, action);
    case "mark-ready":
      return markReady(client, action);
    case "request-review":
      return requestReview(client, action);
    case "assign":
      return assign(client, action);
    case "create-tag":
      return createTag(client, action);
    case "publish-release":
      return publishRelease(client, state, action);
    case "merge-into-branch":
      return mergeIntoBranch(client, action);
    case "commit-merge":
      return commitMerge(client, action);
    case "report-conflicts":
      return reportConflicts(client, action);
    case "report-forecast":
      return reportForecast(client, action);
    case "merge-pull-request":
      return mergePullRequest(client, action);
    case "commit-documents":
      return commitDocuments(client, action);
    case "propose-change":
      return proposeChange(client, state, action);
    case "withdraw-proposal":
      return withdrawProposal(client, action);
    case "delete-branch":
      return deleteBranch(client, action);
    case "close-issue":
      return closeIssue(client, state);
    case "open-follow-up":
      return openFollowUp(client, state, action);
    case "close-follow-up":
      return closeFollowUp(client, action);
  }
}
