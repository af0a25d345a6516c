import type { Repository } from "./model.ts";
import { unverified } from "./unverified.ts";

unverified(
  "refs/workflow-drift-scope",
  "A ref update that leaves the workflow files of that branch as they were is let through even where they differ from the default branch.",
);

const FOLDER = ".github/workflows";

/**
 * Whether an app needs the `workflows` permission to make a ref, tag or release at a commit: its workflow files differ
 * from those of the default branch, and from what the ref had before.
 *
 * @param before what the ref pointed at; undefined for a new ref
 */
export async function needsWorkflowsPermission(
  repository: Repository,
  commit: string,
  before?: string,
): Promise<boolean> {
  const { git } = repository;
  const wanted = await workflowTree(repository, commit);
  const standard = git.branch(repository.defaultBranch);
  if (wanted === (standard === undefined ? undefined : await workflowTree(repository, standard)))
    return false;
  return before === undefined || wanted !== (await workflowTree(repository, before));
}

async function workflowTree(repository: Repository, commit: string): Promise<string | undefined> {
  return (await repository.git.read(`${commit}^{}:${FOLDER}`))?.oid;
}
