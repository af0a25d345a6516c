import type { Hub } from "../hub.ts";
import { mergeCommits } from "../git-merge.ts";
import { webFlow } from "../identity.ts";
import type { Issue, Repository } from "../model.ts";

/** Forgets what is known and starts the job that finds out again. `mergeable` is null until then (F8). */
export function forgetMergeability(hub: Hub, repository: Repository, issue: Issue): void {
  if (issue.pullRequest === null) return;
  issue.pullRequest.mergeable = null;
  hub.background.start(() => testMerge(repository, issue), hub.testMergeMs);
}

/** Tries the merge now. Sets `mergeable` and the test merge commit. */
export async function testMerge(repository: Repository, issue: Issue): Promise<void> {
  const pull = issue.pullRequest;
  if (pull === null || issue.state === "closed") return;
  const base = repository.git.branch(pull.base.ref);
  const head = pull.head.sha;
  if (base === undefined) return;
  const author = webFlow(issue.createdAt);
  const message = `Merge ${head} into ${base}`;
  const merged = await mergeCommits(repository.git, base, head, message, { author, committer: author });
  const isCurrent = repository.git.branch(pull.base.ref) === base && pull.head.sha === head;
  if (!isCurrent || pull.merged) return;
  pull.mergeable = merged !== undefined;
  pull.mergeCommitSha = merged ?? null;
}
