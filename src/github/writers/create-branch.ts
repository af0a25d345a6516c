import { saying } from "../../incident/say.ts";
import type { OutcomeValue } from "../../incident/action.ts";
import { isOpeningCommit } from "../../incident/opening-commit.ts";
import type { IncidentState } from "../../incident/state.ts";
import type { Sha } from "../../incident/state/commit-facts.ts";
import type { ShellCommand } from "../../incident/state/problem.ts";
import type { ActionOf } from "../action-of.ts";
import { statusOf } from "../http-status.ts";
import { notYet, refused } from "../problem-error.ts";
import { refusalText } from "../refusal-text.ts";
import type { RepositoryClient } from "../repository-client.ts";
import { readRef } from "./read-ref.ts";
import { refuseRef } from "./refuse-ref.ts";
import { refuseWorkflowDrift } from "./refuse-workflow-drift.ts";

/** Author and committer stay out, so that GitHub signs the commit as the app. */
export async function createBranch(
  client: RepositoryClient,
  state: IncidentState,
  action: ActionOf<"create-branch">,
): Promise<OutcomeValue> {
  const opening = await commitOpening(client, action);
  try {
    await client.octokit.rest.git.createRef({
      owner: client.owner,
      repo: client.repo,
      ref: `refs/heads/${action.branch}`,
      sha: opening.sha,
    });
    return { kind: "branch", head: opening.sha, at: opening.at };
  } catch (error) {
    if (statusOf(error) === 422) {
      const head = await existingHead(client, state, action);
      if (head !== null) return { kind: "branch", head };
      throw await refuseRef(client, `refs/heads/${action.branch}`, error, byHand(action));
    }
    const what = saying("Creating the branch {branch}", { branch: action.branch });
    throw await refuseWorkflowDrift(client, action.from, error, what, byHand(action));
  }
}

async function commitOpening(
  client: RepositoryClient,
  action: ActionOf<"create-branch">,
): Promise<{ readonly sha: Sha; readonly at: string }> {
  try {
    const { data } = await client.octokit.rest.git.createCommit({
      owner: client.owner,
      repo: client.repo,
      message: action.message,
      tree: action.tree,
      parents: [action.from],
    });
    return { sha: data.sha, at: data.committer.date };
  } catch (error) {
    const text = refusalText(error);
    if (statusOf(error) === 409 && /empty/iu.test(text)) {
      throw refused(
        "repository-empty",
        saying("The branch {branch} was not created: the repository has no commit yet", {
          branch: action.branch,
        }),
        saying("Push a first commit to the production branch"),
      );
    }
    // We have just read both objects: GitHub shows them on one of its servers and not yet on another (F1).
    if (statusOf(error) === 404 || (statusOf(error) === 422 && /does not exist|not found/iu.test(text))) {
      throw notYet(
        "github-lagging",
        saying("GitHub does not show the commit for {branch} everywhere yet", { branch: action.branch }),
      );
    }
    throw error;
  }
}

/** Head of a branch of that name, if it is the branch that was wanted: our opening commit is on it. A person's branch is refused (S20). */
async function existingHead(
  client: RepositoryClient,
  state: IncidentState,
  action: ActionOf<"create-branch">,
): Promise<Sha | null> {
  const head = await readRef(client, `refs/heads/${action.branch}`);
  if (head === null) return null;
  const { data } = await client.octokit.rest.repos.listCommits({
    owner: client.owner,
    repo: client.repo,
    sha: head,
    per_page: 30,
  });
  const isOurs = data.some(({ sha, commit, parents }) =>
    isOpeningCommit(
      {
        sha,
        tree: commit.tree.sha,
        parents: parents.map((parent) => parent.sha),
        message: commit.message,
        author: "",
        committedAt: "",
        url: "",
      },
      state.issue.number,
    ),
  );
  if (isOurs) return head;
  throw refused(
    "name-taken",
    saying("The branch {branch} exists already and was not made by this app", { branch: action.branch }),
    saying("Rename or delete that branch"),
  );
}

/** Makes the same branch in a clone: by the message of its empty commit the app knows it for its own. */
function byHand({ branch, from, message }: ActionOf<"create-branch">): readonly ShellCommand[] {
  const paragraphs = message
    .trim()
    .split(/\n{2,}/u)
    .flatMap((paragraph) => ["-m", paragraph]);
  return [
    ["git fetch", "origin"],
    ["git switch --create", branch, from],
    ["git commit --allow-empty", ...paragraphs],
    ["git push", "origin", branch],
  ];
}
