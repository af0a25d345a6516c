import type { Config } from "../config/schema.ts";
import { adoptedBranches } from "./decisions.ts";
import { parseBackMergeBranch, parseHotfixBranch } from "./names.ts";
import { isOpeningCommit } from "./opening-commit.ts";
import type { IncidentState } from "./state.ts";
import type { BranchFacts } from "./state/branch-facts.ts";

/**
 * Hotfix branches of this incident that the app made, whether they exist or not. A name proves nothing (faults.md S20): it counts when a pull
 * request of ours comes from it, our opening commit is on it, or the activity list says that we created it.
 */
export function ownHotfixBranches(state: IncidentState, config: Config): readonly string[] {
  const isOfIncident = (name: string): boolean =>
    parseHotfixBranch(config.branches, name)?.number === state.issue.number;
  const made = [
    ...state.pullRequests.filter((pull) => pull.author.login === state.app.login).map((pull) => pull.head),
    ...state.pushes
      .filter((push) => push.kind === "branch_creation" && push.actor.login === state.app.login)
      .map((push) => push.branch),
  ];
  const carrying = state.branches
    .filter((branch) => hasOpeningCommit(state, branch))
    .map((branch) => branch.name);
  const shortestFirst = (names: readonly string[]): readonly string[] =>
    names.filter(isOfIncident).toSorted((one, other) => one.length - other.length);
  // A person who renames a branch takes our commit along; what we made ourselves comes first.
  return [...new Set([...shortestFirst(made), ...shortestFirst(carrying)])];
}

/** Where the hotfix comes from, or came from: branches of ours, and those of people that somebody made it with `/hotfix adopt`. */
export function hotfixBranchesOf(state: IncidentState, config: Config): readonly string[] {
  return [...new Set([...ownHotfixBranches(state, config), ...adoptedBranches(state)])];
}

/** Whether a back-merge branch of that name was made by the app. */
export function isOwnBackMergeBranch(state: IncidentState, config: Config, name: string): boolean {
  if (parseBackMergeBranch(config.branches, name)?.number !== state.issue.number) return false;
  const branch = state.branches.find((each) => each.name === name);
  return (
    (branch !== undefined && hasOpeningCommit(state, branch)) ||
    state.pullRequests.some((pull) => pull.head === name && pull.author.login === state.app.login)
  );
}

/** Names that hold a hotfix branch's place without being ours. */
export function foreignHotfixBranches(state: IncidentState, config: Config): readonly string[] {
  const own = new Set(hotfixBranchesOf(state, config));
  const names = [
    ...state.branches.map((branch) => branch.name),
    ...state.pullRequests.map((pull) => pull.head),
  ];
  return [...new Set(names)].filter(
    (name) => !own.has(name) && parseHotfixBranch(config.branches, name)?.number === state.issue.number,
  );
}

function hasOpeningCommit(state: IncidentState, branch: BranchFacts): boolean {
  return branch.commits.some((commit) => isOpeningCommit(commit, state.issue.number));
}
