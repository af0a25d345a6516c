import type { Sha } from "../../incident/state/commit-facts.ts";
import { REF_QUERY } from "../documents/write-queries.ts";
import type { RepositoryClient } from "../repository-client.ts";
import { isNotFound, runGraphql } from "../run-graphql.ts";

interface RefAnswer {
  readonly repository: {
    readonly id: string;
    readonly ref: { readonly target: { readonly oid: string } | null } | null;
  } | null;
}

/** What a ref points at now (of an annotated tag: the tag object); null where there is no such ref. */
export async function readRef(client: RepositoryClient, ref: string): Promise<Sha | null> {
  return (await readRefWithRepository(client, ref)).oid;
}

/** The same with the repository's node id, which `updateRefs` asks for. */
export async function readRefWithRepository(
  client: RepositoryClient,
  ref: string,
): Promise<{ readonly repositoryId: string | null; readonly oid: Sha | null }> {
  const { repository } = await runGraphql<RefAnswer>(client, REF_QUERY, { ref }, isNotFound);
  return { repositoryId: repository?.id ?? null, oid: repository?.ref?.target?.oid ?? null };
}
