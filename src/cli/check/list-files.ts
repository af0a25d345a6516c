import type ChildProcess from "node:child_process";
import { existsSync, lstatSync, readdirSync, statSync } from "node:fs";
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

/** Why nothing of what was asked for is ever looked at; null: it is. Whoever names it must not read "Clean". */
export function unlookedAt({ root, within }: Workplace): string | null {
  let at = root;
  for (const name of within === "" ? [] : within.split("/")) {
    at = join(at, name);
    const stat = lstatSync(at);
    if (stat.isSymbolicLink()) return "there is a link on the way, and the check follows none";
    if (!stat.isFile() && !stat.isDirectory()) return "it is neither a file nor a folder";
  }
  return null;
}

/** Of a file or folder that was asked for, where `listFiles` names none. */
export function isIgnored({ root, isRepository, within }: Workplace): boolean {
  if (within === "" || !isRepository) return false;
  if (statSync(join(root, within)).isFile()) return true;
  try {
    git(root, ["check-ignore", "--quiet", "--", within]);
    return true;
  } catch (error) {
    if (error instanceof GitFailed && error.status === 1) return false;
    throw error;
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

/** A file as it is in the index. */
export interface StagedFile {
  readonly path: string;
  /** Git's mode: `100644` or `100755`; links and submodules are left out. */
  readonly mode: string;
  /** In bytes. */
  readonly size: number;
  readonly read: () => Uint8Array;
}

/** For a hook that runs before a commit: what is checked is what will be committed. */
export function stagedFiles({ root, within }: Workplace): readonly StagedFile[] {
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
  const files: { path: string; mode: string; oid: string }[] = [];
  for (let at = 0; at + 1 < fields.length; at += 2) {
    const [, mode = "", , oid = ""] = fields[at]!.split(" ");
    if (mode.startsWith("100")) files.push({ path: fields[at + 1]!, mode, oid });
  }
  if (files.length === 0) return [];
  const oids = files.map(({ oid }) => `${oid}\n`).join("");
  const sizes = git(root, ["cat-file", "--batch-check=%(objectsize)"], oids).toString("utf8").split("\n");
  return files.map(({ path, mode, oid }, index) => ({
    path,
    mode,
    size: Number(sizes[index]),
    read: () => git(root, ["cat-file", "blob", oid]),
  }));
}

/** The empty tree is what the first commit is compared with; its id depends on how the repository names objects. */
function headOrEmptyTree(root: string): string {
  try {
    git(root, ["rev-parse", "--verify", "--quiet", "HEAD"]);
    return "HEAD";
  } catch (error) {
    if (error instanceof GitFailed && error.status === 1) {
      return git(root, ["hash-object", "-t", "tree", "--stdin"]).toString("utf8").trim();
    }
    throw error;
  }
}

let childProcess: typeof ChildProcess | null = null;

/** With what git said first, for people. */
export class GitFailed extends Error {
  /** Exit code; null where git could not be started. */
  readonly status: number | null;

  constructor(message: string, status: number | null) {
    super(message);
    this.status = status;
  }
}

/** Settings of a repository that would start programs of its own are off; its index may be a hook's temporary one. */
function git(root: string, words: readonly string[], input = ""): Buffer {
  // Loaded when needed: a third of the time of a run over a small folder.
  childProcess ??= createRequire(import.meta.url)("node:child_process") as typeof ChildProcess;
  const all = ["-c", "core.fsmonitor=false", "-c", "core.quotePath=false", ...words];
  const { status, error, stdout, stderr } = childProcess.spawnSync("git", all, {
    cwd: root,
    input,
    maxBuffer: 1 << 30,
  });
  if (error === undefined && status === 0) return stdout;
  const said = error?.message ?? stderr.toString("utf8").trim().split("\n")[0]!;
  throw new GitFailed(`git ${words[0]}: ${said === "" ? `exit code ${status}` : said}`, status);
}

const SKIPPED = new Set([".git", "node_modules"]);

function walk(root: string, within: string): readonly string[] {
  if (within !== "" && statSync(join(root, within)).isFile()) return [within];
  const found: string[] = [];
  const folders = [within === "" ? "" : `${within}/`];
  for (let folder = folders.pop(); folder !== undefined; folder = folders.pop()) {
    walkFolder(root, folder, found, folders);
  }
  return found;
}

function walkFolder(root: string, folder: string, files: string[], folders: string[]): void {
  for (const entry of readdirSync(`${root}/${folder}`, { withFileTypes: true })) {
    const path = folder + entry.name;
    if (entry.isFile()) files.push(path);
    else if (entry.isDirectory() && !SKIPPED.has(entry.name)) folders.push(`${path}/`);
  }
}
