import type { TreeEntry } from "./git-formats.ts";
import type { GitRepository } from "./git.ts";

export interface ChangedPath {
  readonly path: string;
  readonly kind: "added" | "removed" | "modified";
}

/** Files that differ between two trees, without looking for renames, in order of their paths. */
export async function changedPaths(
  git: GitRepository,
  before: string | undefined,
  after: string | undefined,
  folder = "",
): Promise<readonly ChangedPath[]> {
  if (before === after) return [];
  const [old, fresh] = [await entriesOf(git, before), await entriesOf(git, after)];
  const names = [...new Set([...old.keys(), ...fresh.keys()])].toSorted();
  const changes: ChangedPath[] = [];
  for (const name of names) {
    const [left, right] = [old.get(name), fresh.get(name)];
    if (left?.oid === right?.oid && left?.mode === right?.mode) continue;
    const path = `${folder}${name}`;
    const inside = await changedPaths(git, folderOf(left), folderOf(right), `${path}/`);
    const [leftFile, rightFile] = [isFile(left), isFile(right)];
    if (leftFile && rightFile) changes.push({ path, kind: "modified" });
    else if (leftFile) changes.push({ path, kind: "removed" });
    else if (rightFile) changes.push({ path, kind: "added" });
    changes.push(...inside);
  }
  return changes;
}

async function entriesOf(
  git: GitRepository,
  tree: string | undefined,
): Promise<ReadonlyMap<string, TreeEntry>> {
  const entries = tree === undefined ? [] : ((await git.tree(tree)) ?? []);
  return new Map(entries.map((entry) => [entry.name, entry]));
}

function folderOf(entry: TreeEntry | undefined): string | undefined {
  return entry?.mode === "040000" ? entry.oid : undefined;
}

function isFile(entry: TreeEntry | undefined): boolean {
  return entry !== undefined && entry.mode !== "040000";
}
