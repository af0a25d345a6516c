import type {
  CheckRunFacts,
  PullRequestEventFacts,
  PullRequestFacts,
  ReviewFacts,
} from "../incident/state/pull-request-facts.ts";
import type {
  CheckRunAnswer,
  CheckSuiteAnswer,
  PullRequestAnswer,
  PullRequestNameAnswer,
  ReviewAnswer,
} from "./documents/answers.ts";
import { actorOf } from "./read-actor.ts";
import { commitOf, nodesOf } from "./read-commit.ts";

export function pullRequestOf(answer: PullRequestAnswer, app: { readonly id: number }): PullRequestFacts {
  return {
    nodeId: answer.id,
    number: answer.number,
    url: answer.url,
    title: answer.title,
    body: answer.body,
    head: answer.headRefName,
    base: answer.baseRefName,
    headSha: answer.headRefOid,
    author: actorOf(answer.author),
    state: stateOf(answer.state),
    isDraft: answer.isDraft,
    createdAt: answer.createdAt,
    closedAt: answer.closedAt,
    mergedAt: answer.mergedAt,
    mergedBy: answer.mergedAt === null ? null : actorOf(answer.mergedBy),
    mergeCommit: answer.mergeCommit === null ? null : commitOf(answer.mergeCommit),
    mergeable: mergeableOf(answer.mergeable),
    mergeState: answer.mergeStateStatus.toLowerCase(),
    autoMergeEnabled: answer.autoMergeRequest !== null,
    assignees: nodesOf(answer.assignees).map((assignee) => assignee.login),
    requestedReviewers: requestedReviewersOf(answer),
    reviews: nodesOf(answer.reviews).map(reviewOf),
    checkRuns: checkRunsOf(answer, app),
    earlierCheckRuns: earlierCheckRunsOf(answer, app),
    events: nodesOf(answer.timelineItems).flatMap(eventOf),
    changedFiles: answer.changedFiles,
    commits: nodesOf(answer.allCommits).map(({ commit }) => commitOf(commit)),
  };
}

/** The few fields by which the first trip knows a pull request. */
export function nameOfPullRequest(pull: PullRequestFacts): PullRequestNameAnswer {
  const states = { open: "OPEN", closed: "CLOSED", merged: "MERGED" } as const;
  return {
    number: pull.number,
    state: states[pull.state],
    isCrossRepository: false,
    headRefName: pull.head,
    headRefOid: pull.headSha,
    baseRefName: pull.base,
    mergeCommit:
      pull.mergeCommit === null
        ? null
        : { oid: pull.mergeCommit.sha, parents: { nodes: pull.mergeCommit.parents.map((oid) => ({ oid })) } },
  };
}

function stateOf(state: PullRequestAnswer["state"]): PullRequestFacts["state"] {
  switch (state) {
    case "OPEN":
      return "open";
    case "CLOSED":
      return "closed";
    case "MERGED":
      return "merged";
  }
}

function mergeableOf(mergeable: PullRequestAnswer["mergeable"]): PullRequestFacts["mergeable"] {
  switch (mergeable) {
    case "MERGEABLE":
      return "mergeable";
    case "CONFLICTING":
      return "conflicting";
    case "UNKNOWN":
      return "unknown";
  }
}

function requestedReviewersOf(answer: PullRequestAnswer): string[] {
  return nodesOf(answer.reviewRequests).flatMap(({ requestedReviewer }) => {
    // null: a team that the app may not see.
    if (requestedReviewer === null) return [];
    return requestedReviewer.combinedSlug ?? requestedReviewer.login ?? [];
  });
}

const REVIEW_STATES: Readonly<Record<string, ReviewFacts["state"]>> = {
  APPROVED: "approved",
  CHANGES_REQUESTED: "changes_requested",
  COMMENTED: "commented",
  DISMISSED: "dismissed",
  PENDING: "pending",
};

function reviewOf(answer: ReviewAnswer): ReviewFacts {
  return {
    author: actorOf(answer.author),
    state: REVIEW_STATES[answer.state] ?? "commented",
    // A force push can take the commit away: then the review is bound to no commit.
    commit: answer.commit?.oid ?? "",
    at: answer.submittedAt ?? answer.createdAt,
    url: answer.url,
  };
}

/** Of the newest commit, if that is still the head: checks of an older commit say nothing. */
function checkRunsOf(answer: PullRequestAnswer, app: { readonly id: number }): CheckRunFacts[] {
  const newest = nodesOf(answer.newestCommit).at(-1)?.commit;
  if (newest === undefined || newest.oid !== answer.headRefOid) return [];
  return nodesOf(newest.checkSuites).flatMap((suite) =>
    nodesOf(suite.checkRuns).map((run) => checkRunOf(run, suite, app)),
  );
}

/** Finished runs of ours on the commits before the head, oldest first; those of commits that were force-pushed away are lost. */
function earlierCheckRunsOf(answer: PullRequestAnswer, app: { readonly id: number }): CheckRunFacts[] {
  return nodesOf(answer.earlierCommits)
    .filter(({ commit }) => commit.oid !== answer.headRefOid)
    .flatMap(({ commit }) =>
      nodesOf(commit.checkSuites).flatMap((suite) =>
        nodesOf(suite.checkRuns).map((run) => ({ ...checkRunOf(run, suite, app), commit: commit.oid })),
      ),
    )
    .filter((run) => run.isOurs && run.status === "completed");
}

const CHECK_STATES: Readonly<Record<string, CheckRunFacts["status"]>> = {
  QUEUED: "queued",
  IN_PROGRESS: "in_progress",
  COMPLETED: "completed",
  WAITING: "waiting",
  REQUESTED: "requested",
  PENDING: "pending",
};

function checkRunOf(
  run: CheckRunAnswer,
  suite: CheckSuiteAnswer,
  app: { readonly id: number },
): CheckRunFacts {
  return {
    id: run.databaseId ?? Number(/\/(\d+)\/?$/u.exec(run.url)?.[1] ?? 0),
    name: run.name,
    status: CHECK_STATES[run.status] ?? "pending",
    conclusion: run.conclusion?.toLowerCase() ?? null,
    title: run.title,
    url: run.url,
    startedAt: run.startedAt,
    completedAt: run.completedAt,
    externalId: run.externalId,
    isOurs: suite.app?.databaseId === app.id,
  };
}

const EVENT_KINDS: Readonly<Record<string, PullRequestEventFacts["kind"]>> = {
  ReadyForReviewEvent: "ready_for_review",
  ConvertToDraftEvent: "convert_to_draft",
  ClosedEvent: "closed",
  ReopenedEvent: "reopened",
  MergedEvent: "merged",
  HeadRefDeletedEvent: "head_ref_deleted",
  HeadRefRestoredEvent: "head_ref_restored",
  HeadRefForcePushedEvent: "head_ref_force_pushed",
  BaseRefChangedEvent: "base_ref_changed",
  ReviewRequestedEvent: "review_requested",
  AssignedEvent: "assigned",
  AutoMergeEnabledEvent: "auto_merge_enabled",
  AutoMergeDisabledEvent: "auto_merge_disabled",
};

function eventOf(answer: {
  readonly __typename: string;
  readonly createdAt: string;
  readonly actor: Parameters<typeof actorOf>[0];
}): PullRequestEventFacts[] {
  const kind = EVENT_KINDS[answer.__typename];
  return kind === undefined ? [] : [{ kind, actor: actorOf(answer.actor), at: answer.createdAt }];
}
