import type { Action } from "../action.ts";
import type { RoundFacts } from "../facts/round-facts.ts";
import { hotfixBranchesOf, isOwnBackMergeBranch } from "../own-branches.ts";
import type { Situation } from "./rule.ts";

/** One for each branch of ours, once: a pull request that was closed stays closed. Drafts until there is something to look at. */
export function openPullRequests(situation: Situation): readonly Action[] {
  const round = situation.facts.rounds.at(-1)!;
  return [...toProduction(situation, round), ...toTargets(situation, round)];
}

function toProduction({ state, config, facts, render }: Situation, round: RoundFacts): readonly Action[] {
  const branch = state.branches.find((each) => each.name === round.hotfixBranch);
  // A branch that was reset to production has nothing to propose; GitHub would refuse.
  const isReady =
    branch !== undefined &&
    branch.commits.length > 0 &&
    hotfixBranchesOf(state, config).includes(branch.name);
  if (!isReady || round.pullRequest !== null) return [];
  return [
    {
      kind: "open-pull-request",
      head: round.hotfixBranch,
      base: config.branches.production,
      ...render.productionPullRequest(facts, round),
      draft: !round.hasFix,
    },
  ];
}

function toTargets({ state, config, facts, render }: Situation, round: RoundFacts): readonly Action[] {
  if (round.pullRequest?.state === "closed" || round.isEmptyMerge) return [];
  return round.backMerges
    .filter(
      (each) =>
        each.pullRequest === null &&
        each.state === "waiting" &&
        isOwnBackMergeBranch(state, config, each.branch),
    )
    .filter((each) => each.branchExists)
    .map((each) => ({
      kind: "open-pull-request",
      head: each.branch,
      base: each.target,
      ...render.backMergePullRequest(facts, round, each.target),
      draft: true,
    }));
}
