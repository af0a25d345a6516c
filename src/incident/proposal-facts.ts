import type { ProposalFacts } from "./facts.ts";
import { parseProposalBranch } from "./names.ts";
import { ownPullRequests, proposalsOf, proposalsWanted, wasWithdrawn } from "./proposals.ts";
import type { IncidentState } from "./state.ts";
import type { PullRequestFacts } from "./state/pull-request-facts.ts";

/** What was proposed, for the status comment. A rule's name is known from the command; of one that was taken back, from its branch. */
export function proposalFactsOf(
  state: IncidentState,
  id: string,
): { readonly proposals?: readonly ProposalFacts[] } {
  const names = new Map(proposalsWanted(state, id).map(({ branch, name }) => [branch, name]));
  const own = new Set(ownPullRequests(state));
  const pulls = proposalsOf(state).pullRequests.filter((pull) => own.has(pull) || names.has(pull.head));
  if (pulls.length === 0) return {};
  const proposals = pulls.flatMap((pull): readonly ProposalFacts[] => {
    const branch = parseProposalBranch(pull.head);
    if (branch === null) return [];
    const { number, url } = pull;
    return [
      {
        kind: branch.kind,
        name: names.get(pull.head) ?? branch.slug ?? pull.head,
        number,
        url,
        state: stateOf(pull, state),
      },
    ];
  });
  return { proposals };
}

/** A conflict that the app mends is gone before this is told. */
function stateOf(pull: PullRequestFacts, state: IncidentState): ProposalFacts["state"] {
  if (wasWithdrawn(pull, state)) return "withdrawn";
  return pull.state === "open" && pull.mergeable === "conflicting" ? "conflicting" : pull.state;
}
