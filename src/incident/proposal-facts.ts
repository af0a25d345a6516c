import type { ProposalFacts } from "./facts.ts";
import { parseProposalBranch } from "./names.ts";
import { ownPullRequests, proposalsOf, proposalsWanted, wasWithdrawn } from "./proposals.ts";
import type { IncidentState } from "./state.ts";

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
        state: wasWithdrawn(pull, state) ? "withdrawn" : pull.state,
      },
    ];
  });
  return { proposals };
}
