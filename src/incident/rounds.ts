import type { Config } from "../config/schema.ts";
import { backMergesOf } from "./back-merges.ts";
import { pullRequestFrom } from "./pull-request-from.ts";
import { type CommitGraph, commitGraphOf, contains } from "./commit-graph.ts";
import { frozenOf } from "./comment-marker.ts";
import type { RoundFacts } from "./facts/round-facts.ts";
import { hasFix, hotfixCommitsOf } from "./hotfix-commits.ts";
import { isEmptyMerge, verifyMerge } from "./merge.ts";
import { decisionsOf } from "./decisions.ts";
import { hotfixBranch, parseHotfixBranch, slugOf } from "./names.ts";
import { foreignHotfixBranches, ownHotfixBranches } from "./own-branches.ts";
import { checksGreenAt } from "./own-checks.ts";
import type { IncidentState } from "./state.ts";
import type { BranchFacts } from "./state/branch-facts.ts";
import { tagOn } from "./version.ts";

/**
 * Oldest first, never empty: round 1 is there before its branch is. Another one is opened by `/hotfix again`, or by commits that people push to the
 * hotfix branch after its merge, and is there for good once it has a branch or pull request.
 */
export function roundsOf(state: IncidentState, config: Config): readonly RoundFacts[] {
  const graph = commitGraphOf(state);
  const slug = incidentSlug(state, config);
  const last = Math.max(
    decisionsOf(state).rounds,
    ...ownHotfixBranches(state, config).map((name) => roundNumber(state, config, name, slug)),
  );
  const rounds = Array.from({ length: last }, (_, index) => roundOf(state, config, graph, slug, index + 1));
  return isOpenedByPush(state, graph, rounds)
    ? [...rounds, roundOf(state, config, graph, slug, last + 1)]
    : rounds;
}

/**
 * The slug of all branches of this incident: that of a branch we made, else the one recorded, else the title's. A branch of a person that has the name
 * already is not touched; the slug gets a letter behind it.
 */
export function incidentSlug(state: IncidentState, config: Config): string {
  const [own] = ownHotfixBranches(state, config);
  const fromOwn = own === undefined ? null : parseHotfixBranch(config.branches, own);
  if (fromOwn !== null) return fromOwn.rest;
  const taken = new Set(foreignHotfixBranches(state, config));
  const isFree = (candidate: string): boolean =>
    !taken.has(hotfixBranch(config.branches, state.issue.number, candidate));
  const slug = frozenOf(state).slug ?? slugOf(state.issue.title);
  if (isFree(slug)) return slug;
  const short = slug.slice(0, 38).replace(/-+$/u, "");
  const letters = "bcdefghijklmnopqrstuvwxyz".split("");
  return letters.map((letter) => `${short}-${letter}`).find(isFree) ?? slug;
}

/** What people pushed to the branch of a round after its merge and what no later round has. null: nothing. */
export function pushedAfterMerge(
  state: IncidentState,
  graph: CommitGraph,
  rounds: readonly RoundFacts[],
  round: RoundFacts,
): BranchFacts | null {
  const pull = round.pullRequest;
  const branch = state.branches.find((each) => each.name === round.hotfixBranch);
  if (branch === undefined || pull === null || round.mergeCommit === null || branch.head === pull.headSha) {
    return null;
  }
  // Set back to an earlier commit of what was merged: nothing came.
  if (branch.commits.length === 0 || contains(graph, pull.headSha, branch.head)) return null;
  const isTaken = rounds.some((later) => {
    const head =
      state.branches.find((each) => each.name === later.hotfixBranch)?.head ?? later.pullRequest?.headSha;
    return later.number > round.number && head !== undefined && contains(graph, head, branch.head);
  });
  return isTaken ? null : branch;
}

function isOpenedByPush(state: IncidentState, graph: CommitGraph, rounds: readonly RoundFacts[]): boolean {
  const last = rounds.at(-1)!;
  return (
    state.issue.state === "open" &&
    decisionsOf(state).ended === null &&
    last.number < 99 &&
    pushedAfterMerge(state, graph, rounds, last) !== null
  );
}

function roundNumber(state: IncidentState, config: Config, name: string, slug: string): number {
  const rest = parseHotfixBranch(config.branches, name)?.rest ?? "";
  const suffix = rest.startsWith(`${slug}-`) ? /^[2-9]$|^[1-9]\d$/u.exec(rest.slice(slug.length + 1)) : null;
  const number = Number(suffix?.[0] ?? 1);
  return name === hotfixBranch(config.branches, state.issue.number, slug, number) ? number : 1;
}

function roundOf(
  state: IncidentState,
  config: Config,
  graph: CommitGraph,
  slug: string,
  number: number,
): RoundFacts {
  const name =
    decisionsOf(state).adopted.get(number)?.branch ??
    hotfixBranch(config.branches, state.issue.number, slug, number);
  const branch = state.branches.find((each) => each.name === name) ?? null;
  const pull = pullRequestFrom(state, name, config.branches.production);
  const mergeCommit = pull?.state === "merged" ? (pull.mergeCommit?.sha ?? null) : null;
  const isEmpty = pull !== null && isEmptyMerge(graph, pull, branch);
  // A tag that somebody put on a merge which went wrong makes it no release.
  const isWrong = pull !== null && verifyMerge(state, graph, pull, branch).kind === "refused";
  const tagged = mergeCommit === null || isWrong ? null : tagOn(state, config, mergeCommit);
  const round: RoundFacts = {
    number,
    hotfixBranch: name,
    branchExists: branch !== null,
    hasFix: mergeCommit !== null ? !isEmpty : hasFix(state, graph, branch, pull),
    commits: hotfixCommitsOf(state, graph, branch, pull),
    pullRequest: pull,
    checksGreen: checksGreenAt(pull, config),
    mergeCommit,
    isEmptyMerge: isEmpty,
    version: tagged?.version ?? null,
    tag: tagged?.tag.name ?? null,
    releaseUrl: state.releases.find((release) => release.tag === tagged?.tag.name)?.url ?? null,
    backMerges: [],
  };
  return { ...round, backMerges: backMergesOf(state, config, graph, round) };
}
