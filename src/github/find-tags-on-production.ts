import type { TagFacts } from "../incident/state/release-facts.ts";
import type { ObservationHints } from "./observation-hints.ts";
import type { Trunk } from "./read-branches.ts";
import { contains, readRelation } from "./read-relation.ts";
import type { Tag } from "./read-tags.ts";
import type { RepositoryClient } from "./repository-client.ts";

/** The next version follows from the highest tag on production, so only the highest ones are worth a call each. */
const MOST_LOOKED_UP = 5;

/**
 * Marks the tags whose commit is on production. What the history that we hold does not show is asked for, from the highest version down to the
 * first that the history does show, at most five; tags below count as not on production.
 */
export async function findTagsOnProduction(
  client: RepositoryClient,
  hints: ObservationHints,
  production: Trunk | null,
  tags: readonly Tag[],
): Promise<TagFacts[]> {
  if (production === null) return tags.map((tag) => ({ ...tag, onProduction: false }));
  const shown = new Set(production.history.map((commit) => commit.sha));
  const firstShown = tags.findIndex((tag) => shown.has(tag.commit));
  const unknown = production.isHistoryComplete
    ? []
    : tags.slice(0, firstShown === -1 ? undefined : firstShown).slice(0, MOST_LOOKED_UP);
  const found = new Set<string>();
  await Promise.all(
    unknown.map(async (tag) => {
      if (contains(await readRelation(client, hints, tag.commit, production.head))) found.add(tag.name);
    }),
  );
  return tags.map((tag) => ({ ...tag, onProduction: shown.has(tag.commit) || found.has(tag.name) }));
}
