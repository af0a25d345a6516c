import { type Saying, saying } from "../../incident/say.ts";
import type { MergedContent } from "../../checks/merge-sides.ts";
import { mergeSides, versionFileKinds } from "../../checks/merge-sides.ts";
import type { OutcomeValue } from "../../incident/action.ts";
import type { Sha } from "../../incident/state/commit-facts.ts";
import type { ActionOf } from "../action-of.ts";
import { UPDATE_REFS } from "../documents/mutations.ts";
import { statusOf } from "../http-status.ts";
import type { ProblemError } from "../problem-error.ts";
import { notYet, refused } from "../problem-error.ts";
import { readComparison, readSides } from "../read-sides.ts";
import type { RepositoryClient } from "../repository-client.ts";
import { GraphqlFailure, runGraphql } from "../run-graphql.ts";
import { isServerFault } from "../server-fault.ts";
import { readRef, readRefWithRepository } from "./read-ref.ts";
import { refuseWorkflowDrift } from "./refuse-workflow-drift.ts";

interface Change {
  readonly path: string;
  readonly content: MergedContent;
}

/**
 * Merges what `POST /merges` refuses: takes the tree of the other side, lays the fix's side's changes over it file by file, and puts one commit with both
 * parents on the branch. Compare-and-set: a branch that a person moved in the meantime stays as it is.
 */
export async function commitMerge(
  client: RepositoryClient,
  action: ActionOf<"commit-merge">,
): Promise<OutcomeValue> {
  const { branch, expectedHead, hotfix, into } = action;
  const ref = `refs/heads/${branch}`;
  const { repositoryId, oid } = await readRefWithRepository(client, ref);
  if (repositoryId === null || oid !== expectedHead) {
    throw notYet("branch-moved", saying("The branch {branch} moved in the same moment", { branch }));
  }
  const { tree, changes } = await mergedTree(client, action);
  const other = hotfix === expectedHead ? into : hotfix;
  const commit = await createCommit(client, action, { tree, changes, parents: [expectedHead, other] }).catch(
    async (error: unknown) => {
      throw await refuseWorkflowDrift(
        client,
        other,
        error,
        saying("Resolving the conflict on {branch}", { branch }),
        [
          ["git fetch", "origin"],
          ["git switch", branch],
          ["git merge", other],
        ],
      );
    },
  );
  try {
    await runGraphql(client, UPDATE_REFS, {
      repositoryId,
      refUpdates: [{ name: ref, beforeOid: expectedHead, afterOid: commit.sha }],
    });
  } catch (error) {
    if (!(error instanceof GraphqlFailure) && !isServerFault(error)) throw error;
    const now = await readRef(client, ref);
    if (now === expectedHead) throw error;
    if (now !== commit.sha)
      throw notYet("branch-moved", saying("The branch {branch} moved in the same moment", { branch }));
  }
  return { kind: "merge", sha: commit.sha, at: commit.at };
}

interface MergedTree {
  /** Of the other side, over which the changes are laid. */
  readonly tree: Sha;
  readonly changes: readonly Change[];
}

/** What the fix's side changed, merged with what the other side has. */
async function mergedTree(
  client: RepositoryClient,
  { branch, hotfix, into, versionFiles, markers }: ActionOf<"commit-merge">,
): Promise<MergedTree> {
  const comparison = await readComparison(client, into, hotfix);
  if (comparison === null || comparison.paths === null)
    throw forPeople(branch, saying("The conflict on {branch} is too large for this app", { branch }));
  const base = comparison.mergeBase;
  const { files, intoTree } = await readSides(client, { base, hotfix, into }, comparison.paths);
  if (intoTree === null)
    throw notYet(
      "github-lagging",
      saying("GitHub does not show {what} everywhere yet", { what: into.slice(0, 7) }),
    );
  const kindOf = versionFileKinds(versionFiles);
  const changes = files.flatMap((side): Change[] => {
    const { path } = side;
    const merged = mergeSides(side, kindOf);
    if (merged.kind === "clean") {
      return isContentOf(merged.content, side.target) ? [] : [{ path, content: merged.content }];
    }
    const content = merged.settled?.content ?? (markers ? merged.draft : null);
    if (content !== null) return [{ path, content }];
    throw forPeople(
      branch,
      saying("The conflict on {branch} in {path} is for people to resolve", { branch, path }),
    );
  });
  return { tree: intoTree, changes };
}

function forPeople(branch: string, sentence: Saying): ProblemError {
  return refused("merge-conflict", sentence, saying("Resolve it on {branch} and push", { branch }));
}

function isContentOf(content: MergedContent, file: { readonly oid: string; readonly mode: string } | null) {
  if (content === null || file === null) return content === file;
  return "oid" in content && content.oid === file.oid && content.mode === file.mode;
}

/** Author and committer stay out, so that GitHub signs the commit as the app. */
async function createCommit(
  { octokit, owner, repo }: RepositoryClient,
  { branch, message }: ActionOf<"commit-merge">,
  { tree: base, changes, parents }: MergedTree & { readonly parents: Sha[] },
): Promise<{ readonly sha: Sha; readonly at: string }> {
  const entries = changes.map(({ path, content }) => entryOf(path, content));
  const tree = await octokit.rest.git
    .createTree({ owner, repo, base_tree: base, tree: entries })
    .catch((error: unknown) => {
      // One side has a folder where the other has a file of that name.
      throw statusOf(error) === 422
        ? forPeople(branch, saying("The conflict on {branch} is for people to resolve", { branch }))
        : error;
    });
  const { data } = await octokit.rest.git.createCommit({
    owner,
    repo,
    message,
    tree: tree.data.sha,
    parents,
  });
  return { sha: data.sha, at: data.committer.date };
}

type Mode = "100644" | "100755" | "040000" | "160000" | "120000";

function entryOf(path: string, content: MergedContent) {
  if (content === null) return { path, mode: "100644" as const, type: "blob" as const, sha: null };
  const mode = content.mode as Mode;
  const type = mode === "160000" ? ("commit" as const) : ("blob" as const);
  return "oid" in content
    ? { path, mode, type, sha: content.oid }
    : { path, mode, type, content: content.text };
}
