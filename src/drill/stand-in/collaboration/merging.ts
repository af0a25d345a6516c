import { ApiError, conflict } from "../api-error.ts";
import { mergeCommits, rebaseCommits, squashCommits } from "../git-merge.ts";
import { personOf, webFlow } from "../identity.ts";
import { ZERO_OID } from "../hub.ts";
import type { Issue, MergeMethod, PullRequest, Repository } from "../model.ts";
import { pullOf } from "../present-pull.ts";
import { type RefAuthor, RefRefused, type RefUpdate, updateRefs } from "../ref-updates.ts";
import { unverified } from "../unverified.ts";
import { needsWorkflowsPermission } from "../needs-workflows-permission.ts";
import { type Act, recordEvent } from "./act.ts";
import { openPulls } from "./branch-pulls.ts";
import { closeIssue } from "./issues.ts";
import {
  bypassesRequirements,
  isBehind,
  THROUGH_THE_QUEUE,
  unmetRequirements,
} from "./merge-requirements.ts";
import { pullCommits } from "./pull-stats.ts";
import { emitPullRequest } from "./emit-pull-request.ts";
import { changeBase } from "./pulls.ts";
import { closedBy } from "./references.ts";

unverified(
  "pulls/merge-workflows",
  "an app without the workflows permission gets 403 when the merge changes workflow files",
);
unverified(
  "pulls/merge-deletes-shared-head",
  "delete-branch-on-merge deletes the head although another open pull request uses it",
);

export interface MergeRequest {
  readonly method: MergeMethod;
  /** The head that the caller saw; another one is 409. */
  readonly expectedHead: string | null;
  readonly title: string | null;
  readonly message: string | null;
  /** The merge queue merges: what it asks for itself is met. */
  readonly byQueue?: boolean;
}

/** Who merges, as far as rules of refs are concerned. */
export type Merger = Act & { readonly refAuthor: RefAuthor };

const DISALLOWED: Readonly<Record<MergeMethod, string>> = {
  merge: "Merge commits are not allowed on this repository.",
  squash: "Squash merges are not allowed on this repository.",
  rebase: "Rebase merges are not allowed on this repository.",
};

const mergeBy: Readonly<Record<MergeMethod, typeof mergeCommits>> = {
  merge: mergeCommits,
  squash: squashCommits,
  rebase: (git, base, head, _message, { author }) => rebaseCommits(git, base, head, author),
};

/** Merges now that cannot be seen as pushes of somebody else. */
const underWay = new WeakSet<PullRequest>();

export function isMerging(pull: PullRequest): boolean {
  return underWay.has(pull);
}

/** Merges a pull request or throws what the merge endpoint answers (platform §8). Returns the commit on the base. */
export async function mergePullRequest(act: Merger, issue: Issue, request: MergeRequest): Promise<string> {
  const pull = pullOf(issue);
  if (underWay.has(pull)) throw conflict("Merge already in progress");
  underWay.add(pull);
  try {
    await refuseUnready(act, issue, request);
    const before = act.repository.git.branch(pull.base.ref) ?? ZERO_OID;
    const sha = await writeMerge(act, issue, request, before);
    await refuseWorkflows(act, before, sha);
    await moveBase(act, { ref: `refs/heads/${pull.base.ref}`, before, after: sha });
    pull.base.sha = before;
    await settleMerged(act, issue, sha);
    if (act.repository.deleteBranchOnMerge) await deleteHead(act, issue);
    return sha;
  } finally {
    underWay.delete(pull);
  }
}

/** Somebody may have pushed to the base meanwhile: the 405 that is worth another try (F7). */
async function moveBase(act: Merger, update: RefUpdate): Promise<void> {
  try {
    await updateRefs(act.hub, act.repository, act.refAuthor, [update], { kind: "pr_merge", trusted: true });
  } catch (error) {
    if (error instanceof RefRefused) {
      throw notMergeable("Base branch was modified. Review and try the merge again.");
    }
    throw error;
  }
}

async function refuseUnready(act: Merger, issue: Issue, request: MergeRequest): Promise<void> {
  const { repository } = act;
  const pull = pullOf(issue);
  if (issue.state === "closed") throw notMergeable("Pull Request is not mergeable");
  if (request.expectedHead !== null && request.expectedHead !== pull.head.sha) {
    throw conflict("Head branch was modified. Review and try the merge again.");
  }
  if (pull.draft) throw notMergeable("Pull Request is still a draft");
  if (!repository.mergeMethods.has(request.method)) throw notMergeable(DISALLOWED[request.method]);
  const base = repository.git.branch(pull.base.ref);
  if (base === undefined) throw notMergeable("Pull Request is not mergeable");
  const subject = { account: act.actor, app: act.viaApp, role: act.refAuthor.role };
  if (bypassesRequirements(repository, pull.base.ref, subject)) return;
  const unmet = (await unmetRequirements(repository, issue)).filter(
    (each) => request.byQueue !== true || each !== THROUGH_THE_QUEUE,
  );
  if (unmet.length > 0) throw notMergeable(unmet.join(" "));
  if (await isBehind(repository, issue)) {
    throw conflict("Head branch is out of date. Review and try the merge again.");
  }
}

function notMergeable(message: string): ApiError {
  return new ApiError(405, message);
}

async function writeMerge(act: Merger, issue: Issue, request: MergeRequest, base: string): Promise<string> {
  const { hub, repository } = act;
  const { git } = repository;
  const pull = pullOf(issue);
  const author = personOf(act.actor, hub.now());
  const identity = { author, committer: webFlow(hub.now()) };
  const message = await commitText(act, issue, request);
  const sha = await mergeBy[request.method](git, base, pull.head.sha, message, identity);
  if (sha === undefined) throw notMergeable("Pull Request is not mergeable");
  return sha;
}

async function commitText(act: Act, issue: Issue, request: MergeRequest): Promise<string> {
  const { repository } = act;
  const pull = pullOf(issue);
  const isSquash = request.method === "squash";
  const ownTitle = isSquash
    ? `${issue.title} (#${issue.number})`
    : `Merge pull request #${issue.number} from ${repository.owner.login}/${pull.head.ref}`;
  const ownMessage = isSquash ? await squashMessage(repository, pull) : issue.title;
  return `${request.title ?? ownTitle}\n\n${request.message ?? ownMessage}`.trimEnd();
}

/** The messages of all commits, as the setting `COMMIT_MESSAGES` has it; nothing for a single commit without a body. */
async function squashMessage(repository: Repository, pull: PullRequest): Promise<string> {
  const oids = await pullCommits(repository, pull);
  const commits = await Promise.all(oids.map((oid) => repository.git.commit(oid)));
  const messages = commits.flatMap((commit) => (commit === undefined ? [] : [commit.message.trim()]));
  if (messages.length === 1) return (messages[0] ?? "").split("\n").slice(1).join("\n").trim();
  return messages.map((message) => `* ${message}`).join("\n\n");
}

async function refuseWorkflows(act: Merger, before: string, after: string): Promise<void> {
  if (act.refAuthor.mayChangeWorkflows) return;
  if (!(await needsWorkflowsPermission(act.repository, after, before))) return;
  throw new ApiError(
    403,
    "refusing to allow a GitHub App to create or update workflow files without `workflows` permission",
  );
}

/** What follows once the head is in the base, by whatever way: closed as merged, issues closed, everybody told. */
export async function settleMerged(act: Act, issue: Issue, sha: string): Promise<void> {
  const { hub, repository } = act;
  const pull = pullOf(issue);
  pull.merged = true;
  pull.mergedBy = act.actor;
  pull.mergeCommitSha = sha;
  pull.autoMerge = null;
  issue.state = "closed";
  issue.closedBy = act.actor;
  recordEvent(act, issue, "merged", { commitId: sha, mergeRefName: pull.base.ref });
  pull.mergedAt = hub.now();
  issue.closedAt = recordEvent(act, issue, "closed").createdAt;
  await emitPullRequest(act, issue, "closed");
  if (pull.base.ref !== repository.defaultBranch) return;
  for (const target of closedBy(act, issue.body ?? "")) {
    if (target.pullRequest === null && target.state === "open") closeIssue(act, target, "completed");
  }
}

/** Setting "automatically delete head branches": pull requests based on it move to the base of the merged one. */
async function deleteHead(act: Merger, issue: Issue): Promise<void> {
  const { hub, repository } = act;
  const { head, base } = pullOf(issue);
  if (head.fork !== undefined) return;
  const now = repository.git.branch(head.ref);
  if (now === undefined || now !== head.sha || head.ref === repository.defaultBranch) return;
  for (const dependant of openPulls(repository)) {
    if (dependant.pull.base.ref === head.ref) await retarget(act, dependant.issue, base.ref);
  }
  try {
    const deletion = { ref: `refs/heads/${head.ref}`, before: now, after: ZERO_OID };
    await updateRefs(hub, repository, act.refAuthor, [deletion]);
  } catch (error) {
    // Protection and rulesets that restrict deletions stop the automatic one too (platform §8).
    if (!(error instanceof RefRefused)) throw error;
  }
}

async function retarget(act: Merger, issue: Issue, base: string): Promise<void> {
  try {
    await changeBase(act, issue, base, true);
  } catch (error) {
    // Another pull request has that head and base, or nothing would be left: it stays, and closes with its base.
    if (!(error instanceof ApiError)) throw error;
    recordEvent(act, issue, "automatic_base_change_failed", {
      previous: pullOf(issue).base.ref,
      current: base,
    });
  }
}
