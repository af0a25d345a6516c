import { ancestryOf, type CommitGraph } from "./commit-graph.ts";
import { isOpeningCommit } from "./opening-commit.ts";
import type { IncidentState } from "./state.ts";
import type { BranchFacts } from "./state/branch-facts.ts";
import type { CommitFacts } from "./state/commit-facts.ts";
import type { PullRequestFacts } from "./state/pull-request-facts.ts";

/** Whether the branch changes anything against where it left production. Merging production into it alone does not. */
export function hasFix(
  state: IncidentState,
  graph: CommitGraph,
  branch: BranchFacts | null,
  pull: PullRequestFacts | null,
): boolean {
  if (branch === null) return (pull?.changedFiles ?? 0) > 0;
  const own = new Set(branch.commits.map((commit) => commit.sha));
  const isOpening = (commit: CommitFacts): boolean => isOpeningCommit(commit, state.issue.number);
  if (branch.commits.every(isOpening)) return false;
  const baseTrees = branch.commits.flatMap((commit) => [
    // The opening commit of a later round can stand on commits of people: then it is no base.
    ...(isOpening(commit) && !commit.parents.some((parent) => own.has(parent)) ? [commit.tree] : []),
    ...commit.parents.filter((parent) => !own.has(parent)).map((parent) => graph.get(parent)?.tree),
  ]);
  return !baseTrees.includes(branch.tree);
}

/** Commits of people, oldest first: from the pull request, else from the branch, else from production below the merge. */
export function hotfixCommitsOf(
  state: IncidentState,
  graph: CommitGraph,
  branch: BranchFacts | null,
  pull: PullRequestFacts | null,
): readonly CommitFacts[] {
  const isOfPerson = (commit: CommitFacts): boolean =>
    !isOpeningCommit(commit, state.issue.number) && commit.parents.length < 2;
  const sources = [
    pull?.commits ?? [],
    branch?.commits.toReversed() ?? [],
    mergedCommits(state, graph, pull),
  ];
  const found = sources.map((commits) => commits.filter(isOfPerson)).find((commits) => commits.length > 0);
  if (found !== undefined) return found;
  return pull?.state === "merged" &&
    pull.mergeCommit !== null &&
    isOfPerson(pull.mergeCommit) &&
    pull.changedFiles > 0
    ? [pull.mergeCommit]
    : [];
}

function mergedCommits(
  state: IncidentState,
  graph: CommitGraph,
  pull: PullRequestFacts | null,
): readonly CommitFacts[] {
  const [before, ...others] = pull?.mergeCommit?.parents ?? [];
  if (pull === null || before === undefined || !others.includes(pull.headSha)) return [];
  const earlier = ancestryOf(graph, before);
  const mine = ancestryOf(graph, pull.headSha);
  return (state.production?.history ?? [])
    .filter((commit) => mine.has(commit.sha) && !earlier.has(commit.sha))
    .toReversed();
}
