import { isoTime } from "../hub.ts";
import type { Commit, TagContent, TreeEntry } from "../git-formats.ts";
import { encodePath, gitNodeId } from "../present-git.ts";
import { repositoryPage } from "../present-repository.ts";
import { gitActorFields } from "./actor.ts";
import { checkSuitesConnection, rollupFields } from "./check.ts";
import { deploymentsOfCommit } from "./deployment.ts";
import { commitHistory, type HistoryArguments } from "./history.ts";
import { connection, type PageArguments } from "./connection.ts";
import { type PullArguments, pullsOfCommit } from "./pulls-of-commit.ts";
import { demandRead, type Fields, type Scope } from "./scope.ts";
import { pullStatsOfCommit } from "./commit-stats.ts";

/** GitHub leaves the text of larger blobs out. */
const TEXT_LIMIT = 512_000;

/** @param name an object id or an expression such as `HEAD:src`; null where there is none */
export async function gitObject(scope: Scope, name: string): Promise<Fields | null> {
  demandRead(scope, "contents");
  const { git } = scope.repository;
  const object = await git.read(name);
  if (object === undefined) return null;
  switch (object.type) {
    case "commit": {
      const commit = await git.commit(object.oid);
      return commit === undefined ? null : commitFields(scope, commit);
    }
    case "tree":
      return treeFields(scope, object.oid);
    case "blob":
      return blobFields(scope, object.oid, object.content);
    case "tag": {
      const tag = await git.tag(object.oid);
      return tag === undefined ? null : tagFields(scope, object.oid, tag);
    }
  }
}

export async function commitByOid(scope: Scope, oid: string | null): Promise<Fields | null> {
  const commit = oid === null ? undefined : await scope.repository.git.commit(oid);
  return commit === undefined ? null : commitFields(scope, commit);
}

function shared(scope: Scope, kind: "C" | "T" | "B" | "TA", oid: string): Fields {
  return {
    id: gitNodeId(scope.repository, kind, oid),
    oid,
    abbreviatedOid: oid.slice(0, 7),
    commitUrl: `${repositoryPage(scope.hub, scope.repository)}/commit/${oid}`,
  };
}

export function commitFields(scope: Scope, commit: Commit): Fields {
  const { hub, repository } = scope;
  const message = commit.message.replace(/\n$/, "");
  const [headline = "", ...rest] = message.split("\n");
  const url = `${repositoryPage(hub, repository)}/commit/${commit.oid}`;
  const stats = (): ReturnType<typeof pullStatsOfCommit> => pullStatsOfCommit(repository.git, commit);
  return {
    __typename: "Commit",
    ...shared(scope, "C", commit.oid),
    url,
    resourcePath: new URL(url).pathname,
    message,
    messageHeadline: headline,
    messageBody: rest.join("\n").trim(),
    authoredDate: isoTime(commit.author.date),
    committedDate: isoTime(commit.committer.date),
    author: () => gitActorFields(hub, commit.author),
    committer: () => gitActorFields(hub, commit.committer),
    authors: (page: PageArguments) =>
      connection("authors", [commit.author], page, (person) => gitActorFields(hub, person)),
    committedViaWeb: repository.git.isSigned(commit.oid),
    tree: () => treeFields(scope, commit.tree),
    parents: (page: PageArguments) =>
      connection("parents", commit.parents, page, (oid) => commitByOid(scope, oid)),
    history: (wanted: HistoryArguments) =>
      commitHistory(repository.git, commit.oid, wanted, (found) => commitFields(scope, found)),
    file: ({ path }: { path: string }) => treeEntryAt(scope, commit.oid, path),
    changedFilesIfAvailable: async () => (await stats()).changedFiles,
    changedFiles: async () => (await stats()).changedFiles,
    additions: async () => (await stats()).additions,
    deletions: async () => (await stats()).deletions,
    associatedPullRequests: (wanted: PullArguments) => pullsOfCommit(scope, commit.oid, wanted),
    checkSuites: (wanted: PageArguments & { filterBy?: { appId?: number; checkName?: string } | null }) =>
      checkSuitesConnection(scope, commit.oid, wanted),
    deployments: (wanted: PageArguments & { orderBy?: { direction: "ASC" | "DESC" } | null }) =>
      deploymentsOfCommit(scope, commit.oid, wanted),
    statusCheckRollup: () => rollupFields(scope, commit.oid),
  };
}

function treeFields(scope: Scope, oid: string): Fields {
  return {
    __typename: "Tree",
    ...shared(scope, "T", oid),
    entries: async () => {
      const entries = await scope.repository.git.tree(oid);
      return (entries ?? []).map((entry) => entryFields(scope, entry, entry.name));
    },
  };
}

function entryFields(scope: Scope, entry: TreeEntry, path: string): Fields {
  const type = entry.mode === "040000" ? "tree" : entry.mode === "160000" ? "commit" : "blob";
  return {
    oid: entry.oid,
    name: entry.name,
    path,
    mode: Number.parseInt(entry.mode, 8),
    type,
    object: () => (type === "commit" ? null : gitObject(scope, entry.oid)),
    isGenerated: false,
    submodule: null,
  };
}

async function treeEntryAt(scope: Scope, commit: string, path: string): Promise<Fields | null> {
  const slash = path.lastIndexOf("/");
  const folder = slash < 0 ? "" : path.slice(0, slash);
  const entries = await scope.repository.git.tree(`${commit}:${folder}`);
  const entry = entries?.find((it) => it.name === path.slice(slash + 1));
  return entry === undefined ? null : entryFields(scope, entry, path);
}

function blobFields(scope: Scope, oid: string, content: Buffer): Fields {
  const isBinary = content.subarray(0, 8000).includes(0);
  const isTruncated = content.length > TEXT_LIMIT;
  return {
    __typename: "Blob",
    ...shared(scope, "B", oid),
    byteSize: content.length,
    isBinary,
    isTruncated,
    // Bytes that are no text are replaced, so that whoever needs them must compare with the id.
    text: isBinary ? null : content.subarray(0, TEXT_LIMIT).toString("utf8"),
  };
}

export function tagFields(scope: Scope, oid: string, tag: TagContent): Fields {
  const page = repositoryPage(scope.hub, scope.repository);
  return {
    __typename: "Tag",
    ...shared(scope, "TA", oid),
    name: tag.tag,
    message: tag.message.replace(/\n$/, ""),
    tagger: () => (tag.tagger === null ? null : gitActorFields(scope.hub, tag.tagger)),
    target: () => gitObject(scope, tag.object),
    commitUrl: `${page}/releases/tag/${encodePath(tag.tag)}`,
  };
}
