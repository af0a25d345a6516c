import { createHash } from "node:crypto";
import type { TreeEntry } from "../checks/commit-state.ts";
import { inParallel } from "./in-parallel.ts";
import { buildBlobTextsQuery, type BlobTextsAnswer } from "./documents/commit-query.ts";
import type { RepositoryClient } from "./repository-client.ts";
import { runGraphql } from "./run-graphql.ts";

/** GraphQL cuts texts of larger blobs; those come by REST, one call each. */
const MAX_TEXT_BYTES = 200_000;
const BATCH_BLOBS = 350;
const BATCH_BYTES = 3_000_000;
const IN_FLIGHT = 10;

export interface BlobEntry extends Pick<TreeEntry, "oid" | "size"> {
  /** Nobody needs it if it is binary. */
  readonly isTextWanted?: boolean;
}

export type UseBlob = (oid: string, bytes: Uint8Array) => Promise<void>;

/**
 * Bytes of blobs, handed to `use` as they arrive, so that never more than a few batches are held. Each is compared with its id: what
 * GraphQL gives as text may have lost bytes, and is then read again as it is. Binary ones that nobody needs are not handed on: a folder of
 * images costs no call for each.
 */
export async function readBlobs(
  client: RepositoryClient,
  blobs: readonly BlobEntry[],
  use: UseBlob,
): Promise<void> {
  const whole: string[] = [];
  const isAsked = (blob: BlobEntry): boolean => !isTooLarge(blob) || blob.isTextWanted === true;
  const asked = blobs.filter(isAsked);
  const others = blobs.filter((blob) => !isAsked(blob)).map(({ oid }) => oid);
  const tasks = [
    ...batchesOf(asked).map((batch) => () => readTexts(client, batch, use, whole)),
    ...others.map((oid) => () => readWhole(client, oid, use)),
  ];
  throwFirst(await inParallel(tasks, IN_FLIGHT, (task) => task()));
  throwFirst(await inParallel(whole, IN_FLIGHT, (oid) => readWhole(client, oid, use)));
}

/** Git's id of a blob with these bytes. */
export function blobId(bytes: Uint8Array): string {
  return createHash("sha1").update(`blob ${bytes.byteLength}\0`).update(bytes).digest("hex");
}

/** Of those that are too large for their text, only the kind is asked, which weighs nothing. */
function batchesOf(blobs: readonly BlobEntry[]): readonly (readonly BlobEntry[])[] {
  const batches: BlobEntry[][] = [];
  let bytes = 0;
  for (const blob of blobs) {
    const last = batches.at(-1);
    const weight = isTooLarge(blob) ? 0 : blob.size;
    if (last === undefined || last.length === BATCH_BLOBS || bytes + weight > BATCH_BYTES) {
      batches.push([blob]);
      bytes = weight;
    } else {
      last.push(blob);
      bytes += weight;
    }
  }
  return batches;
}

function isTooLarge({ size }: BlobEntry): boolean {
  return size > MAX_TEXT_BYTES;
}

/** Adds to `whole` what must be read by itself. */
async function readTexts(
  client: RepositoryClient,
  blobs: readonly BlobEntry[],
  use: UseBlob,
  whole: string[],
): Promise<void> {
  const oids = blobs.map(({ oid }) => oid);
  const kindOnly = new Set(blobs.filter(isTooLarge).map(({ oid }) => oid));
  const { repository } = await runGraphql<BlobTextsAnswer>(client, buildBlobTextsQuery(oids, kindOnly), {});
  for (const [index, { oid, isTextWanted }] of blobs.entries()) {
    const answer = repository[`blob${index}`];
    if (answer?.isBinary === true && isTextWanted === true) continue;
    const bytes = typeof answer?.text === "string" ? new TextEncoder().encode(answer.text) : null;
    if (bytes !== null && blobId(bytes) === oid) await use(oid, bytes);
    else whole.push(oid);
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
