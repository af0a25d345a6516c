import { notFound, unprocessable, validationFailed } from "../api-error.ts";
import type { Hub } from "../hub.ts";
import type { Repository } from "../model.ts";
import { repositoryUrl } from "../present-repository.ts";
import type { JsonObject, RepositoryContext, Reply } from "../router.ts";
import { editTree, isTreePath } from "../tree-edit.ts";
import type { TreeChange } from "../tree-edit.ts";
import { requireCommits } from "./git-refs.ts";
import { readText } from "./read-body.ts";

const DOCS = "https://docs.github.com/rest/git/trees";
const PATH = "/repos/{owner}/{repo}/git/trees";
const modes = new Set(["100644", "100755", "040000", "160000", "120000"]);

export function registerGitTrees(hub: Hub): void {
  hub.router.repository({
    method: "POST",
    path: PATH,
    permissions: [{ contents: "write" }],
    docs: `${DOCS}#create-a-tree`,
    handler: createTree,
  });
  hub.router.repository({
    method: "GET",
    path: `${PATH}/{tree_sha}`,
    greedy: ["tree_sha"],
    permissions: [{ contents: "read" }],
    docs: `${DOCS}#get-a-tree`,
    handler: getTree,
  });
}

async function createTree(context: RepositoryContext): Promise<Reply> {
  const { hub, repository, body } = context;
  requireCommits(repository);
  const base = readText(body.base_tree);
  const baseTree = base === null ? undefined : await treeOf(repository, base);
  if (base !== null && baseTree === undefined) throw notFound("base_tree does not exist");
  const changes = new Map<string, TreeChange>();
  const entries = Array.isArray(body.tree) ? (body.tree as readonly JsonObject[]) : [];
  for (const entry of entries) {
    const path = readText(entry.path) ?? "";
    if (!isTreePath(path)) throw unprocessable("tree.path contains a malformed path component");
    changes.set(path, await changeOf(repository, entry));
  }
  const oid = await editTree(repository.git, baseTree, changes);
  const url = treeUrl(hub, repository, oid);
  const listed = await listTree(hub, repository, oid, false);
  return { status: 201, body: { sha: oid, url, ...listed }, headers: { location: url } };
}

async function changeOf(repository: Repository, entry: JsonObject): Promise<TreeChange> {
  if (entry.sha === null) return null;
  const mode = readText(entry.mode) ?? "100644";
  if (!modes.has(mode))
    throw unprocessable("tree.mode must be one of 040000, 100644, 100755, 120000, 160000");
  const content = readText(entry.content);
  if (content !== null) return { mode, oid: await repository.git.writeBlob(Buffer.from(content)) };
  const oid = readText(entry.sha) ?? "";
  // A submodule's commit lives elsewhere.
  if (mode === "160000") return { mode, oid };
  const type = mode === "040000" ? "tree" : "blob";
  if ((await repository.git.read(oid))?.type !== type) {
    throw validationFailed({
      resource: "Tree",
      field: "sha",
      code: "custom",
      message: `tree.sha ${oid} is not a valid ${type}`,
    });
  }
  return { mode, oid };
}

async function getTree(context: RepositoryContext): Promise<Reply> {
  const { hub, repository, params, query } = context;
  requireCommits(repository);
  const oid = await treeOf(repository, params.tree_sha ?? "");
  if (oid === undefined) throw notFound();
  // Any value at all means recursive, "0" and "false" included.
  const listed = await listTree(hub, repository, oid, query.has("recursive"));
  return { status: 200, body: { sha: oid, url: treeUrl(hub, repository, oid), ...listed } };
}

async function treeOf(repository: Repository, name: string): Promise<string | undefined> {
  const { git } = repository;
  if (/^[0-9a-f]{40}$/.test(name)) return (await git.read(`${name}^{tree}`))?.oid;
  const commit = await git.resolveCommit(name);
  return commit === undefined ? undefined : (await git.commit(commit))?.tree;
}

async function listTree(
  hub: Hub,
  repository: Repository,
  oid: string,
  recursive: boolean,
): Promise<JsonObject> {
  const args = ["ls-tree", "-z", "-l", "--full-tree", ...(recursive ? ["-r", "-t"] : []), oid];
  const lines = (await repository.git.run(args)).split("\0").filter((line) => line !== "");
  const url = repositoryUrl(hub, repository);
  const entries = lines.slice(0, hub.treeEntryLimit).map((line) => {
    const tab = line.indexOf("\t");
    const [mode = "", type = "", sha = "", size = "-"] = line.slice(0, tab).split(/ +/);
    return {
      path: line.slice(tab + 1),
      mode,
      type,
      sha,
      ...(type === "blob" ? { size: Number(size) } : {}),
      ...(type === "commit" ? {} : { url: `${url}/git/${type}s/${sha}` }),
    };
  });
  return { tree: entries, truncated: lines.length > hub.treeEntryLimit };
}

function treeUrl(hub: Hub, repository: Repository, oid: string): string {
  return `${repositoryUrl(hub, repository)}/git/trees/${oid}`;
}
