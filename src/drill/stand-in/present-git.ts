import { isoTime } from "./hub.ts";
import type { Hub } from "./hub.ts";
import type { FileDiff } from "./diff.ts";
import { formatCommit, formatTag } from "./git-formats.ts";
import type { Commit, Person, TagContent } from "./git-formats.ts";
import type { Repository } from "./model.ts";
import { nodeId } from "./node-id.ts";
import { simpleUser } from "./present-account.ts";
import { repositoryPage, repositoryUrl } from "./present-repository.ts";
import type { JsonObject } from "./router.ts";

export function gitNodeId(repository: Repository, kind: "C" | "T" | "B" | "TA" | "REF", key: string): string {
  return nodeId(kind, `${repository.id}:${key}`);
}

/** The schema `commit`, without `stats` and `files`. */
export function commitBody(hub: Hub, repository: Repository, commit: Commit): JsonObject {
  const url = repositoryUrl(hub, repository);
  const page = repositoryPage(hub, repository);
  return {
    sha: commit.oid,
    node_id: gitNodeId(repository, "C", commit.oid),
    commit: {
      author: personBody(commit.author),
      committer: personBody(commit.committer),
      message: messageOf(commit),
      tree: { sha: commit.tree, url: `${url}/git/trees/${commit.tree}` },
      url: `${url}/git/commits/${commit.oid}`,
      comment_count: 0,
      verification: commitVerification(repository, commit),
    },
    url: `${url}/commits/${commit.oid}`,
    html_url: `${page}/commit/${commit.oid}`,
    comments_url: `${url}/commits/${commit.oid}/comments`,
    author: accountOf(hub, commit.author),
    committer: accountOf(hub, commit.committer),
    parents: commit.parents.map((sha) => ({
      sha,
      url: `${url}/commits/${sha}`,
      html_url: `${page}/commit/${sha}`,
    })),
  };
}

/** The schema `git-commit`. */
export function gitCommitBody(hub: Hub, repository: Repository, commit: Commit): JsonObject {
  const url = repositoryUrl(hub, repository);
  const page = repositoryPage(hub, repository);
  return {
    sha: commit.oid,
    node_id: gitNodeId(repository, "C", commit.oid),
    url: `${url}/git/commits/${commit.oid}`,
    html_url: `${page}/commit/${commit.oid}`,
    author: personBody(commit.author),
    committer: personBody(commit.committer),
    tree: { sha: commit.tree, url: `${url}/git/trees/${commit.tree}` },
    message: messageOf(commit),
    parents: commit.parents.map((sha) => ({
      sha,
      url: `${url}/git/commits/${sha}`,
      html_url: `${page}/commit/${sha}`,
    })),
    verification: commitVerification(repository, commit),
  };
}

/** The schema `diff-entry`. */
export function diffEntry(hub: Hub, repository: Repository, file: FileDiff, at: string): JsonObject {
  const page = repositoryPage(hub, repository);
  const path = encodePath(file.filename);
  return {
    sha: file.blob,
    filename: file.filename,
    status: file.status,
    additions: file.additions,
    deletions: file.deletions,
    changes: file.additions + file.deletions,
    blob_url: `${page}/blob/${at}/${path}`,
    raw_url: `${page}/raw/${at}/${path}`,
    contents_url: `${repositoryUrl(hub, repository)}/contents/${path}?ref=${at}`,
    ...(file.patch === undefined ? {} : { patch: file.patch }),
    ...(file.previous === undefined ? {} : { previous_filename: file.previous }),
  };
}

/** The schema `git-tag`. */
export function gitTagBody(hub: Hub, repository: Repository, oid: string, tag: TagContent): JsonObject {
  const url = repositoryUrl(hub, repository);
  const payload = formatTag(tag).toString();
  return {
    node_id: gitNodeId(repository, "TA", oid),
    tag: tag.tag,
    sha: oid,
    url: `${url}/git/tags/${oid}`,
    message: tag.message.replace(/\n$/, ""),
    tagger: personBody(tag.tagger ?? { name: "", email: "", date: new Date(0) }),
    object: { sha: tag.object, type: tag.type, url: `${url}/git/${tag.type}s/${tag.object}` },
    verification: verification(repository.git.isSigned(oid), null, payload, tag.tagger?.date ?? new Date(0)),
  };
}

export function personBody(person: Person): JsonObject {
  return { name: person.name, email: person.email, date: isoTime(person.date) };
}

/** Slashes stay: a path is several segments. */
export function encodePath(path: string): string {
  return path.split("/").map(encodeURIComponent).join("/");
}

/** git ends messages with a line end that the API does not show. */
export function messageOf(commit: Commit): string {
  return commit.message.replace(/\n$/, "");
}

function accountOf(hub: Hub, person: Person): JsonObject | null {
  const account = hub.findAccountByEmail(person.email);
  return account === undefined ? null : simpleUser(hub, account);
}

function commitVerification(repository: Repository, commit: Commit): JsonObject {
  const payload = formatCommit(commit).toString();
  return verification(repository.git.isSigned(commit.oid), commit.signature, payload, commit.committer.date);
}

/** What people sign cannot be verified here: their keys are unknown. */
function verification(signed: boolean, own: string | null, payload: string, at: Date): JsonObject {
  if (signed) {
    const signature = "-----BEGIN PGP SIGNATURE-----\n\nc3RhbmQtaW4=\n-----END PGP SIGNATURE-----\n";
    return { verified: true, reason: "valid", signature, payload, verified_at: isoTime(at) };
  }
  if (own !== null) {
    return { verified: false, reason: "unknown_key", signature: own, payload, verified_at: null };
  }
  return { verified: false, reason: "unsigned", signature: null, payload: null, verified_at: null };
}
