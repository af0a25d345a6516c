import type { Sha } from "../incident/state/commit-facts.ts";
import type { FileAnswer } from "./documents/answers.ts";
import { buildObjectsQuery } from "./documents/objects-query.ts";
import type { ObservationHints, TouchedFile } from "./observation-hints.ts";
import type { RepositoryClient } from "./repository-client.ts";
import { isNotFound, runGraphql } from "./run-graphql.ts";

/** One page of the pull request's files; a bigger hotfix is not compared. */
const MOST_FILES = 100;

/**
 * Does the target hold each file that the merge touched exactly as the merge left it (and not those that it removed)? That is how a fix looks that
 * somebody carried over by squash, rebase or cherry-pick. null: too many files to tell.
 */
export async function provesByContent(
  client: RepositoryClient,
  hints: ObservationHints,
  merge: { readonly pullRequest: number; readonly commit: Sha },
  targetHead: Sha,
): Promise<boolean | null> {
  const place = `${client.owner}/${client.repo}`;
  const key = `${place}:${merge.commit}@${targetHead}`;
  const known = hints.contents.get(key);
  if (known !== undefined) return known;
  const filesKey = `${place}:${merge.commit}`;
  const files = hints.touchedFiles.get(filesKey) ?? (await readTouchedFiles(client, merge.pullRequest));
  hints.touchedFiles.set(filesKey, files);
  if (files === null) return null;
  const isSame = files.length > 0 && (await holdsSame(client, files, merge.commit, targetHead));
  hints.contents.set(key, isSame);
  return isSame;
}

async function readTouchedFiles(
  client: RepositoryClient,
  pullRequest: number,
): Promise<readonly TouchedFile[] | null> {
  const { data } = await client.octokit.rest.pulls.listFiles({
    owner: client.owner,
    repo: client.repo,
    pull_number: pullRequest,
    per_page: MOST_FILES,
  });
  if (data.length === MOST_FILES) return null;
  return data.map((file) => ({ path: file.filename, previous: file.previous_filename ?? null }));
}

async function holdsSame(
  client: RepositoryClient,
  files: readonly TouchedFile[],
  merge: Sha,
  target: Sha,
): Promise<boolean> {
  const paths = files.flatMap((file) => (file.previous === null ? [file.path] : [file.path, file.previous]));
  const expressions = paths.flatMap((path) => [`${merge}:${path}`, `${target}:${path}`]);
  const variables = Object.fromEntries(
    expressions.map((expression, index) => [`object${index}`, expression]),
  );
  const { repository } = await runGraphql<{ repository: Record<string, FileAnswer | null> | null }>(
    client,
    buildObjectsQuery(expressions.length),
    variables,
    isNotFound,
  );
  const oid = (index: number): string | null => repository?.[`object${index}`]?.oid ?? null;
  return paths.every((_, index) => oid(2 * index) === oid(2 * index + 1));
}
