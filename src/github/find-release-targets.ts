import { type Saying, saying } from "../incident/say.ts";
import { parseTagName } from "../incident/names.ts";
import type { ReleaseBranchFacts } from "../incident/state/branch-facts.ts";
import type { Sha } from "../incident/state/commit-facts.ts";
import type { ObservationHints } from "./observation-hints.ts";
import { isOn } from "./prove-landing.ts";
import type { BranchHead, Trunk } from "./read-branches.ts";
import type { Tag } from "./read-tags.ts";
import type { RepositoryClient } from "./repository-client.ts";

export interface ReleaseQuestion {
  readonly production: Trunk;
  /** Production as it was without the hotfix: the commit before the merge, or the head where nothing merged yet. */
  readonly before: Sha;
  readonly tags: readonly Tag[];
  readonly tagFormat: string;
}

/**
 * Marks which release branches the hotfix may be carried to: those that are not released, and into which production brings nothing but the
 * hotfix (design decision 10). The others get the reason, in words.
 */
export function findReleaseTargets(
  client: RepositoryClient,
  hints: ObservationHints,
  branches: readonly BranchHead[],
  question: ReleaseQuestion,
): Promise<ReleaseBranchFacts[]> {
  return Promise.all(
    branches.map(async (branch) => ({
      name: branch.name,
      head: branch.head,
      tree: branch.tree,
      excludedBecause: await reasonAgainst(client, hints, branch, question),
    })),
  );
}

async function reasonAgainst(
  client: RepositoryClient,
  hints: ObservationHints,
  branch: BranchHead,
  { production, before, tags, tagFormat }: ReleaseQuestion,
): Promise<Saying | null> {
  const released = releasedAs(branch.name, tags, tagFormat);
  if (released !== null) return saying("it is released already as {tag}", { tag: released });
  // A branch that was cut from production just now has nothing of its own yet and is a target all the same.
  if (branch.head === before || branch.history.has(before)) return null;
  if (production.history.some((commit) => commit.sha === branch.head)) {
    return saying("everything on it is on {production} already", { production: production.name });
  }
  const containsBefore = await isOn(client, hints, before, branch);
  if (containsBefore === true) return null;
  return containsBefore === null
    ? saying("GitHub could not say how it stands to {production}", { production: production.name })
    : saying("merging {production} into it would bring more than this hotfix", {
        production: production.name,
      });
}

/** The tag under which `release/1.4` (any `1.4.x`) or `release/1.4.0` went out. */
function releasedAs(branch: string, tags: readonly Tag[], format: string): string | null {
  const version = /(?:^|[/v_-])(\d+(?:\.\d+){0,2})$/u.exec(branch)?.[1];
  if (version === undefined) return null;
  const isOfBranch = (tag: Tag): boolean => {
    const tagged = parseTagName(format, tag.name);
    return tagged !== null && !tagged.includes("-") && `${tagged}.`.startsWith(`${version}.`);
  };
  return tags.find(isOfBranch)?.name ?? null;
}
