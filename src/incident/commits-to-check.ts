import type { Config } from "../config/schema.ts";
import type { RoundFacts } from "./facts/round-facts.ts";
import { isOpeningCommit } from "./opening-commit.ts";
import { areChecked } from "./own-checks.ts";
import { hotfixBranchesOf, isOwnBackMergeBranch } from "./own-branches.ts";
import type { IncidentState } from "./state.ts";
import type { BranchFacts } from "./state/branch-facts.ts";
import type { Sha } from "./state/commit-facts.ts";

/**
 * Heads of branches in flight without a finished check run of ours for each thing that is checked. A head that is still the opening commit has nothing to check; its pull request is
 * a draft then, which nobody can merge.
 */
export function commitsToCheck(
  state: IncidentState,
  config: Config,
  rounds: readonly RoundFacts[],
): readonly Sha[] {
  const ours = new Set(hotfixBranchesOf(state, config));
  const inFlight = new Map(
    rounds
      .flatMap((round) => [
        {
          name: round.hotfixBranch,
          subject: "hotfix" as const,
          target: state.production,
          pull: round.pullRequest,
          isOurs: ours.has(round.hotfixBranch),
        },
        ...round.backMerges.map((each) => ({
          name: each.branch,
          subject: "back-merge" as const,
          target: [state.integration, ...state.releaseBranches].find(
            (branch) => branch?.name === each.target,
          ),
          pull: each.pullRequest,
          isOurs: isOwnBackMergeBranch(state, config, each.branch),
        })),
      ])
      .filter(({ pull, isOurs }) => isOurs && (pull === null || pull.state === "open"))
      .map((each) => [each.name, each]),
  );
  const heads = state.branches
    .filter((branch) => inFlight.has(branch.name) && !isAtOpening(state, branch))
    .filter((branch) => {
      const { pull, subject, target } = inFlight.get(branch.name)!;
      const runs = pull?.headSha === branch.head ? pull.checkRuns : [];
      return !areChecked(runs, state, config, subject, target?.head ?? null);
    })
    .map((branch) => branch.head);
  return [...new Set(heads)];
}

function isAtOpening(state: IncidentState, branch: BranchFacts): boolean {
  const [head] = branch.commits;
  return head === undefined || (head.sha === branch.head && isOpeningCommit(head, state.issue.number));
}
