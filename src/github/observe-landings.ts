import { parseBackMergeBranch } from "../incident/names.ts";
import type { LandingFacts } from "../incident/state.ts";
import type { ReleaseBranchFacts } from "../incident/state/branch-facts.ts";
import type { Sha } from "../incident/state/commit-facts.ts";
import { backMergeTargetsOf } from "./glance.ts";
import type { Glance, Merge } from "./glance.ts";
import type { ObservationHints } from "./observation-hints.ts";
import { provesByContent } from "./prove-by-content.ts";
import { proveLanding } from "./prove-landing.ts";
import type { Carrier, LandingTarget } from "./prove-landing.ts";
import type { Trunk } from "./read-branches.ts";
import type { RepositoryClient } from "./repository-client.ts";

/** For every merge to production and every branch that it must reach, production included: is it there? Empty until something merged. */
export async function observeLandings(
  client: RepositoryClient,
  hints: ObservationHints,
  glance: Glance,
  releases: readonly ReleaseBranchFacts[],
): Promise<LandingFacts[]> {
  const targets = targetsOf(glance, releases);
  return Promise.all(
    glance.merges.flatMap((merge) =>
      targets.map(async (target): Promise<LandingFacts> => {
        const carriers = carriersTo(glance, target.name);
        const proof = await proveLanding(client, hints, merge.commit, target, carriers);
        if (proof !== "missing" || !isContentWorthLookingAt(glance, merge, target.name)) {
          return { mergeCommit: merge.commit, target: target.name, proof };
        }
        const isSame = await provesByContent(client, hints, merge, target.head);
        const byContent = isSame === null ? "unknown" : isSame ? "content" : "missing";
        return { mergeCommit: merge.commit, target: target.name, proof: byContent };
      }),
    ),
  );
}

function targetsOf(glance: Glance, releases: readonly ReleaseBranchFacts[]): LandingTarget[] {
  const pinned = backMergeTargetsOf(glance);
  const open = new Set(releases.filter((each) => each.excludedBecause === null).map((each) => each.name));
  const trunks = [glance.production, glance.integration].filter((trunk) => trunk !== null);
  const all: LandingTarget[] = [
    ...trunks.map(asTarget),
    ...glance.releaseBranches.filter(({ name }) => open.has(name) || pinned.has(name)),
  ];
  return [...new Map(all.map((target) => [target.name, target])).values()];
}

function asTarget({ name, head, history, isHistoryComplete }: Trunk): LandingTarget {
  return { name, head, isHistoryComplete, history: new Set(history.map((commit) => commit.sha)) };
}

/** Merged pull requests from our back-merge branches to the target. */
function carriersTo({ pullRequests, config }: Glance, target: string): Carrier[] {
  return pullRequests.flatMap((pull): Carrier[] => {
    const mergeCommit: Sha | undefined = pull.mergeCommit?.oid;
    const isBackMerge = parseBackMergeBranch(config.branches, pull.headRefName) !== null;
    return isBackMerge && pull.state === "MERGED" && pull.baseRefName === target && mergeCommit !== undefined
      ? [{ headSha: pull.headRefOid, mergeCommit }]
      : [];
  });
}

/**
 * Comparing contents takes two more trips. It is for what people carried over themselves: not before the merge has its tag, and not while a
 * pull request to the target is still open.
 */
function isContentWorthLookingAt(glance: Glance, merge: Merge, target: string): boolean {
  return (
    target !== glance.config.branches.production &&
    glance.tags.some((tag) => tag.commit === merge.commit) &&
    !glance.pullRequests.some((pull) => pull.state === "OPEN" && pull.baseRefName === target)
  );
}
