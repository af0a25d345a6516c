import type { Change } from "../../../src/checks/change-list.ts";
import type { Tree } from "../../../src/checks/properties/migration-tools.ts";
import type { CommitFacts } from "../../../src/incident/state/commit-facts.ts";

/** A changed file; every line counts as written unless `more` says otherwise. */
export function changed(path: string, text = "x\n", more: Partial<Change> = {}): Change {
  const lines = text.split("\n").length - 1;
  return {
    path,
    previousPath: null,
    status: "added",
    addedLines: null,
    mode: "100644",
    previousMode: null,
    additions: lines,
    deletions: 0,
    size: Buffer.byteLength(text),
    isBinary: false,
    text,
    ...more,
  };
}

/** What else the commit has. */
export function treeOf(...paths: readonly string[]): Tree {
  return {
    has: (path) => paths.includes(path),
    hasFile: (isWanted) => paths.some((path) => isWanted(path.slice(path.lastIndexOf("/") + 1))),
  };
}

/** Whatever is asked for is there. */
export const FULL_TREE: Tree = { has: () => true, hasFile: () => true };

export function removed(path: string): Change {
  return changed(path, "", {
    previousPath: path,
    status: "removed",
    mode: null,
    previousMode: "100644",
    additions: 0,
    deletions: 1,
    text: null,
  });
}

/** `id`: one character, repeated to a SHA. */
export function commit(id: string, parents: string, message = "hotfix: x"): CommitFacts {
  return {
    sha: id.repeat(40),
    tree: "0".repeat(40),
    parents: Array.from(parents, (parent) => parent.repeat(40)),
    message,
    author: "ben",
    committedAt: "2026-11-20T14:35:00Z",
    url: "https://github.com/acme/shop/commit/x",
  };
}
