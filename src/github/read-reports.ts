import { type FullFrontMatter, readFrontMatter } from "../config/front-matter-schema.ts";
import { INDEX_BRANCH, INDEX_NAME } from "../incident/names.ts";
import { decodeSource, isBinary } from "../checks/source-text.ts";
import { readBlobs } from "./read-blobs.ts";
import { nodesOf } from "./read-commit.ts";
import { INDEX_STATE_QUERY, REPORTS_QUERY } from "./documents/index-queries.ts";
import type { Nodes } from "./documents/answers.ts";
import type { RepositoryClient } from "./repository-client.ts";
import { isNotFound, runGraphql } from "./run-graphql.ts";

export interface IndexState {
  readonly repositoryUrl: string;
  readonly isPrivate: boolean;
  /** Head of the branch. */
  readonly head: string;
  /** Changes with every file of the folder. */
  readonly tree: string;
  /** Milliseconds since the epoch; null: there is no index yet. */
  readonly committedAt: number | null;
  /** The newest pull request that brings the index; null: there never was one. */
  readonly pullRequest: { readonly state: "open" | "closed" | "merged"; readonly head: string } | null;
  /** Its branch; null: there is none. */
  readonly own: {
    readonly head: string;
    readonly committedAt: number | null;
    /** Text of the index there; null: there is none; undefined: something is there that is no text. */
    readonly index: string | null | undefined;
  } | null;
}

interface BranchAnswer {
  readonly target: {
    readonly oid: string;
    readonly history?: { readonly nodes: readonly { readonly committedDate: string }[] };
  } | null;
}

interface StateAnswer {
  readonly repository: {
    readonly url: string;
    readonly isPrivate: boolean;
    readonly isArchived: boolean;
    readonly ref: BranchAnswer | null;
    readonly folder: { readonly __typename: string; readonly oid: string } | null;
    readonly own: BranchAnswer | null;
    readonly ownFile: { readonly text?: string | null; readonly isTruncated?: boolean } | null;
    readonly pullRequests: Nodes<{
      readonly state: "OPEN" | "CLOSED" | "MERGED";
      readonly headRefOid: string;
      readonly isCrossRepository: boolean;
    }>;
  } | null;
}

/** null: there is no folder of reports, or nothing may be written. */
export async function readIndexState(
  client: RepositoryClient,
  branch: string,
  folder: string,
): Promise<IndexState | null> {
  const { repository } = await runGraphql<StateAnswer>(
    client,
    INDEX_STATE_QUERY,
    {
      branch: `refs/heads/${branch}`,
      folder: `${branch}:${folder}`,
      path: `${folder}/${INDEX_NAME}`,
      own: INDEX_BRANCH,
      ownRef: `refs/heads/${INDEX_BRANCH}`,
      ownFile: `${INDEX_BRANCH}:${folder}/${INDEX_NAME}`,
    },
    isNotFound,
  );
  const target = repository?.ref?.target ?? null;
  if (repository === null || target === null || repository.isArchived) return null;
  if (repository.folder?.__typename !== "Tree") return null;
  const own = repository.own?.target ?? null;
  const pull = nodesOf(repository.pullRequests).find((each) => !each.isCrossRepository);
  return {
    repositoryUrl: repository.url,
    isPrivate: repository.isPrivate,
    head: target.oid,
    tree: repository.folder.oid,
    committedAt: committedAtOf(target),
    pullRequest:
      pull === undefined
        ? null
        : { state: pull.state.toLowerCase() as "open" | "closed" | "merged", head: pull.headRefOid },
    own:
      own === null
        ? null
        : { head: own.oid, committedAt: committedAtOf(own), index: textOf(repository.ownFile) },
  };
}

function committedAtOf(target: NonNullable<BranchAnswer["target"]>): number | null {
  const last = target.history?.nodes[0]?.committedDate;
  return last === undefined ? null : Date.parse(last);
}

function textOf(
  file: { readonly text?: string | null; readonly isTruncated?: boolean } | null | undefined,
): string | null | undefined {
  if (file == null) return null;
  return file.isTruncated === true ? undefined : (file.text ?? undefined);
}

export interface Reports {
  readonly incidents: readonly FullFrontMatter[];
  /** Text of the index; null: there is none; undefined: something is there that is no text. */
  readonly index: string | null | undefined;
}

/** What stands on top of each incident report. Files that are none, or that somebody made unreadable, are left out. */
export async function readReports(
  client: RepositoryClient,
  branch: string,
  folder: string,
): Promise<Reports> {
  const { repository } = await runGraphql<{
    repository: {
      folder: {
        readonly entries?: readonly {
          readonly name: string;
          readonly object: { readonly oid: string; readonly byteSize?: number } | null;
        }[];
      } | null;
    } | null;
  }>(client, REPORTS_QUERY, { folder: `${branch}:${folder}` }, isNotFound);
  const files = (repository?.folder?.entries ?? []).filter(({ name }) => name.endsWith(".md"));
  const wanted = files.flatMap(({ object }) =>
    object?.byteSize === undefined || object.byteSize > MOST_BYTES
      ? []
      : [{ oid: object.oid, size: object.byteSize }],
  );
  const read = new Map<string, FullFrontMatter>();
  const index = files.find(({ name }) => name === INDEX_NAME);
  let indexText: string | undefined;
  await readBlobs(client, [...new Map(wanted.map((blob) => [blob.oid, blob])).values()], (oid, bytes) => {
    const source = decodeSource(bytes);
    if (isBinary(bytes) || !source.isLossless) return Promise.resolve();
    if (oid === index?.object?.oid) indexText = source.text;
    const reading = readFrontMatter(source.text);
    if (reading.ok && isReport(reading.data)) read.set(oid, reading.data);
    return Promise.resolve();
  });
  return {
    // In the order of the names, whatever came first.
    incidents: files.flatMap(({ object }) => read.get(object?.oid ?? "") ?? []),
    index: index === undefined ? null : indexText,
  };
}

/** A report is some tens of kilobytes; a file that is far larger is none, or nobody reads it. */
const MOST_BYTES = 1_000_000;

function isReport(data: { readonly schema: string }): data is FullFrontMatter {
  return data.schema === "hotfix-responder/incident-report/1";
}
