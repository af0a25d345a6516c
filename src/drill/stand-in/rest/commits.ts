import { ApiError, conflict, notFound, unprocessable } from "../api-error.ts";
import { EMPTY_TREE, diffFiles } from "../diff.ts";
import type { FileDiff } from "../diff.ts";
import type { Commit } from "../git-formats.ts";
import type { Hub } from "../hub.ts";
import type { Repository } from "../model.ts";
import { pageRequest, paginate } from "../pagination.ts";
import { commitBody, diffEntry } from "../present-git.ts";
import { repositoryPage, repositoryUrl } from "../present-repository.ts";
import { isBranch, shortRefName } from "../ref-format.ts";
import type { JsonObject, RepositoryContext, Reply } from "../router.ts";
import { requireCommits } from "./git-refs.ts";

const DOCS = "https://docs.github.com/rest/commits/commits";
const BASE = "/repos/{owner}/{repo}";
const FILES_AT_ONCE = 300;
const COMPARE_COMMITS = 250;
const reads = [{ contents: "read" }] as const;

export function registerCommits(hub: Hub): void {
  const { router } = hub;
  router.repository({
    method: "GET",
    path: `${BASE}/commits`,
    permissions: reads,
    docs: `${DOCS}#list-commits`,
    handler: listCommits,
  });
  router.repository({
    method: "GET",
    path: `${BASE}/commits/{ref}`,
    greedy: ["ref"],
    permissions: reads,
    docs: `${DOCS}#get-a-commit`,
    handler: getCommit,
  });
  router.repository({
    method: "GET",
    path: `${BASE}/commits/{commit_sha}/branches-where-head`,
    permissions: reads,
    docs: `${DOCS}#list-branches-for-head-commit`,
    handler: branchesWhereHead,
  });
  router.repository({
    method: "GET",
    path: `${BASE}/compare/{basehead}`,
    greedy: ["basehead"],
    permissions: reads,
    docs: `${DOCS}#compare-two-commits`,
    handler: compare,
  });
}

async function listCommits(context: RepositoryContext): Promise<Reply> {
  const { hub, repository, query } = context;
  if (repository.git.isEmpty()) throw conflict("Git Repository is empty.");
  const start = await repository.git.resolveCommit(query.get("sha") ?? repository.defaultBranch);
  if (start === undefined) throw notFound();
  const author = query.get("author");
  const email = author === null ? null : (hub.findAccount(author)?.email ?? author);
  const oids = await repository.git.revList([
    ...dateFilter(query),
    ...(email === null ? [] : ["--fixed-strings", `--author=${email}`]),
    start,
    "--",
    ...pathFilter(query),
  ]);
  return paginate(context, oids, async (oid) => commitBody(hub, repository, await commitOf(repository, oid)));
}

function dateFilter(query: URLSearchParams): readonly string[] {
  const [since, until] = [query.get("since"), query.get("until")];
  return [...(since === null ? [] : [`--since=${since}`]), ...(until === null ? [] : [`--until=${until}`])];
}

function pathFilter(query: URLSearchParams): readonly string[] {
  const path = query.get("path");
  return path === null || path === "" ? [] : [`:(literal)${path.replace(/^\/+/, "")}`];
}

async function getCommit(context: RepositoryContext): Promise<Reply> {
  const { hub, repository, params, query, headers } = context;
  requireCommits(repository);
  const name = params.ref ?? "";
  const oid = await repository.git.resolveCommit(name);
  if (oid === undefined) throw unprocessable(`No commit found for SHA: ${name}`);
  if (String(headers.accept ?? "").includes("sha")) {
    return { status: 200, body: Buffer.from(oid), headers: { "content-type": "application/vnd.github.sha" } };
  }
  const commit = await commitOf(repository, oid);
  const files = await diffFiles(repository.git, commit.parents[0] ?? EMPTY_TREE, oid);
  const { page, perPage } = pageRequest(
    new URLSearchParams({ per_page: "100", ...Object.fromEntries(query) }),
  );
  const shown = query.has("per_page") ? perPage : FILES_AT_ONCE;
  const body = {
    ...commitBody(hub, repository, commit),
    stats: statsOf(files),
    files: files.slice((page - 1) * shown, page * shown).map((file) => diffEntry(hub, repository, file, oid)),
  };
  return { status: 200, body };
}

function statsOf(files: readonly FileDiff[]): JsonObject {
  const additions = files.reduce((sum, file) => sum + file.additions, 0);
  const deletions = files.reduce((sum, file) => sum + file.deletions, 0);
  return { total: additions + deletions, additions, deletions };
}

function branchesWhereHead(context: RepositoryContext): Reply {
  const { hub, repository, params } = context;
  requireCommits(repository);
  const oid = params.commit_sha ?? "";
  const heads = [...repository.git.refs].filter(([ref, target]) => isBranch(ref) && target === oid);
  const body = heads.map(([ref]) => {
    const name = shortRefName(ref);
    const commit = { sha: oid, url: `${repositoryUrl(hub, repository)}/commits/${oid}` };
    return { name, commit, protected: repository.protections.has(name) };
  });
  return { status: 200, body };
}

/** `base...head`: commits of the head that the base lacks, and the change since the merge base. */
async function compare(context: RepositoryContext): Promise<Reply> {
  const { hub, repository, params, query } = context;
  requireCommits(repository);
  const [baseName = "", headName = ""] = (params.basehead ?? "").split("...");
  const base = await endOf(repository, baseName);
  const head = await endOf(repository, headName);
  const { git } = repository;
  const mergeBase = await git.mergeBase(base, head);
  if (mergeBase === undefined)
    throw new ApiError(404, `No common ancestor between ${baseName} and ${headName}.`);
  const [ahead, behind, files] = await Promise.all([
    git.newCommits(head, [base]),
    git.newCommits(base, [head]),
    mergeBase === head ? [] : diffFiles(git, mergeBase, head),
  ]);
  const paged = query.has("page") || query.has("per_page");
  const { page, perPage } = pageRequest(query);
  const shown = paged ? ahead.slice((page - 1) * perPage, page * perPage) : ahead.slice(-COMPARE_COMMITS);
  const url = `${repositoryUrl(hub, repository)}/compare/${params.basehead}`;
  const site = `${repositoryPage(hub, repository)}/compare`;
  const permalink = `${repository.owner.login}:${base.slice(0, 7)}...${repository.owner.login}:${head.slice(0, 7)}`;
  const present = async (oid: string): Promise<JsonObject> =>
    commitBody(hub, repository, await commitOf(repository, oid));
  const listed = await paginate(context, ahead, () => undefined);
  const body = {
    url,
    html_url: `${site}/${params.basehead}`,
    permalink_url: `${site}/${permalink}`,
    diff_url: `${site}/${params.basehead}.diff`,
    patch_url: `${site}/${params.basehead}.patch`,
    base_commit: await present(base),
    merge_base_commit: await present(mergeBase),
    status: statusOf(ahead.length, behind.length),
    ahead_by: ahead.length,
    behind_by: behind.length,
    total_commits: ahead.length,
    commits: await Promise.all(shown.map(present)),
    // Files come with the first page only.
    files: (page === 1 ? files : [])
      .slice(0, FILES_AT_ONCE)
      .map((file) => diffEntry(hub, repository, file, head)),
  };
  return { status: 200, body, ...(paged && listed.headers !== undefined ? { headers: listed.headers } : {}) };
}

function statusOf(ahead: number, behind: number): string {
  if (ahead > 0) return behind > 0 ? "diverged" : "ahead";
  return behind > 0 ? "behind" : "identical";
}

/** One end of a comparison; `owner:branch` of the same repository is allowed. */
async function endOf(repository: Repository, name: string): Promise<string> {
  const own = `${repository.owner.login}:`;
  const oid = await repository.git.resolveCommit(name.startsWith(own) ? name.slice(own.length) : name);
  if (oid === undefined) throw notFound();
  return oid;
}

export async function commitOf(repository: Repository, oid: string): Promise<Commit> {
  const commit = await repository.git.commit(oid);
  if (commit === undefined) throw new Error(`commit ${oid} vanished from ${repository.name}`);
  return commit;
}
