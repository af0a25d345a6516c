import { forbidden, notFound, unprocessable } from "../api-error.ts";
import { actOf } from "../collaboration/act.ts";
import { addReview, dismissReview, removeReviewers, requestReviewers } from "../collaboration/reviews.ts";
import type { Hub } from "../hub.ts";
import type { Review } from "../model/review.ts";
import { paginate } from "../pagination.ts";
import { simpleUser } from "../present-account.ts";
import { pullOf, pullRequestInList, reviewBody } from "../present-pull.ts";
import type { RepositoryContext, Reply } from "../router.ts";
import { PULL_READ, PULL_WRITE, pullIssueOf } from "./pulls.ts";
import { readNames, readText } from "./read-body.ts";

const BASE = "/repos/{owner}/{repo}/pulls/{pull_number}";
const DOCS = "https://docs.github.com/rest/pulls/reviews";
const STATES: Readonly<Record<string, Review["state"]>> = {
  APPROVE: "APPROVED",
  REQUEST_CHANGES: "CHANGES_REQUESTED",
  COMMENT: "COMMENTED",
};

export function registerReviews(hub: Hub): void {
  const { router } = hub;
  router.repository({
    method: "GET",
    path: `${BASE}/reviews`,
    permissions: PULL_READ,
    docs: DOCS,
    handler: (context) => {
      const issue = pullIssueOf(context);
      return paginate(context, pullOf(issue).reviews, (review) =>
        reviewBody(hub, context.repository, issue, review),
      );
    },
  });
  router.repository({
    method: "POST",
    path: `${BASE}/reviews`,
    permissions: PULL_WRITE,
    role: "pull",
    docs: DOCS,
    handler: create,
  });
  router.repository({
    method: "GET",
    path: `${BASE}/reviews/{review_id}`,
    permissions: PULL_READ,
    docs: DOCS,
    handler: (context) => ({
      status: 200,
      body: reviewBody(hub, context.repository, pullIssueOf(context), reviewOf(context)),
    }),
  });
  router.repository({
    method: "PUT",
    path: `${BASE}/reviews/{review_id}/dismissals`,
    permissions: PULL_WRITE,
    role: "push",
    docs: DOCS,
    handler: dismiss,
  });
  registerRequests(hub);
}

function registerRequests(hub: Hub): void {
  const path = `${BASE}/requested_reviewers`;
  const docs = "https://docs.github.com/rest/pulls/review-requests";
  hub.router.repository({
    method: "GET",
    path,
    permissions: PULL_READ,
    docs,
    handler: (context) => {
      const users = pullOf(pullIssueOf(context)).requestedReviewers.map((account) =>
        simpleUser(hub, account),
      );
      return { status: 200, body: { users, teams: [] } };
    },
  });
  hub.router.repository({
    method: "POST",
    path,
    permissions: PULL_WRITE,
    role: "push",
    docs,
    handler: async (context) => {
      const [issue, { body }] = [pullIssueOf(context), context];
      await requestReviewers(
        actOf(context),
        issue,
        readNames(body.reviewers),
        readNames(body.team_reviewers),
      );
      return { status: 201, body: pullRequestInList(hub, context.repository, issue) };
    },
  });
  hub.router.repository({
    method: "DELETE",
    path,
    permissions: PULL_WRITE,
    role: "push",
    docs,
    handler: async (context) => {
      const issue = pullIssueOf(context);
      await removeReviewers(actOf(context), issue, readNames(context.body.reviewers));
      return { status: 200, body: pullRequestInList(hub, context.repository, issue) };
    },
  });
}

function reviewOf(context: RepositoryContext): Review {
  const review = pullOf(pullIssueOf(context)).reviews.find(
    (it) => it.id === Number(context.params.review_id),
  );
  if (review === undefined) throw notFound();
  return review;
}

async function create(context: RepositoryContext): Promise<Reply> {
  const { body, hub, repository } = context;
  const issue = pullIssueOf(context);
  const event = readText(body.event);
  if (context.viewer.kind === "anonymous") throw forbidden();
  const review = await addReview(actOf(context), issue, {
    state: event === null ? "PENDING" : (STATES[event] ?? "COMMENTED"),
    body: readText(body.body) ?? "",
    commitId: readText(body.commit_id),
  });
  return { status: 200, body: reviewBody(hub, repository, issue, review) };
}

async function dismiss(context: RepositoryContext): Promise<Reply> {
  const { body, hub, repository } = context;
  const [issue, review] = [pullIssueOf(context), reviewOf(context)];
  const message = readText(body.message);
  if (message === null || message === "") throw unprocessable("Message can't be blank");
  await dismissReview(actOf(context), issue, review, message);
  return { status: 200, body: reviewBody(hub, repository, issue, review) };
}
