import { statusOf } from "./http-status.ts";
import type { ObservationHints, Relation } from "./observation-hints.ts";
import type { RepositoryClient } from "./repository-client.ts";

/**
 * How `head` stands to `base`, both commits: `ahead` or `identical` means that `head` contains `base`. null: GitHub does not know one
 * of them, or they share nothing.
 */
export async function readRelation(
  client: RepositoryClient,
  hints: ObservationHints,
  base: string,
  head: string,
): Promise<Relation | null> {
  if (base === head) return "identical";
  const key = `${client.owner}/${client.repo}:${base}...${head}`;
  const known = hints.relations.get(key);
  if (known !== undefined) return known;
  try {
    const { data } = await client.octokit.rest.repos.compareCommitsWithBasehead({
      owner: client.owner,
      repo: client.repo,
      basehead: `${base}...${head}`,
      per_page: 1,
    });
    hints.relations.set(key, data.status);
    return data.status;
  } catch (error) {
    // 404: one of the commits is unknown here; 422 or 404 again where there is no common ancestor.
    if (statusOf(error) === 404 || statusOf(error) === 422) return null;
    throw error;
  }
}

export function contains(relation: Relation | null): boolean {
  return relation === "ahead" || relation === "identical";
}
