import type { Action } from "../action.ts";
import { lastPusher } from "../responders.ts";
import { wasRedrafted } from "../was-redrafted.ts";
import type { PullRequestFacts } from "../state/pull-request-facts.ts";
import type { Situation } from "./rule.ts";

/**
 * Once the hotfix changes something: ready for review, review asked of the owners, assigned to whoever pushed. Each once; whatever people change about it
 * afterwards stands.
 */
export function callReview(situation: Situation): readonly Action[] {
  const round = situation.facts.rounds.at(-1)!;
  const pull = round.pullRequest;
  if (pull?.state !== "open" || !round.hasFix || pull.base !== situation.config.branches.production)
    return [];
  const pusher = lastPusher(situation.state);
  return [
    ...markReady(situation, pull),
    ...requestReview(situation, pull, pusher),
    ...assignPusher(situation, pull, pusher),
  ];
}

function markReady({ state }: Situation, pull: PullRequestFacts): readonly Action[] {
  const wasReady = pull.events.some((event) => event.kind === "ready_for_review");
  // A draft of a person, on a branch that was adopted, is theirs to make ready.
  const isOurs = pull.author.login === state.app.login;
  return isOurs && pull.isDraft && !wasReady && !wasRedrafted(state, pull)
    ? [{ kind: "mark-ready", pullRequest: pull.number, nodeId: pull.nodeId }]
    : [];
}

function requestReview(
  { state, facts }: Situation,
  pull: PullRequestFacts,
  pusher: string | null,
): readonly Action[] {
  if (
    pull.events.some((event) => event.kind === "review_requested" && event.actor.login === state.app.login)
  ) {
    return [];
  }
  const asked = new Set([...pull.requestedReviewers, ...pull.reviews.map((review) => review.author.login)]);
  const missing = facts.owners.filter(
    (owner) => !asked.has(owner) && owner !== pusher && owner !== pull.author.login,
  );
  const users = missing.filter((owner) => !owner.includes("/"));
  // A team of another organisation cannot be asked.
  const teams = missing.flatMap((owner) => {
    const [organisation, team] = owner.split("/");
    return team !== undefined && organisation?.toLowerCase() === state.repository.owner.toLowerCase()
      ? [team]
      : [];
  });
  return users.length + teams.length === 0
    ? []
    : [{ kind: "request-review", pullRequest: pull.number, users, teams }];
}

function assignPusher(
  { state }: Situation,
  pull: PullRequestFacts,
  pusher: string | null,
): readonly Action[] {
  const wasAssigned = pull.assignees.length > 0 || pull.events.some((event) => event.kind === "assigned");
  return pusher === null || wasAssigned || state.app.login === pusher
    ? []
    : [{ kind: "assign", issue: pull.number, logins: [pusher] }];
}
