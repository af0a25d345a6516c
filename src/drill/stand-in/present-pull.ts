import { pullStats } from "./collaboration/pull-stats.ts";
import { mergeState } from "./collaboration/merge-requirements.ts";
import type { Hub } from "./hub.ts";
import { isoTime, isoTimeOrNull } from "./hub.ts";
import type { Issue, PullRequest, PullSide, Repository } from "./model.ts";
import type { Review } from "./model/review.ts";
import { simpleUser, simpleUserOrNull } from "./present-account.ts";
import { authorAssociation, commentsOf, issuePage, labelBody } from "./present-issue.ts";
import { mergeSettings, repositoryBlock, repositoryUrl } from "./present-repository.ts";
import type { JsonObject } from "./router.ts";

/** The pull request of an issue that is known to be one. */
export function pullOf(issue: Issue): PullRequest {
  if (issue.pullRequest === null) throw new Error(`#${issue.number} is not a pull request`);
  return issue.pullRequest;
}

/** The schema `pull-request-simple`: what lists give. */
export function pullRequestInList(hub: Hub, repository: Repository, issue: Issue): JsonObject {
  const pull = pullOf(issue);
  const assignees = issue.assignees.map((account) => simpleUser(hub, account));
  return {
    ...links(hub, repository, issue),
    id: pull.id,
    node_id: pull.nodeId,
    number: issue.number,
    state: issue.state,
    locked: issue.locked,
    title: issue.title,
    user: simpleUser(hub, issue.author),
    body: issue.body,
    created_at: isoTime(issue.createdAt),
    updated_at: isoTime(issue.updatedAt),
    closed_at: isoTimeOrNull(issue.closedAt),
    merged_at: isoTimeOrNull(pull.mergedAt),
    merge_commit_sha: pull.mergeCommitSha,
    assignee: assignees[0] ?? null,
    assignees,
    requested_reviewers: pull.requestedReviewers.map((account) => simpleUser(hub, account)),
    requested_teams: [],
    labels: issue.labels.map((label) => labelBody(hub, repository, label)),
    milestone: null,
    draft: pull.draft,
    head: side(hub, repository, pull.head),
    base: side(hub, repository, pull.base),
    author_association: authorAssociation(repository, issue.author),
    auto_merge: autoMergeBody(hub, pull),
    active_lock_reason: null,
  };
}

/** The schema `pull-request`: one pull request, and webhooks. */
export async function pullRequestBody(hub: Hub, repository: Repository, issue: Issue): Promise<JsonObject> {
  const pull = pullOf(issue);
  const stats = await pullStats(repository, pull);
  const state = await mergeState(repository, issue);
  return {
    ...pullRequestInList(hub, repository, issue),
    merged: pull.merged,
    mergeable: pull.merged ? null : pull.mergeable,
    rebaseable: pull.merged ? null : pull.mergeable,
    mergeable_state: pull.merged ? "unknown" : state,
    merged_by: simpleUserOrNull(hub, pull.mergedBy),
    comments: commentsOf(repository, issue).length,
    review_comments: pull.reviewComments.length,
    maintainer_can_modify: pull.maintainerCanModify,
    commits: stats.commits,
    additions: stats.additions,
    deletions: stats.deletions,
    changed_files: stats.changedFiles,
  };
}

function links(hub: Hub, repository: Repository, issue: Issue): JsonObject {
  const root = repositoryUrl(hub, repository);
  const url = `${root}/pulls/${issue.number}`;
  const issueUrl = `${root}/issues/${issue.number}`;
  const page = issuePage(hub, repository, issue);
  const addresses = {
    html: page,
    issue: issueUrl,
    comments: `${issueUrl}/comments`,
    review_comments: `${url}/comments`,
    review_comment: `${root}/pulls/comments{/number}`,
    commits: `${url}/commits`,
    statuses: `${root}/statuses/${pullOf(issue).head.sha}`,
  };
  const hrefs = Object.entries({ self: url, ...addresses }).map(([name, href]) => [name, { href }]);
  return {
    url,
    html_url: page,
    diff_url: `${page}.diff`,
    patch_url: `${page}.patch`,
    issue_url: issueUrl,
    commits_url: addresses.commits,
    review_comments_url: addresses.review_comments,
    review_comment_url: addresses.review_comment,
    comments_url: addresses.comments,
    statuses_url: addresses.statuses,
    _links: Object.fromEntries(hrefs) as JsonObject,
  };
}

function side(hub: Hub, own: Repository, { ref, sha, fork }: PullSide): JsonObject {
  const repository = fork ?? own;
  return {
    label: `${repository.owner.login}:${ref}`,
    ref,
    sha,
    user: simpleUser(hub, repository.owner),
    repo: { ...repositoryBlock(hub, repository), ...mergeSettings(repository) },
  };
}

function autoMergeBody(hub: Hub, pull: PullRequest): JsonObject | null {
  if (pull.autoMerge === null) return null;
  return {
    enabled_by: simpleUser(hub, pull.autoMerge.enabledBy),
    merge_method: pull.autoMerge.method,
    commit_title: pull.autoMerge.commitTitle,
    commit_message: pull.autoMerge.commitMessage,
  };
}

/** The schema `pull-request-minimal`: inside check runs and suites. */
export function pullRequestMinimal(hub: Hub, repository: Repository, issue: Issue): JsonObject {
  const pull = pullOf(issue);
  const repo = { id: repository.id, url: repositoryUrl(hub, repository), name: repository.name };
  return {
    url: `${repositoryUrl(hub, repository)}/pulls/${issue.number}`,
    id: pull.id,
    number: issue.number,
    head: { ref: pull.head.ref, sha: pull.head.sha, repo },
    base: { ref: pull.base.ref, sha: pull.base.sha, repo },
  };
}

/** The schema `pull-request-review`. Webhooks write the state in small letters. */
export function reviewBody(hub: Hub, repository: Repository, issue: Issue, review: Review): JsonObject {
  const url = `${repositoryUrl(hub, repository)}/pulls/${issue.number}`;
  const page = `${issuePage(hub, repository, issue)}#pullrequestreview-${review.id}`;
  return {
    id: review.id,
    node_id: review.nodeId,
    user: simpleUser(hub, review.author),
    body: review.body,
    state: review.state,
    html_url: page,
    pull_request_url: url,
    author_association: authorAssociation(repository, review.author),
    _links: { html: { href: page }, pull_request: { href: url } },
    ...(review.submittedAt === null ? {} : { submitted_at: isoTime(review.submittedAt) }),
    commit_id: review.commitId,
  };
}
