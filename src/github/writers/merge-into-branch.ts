import { saying } from "../../incident/say.ts";
import type { OutcomeValue } from "../../incident/action.ts";
import type { ActionOf } from "../action-of.ts";
import { statusOf } from "../http-status.ts";
import { notYet, refused } from "../problem-error.ts";
import { refusalText } from "../refusal-text.ts";
import type { RepositoryClient } from "../repository-client.ts";
import { readRef } from "./read-ref.ts";
import { refuseWorkflowDrift } from "./refuse-workflow-drift.ts";

/** Merges a commit into a back-merge branch. Merging twice is harmless: GitHub answers 204 where the commit is there already. */
export async function mergeIntoBranch(
  client: RepositoryClient,
  action: ActionOf<"merge-into-branch">,
): Promise<OutcomeValue> {
  const { branch, commit } = action;
  try {
    const { data, status } = await client.octokit.rest.repos.merge({
      owner: client.owner,
      repo: client.repo,
      base: branch,
      head: commit,
      commit_message: action.message,
    });
    if (Number(status) === 204) return { kind: "merge", sha: null };
    const at = data.commit.committer?.date;
    return at === undefined ? { kind: "merge", sha: data.sha } : { kind: "merge", sha: data.sha, at };
  } catch (error) {
    const text = refusalText(error);
    if (statusOf(error) === 409 && /merge conflict/iu.test(text)) {
      throw refused(
        "merge-conflict",
        saying("Merging {commit} into {branch} has conflicts", { commit: commit.slice(0, 7), branch }),
        saying(
          "Run `git fetch origin && git switch {branch} && git merge {commit}`, resolve the conflicts, commit and `git push`",
          { branch, commit },
        ),
      );
    }
    if (statusOf(error) === 404 && (await readRef(client, `refs/heads/${branch}`)) === null) {
      throw refused(
        "branch-gone",
        saying("The release was not merged into {branch}: the branch is gone", { branch }),
        saying("Restore the branch, or carry the fix over by hand"),
      );
    }
    const refusal = await refuseWorkflowDrift(
      client,
      commit,
      error,
      saying("Merging the release into {branch}", { branch }),
      [
        ["git fetch", "origin"],
        ["git switch", branch],
        ["git merge --no-edit", commit],
        ["git push", "origin", branch],
      ],
    );
    // The branch is there and the files agree, so it is the commit that is not visible everywhere yet (F1).
    throw refusal === error && statusOf(error) === 404
      ? notYet(
          "github-lagging",
          saying("GitHub does not show {what} everywhere yet", { what: commit.slice(0, 7) }),
        )
      : refusal;
  }
}
