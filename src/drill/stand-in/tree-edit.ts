import type { TreeEntry } from "./git-formats.ts";
import type { GitRepository } from "./git.ts";

/** What a path becomes; null removes it. A tree as `oid` replaces the whole folder. */
export type TreeChange = { readonly mode: string; readonly oid: string } | null;

/**
 * A new tree from an old one with some paths changed. Folders are made and, when they become empty, dropped.
 *
 * @param base tree id, or undefined for the empty tree
 * @returns id of the new tree
 */
export async function editTree(
  git: GitRepository,
  base: string | undefined,
  changes: ReadonlyMap<string, TreeChange>,
): Promise<string> {
  return (await edit(git, base, changes)) ?? git.writeTree([]);
}

async function edit(
  git: GitRepository,
  base: string | undefined,
  changes: ReadonlyMap<string, TreeChange>,
): Promise<string | undefined> {
  const entries = new Map<string, TreeEntry>();
  for (const entry of base === undefined ? [] : ((await git.tree(base)) ?? []))
    entries.set(entry.name, entry);
  const below = new Map<string, Map<string, TreeChange>>();
  for (const [path, change] of changes) {
    const slash = path.indexOf("/");
    if (slash < 0) {
      if (change === null) entries.delete(path);
      else entries.set(path, { name: path, mode: change.mode, oid: change.oid });
      continue;
    }
    const folder = path.slice(0, slash);
    const inside = below.get(folder) ?? new Map<string, TreeChange>();
    inside.set(path.slice(slash + 1), change);
    below.set(folder, inside);
  }
  for (const [folder, inside] of below) {
    const existing = entries.get(folder);
    const tree = existing?.mode === "040000" ? existing.oid : undefined;
    const edited = await edit(git, tree, inside);
    if (edited === undefined) entries.delete(folder);
    else entries.set(folder, { name: folder, mode: "040000", oid: edited });
  }
  return entries.size === 0 ? undefined : git.writeTree([...entries.values()]);
}

/** Paths that git or GitHub refuse in a tree. */
export function isTreePath(path: string): boolean {
  if (path === "" || path.includes("\0") || path.startsWith("/") || path.endsWith("/")) return false;
  return path
    .split("/")
    .every((part) => part !== "" && part !== "." && part !== ".." && part.toLowerCase() !== ".git");
}
