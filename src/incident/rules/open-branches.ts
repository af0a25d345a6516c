import type { Action } from "../action.ts";
import type { RoundFacts } from "../facts.ts";
import { wasMade } from "../noticed.ts";
import { openingMessage } from "../opening-commit.ts";
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
  return round.branchExists || wasMade(situation.state, round)
    ? []
    : [opening(situation, round.hotfixBranch)];
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
    .map((each) => opening(situation, each.branch));
}

function isDeleted({ state }: Situation, round: RoundFacts): boolean {
  return !round.branchExists && round.mergeCommit === null && wasMade(state, round);
}

function opening({ state, facts }: Situation, branch: string): Action {
  const { head, tree } = state.production!;
  return {
    kind: "create-branch",
    branch,
    from: head,
    tree,
    message: openingMessage(facts.id, facts.number, branch),
  };
}
