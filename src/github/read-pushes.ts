import type { PushFacts } from "../incident/state/branch-facts.ts";
import { statusOf } from "./http-status.ts";
import { restActorOf } from "./read-actor.ts";
import type { RepositoryClient } from "./repository-client.ts";

const KINDS: Readonly<Record<string, PushFacts["kind"]>> = {
  push: "push",
  force_push: "force_push",
  branch_creation: "branch_creation",
  branch_deletion: "branch_deletion",
  pr_merge: "merge",
  merge_queue_merge: "merge",
};

/** Of one branch, the newest: older ones are not read. */
export const MOST_PUSHES = 100;

/** What happened to the branches, by the repository's activity list, which unlike commit dates cannot be forged; oldest first. */
export async function readPushes(
  client: RepositoryClient,
  branches: readonly string[],
): Promise<PushFacts[]> {
  const lists = await Promise.all(branches.map((branch) => readPushesTo(client, branch)));
  return lists.flatMap((list) => list ?? []).sort((one, other) => Date.parse(one.at) - Date.parse(other.at));
}

/** Oldest first. null: hosts without the list, and installations that may not read it. */
export async function readPushesTo(client: RepositoryClient, branch: string): Promise<PushFacts[] | null> {
  const { owner, repo } = client;
  try {
    const { data } = await client.octokit.rest.repos.listActivities({
      owner,
      repo,
      ref: `refs/heads/${branch}`,
      per_page: MOST_PUSHES,
    });
    return data.toReversed().map((activity) => ({
      branch,
      actor: restActorOf(activity.actor),
      before: activity.before,
      after: activity.after,
      at: activity.timestamp,
      kind: KINDS[activity.activity_type] ?? "push",
    }));
  } catch (error) {
    // What was pushed when and by whom stays unknown, nothing else is lost.
    if (statusOf(error) === 404 || statusOf(error) === 403) return null;
    throw error;
  }
}
