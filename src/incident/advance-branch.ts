import type { Action } from "./action.ts";
import type { IncidentState } from "./state.ts";
import type { Actor } from "./state/actor.ts";
import type { BranchFacts, TrunkFacts } from "./state/branch-facts.ts";
import type { CommitFacts, Sha } from "./state/commit-facts.ts";
import type { Instant } from "./state/instant.ts";

type MergeIntoBranch = Extract<Action, { kind: "merge-into-branch" }>;

/** The branch with our commit on it, and the entry that the activity list gets. */
export function createdBranch(
  state: IncidentState,
  made: { readonly branch: string; readonly from: Sha; readonly tree: Sha; readonly message: string },
  head: Sha,
  app: Actor,
  at: Instant,
): IncidentState {
  const commit = ourCommit(state, {
    sha: head,
    tree: made.tree,
    parents: [made.from],
    message: made.message,
    committedAt: at,
  });
  const others = state.branches.filter((branch) => branch.name !== made.branch);
  return {
    ...state,
    branches: [...others, { name: made.branch, head, tree: made.tree, commits: [commit] }],
    pushes: [
      ...state.pushes,
      { branch: made.branch, actor: app, before: "0".repeat(40), after: head, at, kind: "branch_creation" },
    ],
  };
}

/** The shipped commit is in the branch now. `sha` null: it was already, which the commits that were read could not show. */
export function mergedInto(
  state: IncidentState,
  action: MergeIntoBranch,
  sha: Sha | null,
  app: Actor,
  at: Instant,
): IncidentState {
  const branch = state.branches.find((each) => each.name === action.branch);
  if (branch === undefined) return state;
  if (sha === null)
    return advanceBranch(state, action.branch, (each) => withParent(state, each, action.commit, at));
  const commit = ourCommit(state, {
    sha,
    tree: sha,
    parents: [branch.head, action.commit],
    message: action.message,
    committedAt: at,
  });
  const moved = advanceBranch(state, action.branch, (each) => ({
    ...each,
    head: sha,
    // What the merge made of the trees is not known before it is read.
    tree: sha,
    commits: [commit, ...each.commits],
  }));
  return {
    ...moved,
    pullRequests: moved.pullRequests.map((pull) =>
      pull.head === action.branch && pull.state === "open"
        ? { ...pull, headSha: sha, checkRuns: [], mergeable: "unknown", mergeState: "unknown" }
        : pull,
    ),
    pushes: [
      ...moved.pushes,
      { branch: action.branch, actor: app, before: branch.head, after: sha, at, kind: "push" },
    ],
  };
}

/** Changes one branch; null takes it away. */
export function advanceBranch(
  state: IncidentState,
  name: string,
  change: (branch: BranchFacts) => BranchFacts | null,
): IncidentState {
  const branches = state.branches.map((branch) => (branch.name === name ? change(branch) : branch));
  return { ...state, branches: branches.filter((branch) => branch !== null) };
}

/** A trunk got this commit on top; `brought` came with it, newest first. */
export function headMoved(
  state: IncidentState,
  name: string,
  commit: CommitFacts,
  brought: readonly CommitFacts[] = [],
): IncidentState {
  const { sha, tree } = commit;
  const moved = (trunk: TrunkFacts | null): TrunkFacts | null =>
    trunk?.name === name
      ? { ...trunk, head: sha, tree, history: [commit, ...brought, ...trunk.history] }
      : trunk;
  return {
    ...state,
    integration: moved(state.integration),
    production: moved(state.production),
    releaseBranches: state.releaseBranches.map((branch) =>
      branch.name === name ? { ...branch, head: sha, tree } : branch,
    ),
  };
}

function withParent(state: IncidentState, branch: BranchFacts, parent: Sha, at: Instant): BranchFacts {
  const [head, ...rest] = branch.commits;
  const changed =
    head === undefined
      ? ourCommit(state, {
          sha: branch.head,
          tree: branch.tree,
          parents: [parent],
          message: "",
          committedAt: at,
        })
      : { ...head, parents: [...head.parents, parent] };
  return { ...branch, commits: [changed, ...rest] };
}

export function ourCommit(
  { app, repository }: IncidentState,
  made: Pick<CommitFacts, "sha" | "tree" | "parents" | "message" | "committedAt">,
): CommitFacts {
  return { ...made, author: app.login, url: `${repository.url}/commit/${made.sha}` };
}

/** A branch of ours got this commit on top, and its open pull request with it. */
export function ownHeadMoved(state: IncidentState, name: string, commit: CommitFacts): IncidentState {
  const moved = advanceBranch(state, name, (each) => ({
    ...each,
    head: commit.sha,
    tree: commit.tree,
    commits: [commit, ...each.commits],
  }));
  return {
    ...moved,
    pullRequests: moved.pullRequests.map((pull) =>
      pull.head === name && pull.state === "open" ? { ...pull, headSha: commit.sha } : pull,
    ),
  };
}
