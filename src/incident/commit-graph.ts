import type { IncidentState } from "./state.ts";
import type { CommitFacts, Sha } from "./state/commit-facts.ts";

/** Commits that were read, by SHA. Ancestry is known only as far as they reach. */
export type CommitGraph = ReadonlyMap<Sha, CommitFacts>;

export function commitGraphOf(state: IncidentState): CommitGraph {
  const known = [
    ...(state.production?.history ?? []),
    ...(state.integration?.history ?? []),
    ...state.branches.flatMap((branch) => branch.commits),
    ...state.pullRequests.flatMap((pull) => [
      ...(pull.commits ?? []),
      ...(pull.mergeCommit === null ? [] : [pull.mergeCommit]),
    ]),
  ];
  return new Map(known.map((commit) => [commit.sha, commit]));
}

/** The commit and all its known ancestors. An ancestor whose own facts are unknown is in it too, as the end of its line. */
export function ancestryOf(graph: CommitGraph, sha: Sha): ReadonlySet<Sha> {
  const seen = new Set<Sha>([sha]);
  const todo = [sha];
  for (let next = todo.pop(); next !== undefined; next = todo.pop()) {
    for (const parent of graph.get(next)?.parents ?? []) {
      if (seen.has(parent)) continue;
      seen.add(parent);
      todo.push(parent);
    }
  }
  return seen;
}

/** True only when it can be shown from the commits that were read; a commit contains itself. */
export function contains(graph: CommitGraph, head: Sha, wanted: Sha): boolean {
  return ancestryOf(graph, head).has(wanted);
}
