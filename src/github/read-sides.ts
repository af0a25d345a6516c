import type { SideFile, ThreeSides } from "../checks/merge-sides.ts";
import type { CommitFacts, Sha } from "../incident/state/commit-facts.ts";
import type { CommitAnswer, Nodes } from "./documents/answers.ts";
import { buildSidesQuery } from "./documents/sides-query.ts";
import type { SideAnswer, SideFileAnswer, SidesAnswer } from "./documents/sides-query.ts";
import { statusOf } from "./http-status.ts";
import type { Relation } from "./observation-hints.ts";
import { blobId } from "./read-blobs.ts";
import { commitOf, nodesOf } from "./read-commit.ts";
import type { RepositoryClient } from "./repository-client.ts";
import { isNotFound, runGraphql } from "./run-graphql.ts";

/** GitHub lists no more files of a comparison. */
const MOST_FILES = 300;
/** Three texts of up to 512 kB for each: more in one query would time out. */
const FILES_AT_ONCE = 25;
/** Of the newest commits that touched a file, those of one side only are kept. */
const COMMITS_READ = 10;
const COMMITS_KEPT = 3;

export interface Comparison {
  readonly relation: Relation;
  readonly mergeBase: Sha;
  /** Paths that `head` changed since the merge base, a renamed file's old one included; null: more than GitHub lists. */
  readonly paths: readonly string[] | null;
}

/** What `head` changed since it parted from `base`. null: GitHub knows no common ancestor. */
export async function readComparison(
  { octokit, owner, repo }: RepositoryClient,
  base: Sha,
  head: Sha,
): Promise<Comparison | null> {
  try {
    const { data } = await octokit.rest.repos.compareCommitsWithBasehead({
      owner,
      repo,
      basehead: `${base}...${head}`,
      per_page: 1,
    });
    const files = data.files ?? [];
    const paths = files.flatMap((file) =>
      file.previous_filename === undefined ? [file.filename] : [file.previous_filename, file.filename],
    );
    return {
      relation: data.status,
      mergeBase: data.merge_base_commit.sha,
      paths: files.length >= MOST_FILES ? null : [...new Set(paths)],
    };
  } catch (error) {
    if (statusOf(error) === 404 || statusOf(error) === 422) return null;
    throw error;
  }
}

export interface ReadSides extends ThreeSides {
  /** Newest commits of the `into` side that changed the file and are not in the base, newest first. */
  readonly commits: readonly CommitFacts[];
}

export interface SidesOfMerge {
  readonly files: readonly ReadSides[];
  /** Tree of the `into` side; null where GitHub does not show that commit any more. */
  readonly intoTree: Sha | null;
}

interface Commits {
  readonly base: Sha;
  readonly hotfix: Sha;
  readonly into: Sha;
}

/** Each file at the three commits. One trip. */
export async function readSides(
  client: RepositoryClient,
  commits: Commits,
  paths: readonly string[],
): Promise<SidesOfMerge> {
  const batches = Array.from({ length: Math.ceil(paths.length / FILES_AT_ONCE) }, (_, index) =>
    paths.slice(index * FILES_AT_ONCE, (index + 1) * FILES_AT_ONCE),
  );
  const read = await Promise.all(batches.map((batch) => readBatch(client, commits, batch)));
  return { files: read.flatMap(({ files }) => files), intoTree: read[0]?.intoTree ?? null };
}

async function readBatch(
  client: RepositoryClient,
  commits: Commits,
  paths: readonly string[],
): Promise<SidesOfMerge> {
  const { repository } = await runGraphql<SidesAnswer>(
    client,
    buildSidesQuery(paths.length, COMMITS_READ),
    { ...commits, ...Object.fromEntries(paths.map((path, index) => [`path${index}`, path])) },
    isNotFound,
  );
  const { base, hotfix, into } = repository;
  const files = paths.map((path, index) => {
    const old = new Set(historyOf(base, index).map((commit) => commit.oid));
    return {
      path,
      base: fileOf(base, index),
      hotfix: fileOf(hotfix, index),
      target: fileOf(into, index),
      commits: historyOf(into, index)
        .filter((commit) => !old.has(commit.oid))
        .slice(0, COMMITS_KEPT)
        .map(commitOf),
    };
  });
  return { files, intoTree: into?.tree?.oid ?? null };
}

function historyOf(side: SideAnswer | null, index: number): readonly CommitAnswer[] {
  return nodesOf(side?.[`history${index}`] as Nodes<CommitAnswer> | null | undefined);
}

function fileOf(side: SideAnswer | null, index: number): SideFile | null {
  const entry = side?.[`file${index}`] as SideFileAnswer | null | undefined;
  if (entry === null || entry === undefined) return null;
  return { oid: entry.oid, mode: entry.mode.toString(8).padStart(6, "0"), text: textOf(entry) };
}

/** Only what is the file byte for byte: GitHub replaces what is no UTF-8 and cuts what is long. Links hold a path, not lines. */
function textOf({ oid, mode, object }: SideFileAnswer): string | null {
  const isFile = object?.__typename === "Blob" && (mode & 0o170000) === 0o100000;
  if (!isFile || object.isBinary === true || object.isTruncated === true) return null;
  const text = object.text ?? null;
  return text !== null && blobId(new TextEncoder().encode(text)) === oid ? text : null;
}
