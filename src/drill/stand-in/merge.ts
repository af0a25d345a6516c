import { noReplyAddress } from "./hub.ts";
import type { GitRepository } from "./git.ts";
import type { Commit, Person } from "./git-formats.ts";
import type { Account } from "./model.ts";
import { unverified } from "./unverified.ts";

unverified("merge/rebase-empty-commits", "A rebase merge keeps commits that were empty from the start.");

/** What a merge gives: a tree, or the paths that conflict. */
export type MergedTree =
  | { readonly kind: "clean"; readonly tree: string }
  | { readonly kind: "conflict"; readonly paths: readonly string[] };

export type MergeOutcome =
  | { readonly kind: "merged"; readonly commit: string }
  | { readonly kind: "conflict"; readonly paths: readonly string[] };

export interface MergeRequest {
  /** Commit that is merged into. */
  readonly base: string;
  /** Commit that is merged. */
  readonly head: string;
  readonly message: string;
  readonly author: Person;
  /** Default: GitHub itself, whose signature makes the commit verified. */
  readonly committer?: Person;
}

/** How an account appears in commits that GitHub makes on its behalf. */
export function personOf(account: Account, date: Date): Person {
  return { name: account.name ?? account.login, email: account.email ?? noReplyAddress(account), date };
}

/** The committer of everything that is made on GitHub's own pages and by its API. */
export function webFlow(date: Date): Person {
  return { name: "GitHub", email: "noreply@github.com", date };
}

/** A real three-way merge in the bare repository. Unrelated histories conflict. */
export async function mergeTrees(git: GitRepository, ours: string, theirs: string): Promise<MergedTree> {
  const result = await git.try([
    "merge-tree",
    "--write-tree",
    "-z",
    "--name-only",
    "--no-messages",
    ours,
    theirs,
  ]);
  const [tree = "", ...paths] = result.stdout.toString().split("\0");
  if (result.code === 0) return { kind: "clean", tree: tree.trim() };
  return { kind: "conflict", paths: [...new Set(paths.filter((path) => path !== ""))] };
}

/** Whether a merge would work, for `mergeable`. */
export async function isMergeable(git: GitRepository, base: string, head: string): Promise<boolean> {
  return (await mergeTrees(git, base, head)).kind === "clean";
}

/** A merge commit with both parents. Moves no ref. */
export async function mergeCommit(git: GitRepository, request: MergeRequest): Promise<MergeOutcome> {
  const merged = await mergeTrees(git, request.base, request.head);
  if (merged.kind === "conflict") return merged;
  return commitTree(git, request, merged.tree, [request.base, request.head]);
}

/** One commit on top of the base with everything the head brings. Moves no ref. */
export async function squashCommit(git: GitRepository, request: MergeRequest): Promise<MergeOutcome> {
  const merged = await mergeTrees(git, request.base, request.head);
  if (merged.kind === "conflict") return merged;
  return commitTree(git, request, merged.tree, [request.base]);
}

/**
 * Each commit of the head that the base lacks, oldest first, made anew on top of the base. GitHub rewrites them even
 * where the base could be moved forward. Merge commits are left out, as `git rebase` does. Moves no ref.
 */
export async function rebaseCommits(
  git: GitRepository,
  request: { readonly base: string; readonly head: string; readonly committer: Person },
): Promise<MergeOutcome> {
  const wanted = await git.revList([
    "--reverse",
    "--topo-order",
    "--no-merges",
    request.head,
    `^${request.base}`,
  ]);
  let onto = request.base;
  for (const oid of wanted) {
    const commit = await requireCommit(git, oid);
    const picked = await pickTree(git, commit, onto);
    if (picked.kind === "conflict") return picked;
    const { author, message } = commit;
    const content = { tree: picked.tree, parents: [onto], author, committer: request.committer, message };
    onto = await git.writeCommit(content);
  }
  return { kind: "merged", commit: onto };
}

/**
 * Applies one commit on top of another. git 2.39's merge-tree takes no merge base, so the target is dressed up as a
 * child of the commit's parent, which makes that parent the base.
 */
async function pickTree(git: GitRepository, commit: Commit, onto: string): Promise<MergedTree> {
  const target = await requireCommit(git, onto);
  const parent = commit.parents[0];
  if (parent === undefined) return mergeTrees(git, onto, commit.oid);
  const { author, committer } = target;
  const dressed = await git.writeCommit({
    tree: target.tree,
    parents: [parent],
    author,
    committer,
    message: "",
  });
  return mergeTrees(git, dressed, commit.oid);
}

async function commitTree(
  git: GitRepository,
  request: MergeRequest,
  tree: string,
  parents: readonly string[],
): Promise<MergeOutcome> {
  const { author, message } = request;
  const committer = request.committer ?? webFlow(author.date);
  const commit = await git.writeCommit({ tree, parents, author, committer, message });
  if (request.committer === undefined) git.markSigned(commit);
  return { kind: "merged", commit };
}

async function requireCommit(git: GitRepository, oid: string): Promise<Commit> {
  const commit = await git.commit(oid);
  if (commit === undefined) throw new Error(`no commit ${oid}`);
  return commit;
}
