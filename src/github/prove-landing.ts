import type { LandingFacts } from "../incident/state.ts";
import type { Sha } from "../incident/state/commit-facts.ts";
import type { ObservationHints } from "./observation-hints.ts";
import { contains, readRelation } from "./read-relation.ts";
import type { RepositoryClient } from "./repository-client.ts";

/** A branch that the fix must reach, with as much of its history as was read. */
export interface LandingTarget {
  readonly name: string;
  readonly head: Sha;
  readonly history: ReadonlySet<Sha>;
  readonly isHistoryComplete: boolean;
}

/** A merged back-merge pull request. */
export interface Carrier {
  readonly headSha: Sha;
  readonly mergeCommit: Sha;
}

/**
 * Is the commit that shipped on the target? By ancestry, or because a merged pull request carried it there and what that merge made is still on the
 * target. `unknown`: GitHub could not tell.
 */
export async function proveLanding(
  client: RepositoryClient,
  hints: ObservationHints,
  mergeCommit: Sha,
  target: LandingTarget,
  carriers: readonly Carrier[],
): Promise<LandingFacts["proof"]> {
  if (target.history.has(mergeCommit)) return "ancestry";
  const [isAncestor, ...carried] = await Promise.all([
    isOn(client, hints, mergeCommit, target),
    ...carriers.map(async (carrier) => {
      const [relation, isStillThere] = await Promise.all([
        readRelation(client, hints, mergeCommit, carrier.headSha),
        isOn(client, hints, carrier.mergeCommit, target),
      ]);
      return contains(relation) && isStillThere === true;
    }),
  ]);
  if (isAncestor === true) return "ancestry";
  if (carried.includes(true)) return "pull-request";
  return isAncestor === null ? "unknown" : "missing";
}

/** Does the branch contain the commit? null: GitHub could not tell. No call where the history that was read shows it. */
export async function isOn(
  client: RepositoryClient,
  hints: ObservationHints,
  commit: Sha,
  branch: Omit<LandingTarget, "name">,
): Promise<boolean | null> {
  if (branch.history.has(commit)) return true;
  if (branch.isHistoryComplete) return false;
  const relation = await readRelation(client, hints, commit, branch.head);
  return relation === null ? null : contains(relation);
}
