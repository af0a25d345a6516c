import { ApiError, unprocessable } from "../api-error.ts";
import type { Issue } from "../model.ts";
import type { Account } from "../model/account.ts";
import type { Review } from "../model/review.ts";
import { nodeId } from "../node-id.ts";
import { simpleUser } from "../present-account.ts";
import { fullName } from "../present-repository.ts";
import { pullOf, pullRequestInList, reviewBody } from "../present-pull.ts";
import { type Act, recordEvent } from "./act.ts";
import { considerAutoMerge } from "./auto-merge.ts";
import { isAssignable } from "./issues.ts";
import { emitPullRequest } from "./emit-pull-request.ts";
import { recordReferences } from "./references.ts";

const OWN_PULL_REQUEST = {
  APPROVED: "Can not approve your own pull request",
  CHANGES_REQUESTED: "Can not request changes on your own pull request",
} as const;

export async function addReview(
  act: Act,
  issue: Issue,
  wanted: {
    readonly state: Review["state"];
    readonly body: string;
    readonly commitId: string | null;
  },
): Promise<Review> {
  const { hub, actor } = act;
  const pull = pullOf(issue);
  const { state } = wanted;
  if (issue.author === actor && (state === "APPROVED" || state === "CHANGES_REQUESTED")) {
    throw new ApiError(422, "Unprocessable Entity", { errors: [OWN_PULL_REQUEST[state]] });
  }
  if (wanted.body === "" && (state === "CHANGES_REQUESTED" || state === "COMMENTED")) {
    throw new ApiError(422, "Unprocessable Entity", { errors: ["Body can't be blank"] });
  }
  const id = hub.nextId();
  const review: Review = {
    id,
    nodeId: nodeId("PRR", id),
    author: actor,
    body: wanted.body,
    state,
    commitId: wanted.commitId ?? pull.head.sha,
    submittedAt: state === "PENDING" ? null : hub.now(),
  };
  pull.reviews.push(review);
  if (state === "PENDING") return review;
  issue.updatedAt = hub.now();
  const asked = pull.requestedReviewers.indexOf(actor);
  if (asked >= 0) pull.requestedReviewers.splice(asked, 1);
  recordReferences(act, issue, wanted.body);
  emitReview(act, issue, review, "submitted");
  considerAutoMerge(act, issue);
  return review;
}

export async function dismissReview(act: Act, issue: Issue, review: Review, message: string): Promise<void> {
  if (review.state !== "APPROVED" && review.state !== "CHANGES_REQUESTED") {
    throw unprocessable("Can not dismiss a review that is neither an approval nor a request for changes");
  }
  const before = review.state;
  review.state = "DISMISSED";
  recordEvent(act, issue, "review_dismissed", {
    review,
    dismissedReview: {
      state: before.toLowerCase(),
      review_id: review.id,
      dismissal_message: message === "" ? null : message,
    },
  });
  emitReview(act, issue, review, "dismissed");
}

function emitReview(act: Act, issue: Issue, review: Review, action: string): void {
  const { hub, repository, actor } = act;
  const body = reviewBody(hub, repository, issue, review);
  const payload = {
    pull_request: pullRequestInList(hub, repository, issue),
    review: { ...body, state: review.state.toLowerCase() },
  };
  hub.emit("pull_request_review", action, payload, { sender: actor, repository });
}

export async function requestReviewers(
  act: Act,
  issue: Issue,
  logins: readonly string[],
  teams: readonly string[],
): Promise<void> {
  const { hub, repository } = act;
  const pull = pullOf(issue);
  const accounts = logins.map((login) => hub.findAccount(login));
  if (accounts.includes(issue.author)) {
    throw unprocessable("Review cannot be requested from pull request author.");
  }
  const known = accounts.filter((account) => account !== undefined);
  const allAllowed = known.length === logins.length && known.every((account) => isAssignable(act, account));
  if (!allAllowed || teams.length > 0) {
    throw unprocessable(
      "Reviews may only be requested from collaborators. " +
        `One or more of the users or teams you specified is not a collaborator of the ${fullName(repository)} repository.`,
    );
  }
  for (const account of known) {
    if (pull.requestedReviewers.includes(account)) continue;
    pull.requestedReviewers.push(account);
    await announceRequest(act, issue, account, "review_requested");
  }
}

export async function removeReviewers(act: Act, issue: Issue, logins: readonly string[]): Promise<void> {
  const pull = pullOf(issue);
  for (const login of logins) {
    const account = act.hub.findAccount(login);
    const index = account === undefined ? -1 : pull.requestedReviewers.indexOf(account);
    if (account === undefined || index < 0) continue;
    pull.requestedReviewers.splice(index, 1);
    await announceRequest(act, issue, account, "review_request_removed");
  }
}

async function announceRequest(act: Act, issue: Issue, account: Account, action: string): Promise<void> {
  recordEvent(act, issue, action, { reviewer: account });
  await emitPullRequest(act, issue, action, { requested_reviewer: simpleUser(act.hub, account) });
}
