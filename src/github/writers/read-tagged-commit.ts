import type { Sha } from "../../incident/state/commit-facts.ts";
import { statusOf } from "../http-status.ts";
import type { RepositoryClient } from "../repository-client.ts";

/** The commit that a tag is on, peeled; null where there is no such tag. */
export async function readTaggedCommit(client: RepositoryClient, tag: string): Promise<Sha | null> {
  const place = { owner: client.owner, repo: client.repo };
  try {
    const { data } = await client.octokit.rest.git.getRef({ ...place, ref: `tags/${tag}` });
    if (data.object.type !== "tag") return data.object.sha;
    const annotated = await client.octokit.rest.git.getTag({ ...place, tag_sha: data.object.sha });
    return annotated.data.object.sha;
  } catch (error) {
    if (statusOf(error) === 404) return null;
    throw error;
  }
}
