import type { ReleaseFacts } from "../incident/state/release-facts.ts";
import { statusOf } from "./http-status.ts";
import { restActorOf } from "./read-actor.ts";
import type { RepositoryClient } from "./repository-client.ts";

/** The published releases of the tags, one call each: the list of releases lags (F16), and drafts have no tag. */
export async function readReleases(
  client: RepositoryClient,
  tags: readonly string[],
): Promise<ReleaseFacts[]> {
  const found = await Promise.all(tags.map((tag) => readRelease(client, tag)));
  return found.filter((release) => release !== null);
}

/** null: there is none. */
export async function readRelease(client: RepositoryClient, tag: string): Promise<ReleaseFacts | null> {
  try {
    const { data } = await client.octokit.rest.repos.getReleaseByTag({
      owner: client.owner,
      repo: client.repo,
      tag,
    });
    return {
      tag: data.tag_name,
      url: data.html_url,
      author: restActorOf(data.author),
      publishedAt: data.published_at,
      isDraft: data.draft,
    };
  } catch (error) {
    if (statusOf(error) === 404) return null;
    throw error;
  }
}
