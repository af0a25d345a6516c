import type { Config } from "../config/schema.ts";
import { parseCommands } from "./parse-commands.ts";
import { adoptedBranches, decisionsOf } from "./decisions.ts";
import { unansweredComments } from "./replies.ts";
import type { IncidentState } from "./state.ts";

/** What `observe` has to look for beyond the branches that carry the incident's number. */
export interface WantedAdoptions {
  /** Adopted already. */
  readonly adopted: readonly string[];
  /** Named in a command that has no answer yet. */
  readonly branches: readonly string[];
  readonly pullRequests: readonly number[];
}

export function wantedAdoptions(state: IncidentState, config: Config): WantedAdoptions {
  const asked = unansweredComments(state, config)
    .flatMap((comment) => parseCommands(comment.body))
    .flatMap((parsed) => (parsed.ok && parsed.command.name === "adopt" ? [parsed.command.what] : []))
    .slice(0, MOST_ASKED);
  return {
    adopted: adoptedBranches(state),
    branches: asked.flatMap((what) => ("branch" in what ? [what.branch] : [])),
    pullRequests: asked.flatMap((what) => ("branch" in what ? [] : [what.pullRequest])),
  };
}

/** Of a hundred comments that each name another branch, the later ones are told that theirs is not there. */
const MOST_ASKED = 10;

/**
 * Adopted branches whose news concern the incident: closed by hand is not ended, so that a pull request that is still open keeps its checks. Of an incident
 * that was aborted or resolved nothing is checked.
 */
export function adoptionsInForce(state: IncidentState): readonly string[] {
  const adopted = adoptedBranches(state);
  if (state.issue.state === "open") return adopted;
  if (decisionsOf(state).ended !== null) return [];
  return adopted.filter((branch) =>
    state.pullRequests.some(({ head, state: each }) => head === branch && each === "open"),
  );
}
