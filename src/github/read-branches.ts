import picomatch from "picomatch";
import type { Config } from "../config/schema.ts";
import { parseBackMergeBranch, parseHotfixBranch, documentsBranch } from "../incident/names.ts";
import type { TrunkFacts } from "../incident/state/branch-facts.ts";
import type { Sha } from "../incident/state/commit-facts.ts";
import type { BranchAnswer, RepositoryAnswer, TrunkAnswer } from "./documents/answers.ts";
import { commitOf, nodesOf } from "./read-commit.ts";

/** A production or integration branch, with whether `history` is all there is. */
export interface Trunk extends TrunkFacts {
  readonly isHistoryComplete: boolean;
}

export function trunkOf(answer: TrunkAnswer | null, name: string): Trunk | null {
  if (answer?.target?.tree === undefined || answer.target.history === undefined) return null;
  return {
    name,
    head: answer.target.oid,
    tree: answer.target.tree.oid,
    history: nodesOf(answer.target.history).map(commitOf),
    isHistoryComplete: !answer.target.history.pageInfo.hasNextPage,
  };
}

/** The part of a trunk that is a fact of the incident. */
export function trunkFactsOf(trunk: Trunk | null): TrunkFacts | null {
  if (trunk === null) return null;
  const { name, head, tree, history } = trunk;
  return { name, head, tree, history };
}

export interface BranchHead {
  readonly name: string;
  readonly head: Sha;
  readonly tree: Sha;
  /** Newest commits of the branch, where they were asked for. */
  readonly history: ReadonlySet<Sha>;
  readonly isHistoryComplete: boolean;
}

/** Without the name's prefix `refs/heads/`, wherever GitHub cut it. null: not a branch with a commit. */
export function branchHeadOf(answer: BranchAnswer): BranchHead | null {
  if (answer.target?.tree === undefined) return null;
  const full = answer.name.startsWith("refs/") ? answer.name : `${answer.prefix}${answer.name}`;
  const { history } = answer.target;
  return {
    name: full.replace(/^refs\/heads\//u, ""),
    head: answer.target.oid,
    tree: answer.target.tree.oid,
    history: new Set(nodesOf(history).map((commit) => commit.oid)),
    isHistoryComplete: history !== undefined && !history.pageInfo.hasNextPage,
  };
}

/** Is this the name of a hotfix, back-merge or documents branch of the incident? */
export function isOfIncident(config: Config, number: number, branch: string): boolean {
  return (
    parseHotfixBranch(config.branches, branch)?.number === number ||
    parseBackMergeBranch(config.branches, branch)?.number === number ||
    branch === documentsBranch(number)
  );
}

/** The branches of the incident that exist, by name. */
export function incidentBranchesOf(
  repository: RepositoryAnswer,
  config: Config,
  number: number,
): BranchHead[] {
  const answers = [
    ...nodesOf(repository.hotfixBranches),
    ...nodesOf(repository.backMergeBranches),
    ...nodesOf(repository.laterBackMergeBranches),
    ...(repository.documentsBranch === null ? [] : [repository.documentsBranch]),
  ];
  const found = new Map<string, BranchHead>();
  for (const answer of answers) {
    const branch = branchHeadOf(answer);
    if (branch !== null && isOfIncident(config, number, branch.name)) found.set(branch.name, branch);
  }
  return [...found.values()].sort(byName);
}

export function releaseBranchesOf(repository: RepositoryAnswer, config: Config): BranchHead[] {
  const { production, integration, release } = config.branches;
  const matches = picomatch(release);
  return nodesOf(repository.releaseBranches)
    .map(branchHeadOf)
    .filter((branch) => branch !== null)
    .filter(({ name }) => matches(name) && name !== production && name !== integration)
    .sort(byName);
}

function byName(one: { readonly name: string }, other: { readonly name: string }): number {
  return one.name < other.name ? -1 : 1;
}
