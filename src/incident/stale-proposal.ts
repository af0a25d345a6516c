import type { Proposal } from "./proposals.ts";
import { isMissing, ownPullRequests, proposalsOf } from "./proposals.ts";
import type { Config } from "../config/schema.ts";
import { INCIDENT_TRAILER } from "./names.ts";
import type { IncidentState } from "./state.ts";
import type { PullRequestFacts } from "./state/pull-request-facts.ts";

/**
 * The open pull request of a proposal that another change of the same file stopped, and that the app may make anew; null: there is none. Rules are added at
 * the end of one list, so of two that are open the second conflicts as soon as the first is merged.
 */
export function staleProposal(
  proposal: Proposal,
  state: IncidentState,
  config: Config,
): PullRequestFacts | null {
  const pull = ownPullRequests(state).find(
    ({ head, state: is }) => head === proposal.branch && is === "open",
  );
  const isStopped = pull?.mergeable === "conflicting" && pull.base === state.repository.defaultBranch;
  return isStopped && isOursAlone(pull, state) && isBehind(pull, state) && isMissing(proposal, state, config)
    ? pull
    : null;
}

/** What a person committed, replaced or merged in is theirs, and stays. */
function isOursAlone(pull: PullRequestFacts, state: IncidentState): boolean {
  // Oldest first: it is the head only where it is alone.
  const [commit] = pull.commits ?? [];
  const branch = proposalsOf(state).branches.find(({ name }) => name === pull.head);
  const wasReplaced = pull.events.some(
    ({ kind, actor }) => kind === "head_ref_force_pushed" && actor.login !== state.app.login,
  );
  return (
    commit !== undefined &&
    commit.sha === pull.headSha &&
    branch?.head === pull.headSha &&
    pull.changedFiles === 1 &&
    !wasReplaced &&
    commit.message.replaceAll("\r", "").trimEnd().endsWith(`\n${INCIDENT_TRAILER}: ${state.issue.number}`)
  );
}

/** Made from the newest commit already it would be the same again. */
function isBehind({ commits = [] }: PullRequestFacts, state: IncidentState): boolean {
  const trunk = [state.production, state.integration].find(
    (each) => each?.name === state.repository.defaultBranch,
  );
  return trunk == null || !commits.some(({ parents }) => parents.includes(trunk.head));
}
