import type { Action } from "../action.ts";
import { documentsBranch } from "../names.ts";
import { isOwnBackMergeBranch, ownHotfixBranches } from "../own-branches.ts";
import type { BranchFacts } from "../state/branch-facts.ts";
import type { PullRequestFacts } from "../state/pull-request-facts.ts";
import { areDocumentsThere, isComplete } from "./commit-documents.ts";
import type { Situation } from "./rule.ts";

/** Takes away what is merged, when all is done: own branches whose head is the very head that was merged. One that somebody restored stays. */
export function deleteBranches(situation: Situation): readonly Action[] {
  if (!isComplete(situation) || !areDocumentsThere(situation)) return [];
  return situation.state.branches
    .filter((branch) => isOwn(situation, branch) && wasMergedAsItIs(situation.state.pullRequests, branch))
    .map((branch) => ({ kind: "delete-branch", branch: branch.name, expectedHead: branch.head }));
}

function isOwn({ state, config, facts }: Situation, branch: BranchFacts): boolean {
  return (
    ownHotfixBranches(state, config).includes(branch.name) ||
    isOwnBackMergeBranch(state, config, branch.name) ||
    branch.name === documentsBranch(facts.number)
  );
}

/** Its head is the very head of a merged pull request, nobody needs it, and it was not deleted and restored. */
export function wasMergedAsItIs(
  pullRequests: readonly PullRequestFacts[],
  branch: Pick<BranchFacts, "name" | "head">,
): boolean {
  const pulls = pullRequests.filter((pull) => pull.head === branch.name);
  const wasDeleted = pulls.some((pull) => pull.events.some((event) => event.kind === "head_ref_deleted"));
  const isNeeded = pulls.some((pull) => pull.state === "open");
  return (
    !wasDeleted && !isNeeded && pulls.some((pull) => pull.state === "merged" && pull.headSha === branch.head)
  );
}
