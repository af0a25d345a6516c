import type { TreeEntry } from "../checks/commit-state.ts";
import { addedLinesOf, type ChangedFile } from "../checks/provenance.ts";
import type { Sha } from "../incident/state.ts";
import { readTree } from "./observe-commit.ts";
import type { RepositoryClient } from "./repository-client.ts";

/** GitHub lists no more files than this in a comparison, whatever page is asked for. */
const COMPARE_FILES = 300;

/**
 * What the commit changes against its merge base with `target`, by path. One trip; two where a comparison is too long for GitHub and the
 * trees are compared instead. null: there is nothing to compare with.
 */
export async function readChanges(
  client: RepositoryClient,
  target: Sha,
  sha: Sha,
  entries: readonly TreeEntry[],
): Promise<ReadonlyMap<string, ChangedFile> | null> {
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
      return changesOfTrees(client, data.merge_base_commit.sha, entries);
    }
    return new Map(files.map((file) => [file.filename, changeOf(file)]));
  } catch (error) {
    // No common history, or the commit is gone: then every finding counts.
    if (error instanceof Error && "status" in error && error.status === 404) return null;
    throw error;
  }
}

interface ComparedFile {
  readonly filename: string;
  readonly status: string;
  readonly previous_filename?: string;
  readonly patch?: string;
}

function changeOf(file: ComparedFile): ChangedFile {
  const status = file.status === "added" || file.status === "copied" ? "added" : file.status;
  return {
    path: file.filename,
    previousPath: status === "added" ? null : (file.previous_filename ?? file.filename),
    status: status === "added" || status === "removed" || status === "renamed" ? status : "modified",
    addedLines: file.patch === undefined ? null : addedLinesOf(file.patch),
  };
}

async function changesOfTrees(
  client: RepositoryClient,
  base: Sha,
  entries: readonly TreeEntry[],
): Promise<ReadonlyMap<string, ChangedFile> | null> {
  const before = await readTree(client, base);
  if (before.isTreeTruncated) return null;
  const old = new Map(before.entries.map((entry) => [entry.path, entry]));
  const changes = entries.flatMap((entry): readonly ChangedFile[] => {
    const previous = old.get(entry.path);
    if (previous?.oid === entry.oid && previous.mode === entry.mode) return [];
    const path = entry.path;
    return previous === undefined
      ? [{ path, previousPath: null, status: "added", addedLines: null }]
      : [{ path, previousPath: path, status: "modified", addedLines: null }];
  });
  return new Map(changes.map((change) => [change.path, change]));
}
