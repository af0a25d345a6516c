import type { Config } from "../config/schema.ts";
import { ourComments } from "./comment-marker.ts";
import type { BackMergeFacts, RoundFacts } from "./facts/round-facts.ts";
import { parseHotfixBranch } from "./names.ts";
import { isOpeningCommit } from "./opening-commit.ts";
import type { IncidentState } from "./state.ts";
import type { PushFacts } from "./state/branch-facts.ts";

/** The last time that somebody deleted it. */
export function deletionOf(state: IncidentState, branch: string): PushFacts | undefined {
  return state.pushes.findLast((push) => push.branch === branch && push.kind === "branch_deletion");
}

/** Gone before it had a pull request: the activity list alone knows of it. */
export function isDeletedBackMerge(state: IncidentState, each: BackMergeFacts): boolean {
  return each.pullRequest === null && !each.branchExists && deletionOf(state, each.branch) !== undefined;
}

/** A branch of this incident that has the opening commit of the round's branch, which is gone. */
export function renamedTo(state: IncidentState, config: Config, round: RoundFacts): string | null {
  if (round.branchExists) return null;
  const found = state.branches.find(
    (branch) =>
      parseHotfixBranch(config.branches, branch.name) !== null &&
      branch.commits.some(
        (commit) =>
          isOpeningCommit(commit, state.issue.number) && commit.message.includes(` ${round.hotfixBranch},`),
      ),
  );
  return found?.name ?? null;
}

/** Whether the hotfix branch existed once: then its absence is a person's doing and not something to make up for. */
export function wasMade(state: IncidentState, round: RoundFacts): boolean {
  return (
    round.pullRequest !== null ||
    state.pushes.some((push) => push.branch === round.hotfixBranch) ||
    ourComments(state).some(
      ({ marker }) => marker.kind === "ready" && marker.fields.round === String(round.number),
    )
  );
}
