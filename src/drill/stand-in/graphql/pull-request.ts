import { mergeState, reviewDecision } from "../collaboration/merge-requirements.ts";
import { forgetMergeability } from "../collaboration/mergeability.ts";
import { pullBase, pullCommits, pullStats } from "../collaboration/pull-stats.ts";
import { closedBy } from "../collaboration/references.ts";
import { diffFiles } from "../diff.ts";
import { isoTime, isoTimeOrNull } from "../hub.ts";
import type { Issue } from "../model.ts";
import { pullOf } from "../present-pull.ts";
import { actorFields, actorOrNull } from "./actor.ts";
import { rollupFields } from "./check.ts";
import { connection, type PageArguments } from "./connection.ts";
import { commitByOid } from "./git-object.ts";
import { issueFields, sharedFields } from "./issue.ts";
import { pullState } from "./pulls-of-commit.ts";
import { reviewFields } from "./review.ts";
import { demandRead, type Fields, type Scope } from "./scope.ts";
import { pullRequestCommitFields } from "./timeline.ts";

export function pullRequestFields(scope: Scope, issue: Issue): Fields {
  const pull = pullOf(issue);
  return {
    __typename: "PullRequest",
    id: pull.nodeId,
    databaseId: pull.id,
    fullDatabaseId: String(pull.id),
    ...sharedFields(scope, issue),
    state: pullState({ issue, pull }),
    isDraft: pull.draft,
    merged: pull.merged,
    mergedAt: isoTimeOrNull(pull.mergedAt),
    mergedBy: () => actorOrNull(scope.hub, pull.mergedBy),
    mergeCommit: () => commitByOid(scope, pull.merged ? pull.mergeCommitSha : null),
    potentialMergeCommit: () => commitByOid(scope, pull.merged ? null : pull.mergeCommitSha),
    maintainerCanModify: pull.maintainerCanModify,
    ...branchFields(scope, issue),
    ...mergeFields(scope, issue),
    ...reviewParts(scope, issue),
    ...contentFields(scope, issue),
  };
}

function branchFields(scope: Scope, issue: Issue): Fields {
  const { head, base } = pullOf(issue);
  const repository = (): Fields => scope.types.repository(scope);
  return {
    headRefName: head.ref,
    headRefOid: head.sha,
    headRef: () => (head.fork === undefined ? scope.types.ref(scope, `refs/heads/${head.ref}`) : null),
    headRepository: () => (head.fork === undefined ? repository() : null),
    headRepositoryOwner: () => actorFields(scope.hub, (head.fork ?? scope.repository).owner),
    baseRefName: base.ref,
    baseRefOid: base.sha,
    baseRef: () => scope.types.ref(scope, `refs/heads/${base.ref}`),
    baseRepository: repository,
    isCrossRepository: head.fork !== undefined,
  };
}

function mergeFields(scope: Scope, issue: Issue): Fields {
  const pull = pullOf(issue);
  const { hub, repository } = scope;
  return {
    // Asking for what is not known starts GitHub's job.
    mergeable: () => {
      if (pull.merged) return "UNKNOWN";
      if (pull.mergeable !== null) return pull.mergeable ? "MERGEABLE" : "CONFLICTING";
      if (issue.state === "open") forgetMergeability(hub, repository, issue);
      return "UNKNOWN";
    },
    mergeStateStatus: async () => (await mergeState(repository, issue)).toUpperCase(),
    autoMergeRequest: () => {
      const { autoMerge } = pull;
      if (autoMerge === null) return null;
      return {
        enabledAt: isoTime(autoMerge.enabledAt),
        enabledBy: () => actorFields(hub, autoMerge.enabledBy),
        mergeMethod: autoMerge.method.toUpperCase(),
        commitHeadline: autoMerge.commitTitle,
        commitBody: autoMerge.commitMessage,
        pullRequest: () => pullRequestFields(scope, issue),
      };
    },
    isInMergeQueue: false,
    mergeQueueEntry: null,
    viewerCanUpdate: true,
  };
}

function reviewParts(scope: Scope, issue: Issue): Fields {
  const pull = pullOf(issue);
  return {
    reviewDecision: reviewDecision(scope.repository, issue),
    reviews: (wanted: PageArguments & { states?: readonly string[] | null }) => {
      const reviews = pull.reviews.filter((it) => !wanted.states || wanted.states.includes(it.state));
      return connection("reviews", reviews, wanted, (review) => reviewFields(scope, issue, review));
    },
    latestReviews: (page: PageArguments) => {
      const latest = new Map(pull.reviews.map((review) => [review.author.id, review]));
      return connection("latestReviews", [...latest.values()], page, (it) => reviewFields(scope, issue, it));
    },
    reviewRequests: (page: PageArguments) =>
      connection("reviewRequests", pull.requestedReviewers, page, (account) => ({
        asCodeOwner: false,
        requestedReviewer: () => actorFields(scope.hub, account),
      })),
  };
}

function contentFields(scope: Scope, issue: Issue): Fields {
  const { repository } = scope;
  const pull = pullOf(issue);
  const stats = (): ReturnType<typeof pullStats> => pullStats(repository, pull);
  return {
    changedFiles: async () => (await stats()).changedFiles,
    additions: async () => (await stats()).additions,
    deletions: async () => (await stats()).deletions,
    commits: async (page: PageArguments) =>
      connection("commits", await pullCommits(repository, pull), page, (oid) =>
        pullRequestCommitFields(scope, issue, oid),
      ),
    files: async (page: PageArguments) => {
      demandRead(scope, "contents");
      const files = await diffFiles(repository.git, await pullBase(repository, pull), pull.head.sha);
      return connection("files", files, page, (file) => ({
        path: file.filename,
        additions: file.additions,
        deletions: file.deletions,
        changeType: file.status === "removed" ? "DELETED" : file.status.toUpperCase(),
      }));
    },
    statusCheckRollup: () => rollupFields(scope, pull.head.sha),
    closingIssuesReferences: (page: PageArguments) => {
      const targets = closedBy(scope, issue.body ?? "").filter((it) => it.pullRequest === null);
      return connection("closingIssuesReferences", targets, page, (it) => issueFields(scope, it));
    },
  };
}
