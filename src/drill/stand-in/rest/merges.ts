import { conflict, notFound } from "../api-error.ts";
import { mergeCommits } from "../git-merge.ts";
import type { Hub } from "../hub.ts";
import { personOf, webFlow } from "../identity.ts";
import { commitBody } from "../present-git.ts";
import { branchUpdateError } from "../ref-errors.ts";
import { refAuthor, updateRefs } from "../ref-updates.ts";
import type { RepositoryContext, Reply } from "../router.ts";
import { commitOf } from "./commits.ts";
import { readText } from "./read-body.ts";

export function registerMerges(hub: Hub): void {
  hub.router.repository({
    method: "POST",
    path: "/repos/{owner}/{repo}/merges",
    permissions: [{ contents: "write" }, { contents: "write", workflows: "write" }],
    docs: "https://docs.github.com/rest/branches/branches#merge-a-branch",
    handler: mergeBranch,
  });
}

/** 201 with the merge commit, 204 when the base already contains the head. */
async function mergeBranch(context: RepositoryContext): Promise<Reply> {
  const { hub, repository, body, viewer } = context;
  if (viewer.kind !== "user" && viewer.kind !== "installation") throw notFound();
  const { git } = repository;
  const baseName = readText(body.base) ?? "";
  const headName = readText(body.head) ?? "";
  const base = git.branch(baseName);
  if (base === undefined) throw notFound("Base does not exist");
  const head = await git.resolveCommit(headName);
  if (head === undefined) throw notFound("Head does not exist");
  if (await git.isAncestor(head, base)) return { status: 204 };
  const message = readText(body.commit_message) ?? `Merge ${headName} into ${baseName}`;
  const author = personOf(viewer.account, hub.now());
  const identity = { author, committer: webFlow(hub.now()) };
  const merged = await mergeCommits(git, base, head, message, identity);
  if (merged === undefined) throw conflict("Merge conflict");
  const update = { ref: `refs/heads/${baseName}`, before: base, after: merged };
  try {
    await updateRefs(hub, repository, refAuthor(viewer, repository), [update]);
  } catch (error) {
    throw branchUpdateError(error, 403, "Could not merge");
  }
  return { status: 201, body: commitBody(hub, repository, await commitOf(repository, merged)) };
}
