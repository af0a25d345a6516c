import { saying } from "../../incident/say.ts";
import type { OutcomeValue } from "../../incident/action.ts";
import type { ActionOf } from "../action-of.ts";
import { ENABLE_AUTO_MERGE } from "../documents/mutations.ts";
import { statusOf } from "../http-status.ts";
import { notYet, refused } from "../problem-error.ts";
import { refusalText } from "../refusal-text.ts";
import type { RepositoryClient } from "../repository-client.ts";
import { GraphqlFailure, runGraphql } from "../run-graphql.ts";
import { isServerFault } from "../server-fault.ts";

type Merge = ActionOf<"merge-pull-request">;

/**
 * Merges now where GitHub allows it, else asks GitHub to merge when the requirements are met. Always bound to the head that was looked at (S15). A direct
 * merge comes first: auto-merge is refused exactly where nothing stands in the way.
 */
export async function mergePullRequest(client: RepositoryClient, action: Merge): Promise<OutcomeValue> {
  const first = await tryMerge(client, action);
  if (first.kind === "merged") return first.value;
  const autoMerge = await enableAutoMerge(client, action);
  if (autoMerge === "enabled") return { kind: "merge-pull-request", merged: false, sha: null };
  const second = autoMerge === "needless" ? await tryMerge(client, action) : first;
  if (second.kind === "merged") return second.value;
  throw refused(
    "not-mergeable",
    saying("Pull request {number} could not be merged: {why}", {
      number: action.pullRequest,
      why: second.why,
    }),
    saying("Meet the requirements of pull request {number} and merge it", { number: action.pullRequest }),
  );
}

type Tried =
  | { readonly kind: "merged"; readonly value: OutcomeValue }
  | { readonly kind: "blocked"; readonly why: string };

async function tryMerge(client: RepositoryClient, action: Merge): Promise<Tried> {
  try {
    const { data } = await client.octokit.rest.pulls.merge({
      owner: client.owner,
      repo: client.repo,
      pull_number: action.pullRequest,
      sha: action.headSha,
      merge_method: action.method,
    });
    return { kind: "merged", value: { kind: "merge-pull-request", merged: true, sha: data.sha } };
  } catch (error) {
    const status = statusOf(error);
    if (!isServerFault(error) && status !== 405 && status !== 409 && status !== 422) throw error;
    const now = await readPullRequest(client, action.pullRequest);
    if (now.merged) {
      return { kind: "merged", value: { kind: "merge-pull-request", merged: true, sha: now.mergeCommit } };
    }
    if (isServerFault(error)) throw error;
    return { kind: "blocked", why: reasonOf(action, error, now) };
  }
}

interface PullRequestNow {
  readonly merged: boolean;
  readonly mergeCommit: string | null;
  readonly headSha: string;
  readonly mergeable: boolean | null;
  readonly mergeState: string;
}

async function readPullRequest(client: RepositoryClient, pullRequest: number): Promise<PullRequestNow> {
  const { data } = await client.octokit.rest.pulls.get({
    owner: client.owner,
    repo: client.repo,
    pull_number: pullRequest,
  });
  return {
    merged: data.merged,
    mergeCommit: data.merge_commit_sha,
    headSha: data.head.sha,
    mergeable: data.mergeable,
    mergeState: data.mergeable_state,
  };
}

/** One status, many meanings (F7, F15): the text and the pull request as it is now tell a race from a conflict from a rule. */
function reasonOf(action: Merge, error: unknown, now: PullRequestNow): string {
  const text = refusalText(error);
  if (now.headSha !== action.headSha || /head branch was modified/iu.test(text)) {
    throw notYet(
      "head-moved",
      saying("Pull request {number} got a new commit in the same moment", { number: action.pullRequest }),
    );
  }
  if (/base branch was modified/iu.test(text)) {
    throw notYet(
      "base-moved",
      saying("The base of pull request {number} moved in the same moment", { number: action.pullRequest }),
    );
  }
  // A refusal for want of a permission comes as 409 too, and is no conflict.
  if (/not accessible|permission/iu.test(text)) throw error;
  if (now.mergeable === false || now.mergeState === "dirty" || /merge conflict/iu.test(text)) {
    throw refused(
      "merge-conflict",
      saying("Pull request {number} has conflicts", { number: action.pullRequest }),
      saying("Merge the base into the branch of pull request {number}, resolve the conflicts and push", {
        number: action.pullRequest,
      }),
    );
  }
  if (now.mergeable === null) {
    throw notYet(
      "mergeability-unknown",
      saying("GitHub is still working out whether pull request {number} can be merged", {
        number: action.pullRequest,
      }),
    );
  }
  return text.replace(/\s+-\s+https:\S+$/u, "");
}

/** `needless`: GitHub says that nothing stands in the way. `unavailable`: the repository does not offer it. */
async function enableAutoMerge(
  client: RepositoryClient,
  action: Merge,
): Promise<"enabled" | "needless" | "unavailable"> {
  try {
    await runGraphql(client, ENABLE_AUTO_MERGE, {
      id: action.nodeId,
      mergeMethod: action.method.toUpperCase(),
      head: action.headSha,
    });
    return "enabled";
  } catch (error) {
    if (!(error instanceof GraphqlFailure)) throw error;
    if (/(?:clean|unstable) status/iu.test(error.message)) return "needless";
    const isUnavailable =
      /auto.?merge is not allowed|can(?:'|no)t enable auto.?merge|rules not configured|not in the correct state/iu;
    if (isUnavailable.test(error.message)) return "unavailable";
    throw error;
  }
}
