import type ChildProcess from "node:child_process";
import { existsSync, readdirSync, statSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, relative, resolve, sep } from "node:path";
import { CONFIGURATION_PATH } from "../../config/configuration-path.ts";

/** Where a check on disk starts from. */
export interface Workplace {
  /** Folder that paths in rules and findings count from. */
  readonly root: string;
  readonly isRepository: boolean;
  /** What was asked for, from the root, with `/`; empty for all of it. */
  readonly within: string;
}

/** The folder with `.git` or the configuration file, at or above `path`. */
export function findWorkplace(path: string): Workplace {
  const start = resolve(path);
  const folder = statSync(start).isDirectory() ? start : dirname(start);
  for (let root = folder; ; root = dirname(root)) {
    const isRepository = existsSync(join(root, ".git"));
    if (isRepository || existsSync(join(root, CONFIGURATION_PATH))) {
      return { root, isRepository, within: relative(root, start).split(sep).join("/") };
    }
    if (dirname(root) === root) return { root: folder, isRepository: false, within: relative(folder, start) };
  }
}

/** Files below `within`: in a repository those that git does not ignore, elsewhere all but those of installed packages. */
export function listFiles({ root, isRepository, within }: Workplace): readonly string[] {
  if (!isRepository) return walk(root, within);
  const listed = git(root, [
    "ls-files",
    "-z",
    "--cached",
    "--others",
    "--exclude-standard",
    "--deduplicate",
    "--",
    ...(within === "" ? [] : [`:(literal)${within}`]),
  ]);
  return listed.toString("utf8").split("\0").filter(Boolean);
}

/** Files as they are in the index, for a hook that runs before a commit: what is checked is what will be committed. */
export function* stagedFiles({
  root,
  within,
}: Workplace): Generator<{ path: string; mode: string; bytes: Uint8Array }> {
  const listed = git(root, [
    "diff-index",
    "--cached",
    "--diff-filter=ACMRT",
    "-z",
    headOrEmptyTree(root),
    "--",
    ...(within === "" ? [] : [`:(literal)${within}`]),
  ]);
  const fields = listed.toString("utf8").split("\0");
  for (let at = 0; at + 1 < fields.length; at += 2) {
    const [, mode = "", , oid = ""] = fields[at]!.split(" ");
    const path = fields[at + 1]!;
    if (mode.startsWith("100")) yield { path, mode, bytes: git(root, ["cat-file", "blob", oid]) };
  }
}

/** Id of the empty tree: what the first commit is compared with. */
const EMPTY_TREE = "4b825dc642cb6eb9a060e54bf8d69288fbee4904";

function headOrEmptyTree(root: string): string {
  try {
    git(root, ["rev-parse", "--verify", "--quiet", "HEAD"]);
    return "HEAD";
  } catch (error) {
    if (error instanceof Error && "status" in error && error.status === 1) return EMPTY_TREE;
    throw error;
  }
}

let childProcess: typeof ChildProcess | null = null;

/** Settings of a repository that would start programs of its own are off; its index may be a hook's temporary one. */
function git(root: string, words: readonly string[]): Buffer {
  // Loaded when needed: a third of the time of a run over a small folder.
  childProcess ??= createRequire(import.meta.url)("node:child_process") as typeof ChildProcess;
  return childProcess.execFileSync(
    "git",
    ["-c", "core.fsmonitor=false", "-c", "core.quotePath=false", ...words],
    {
      cwd: root,
      maxBuffer: 1 << 30,
      stdio: ["ignore", "pipe", "pipe"],
    },
  );
}

const SKIPPED = new Set([".git", "node_modules"]);

function walk(root: string, within: string): readonly string[] {
  if (within !== "" && statSync(join(root, within)).isFile()) return [within];
  const found: string[] = [];
  const folders = [within === "" ? "" : `${within}/`];
  for (let folder = folders.pop(); folder !== undefined; folder = folders.pop()) {
    for (const entry of readdirSync(`${root}/${folder}`, { withFileTypes: true })) {
      const path = folder + entry.name;
      if (entry.isFile()) found.push(path);
      else if (entry.isDirectory() && !SKIPPED.has(entry.name)) folders.push(`${path}/`);
    }
  }
  return found;
}
