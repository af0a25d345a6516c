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
        `Merging ${commit.slice(0, 7)} into ${branch} has conflicts`,
        `Run \`git fetch origin && git switch ${branch} && git merge ${commit}\`, resolve the conflicts, commit and \`git push\``,
      );
    }
    if (statusOf(error) === 404 && (await readRef(client, `refs/heads/${branch}`)) === null) {
      throw refused(
        "branch-gone",
        `The release was not merged into ${branch}: the branch is gone`,
        "Restore the branch, or carry the fix over by hand",
      );
    }
    const refusal = await refuseWorkflowDrift(client, commit, error, `Merging the release into ${branch}`, [
      ["git fetch", "origin"],
      ["git switch", branch],
      ["git merge --no-edit", commit],
      ["git push", "origin", branch],
    ]);
    // The branch is there and the files agree, so it is the commit that is not visible everywhere yet (F1).
    throw refusal === error && statusOf(error) === 404
      ? notYet("github-lagging", `GitHub does not show ${commit.slice(0, 7)} everywhere yet`)
      : refusal;
  }
}
