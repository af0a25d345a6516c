import { type CommitGraph, contains } from "./commit-graph.ts";
import { type Say, sayIn } from "./say.ts";
import type { IncidentState } from "./state.ts";
import type { BranchFacts, TrunkFacts } from "./state/branch-facts.ts";
import type { Sha } from "./state/commit-facts.ts";
import type { Problem } from "./state/problem.ts";
import type { PullRequestFacts } from "./state/pull-request-facts.ts";

/** What can be said about the merge of a production pull request before it is tagged. */
export type MergeVerdict =
  | { readonly kind: "verified" }
  /** GitHub has not shown all of it yet. */
  | { readonly kind: "not-yet" }
  | { readonly kind: "refused"; readonly problem: Problem };

/** Is the merge commit on production, and does it contain the hotfix? A merge that GitHub reports may be on neither (faults.md F1, F23). */
export function verifyMerge(
  state: IncidentState,
  graph: CommitGraph,
  pull: PullRequestFacts,
  branch: BranchFacts | null,
  // Only who shows the problem needs it in the language of the repository.
  say: Say = sayIn("en"),
): MergeVerdict {
  const merge = pull.mergeCommit;
  if (state.production === null || merge === null) return { kind: "not-yet" };
  const onProduction = isOnProduction(state, state.production, graph, pull, merge.sha);
  if (onProduction !== true && pull.base !== state.production.name) {
    return refused(
      "merged-elsewhere",
      say("#{number} was merged into {base} and not into {production}, so nothing was shipped or tagged", {
        number: pull.number,
        base: pull.base,
        production: state.production.name,
      }),
      say("Open a pull request from `{head}` to {production} yourself, or take the label off to stop", {
        head: pull.head,
        production: state.production.name,
      }),
    );
  }
  if (onProduction !== true) {
    return onProduction === null
      ? { kind: "not-yet" }
      : refused(
          "merge-not-on-production",
          say("The merge of #{number} is not on {production}, so it was not tagged", {
            number: pull.number,
            production: state.production.name,
          }),
          say("Find out who moved {production}, and bring {commit} back to it", {
            production: state.production.name,
            commit: merge.sha.slice(0, 7),
          }),
        );
  }
  return hasTreeOfHotfix(graph, pull, branch) === false
    ? refused(
        "merge-differs",
        say("The merge of #{number} does not have the content of the hotfix, so it was not tagged", {
          number: pull.number,
        }),
        say("Compare {commit} with {head}, and ship what is missing in a new pull request", {
          commit: merge.sha.slice(0, 7),
          head: pull.headSha.slice(0, 7),
        }),
      )
    : { kind: "verified" };
}

/** null: cannot be told, because production was read too early or not far enough back. */
function isOnProduction(
  state: IncidentState,
  production: TrunkFacts,
  graph: CommitGraph,
  pull: PullRequestFacts,
  mergeCommit: Sha,
): boolean | null {
  const proof = state.landings.find(
    (landing) => landing.mergeCommit === mergeCommit && landing.target === production.name,
  )?.proof;
  if (proof === "ancestry" || proof === "content" || proof === "pull-request") return true;
  if (contains(graph, production.head, mergeCommit)) return true;
  const [head] = production.history;
  const oldest = production.history.at(-1);
  const mergedAt = pull.mergedAt ?? pull.mergeCommit?.committedAt;
  if (head === undefined || oldest === undefined || mergedAt === undefined) return null;
  const isReadAfterMerge = Date.parse(head.committedAt) >= Date.parse(mergedAt);
  const reachesBack = Date.parse(oldest.committedAt) <= Date.parse(mergedAt);
  return isReadAfterMerge && (reachesBack || proof === "missing") ? false : null;
}

/**
 * Where the hotfix was up to date with production, the merge must have its very tree, however it was merged. null: it was not up to date, so the trees
 * differ rightly and GitHub's word has to do.
 */
function hasTreeOfHotfix(
  graph: CommitGraph,
  pull: PullRequestFacts,
  branch: BranchFacts | null,
): boolean | null {
  const merge = pull.mergeCommit!;
  const headTree = graph.get(pull.headSha)?.tree ?? (branch?.head === pull.headSha ? branch.tree : undefined);
  const [before] = merge.parents;
  if (headTree === undefined || before === undefined || before === pull.headSha) return null;
  return contains(graph, pull.headSha, before) ? merge.tree === headTree : null;
}

/** The merge left production's tree as it was: only the opening commit, or a change and its undoing, went in. */
export function isEmptyMerge(
  graph: CommitGraph,
  pull: PullRequestFacts,
  branch: BranchFacts | null,
): boolean {
  const merge = pull.mergeCommit;
  if (pull.state !== "merged" || merge === null) return false;
  // After a rebase the last commits on production are those of the hotfix, under new names but with their messages.
  const messages = new Set(
    [...(pull.commits ?? []), ...(branch?.commits ?? [])].map((commit) => commit.message),
  );
  for (let commit = merge; ; ) {
    const parent = graph.get(commit.parents[0] ?? "");
    if (parent === undefined) return commit.sha === merge.sha && pull.changedFiles === 0;
    if (parent.tree !== commit.tree) return false;
    if (commit.parents.length !== 1 || !messages.has(parent.message)) return true;
    commit = parent;
  }
}

function refused(code: string, sentence: string, nextStep: string): MergeVerdict {
  return { kind: "refused", problem: { code, sentence, nextStep, transient: false } };
}
