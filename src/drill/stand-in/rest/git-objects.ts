import { notFound, unprocessable } from "../api-error.ts";
import type { Hub } from "../hub.ts";
import type { Person } from "../git-formats.ts";
import { personOf, webFlow } from "../identity.ts";
import { gitCommitBody, gitNodeId, gitTagBody } from "../present-git.ts";
import { repositoryUrl } from "../present-repository.ts";
import type { JsonObject, RepositoryContext, Reply } from "../router.ts";
import { requireCommits } from "./git-refs.ts";
import { readText, readTime } from "./read-body.ts";

const DOCS = "https://docs.github.com/rest/git";
const BASE = "/repos/{owner}/{repo}/git";
const reads = [{ contents: "read" }] as const;
const writes = [{ contents: "write" }] as const;

/** Commits, annotated tags and blobs as bare objects: nothing shows until a ref points there. */
export function registerGitObjects(hub: Hub): void {
  const route = (
    method: "GET" | "POST",
    path: string,
    anchor: string,
    handler: (context: RepositoryContext) => Promise<Reply>,
  ): void =>
    hub.router.repository({
      method,
      path: `${BASE}${path}`,
      permissions: method === "GET" ? reads : writes,
      docs: `${DOCS}/${anchor}`,
      handler,
    });
  route("POST", "/commits", "commits#create-a-commit", createCommit);
  route("GET", "/commits/{commit_sha}", "commits#get-a-commit-object", getCommit);
  route("POST", "/tags", "tags#create-a-tag-object", createTag);
  route("GET", "/tags/{tag_sha}", "tags#get-a-tag", getTag);
  route("POST", "/blobs", "blobs#create-a-blob", createBlob);
  route("GET", "/blobs/{file_sha}", "blobs#get-a-blob", getBlob);
}

async function createCommit(context: RepositoryContext): Promise<Reply> {
  const { hub, repository, body } = context;
  requireCommits(repository);
  const tree = readText(body.tree) ?? "";
  if ((await repository.git.tree(tree)) === undefined) throw unprocessable("Tree SHA does not exist");
  const parents = Array.isArray(body.parents) ? (body.parents as readonly string[]) : [];
  for (const parent of parents) {
    if ((await repository.git.commit(parent)) !== undefined) continue;
    throw unprocessable("Parent SHA does not exist or is not a commit object");
  }
  const { author, committer } = commitIdentity(context);
  const message = readText(body.message) ?? "";
  const oid = await repository.git.writeCommit({ tree, parents, author, committer, message });
  const commit = await repository.git.commit(oid);
  if (commit === undefined) throw new Error(`commit ${oid} was not written`);
  const created = gitCommitBody(hub, repository, commit);
  return { status: 201, body: created, headers: { location: String(created.url) } };
}

/**
 * Author and committer of a commit that the API makes. GitHub commits and signs for an app that names neither; an author
 * alone is the committer too, unsigned (platform.md section 3).
 */
export function commitIdentity(context: RepositoryContext): {
  readonly author: Person;
  readonly committer: Person;
} {
  const { hub, viewer, body } = context;
  if (viewer.kind !== "user" && viewer.kind !== "installation") throw notFound();
  const now = hub.now();
  const self = personOf(viewer.account, now);
  const author = readPerson(body.author, self);
  const committer = readPerson(body.committer, undefined);
  if (author === self && committer === undefined && viewer.kind === "installation") {
    return { author, committer: webFlow(now) };
  }
  return { author, committer: committer ?? author };
}

function readPerson<T extends Person | undefined>(value: unknown, otherwise: T): Person | T {
  if (typeof value !== "object" || value === null) return otherwise;
  const given = value as Record<string, unknown>;
  const name = readText(given.name);
  const email = readText(given.email);
  if (name === null || email === null) return otherwise;
  return { name, email, date: readTime(given.date) ?? new Date() };
}

async function getCommit(context: RepositoryContext): Promise<Reply> {
  const { hub, repository, params } = context;
  requireCommits(repository);
  const commit = await repository.git.commit(params.commit_sha ?? "");
  if (commit === undefined) throw notFound();
  return { status: 200, body: gitCommitBody(hub, repository, commit) };
}

async function createTag(context: RepositoryContext): Promise<Reply> {
  const { hub, repository, body, viewer } = context;
  requireCommits(repository);
  if (viewer.kind !== "user" && viewer.kind !== "installation") throw notFound();
  const object = readText(body.object) ?? "";
  const target = await repository.git.read(object);
  if (target === undefined || target.type !== body.type) {
    throw unprocessable("Object does not exist or is not of the given type");
  }
  const self = personOf(viewer.account, hub.now());
  const tagger = readPerson(body.tagger, self);
  const tag = {
    object: target.oid,
    type: target.type,
    tag: readText(body.tag) ?? "",
    tagger,
    message: readText(body.message) ?? "",
  };
  const oid = await repository.git.writeTag(tag);
  if (tagger === self && viewer.kind === "installation") repository.git.markSigned(oid);
  const created = gitTagBody(hub, repository, oid, tag);
  return { status: 201, body: created, headers: { location: String(created.url) } };
}

async function getTag(context: RepositoryContext): Promise<Reply> {
  const { hub, repository, params } = context;
  requireCommits(repository);
  const oid = params.tag_sha ?? "";
  const tag = await repository.git.tag(oid);
  if (tag === undefined) throw notFound();
  return { status: 200, body: gitTagBody(hub, repository, oid, tag) };
}

async function createBlob(context: RepositoryContext): Promise<Reply> {
  const { hub, repository, body } = context;
  requireCommits(repository);
  const encoding = body.encoding === "base64" ? "base64" : "utf8";
  const oid = await repository.git.writeBlob(Buffer.from(readText(body.content) ?? "", encoding));
  const url = `${repositoryUrl(hub, repository)}/git/blobs/${oid}`;
  return { status: 201, body: { sha: oid, url }, headers: { location: url } };
}

async function getBlob(context: RepositoryContext): Promise<Reply> {
  const { hub, repository, params, headers } = context;
  requireCommits(repository);
  const oid = params.file_sha ?? "";
  const object = await repository.git.read(oid);
  if (object?.type !== "blob") throw notFound();
  if (String(headers.accept ?? "").includes("raw")) return rawReply(object.content);
  const body: JsonObject = {
    sha: oid,
    node_id: gitNodeId(repository, "B", oid),
    size: object.content.length,
    url: `${repositoryUrl(hub, repository)}/git/blobs/${oid}`,
    content: wrappedBase64(object.content),
    encoding: "base64",
  };
  return { status: 200, body };
}

export function rawReply(content: Buffer): Reply {
  return {
    status: 200,
    body: content,
    headers: { "content-type": "application/vnd.github.raw; charset=utf-8" },
  };
}

/** base64 in lines of 60, as GitHub sends it. */
export function wrappedBase64(content: Buffer): string {
  return content.toString("base64").replace(/.{1,60}/g, "$&\n");
}
