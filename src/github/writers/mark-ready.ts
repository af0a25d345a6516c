import type { OutcomeValue } from "../../incident/action.ts";
import type { ActionOf } from "../action-of.ts";
import { MARK_READY } from "../documents/mutations.ts";
import type { RepositoryClient } from "../repository-client.ts";
import { GraphqlFailure, runGraphql } from "../run-graphql.ts";

export async function markReady(
  client: RepositoryClient,
  action: ActionOf<"mark-ready">,
): Promise<OutcomeValue> {
  try {
    await runGraphql(client, MARK_READY, { id: action.nodeId });
  } catch (error) {
    // Somebody was quicker, or an earlier answer was lost: ready is ready.
    if (!(error instanceof GraphqlFailure) || (await isDraft(client, action.pullRequest))) throw error;
  }
  return { kind: "done" };
}

async function isDraft(client: RepositoryClient, pullRequest: number): Promise<boolean> {
  const { data } = await client.octokit.rest.pulls.get({
    owner: client.owner,
    repo: client.repo,
    pull_number: pullRequest,
  });
  return data.draft ?? false;
}
