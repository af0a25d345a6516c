import { ApiError, conflict, notFound, unprocessable } from "../api-error.ts";
import type { TreeEntry } from "../git-formats.ts";
import type { Hub } from "../hub.ts";
import { ZERO_OID } from "../hub.ts";
import type { Repository } from "../model.ts";
import { encodePath, gitCommitBody } from "../present-git.ts";
import { repositoryPage, repositoryUrl } from "../present-repository.ts";
import { branchUpdateError } from "../ref-errors.ts";
import { refAuthor, updateRefs } from "../ref-updates.ts";
import type { JsonObject, RepositoryContext, Reply } from "../router.ts";
import { editTree, isTreePath } from "../tree-edit.ts";
import type { TreeChange } from "../tree-edit.ts";
import { commitOf } from "./commits.ts";
import { commitIdentity, rawReply, wrappedBase64 } from "./git-objects.ts";
import { readText } from "./read-body.ts";

const DOCS = "https://docs.github.com/rest/repos/contents";
const PATH = "/repos/{owner}/{repo}/contents/{path}";
const INLINE_LIMIT = 1_000_000;

export function registerContents(hub: Hub): void {
  hub.router.repository({
    method: "GET",
    path: PATH,
    greedy: ["path"],
    permissions: [{ contents: "read" }],
    docs: `${DOCS}#get-repository-content`,
    handler: getContents,
  });
  hub.router.repository({
    method: "PUT",
    path: PATH,
    greedy: ["path"],
    permissions: [{ contents: "write" }, { contents: "write", workflows: "write" }],
    docs: `${DOCS}#create-or-update-file-contents`,
    handler: putContents,
  });
  hub.router.repository({
    method: "DELETE",
    path: PATH,
    greedy: ["path"],
    permissions: [{ contents: "write" }, { contents: "write", workflows: "write" }],
    docs: `${DOCS}#delete-a-file`,
    handler: deleteContents,
  });
}

async function getContents(context: RepositoryContext): Promise<Reply> {
  const { hub, repository, query, headers } = context;
  const path = pathOf(context);
  const asked = query.get("ref") ?? repository.defaultBranch;
  if (repository.git.isEmpty()) throw notFound("This repository is empty.");
  const commit = await repository.git.resolveCommit(asked);
  if (commit === undefined) throw notFound(`No commit found for the ref ${asked}`);
  const where = { hub, repository, ref: asked };
  if (path === "") return { status: 200, body: await listFolder(where, commit, "") };
  const entry = await entryAt(repository, commit, path);
  if (entry === undefined) throw notFound();
  if (entry.mode === "040000") return { status: 200, body: await listFolder(where, commit, path) };
  const blob = entry.mode === "160000" ? undefined : await repository.git.read(entry.oid);
  const content = blob?.content ?? Buffer.alloc(0);
  if (String(headers.accept ?? "").includes("raw")) return rawReply(content);
  return { status: 200, body: fileBody(where, path, entry, content) };
}

interface Place {
  readonly hub: Hub;
  readonly repository: Repository;
  /** As the caller named it. */
  readonly ref: string;
}

async function listFolder(place: Place, commit: string, path: string): Promise<readonly JsonObject[]> {
  const { git } = place.repository;
  const entries = (await git.tree(`${commit}:${path}`)) ?? [];
  return Promise.all(
    entries.map(async (entry) => {
      const size = typeOf(entry) === "file" ? ((await git.read(entry.oid))?.content.length ?? 0) : 0;
      return entryBody(place, path === "" ? entry.name : `${path}/${entry.name}`, entry, size);
    }),
  );
}

function fileBody(place: Place, path: string, entry: TreeEntry, content: Buffer): JsonObject {
  const body = entryBody(place, path, entry, content.length);
  if (entry.mode === "120000") return { ...body, type: "symlink", target: content.toString() };
  if (entry.mode === "160000") return { ...body, submodule_git_url: null };
  if (content.length > INLINE_LIMIT) return { ...body, content: "", encoding: "none" };
  return { ...body, content: wrappedBase64(content), encoding: "base64" };
}

function entryBody(place: Place, path: string, entry: TreeEntry, size: number): JsonObject {
  const { hub, repository, ref } = place;
  const type = typeOf(entry);
  const url = repositoryUrl(hub, repository);
  const encoded = encodePath(path);
  const self = `${url}/contents/${encoded}?ref=${encodeURIComponent(ref)}`;
  const git = type === "submodule" ? null : `${url}/git/${type === "dir" ? "trees" : "blobs"}/${entry.oid}`;
  const kind = type === "dir" ? "tree" : "blob";
  const html = `${repositoryPage(hub, repository)}/${kind}/${ref}/${encoded}`;
  return {
    name: path.slice(path.lastIndexOf("/") + 1),
    path,
    sha: entry.oid,
    size,
    url: self,
    html_url: html,
    git_url: git,
    download_url: type === "file" ? `${repositoryPage(hub, repository)}/raw/${ref}/${encoded}` : null,
    type,
    _links: { self, git, html },
  };
}

function typeOf(entry: TreeEntry): "file" | "dir" | "symlink" | "submodule" {
  switch (entry.mode) {
    case "040000":
      return "dir";
    case "120000":
      return "symlink";
    case "160000":
      return "submodule";
    default:
      return "file";
  }
}

async function putContents(context: RepositoryContext): Promise<Reply> {
  const { hub, repository, body } = context;
  const path = pathOf(context);
  const content = Buffer.from(readText(body.content) ?? "", "base64");
  const oid = await repository.git.writeBlob(content);
  const branch = readText(body.branch) ?? repository.defaultBranch;
  const { existing, head } = await currentFile(context, branch, path);
  const mode = existing?.mode ?? "100644";
  const commit = await commitFile(context, branch, head, path, { mode, oid }, existing ? "update" : "create");
  const entry = { mode, oid, name: path.slice(path.lastIndexOf("/") + 1) };
  const file = entryBody({ hub, repository, ref: branch }, path, entry, content.length);
  return { status: existing === undefined ? 201 : 200, body: { content: file, commit } };
}

async function deleteContents(context: RepositoryContext): Promise<Reply> {
  const { repository, body, query } = context;
  const path = pathOf(context);
  // The description has these in the body; GitHub also takes them from the query.
  const given = { ...Object.fromEntries(query), ...body };
  const branch = readText(given.branch) ?? repository.defaultBranch;
  const { existing, head } = await currentFile({ ...context, body: given }, branch, path);
  if (existing === undefined) throw notFound();
  const commit = await commitFile({ ...context, body: given }, branch, head, path, null, "delete");
  return { status: 200, body: { content: null, commit } };
}

/** The file as it is on the branch, after checking that the caller knew it. */
async function currentFile(
  context: RepositoryContext,
  branch: string,
  path: string,
): Promise<{ readonly existing: TreeEntry | undefined; readonly head: string | undefined }> {
  const { repository, body } = context;
  const head = repository.git.branch(branch);
  if (head === undefined && !repository.git.isEmpty()) throw notFound(`Branch ${branch} not found`);
  const existing = head === undefined ? undefined : await entryAt(repository, head, path);
  const known = readText(body.sha);
  if (existing?.mode === "040000") throw unprocessable(`${path} is a directory`);
  if (existing !== undefined && known === null) {
    throw unprocessable('Invalid request.\n\n"sha" wasn\'t supplied.');
  }
  if (known !== null && known !== existing?.oid) throw conflict(`${path} does not match ${known}`);
  return { existing, head };
}

async function commitFile(
  context: RepositoryContext,
  branch: string,
  head: string | undefined,
  path: string,
  change: TreeChange,
  verb: "create" | "update" | "delete",
): Promise<JsonObject> {
  const { hub, repository, body, viewer } = context;
  const { git } = repository;
  const base = head === undefined ? undefined : (await commitOf(repository, head)).tree;
  const tree = await editTree(git, base, new Map([[path, change]]));
  const message =
    readText(body.message) ??
    `${verb === "create" ? "Create" : verb === "update" ? "Update" : "Delete"} ${path}`;
  const parents = head === undefined ? [] : [head];
  const oid = await git.writeCommit({ tree, parents, message, ...commitIdentity(context) });
  const update = { ref: `refs/heads/${branch}`, before: head ?? ZERO_OID, after: oid };
  try {
    await updateRefs(hub, repository, refAuthor(viewer, repository), [update]);
  } catch (error) {
    throw branchUpdateError(error, 409, `Could not ${verb} file`);
  }
  return gitCommitBody(hub, repository, await commitOf(repository, oid));
}

/** The entry of a path in a commit, found through its folder so that the mode is known. */
async function entryAt(repository: Repository, commit: string, path: string): Promise<TreeEntry | undefined> {
  const slash = path.lastIndexOf("/");
  const folder = await repository.git.tree(`${commit}:${slash < 0 ? "" : path.slice(0, slash)}`);
  return folder?.find((entry) => entry.name === path.slice(slash + 1));
}

function pathOf(context: RepositoryContext): string {
  const path = (context.params.path ?? "").replace(/^\/+|\/+$/g, "");
  if (path !== "" && !isTreePath(path)) throw new ApiError(422, "path contains a malformed path component");
  return path;
}
