import type { IncidentFacts } from "../../incident/facts.ts";
import type { RoundFacts } from "../../incident/facts/round-facts.ts";
import { type Command, command } from "../markdown.ts";

/** A release branch that a person must carry the fix to, if it needs it. */
export interface ExcludedRelease {
  readonly name: string;
  readonly because: string;
  /** To copy; empty until the fix is on production. */
  readonly commands: readonly Command[];
}

const MOST = 5;

export function excludedReleases(facts: IncidentFacts, round: RoundFacts | null): readonly ExcludedRelease[] {
  return facts.excludedReleases.slice(0, MOST).map(({ name, because }) => ({
    name,
    because,
    commands: round === null ? [] : cherryPick(round, name),
  }));
}

/** What a merge put on production is one commit, except after a rebase: then the commits of the hotfix are taken from the pull request. */
function cherryPick(round: RoundFacts, branch: string): readonly Command[] {
  const merge = round.pullRequest?.mergeCommit ?? null;
  if (merge === null || round.isEmptyMerge) return [];
  const isMergeCommit = merge.parents.length > 1;
  const isOneCommit = isMergeCommit || round.commits.length <= 1;
  return [
    isOneCommit
      ? command("git fetch", ["origin"])
      : command("git fetch", ["origin", `pull/${round.pullRequest?.number}/head`]),
    command("git switch", [branch]),
    command(
      isMergeCommit ? "git cherry-pick -x -m 1" : "git cherry-pick -x",
      isOneCommit ? [merge.sha] : round.commits.map((commit) => commit.sha),
    ),
    command("git push", ["origin", branch]),
  ];
}
