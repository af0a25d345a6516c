import type { CommitState, TreeEntry } from "../checks/commit-state.ts";
import type { ComparedFile } from "../checks/change-list.ts";
import { addedLinesOf } from "../checks/provenance.ts";
import type { Sha } from "../incident/state/commit-facts.ts";
import { readTree } from "./observe-commit.ts";
import type { RepositoryClient } from "./repository-client.ts";

/** GitHub lists no more files than this in a comparison, whatever page is asked for. */
const COMPARE_FILES = 300;

/** What a commit changes against the merge base. */
export interface ReadChanges {
  readonly mergeBase: Sha;
  readonly files: readonly ComparedFile[];
}

/**
 * What the commit changes against its merge base with `target`. One trip; two where a comparison is too long for GitHub and the
 * trees are compared instead. null: there is nothing to compare with.
 */
export async function readChanges(
  client: RepositoryClient,
  target: Sha,
  { sha, entries, isTreeTruncated }: Pick<CommitState, "sha" | "entries" | "isTreeTruncated">,
): Promise<ReadChanges | null> {
  const { octokit, owner, repo } = client;
  try {
    const { data } = await octokit.rest.repos.compareCommitsWithBasehead({
      owner,
      repo,
      basehead: `${target}...${sha}`,
      per_page: 1,
    });
    const files = data.files ?? [];
    if (files.length >= COMPARE_FILES) {
      // What a cut list lacks would pass for removed.
      return isTreeTruncated ? null : changesOfTrees(client, data.merge_base_commit.sha, entries);
    }
    return { mergeBase: data.merge_base_commit.sha, files: files.map(changeOf) };
  } catch (error) {
    // No common history, or the commit is gone: then every finding counts.
    if (error instanceof Error && "status" in error && error.status === 404) return null;
    throw error;
  }
}

interface FileAnswer {
  readonly filename: string;
  readonly status: string;
  readonly previous_filename?: string;
  readonly patch?: string;
  readonly additions: number;
  readonly deletions: number;
}

function changeOf(file: FileAnswer): ComparedFile {
  const status = file.status === "added" || file.status === "copied" ? "added" : file.status;
  return {
    path: file.filename,
    previousPath: status === "added" ? null : (file.previous_filename ?? file.filename),
    status: status === "added" || status === "removed" || status === "renamed" ? status : "modified",
    addedLines: file.patch === undefined ? null : addedLinesOf(file.patch),
    additions: file.additions,
    deletions: file.deletions,
    isModeUnknown: status === "removed" || status === "changed" || file.patch === undefined,
  };
}

async function changesOfTrees(
  client: RepositoryClient,
  base: Sha,
  entries: readonly TreeEntry[],
): Promise<ReadChanges | null> {
  const before = await readTree(client, base);
  if (before.isTreeTruncated) return null;
  const old = new Map(before.entries.map((entry) => [entry.path, entry]));
  const unread = { addedLines: null, additions: 0, deletions: 0, isModeUnknown: true };
  const changed = entries.flatMap((entry): readonly ComparedFile[] => {
    const previous = old.get(entry.path);
    if (previous?.oid === entry.oid && previous.mode === entry.mode) return [];
    const path = entry.path;
    return previous === undefined
      ? [{ path, previousPath: null, status: "added", ...unread }]
      : [{ path, previousPath: path, status: "modified", ...unread }];
  });
  const present = new Set(entries.map(({ path }) => path));
  const removed = before.entries
    .filter(({ path }) => !present.has(path))
    .map(({ path }): ComparedFile => ({ path, previousPath: path, status: "removed", ...unread }));
  return { mergeBase: base, files: [...changed, ...removed] };
}
