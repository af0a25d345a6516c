import { diffFiles, EMPTY_TREE } from "../diff.ts";
import type { Commit } from "../git-formats.ts";
import type { GitRepository } from "../git.ts";

/** What a commit changed against its first parent. */
export async function pullStatsOfCommit(
  git: GitRepository,
  commit: Commit,
): Promise<{ readonly additions: number; readonly deletions: number; readonly changedFiles: number }> {
  const files = await diffFiles(git, commit.parents[0] ?? EMPTY_TREE, commit.oid);
  return {
    additions: files.reduce((sum, file) => sum + file.additions, 0),
    deletions: files.reduce((sum, file) => sum + file.deletions, 0),
    changedFiles: files.length,
  };
}
