import type { DeploymentFacts, DeploymentStatusFacts } from "../incident/state/deployment-facts.ts";
import type { ActorAnswer, Nodes } from "./documents/answers.ts";
import { actorOf } from "./read-actor.ts";
import { nodesOf } from "./read-commit.ts";

/** As `DEPLOYMENT_FIELDS` asks. */
export interface DeploymentAnswer {
  readonly commitOid: string;
  readonly environment: string | null;
  readonly createdAt: string;
  readonly creator: ActorAnswer;
  readonly statuses: Nodes<{
    readonly state: string;
    readonly createdAt: string;
    readonly creator: ActorAnswer;
    readonly logUrl: string | null;
  }> | null;
}

const STATES: Readonly<Record<string, DeploymentStatusFacts["state"]>> = {
  SUCCESS: "success",
  FAILURE: "failure",
  ERROR: "error",
  INACTIVE: "inactive",
  IN_PROGRESS: "in_progress",
  QUEUED: "queued",
  PENDING: "pending",
  WAITING: "waiting",
};

/** Oldest first, statuses too. GitHub gives the newest first, which counts where two are of the same second. */
export function deploymentsOf(answers: readonly (DeploymentAnswer | null)[]): readonly DeploymentFacts[] {
  return answers
    .filter((each) => each !== null)
    .toReversed()
    .map(
      (each): DeploymentFacts => ({
        commit: each.commitOid,
        environment: each.environment ?? "",
        creator: actorOf(each.creator),
        at: each.createdAt,
        statuses: nodesOf(each.statuses)
          .flatMap((status): readonly DeploymentStatusFacts[] => {
            const state = STATES[status.state];
            return state === undefined
              ? []
              : [{ state, creator: actorOf(status.creator), at: status.createdAt, url: status.logUrl }];
          })
          .toReversed()
          .toSorted(byTime),
      }),
    )
    .toSorted(byTime);
}

function byTime(one: { readonly at: string }, other: { readonly at: string }): number {
  return Date.parse(one.at) - Date.parse(other.at);
}
