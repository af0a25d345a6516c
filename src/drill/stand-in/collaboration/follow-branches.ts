import { protectionOf } from "../protection-rules.ts";
import { type Hub, type RefChange, ZERO_OID } from "../hub.ts";
import type { Issue, PullRequest } from "../model.ts";
import { isBranch, shortRefName } from "../ref-format.ts";
import { unverified } from "../unverified.ts";
import { type Act, recordEvent } from "./act.ts";
import { considerAutoMerge } from "./auto-merge.ts";
import { pullsOf } from "./branch-pulls.ts";
import { closeIssue } from "./issues.ts";
import { forgetMergeability } from "./mergeability.ts";
import { isMerging, settleMerged } from "./merging.ts";
import { emitPullRequest } from "./emit-pull-request.ts";
import { closePullRequest } from "./pulls.ts";
import { closedBy } from "./references.ts";
import { dismissReview } from "./reviews.ts";

unverified(
  "pulls/indirect-merge",
  "a pull request whose head became part of its base by a push is marked merged at once",
);
unverified("pulls/base-sha", "base.sha is the base's tip of the last change of head or base branch");

/** Lets pull requests and issues follow what happened to branches: the ref subscriber of this part. */
export async function followBranches(hub: Hub, change: RefChange): Promise<void> {
  if (!isBranch(change.ref)) return;
  const { repository } = change;
  const act: Act = { hub, repository, actor: change.actor, viaApp: change.viaApp };
  const branch = shortRefName(change.ref);
  for (const { issue, pull } of pullsOf(repository)) {
    if (pull.head.ref === branch && pull.head.fork === undefined) await followHead(act, issue, pull, change);
    if (pull.base.ref === branch && issue.state === "open") await followBase(act, issue, pull, change);
  }
  if (branch === repository.defaultBranch) await closeByCommits(act, change);
}

async function followHead(act: Act, issue: Issue, pull: PullRequest, change: RefChange): Promise<void> {
  const { hub, repository } = act;
  if (change.after === ZERO_OID) {
    recordEvent(act, issue, "head_ref_deleted");
    await closePullRequest(act, issue);
    return;
  }
  if (issue.state === "closed") {
    if (change.before === ZERO_OID && change.after === pull.head.sha)
      recordEvent(act, issue, "head_ref_restored");
    return;
  }
  if (pull.head.sha === change.after) return;
  const before = pull.head.sha;
  pull.head.sha = change.after;
  pull.base.sha = repository.git.branch(pull.base.ref) ?? pull.base.sha;
  issue.updatedAt = hub.now();
  if (!change.fastForward) recordEvent(act, issue, "head_ref_force_pushed", { before, after: change.after });
  if (protectionOf(repository, pull.base.ref)?.dismissStaleReviews === true)
    await dismissApprovals(act, issue, pull);
  forgetMergeability(hub, repository, issue);
  await emitPullRequest(act, issue, "synchronize", { before, after: change.after });
  if (await mergeIndirectly(act, issue, pull, change.after)) return;
  considerAutoMerge(act, issue);
}

async function dismissApprovals(act: Act, issue: Issue, pull: PullRequest): Promise<void> {
  for (const review of pull.reviews) {
    if (review.state === "APPROVED") await dismissReview(act, issue, review, "");
  }
}

async function followBase(act: Act, issue: Issue, pull: PullRequest, change: RefChange): Promise<void> {
  if (isMerging(pull)) return;
  if (change.after === ZERO_OID) {
    recordEvent(act, issue, "base_ref_deleted");
    await closePullRequest(act, issue);
    return;
  }
  if (await mergeIndirectly(act, issue, pull, change.after)) return;
  forgetMergeability(act.hub, act.repository, issue);
  considerAutoMerge(act, issue);
}

async function mergeIndirectly(act: Act, issue: Issue, pull: PullRequest, tip: string): Promise<boolean> {
  const base = act.repository.git.branch(pull.base.ref);
  if (base === undefined || !(await act.repository.git.isAncestor(pull.head.sha, base))) return false;
  await settleMerged(act, issue, tip);
  return true;
}

/** "Fixes #7" in a commit that reaches the default branch (docs: linking a pull request to an issue). */
async function closeByCommits(act: Act, change: RefChange): Promise<void> {
  if (change.before === ZERO_OID || change.after === ZERO_OID) return;
  const { git } = act.repository;
  const oids = await git.revList(["--reverse", "--max-count=250", `${change.before}..${change.after}`]);
  for (const oid of oids) {
    const commit = await git.commit(oid);
    for (const issue of closedBy(act, commit?.message ?? "")) {
      if (issue.pullRequest === null && issue.state === "open") closeIssue(act, issue, "completed", oid);
    }
  }
}
