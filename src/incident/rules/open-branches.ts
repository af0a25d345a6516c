import type { Action } from "../action.ts";
import type { RoundFacts } from "../facts/round-facts.ts";
import { wasMade } from "../gone-branches.ts";
import { openingMessage } from "../opening-commit.ts";
import { pushedAfterMerge } from "../rounds.ts";
import type { Sha } from "../state/commit-facts.ts";
import type { Situation } from "./rule.ts";

/**
 * The hotfix branch and one back-merge branch for each target, all cut from production with an empty commit of their own. Only what never was: a branch
 * that is gone was deleted by a person.
 */
export function openBranches(situation: Situation): readonly Action[] {
  const { state, facts } = situation;
  const round = facts.rounds.at(-1)!;
  const hasBegun = round.branchExists || round.pullRequest !== null;
  if (state.production === null || (state.issue.state === "closed" && !hasBegun)) return [];
  return [...hotfixBranch(situation, round), ...backMergeBranches(situation, round)];
}

function hotfixBranch(situation: Situation, round: RoundFacts): readonly Action[] {
  if (round.branchExists || wasMade(situation.state, round)) return [];
  const { state, facts, graph } = situation;
  const before = facts.rounds.at(-2);
  const pushed =
    before === undefined ? null : pushedAfterMerge(state, graph, facts.rounds.slice(0, -1), before);
  // Commits that came after the merge are where the next round starts, so that none is lost and nobody's branch is moved.
  return [opening(situation, round.hotfixBranch, pushed ?? state.production!)];
}

function backMergeBranches(situation: Situation, round: RoundFacts): readonly Action[] {
  const { state } = situation;
  const isUndone = round.pullRequest?.state === "closed" || round.isEmptyMerge || isDeleted(situation, round);
  if (isUndone) return [];
  return round.backMerges
    .filter(
      (each) =>
        !each.branchExists &&
        each.pullRequest === null &&
        each.state === "waiting" &&
        !state.pushes.some((push) => push.branch === each.branch),
    )
    .map((each) => opening(situation, each.branch, state.production!));
}

function isDeleted({ state }: Situation, round: RoundFacts): boolean {
  return !round.branchExists && round.mergeCommit === null && wasMade(state, round);
}

function opening(
  { facts }: Situation,
  branch: string,
  { head, tree }: { readonly head: Sha; readonly tree: Sha },
): Action {
  return {
    kind: "create-branch",
    branch,
    from: head,
    tree,
    message: openingMessage(facts.id, facts.number, branch),
  };
}
