import type { Person } from "./git-formats.ts";
import { GitError } from "./git-process.ts";
import type { GitRepository } from "./git.ts";

/** Tree of a three-way merge of two commits; undefined when they conflict. */
export async function mergeTrees(
  git: GitRepository,
  ours: string,
  theirs: string,
): Promise<string | undefined> {
  const args = ["merge-tree", "--write-tree", "--no-messages", ours, theirs];
  const result = await git.try(args);
  if (result.code === 0) return result.stdout.toString().trim();
  if (result.code === 1) return undefined;
  throw new GitError(args, result);
}

/** Everything that a merge writes into its commits. */
export interface MergeIdentity {
  readonly author: Person;
  readonly committer: Person;
}

/** A merge commit with both as parents; undefined when they conflict. */
export async function mergeCommits(
  git: GitRepository,
  base: string,
  head: string,
  message: string,
  identity: MergeIdentity,
): Promise<string | undefined> {
  const tree = await mergeTrees(git, base, head);
  if (tree === undefined) return undefined;
  return git.writeCommit({ tree, parents: [base, head], message, ...identity });
}

/** One commit on `base` with the whole change of `head`; undefined when they conflict. */
export async function squashCommits(
  git: GitRepository,
  base: string,
  head: string,
  message: string,
  identity: MergeIdentity,
): Promise<string | undefined> {
  const tree = await mergeTrees(git, base, head);
  if (tree === undefined) return undefined;
  return git.writeCommit({ tree, parents: [base], message, ...identity });
}

/**
 * Replays the commits of `head` that `base` has not onto `base`, merge commits left out; undefined when one conflicts. Commits that
 * change nothing are kept, as GitHub keeps them; authors stay, the committer is whoever merges.
 */
export async function rebaseCommits(
  git: GitRepository,
  base: string,
  head: string,
  committer: Person,
): Promise<string | undefined> {
  const own = await git.revList(["--reverse", "--topo-order", "--no-merges", `${base}..${head}`]);
  let top = base;
  for (const oid of own) {
    const commit = await git.commit(oid);
    if (commit === undefined) throw new Error(`commit ${oid} vanished while it was rebased`);
    const tree = await replayedTree(git, top, oid, commit.parents[0]);
    if (tree === undefined) return undefined;
    const { author, message } = commit;
    top = await git.writeCommit({ tree, parents: [top], author, committer, message });
  }
  return top;
}

/** A three-way merge whose base is the parent of the picked commit: git 2.38 and 2.39 take no base, so commits are made that have it. */
async function replayedTree(
  git: GitRepository,
  top: string,
  picked: string,
  parent: string | undefined,
): Promise<string | undefined> {
  const nobody = { name: "stand-in", email: "noreply@github.com", date: new Date(0) };
  const treeOf = async (oid: string): Promise<string> => {
    const commit = await git.commit(oid);
    if (commit === undefined) throw new Error(`no commit ${oid}`);
    return commit.tree;
  };
  const write = (tree: string, parents: readonly string[]): Promise<string> =>
    git.writeCommit({ tree, parents, author: nobody, committer: nobody, message: "replay\n" });
  const base = await write(parent === undefined ? await git.writeTree([]) : await treeOf(parent), []);
  const ours = await write(await treeOf(top), [base]);
  const theirs = await write(await treeOf(picked), [base]);
  // Two equal sides would be one commit, and a merge of it with itself is what it is.
  return ours === theirs ? treeOf(top) : mergeTrees(git, ours, theirs);
}
