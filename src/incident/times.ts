import type { Config } from "../config/schema.ts";
import { decisionsOf } from "./decisions.ts";
import type { IncidentDurations, IncidentTimes, StatedTime } from "./facts/incident-times.ts";
import type { RoundFacts } from "./facts/round-facts.ts";
import { hotfixBranchesOf } from "./own-branches.ts";
import type { IncidentState } from "./state.ts";
import type { Actor } from "./state/actor.ts";
import type { Instant } from "./state/instant.ts";
import type { PullRequestFacts } from "./state/pull-request-facts.ts";

export function timesOf(
  state: IncidentState,
  config: Config,
  rounds: readonly RoundFacts[],
  declared: Instant,
  said: Pick<IncidentTimes, StatedTime>,
): IncidentTimes {
  const last = rounds.at(-1)!;
  // While another round is open, what shipped before did not help: nothing is over yet.
  const isShipped = last.mergeCommit !== null && !last.isEmptyMerge;
  const shipped = decisionsOf(state).ended === null ? [last] : rounds;
  const merged = isShipped
    ? last
    : (shipped.findLast((round) => round.mergeCommit !== null && !round.isEmptyMerge) ?? null);
  const round = merged ?? last;
  return {
    impactStarted: said.impactStarted,
    detected: said.detected,
    declared,
    acknowledged: acknowledgedAt(state, declared),
    branchCreated: branchCreatedAt(state, config),
    firstFixPushed: firstFixPushedAt(state, config),
    checksGreen: round.checksGreen,
    approved: approvedAt(round.pullRequest),
    merged: merged?.pullRequest?.mergedAt ?? null,
    tagged: state.tags.find((tag) => tag.name === merged?.tag)?.taggedAt ?? null,
    released: state.releases.find((release) => release.tag === merged?.tag)?.publishedAt ?? null,
    deployed: merged === null ? null : deployedAt(state, config, merged),
    recovered: said.recovered,
    verified: said.verified,
    landed: merged === null ? null : landedAt(merged),
    closed: state.issue.state === "closed" ? state.issue.closedAt : null,
  };
}

/** When the fix was out: the release, or the tag where nobody releases. */
export function shippedAt(times: IncidentTimes): Instant | null {
  return times.released ?? times.tagged;
}

/** When it was over: recovered, or seen to be where nobody said more. */
export function recoveredAt(times: IncidentTimes): Instant | null {
  return times.recovered ?? times.verified;
}

export function durationsOf(times: IncidentTimes): IncidentDurations {
  const shipped = shippedAt(times);
  return {
    toDetect: between(times.impactStarted, times.detected ?? times.declared),
    toAcknowledge: between(times.declared, times.acknowledged),
    toFix: between(times.declared, times.firstFixPushed),
    toReview: between(times.firstFixPushed, times.merged),
    toRelease: between(times.merged, shipped),
    toDeploy: between(shipped, times.deployed),
    toRecover: between(times.impactStarted ?? times.declared, recoveredAt(times)),
    toLand: between(times.merged, times.landed),
    total: between(times.declared, shipped),
  };
}

/** Milliseconds; null where an end is missing or they are in the wrong order. */
export function between(from: Instant | null, to: Instant | null): number | null {
  if (from === null || to === null) return null;
  const milliseconds = Date.parse(to) - Date.parse(from);
  return milliseconds >= 0 ? milliseconds : null;
}

export function earliest(instants: readonly (Instant | null)[]): Instant | null {
  return instants.reduce(
    (one, other) => (one === null || (other !== null && Date.parse(other) < Date.parse(one)) ? other : one),
    null,
  );
}

/** First thing that a person did about it after the declaration. */
function acknowledgedAt(state: IncidentState, declared: Instant): Instant | null {
  const acts: { readonly actor: Actor; readonly at: Instant }[] = [
    ...state.comments
      .filter((comment) => !comment.isOurs)
      .map((comment) => ({ actor: comment.author, at: comment.createdAt })),
    ...state.events.filter((event) => event.kind === "assigned"),
    ...state.pushes,
    ...state.pullRequests.flatMap((pull) => [
      ...pull.events,
      ...pull.reviews.map((review) => ({ actor: review.author, at: review.at })),
    ]),
  ];
  return earliest(
    acts
      .filter((act) => act.actor.kind === "user" && Date.parse(act.at) >= Date.parse(declared))
      .map((act) => act.at),
  );
}

function branchCreatedAt(state: IncidentState, config: Config): Instant | null {
  const own = new Set(hotfixBranchesOf(state, config));
  const created = state.pushes.find((push) => push.kind === "branch_creation" && own.has(push.branch));
  // Without the activity list: the pull request, which follows the branch within seconds.
  return (
    created?.at ??
    earliest(state.pullRequests.filter((pull) => own.has(pull.head)).map((pull) => pull.createdAt))
  );
}

/** From the activity list and never from commit dates, which anybody can set; without it, when our check of the pushed commit began. */
function firstFixPushedAt(state: IncidentState, config: Config): Instant | null {
  const own = new Set(hotfixBranchesOf(state, config));
  const push = state.pushes.find(
    (each) =>
      own.has(each.branch) &&
      (each.kind === "push" || each.kind === "force_push" || each.kind === "merge") &&
      each.actor.login !== state.app.login,
  );
  if (push !== undefined) return push.at;
  const pulls = state.pullRequests.filter((pull) => own.has(pull.head) && pull.changedFiles > 0);
  return earliest(
    pulls.flatMap((pull) => pull.checkRuns.filter((run) => run.isOurs).map((run) => run.startedAt)),
  );
}

/** Of the very commit that is the head: an approval of something earlier says nothing about it (faults.md S15). */
function approvedAt(pull: PullRequestFacts | null): Instant | null {
  const approvals = pull?.reviews.filter((each) => each.state === "approved" && each.commit === pull.headSha);
  return earliest(approvals?.map((review) => review.at) ?? []);
}

/** The first success in production of what the round shipped. */
function deployedAt(state: IncidentState, config: Config, round: RoundFacts): Instant | null {
  const production = config.deployment.environment.toLowerCase();
  return earliest(
    (state.deployments ?? [])
      .filter((each) => each.commit === round.mergeCommit && each.environment.toLowerCase() === production)
      .flatMap((each) => each.statuses.filter(({ state: is }) => is === "success").map(({ at }) => at)),
  );
}

function landedAt(round: RoundFacts): Instant | null {
  if (!round.backMerges.every((each) => each.state === "landed")) return null;
  const merges = [round.pullRequest, ...round.backMerges.map((each) => each.pullRequest)]
    .map((pull) => pull?.mergedAt ?? null)
    .filter((at) => at !== null);
  return merges.toSorted((one, other) => Date.parse(one) - Date.parse(other)).at(-1) ?? null;
}
