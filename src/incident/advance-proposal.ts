import type { Action, OutcomeValue } from "./action.ts";
import { openedPullRequest } from "./advance-pull-request.ts";
import { parseProposalBranch } from "./names.ts";
import { proposalsOf } from "./proposals.ts";
import type { IncidentState } from "./state.ts";
import type { Actor } from "./state/actor.ts";
import type { Sha } from "./state/commit-facts.ts";
import type { Instant } from "./state/instant.ts";
import type { PullRequestEventFacts, PullRequestFacts } from "./state/pull-request-facts.ts";

export function proposed(
  state: IncidentState,
  action: Extract<Action, { kind: "propose-change" }>,
  value: Extract<OutcomeValue, { kind: "pull-request" }>,
  app: Actor,
  at: Instant,
): IncidentState {
  if (action.renews !== undefined) return renewed(state, action, value.headSha);
  const proposals = proposalsOf(state);
  const { branch, base, title, body } = action;
  const opening = { head: branch, base, title, body, draft: false };
  const { pullRequests } = openedPullRequest(
    { ...state, pullRequests: proposals.pullRequests },
    opening,
    value,
    app,
    at,
  );
  const others = proposals.branches.filter(({ name }) => name !== branch);
  const branches = [...others, { name: branch, head: value.headSha }];
  return { ...state, proposals: { ...proposals, pullRequests, branches } };
}

/** Whether it can be merged now, GitHub finds out by and by. */
function renewed(
  state: IncidentState,
  { branch, renews }: Extract<Action, { kind: "propose-change" }>,
  head: Sha,
): IncidentState {
  const told = withPulls(
    state,
    ({ number }) => number === renews?.number,
    (pull) => ({ ...pull, headSha: head, mergeable: "unknown" }),
  );
  const proposals = proposalsOf(told);
  const branches = proposals.branches.map((each) => (each.name === branch ? { ...each, head } : each));
  return { ...told, proposals: { ...proposals, branches } };
}

export function withdrawn(
  state: IncidentState,
  { pullRequest }: Extract<Action, { kind: "withdraw-proposal" }>,
  app: Actor,
  at: Instant,
): IncidentState {
  return withPulls(
    state,
    ({ number }) => number === pullRequest,
    (pull) => ({
      ...pull,
      state: "closed",
      closedAt: at,
      events: [...pull.events, { kind: "closed", actor: app, at }],
    }),
  );
}

/** null: it is no branch of a proposal. */
export function deletedProposal(
  state: IncidentState,
  branch: string,
  app: Actor,
  at: Instant,
): IncidentState | null {
  if (parseProposalBranch(branch) === null) return null;
  const event: PullRequestEventFacts = { kind: "head_ref_deleted", actor: app, at };
  const told = withPulls(
    state,
    ({ head }) => head === branch,
    (pull) => ({ ...pull, events: [...pull.events, event] }),
  );
  const proposals = proposalsOf(told);
  return {
    ...told,
    proposals: { ...proposals, branches: proposals.branches.filter(({ name }) => name !== branch) },
  };
}

function withPulls(
  state: IncidentState,
  isMeant: (pull: PullRequestFacts) => boolean,
  change: (pull: PullRequestFacts) => PullRequestFacts,
): IncidentState {
  const proposals = proposalsOf(state);
  const pullRequests = proposals.pullRequests.map((pull) => (isMeant(pull) ? change(pull) : pull));
  return { ...state, proposals: { ...proposals, pullRequests } };
}
