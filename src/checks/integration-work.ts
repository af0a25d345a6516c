import { isOpeningCommit } from "../incident/opening-commit.ts";
import type { CommitFacts, Sha } from "../incident/state/commit-facts.ts";

/**
 * Commits of the hotfix that are work of the integration branch. `commits`: what production lacks, newest first. `own`: those of them that the
 * integration branch lacks too. A hotfix that somebody merged into the integration branch early has all its commits there, and is still the fix: its
 * own line, down from the head to the opening commit, is never foreign.
 */
export function integrationWork(
  commits: readonly CommitFacts[],
  own: ReadonlySet<Sha>,
  incident: number,
): ReadonlySet<Sha> {
  const shared = commits.filter(({ sha }) => !own.has(sha));
  const line = lineOf(commits);
  const isCutFromProduction =
    line.some((commit) => isOpeningCommit(commit, incident)) || shared.length === commits.length;
  const ours = new Set(isCutFromProduction ? line.map(({ sha }) => sha) : []);
  return new Set(shared.map(({ sha }) => sha).filter((sha) => !ours.has(sha)));
}

/** From the head along first parents. */
function lineOf(commits: readonly CommitFacts[]): readonly CommitFacts[] {
  const bySha = new Map(commits.map((commit) => [commit.sha, commit]));
  const line: CommitFacts[] = [];
  let next = commits[0];
  while (next !== undefined && !line.includes(next)) {
    line.push(next);
    next = bySha.get(next.parents[0] ?? "");
  }
  return line;
}
