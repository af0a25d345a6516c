import { saying } from "../../incident/say.ts";
import type { OutcomeValue } from "../../incident/action.ts";
import type { ActionOf } from "../action-of.ts";
import { UPDATE_REFS } from "../documents/mutations.ts";
import { notYet, refused } from "../problem-error.ts";
import type { RepositoryClient } from "../repository-client.ts";
import { GraphqlFailure, runGraphql } from "../run-graphql.ts";
import { isServerFault } from "../server-fault.ts";
import { readRef, readRefWithRepository } from "./read-ref.ts";

const NO_COMMIT = "0".repeat(40);

/** Compare-and-set, which REST does not offer: a branch that somebody moved in the meantime stays. */
export async function deleteBranch(
  client: RepositoryClient,
  { branch, expectedHead }: ActionOf<"delete-branch">,
): Promise<OutcomeValue> {
  const ref = `refs/heads/${branch}`;
  const { repositoryId, oid } = await readRefWithRepository(client, ref);
  if (oid === null || repositoryId === null) return { kind: "done" };
  if (oid !== expectedHead) {
    throw refused(
      "branch-moved",
      saying("The branch {branch} was not deleted: it has commits that were not merged", { branch }),
      saying("Delete it by hand once nobody needs it"),
    );
  }
  try {
    await runGraphql(client, UPDATE_REFS, {
      repositoryId,
      refUpdates: [{ name: ref, beforeOid: expectedHead, afterOid: NO_COMMIT }],
    });
  } catch (error) {
    // "Delete branch on merge" was quicker, or somebody pushed in the same moment.
    if (!(error instanceof GraphqlFailure) && !isServerFault(error)) throw error;
    const now = await readRef(client, ref);
    if (now === expectedHead) throw error;
    if (now !== null)
      throw notYet("branch-moved", saying("The branch {branch} moved in the same moment", { branch }));
  }
  return { kind: "done" };
}
