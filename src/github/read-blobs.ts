import { createHash } from "node:crypto";
import type { TreeEntry } from "../checks/commit-state.ts";
import { inParallel } from "../reconcile/in-parallel.ts";
import { buildBlobTextsQuery, type BlobTextsAnswer } from "./documents/commit-query.ts";
import type { RepositoryClient } from "./repository-client.ts";
import { runGraphql } from "./run-graphql.ts";

/** GraphQL cuts texts of larger blobs; those come by REST, one call each. */
const MAX_TEXT_BYTES = 200_000;
const BATCH_BLOBS = 200;
const BATCH_BYTES = 2_000_000;
const IN_FLIGHT = 10;

export type BlobEntry = Pick<TreeEntry, "oid" | "size">;

export type UseBlob = (oid: string, bytes: Uint8Array) => Promise<void>;

/**
 * Bytes of blobs, handed to `use` as they arrive, so that never more than a few batches are held. Each is compared with its id: what
 * GraphQL gives as text may have lost bytes, and is then read again as it is.
 */
export async function readBlobs(
  client: RepositoryClient,
  blobs: readonly BlobEntry[],
  use: UseBlob,
): Promise<void> {
  const damaged: string[] = [];
  const small = blobs.filter(({ size }) => size <= MAX_TEXT_BYTES);
  const large = blobs.filter(({ size }) => size > MAX_TEXT_BYTES).map(({ oid }) => oid);
  const tasks = [
    ...batchesOf(small).map((batch) => () => readTexts(client, batch, use, damaged)),
    ...large.map((oid) => () => readWhole(client, oid, use)),
  ];
  throwFirst(await inParallel(tasks, IN_FLIGHT, (task) => task()));
  throwFirst(await inParallel(damaged, IN_FLIGHT, (oid) => readWhole(client, oid, use)));
}

/** Git's id of a blob with these bytes. */
export function blobId(bytes: Uint8Array): string {
  return createHash("sha1").update(`blob ${bytes.byteLength}\0`).update(bytes).digest("hex");
}

function batchesOf(blobs: readonly BlobEntry[]): readonly (readonly string[])[] {
  const batches: string[][] = [];
  let bytes = 0;
  for (const { oid, size } of blobs) {
    const last = batches.at(-1);
    if (last === undefined || last.length === BATCH_BLOBS || bytes + size > BATCH_BYTES) {
      batches.push([oid]);
      bytes = size;
    } else {
      last.push(oid);
      bytes += size;
    }
  }
  return batches;
}

async function readTexts(
  client: RepositoryClient,
  oids: readonly string[],
  use: UseBlob,
  damaged: string[],
): Promise<void> {
  const { repository } = await runGraphql<BlobTextsAnswer>(client, buildBlobTextsQuery(oids), {});
  for (const [index, oid] of oids.entries()) {
    const text = repository[`blob${index}`]?.text;
    const bytes = typeof text === "string" ? new TextEncoder().encode(text) : null;
    if (bytes !== null && blobId(bytes) === oid) await use(oid, bytes);
    else damaged.push(oid);
  }
}

async function readWhole(
  { octokit, owner, repo }: RepositoryClient,
  oid: string,
  use: UseBlob,
): Promise<void> {
  const { data } = await octokit.rest.git.getBlob({ owner, repo, file_sha: oid });
  const bytes = Buffer.from(data.content, data.encoding === "base64" ? "base64" : "utf8");
  if (blobId(bytes) !== oid) throw new Error(`GitHub sent other bytes than those of blob ${oid}`);
  await use(oid, bytes);
}

function throwFirst(results: readonly PromiseSettledResult<unknown>[]): void {
  const failed = results.find((result) => result.status === "rejected");
  if (failed !== undefined) throw failed.reason;
}
