import type { Config } from "../config/schema.ts";
import type { Renderer } from "../documents/renderer.ts";
import { acceptanceOf } from "./acceptance.ts";
import { type Action, actionKey } from "./action.ts";
import { frozenOf, UNNAMED } from "./comment-marker.ts";
import { commitGraphOf } from "./commit-graph.ts";
import { commitsToCheck } from "./commits-to-check.ts";
import { declarationOf, isLabelled } from "./declaration.ts";
import { factsOf } from "./facts-of.ts";
import { verifyMerge } from "./merge.ts";
import { isLanded } from "./phase.ts";
import { incidentSlug } from "./rounds.ts";
import { answerCommands } from "./rules/answer-commands.ts";
import { callReview } from "./rules/call-review.ts";
import { carryBack } from "./rules/carry-back.ts";
import { close } from "./rules/close.ts";
import { commitDocuments, isSettling } from "./rules/commit-documents.ts";
import { deleteBranches } from "./rules/delete-branches.ts";
import { openBranches } from "./rules/open-branches.ts";
import { closeFollowUps, openFollowUps } from "./rules/follow-ups.ts";
import { openPullRequests } from "./rules/open-pull-requests.ts";
import { proposeChanges } from "./rules/propose-changes.ts";
import { publishRelease } from "./rules/publish-release.ts";
import { reportForecast } from "./rules/report-forecast.ts";
import { refuseTrigger } from "./rules/refuse-trigger.ts";
import { awaitsForecast, settleConflicts } from "./rules/settle-conflicts.ts";
import type { Rule, Situation } from "./rules/rule.ts";
import { tagMerge } from "./rules/tag-merge.ts";
import { tellStorm } from "./rules/tell-storm.ts";
import { configurationTurningPoint, turningPoints } from "./rules/turning-points.ts";
import { writeStatus } from "./rules/write-status.ts";
import type { IncidentState } from "./state.ts";
import type { Sha } from "./state/commit-facts.ts";
import type { Instant } from "./state/instant.ts";
import { statusCommentOf, wasStatusDeleted } from "./status-comment.ts";
import { stormOf } from "./storm.ts";
import { shippedAt } from "./times.ts";

export interface PlanContext {
  readonly config: Config;
  readonly render: Renderer;
}

export interface Plan {
  /** What is missing and can be done now, in any order. Empty: settled. */
  readonly actions: readonly Action[];
  /** Commits whose checks are missing or unfinished: one work key each. */
  readonly commitsToCheck: readonly Sha[];
  /** When time alone will change the plan. */
  readonly wakeAt: Instant | null;
  /**
   * Only an observation can take it further: GitHub has not shown something yet that must be there, or a proof has to be read back after our own
   * writes. When `actions` is empty and this is true, observe once more (soon, a few times at most); news and the sweep do the rest.
   */
  readonly lookAgain: boolean;
  /** Another incident whose list this one belongs on: it is looked at soon. */
  readonly alsoLook: number | null;
}

/** What is done to the repository. Independent of each other: each looks at the whole state. */
const codeRules: readonly Rule[] = [
  openBranches,
  openPullRequests,
  callReview,
  tagMerge,
  publishRelease,
  carryBack,
  settleConflicts,
  reportForecast,
  commitDocuments,
  deleteBranches,
  close,
];

/** What goes on after `/hotfix resolved`: nothing is opened any more, and what was merged is brought to its end. */
const endRules: readonly Rule[] = [
  tagMerge,
  publishRelease,
  carryBack,
  settleConflicts,
  commitDocuments,
  deleteBranches,
  close,
];

const nothing: Plan = { actions: [], commitsToCheck: [], wakeAt: null, lookAgain: false, alsoLook: null };

/** Which actions are missing. Pure: no clock, no randomness, no input or output. */
export function plan(state: IncidentState, context: PlanContext): Plan {
  const { config } = context;
  if (state.repository.isArchived) return nothing;
  const situation = situationOf(state, context);
  const replies = answerCommands(situation);
  const decided = pending(state, replies.decisions);
  if (decided.length > 0) return { ...nothing, actions: decided };
  const asked = pending(state, replies.questions);
  const acceptance = acceptanceOf(state, config);
  if (acceptance.kind !== "accepted") {
    const isEventMissing = isLabelled(state, config) && declarationOf(state, config) === null;
    return {
      ...nothing,
      actions: [...pending(state, [...refuseTrigger(situation), ...tellStorm(situation)]), ...asked],
      lookAgain: isEventMissing,
      alsoLook: tellerOf(situation),
    };
  }
  if (!isLabelled(state, config)) {
    const stopped = statusCommentOf(state) === null ? [] : writeStatus(situation);
    return { ...nothing, actions: [...pending(state, stopped), ...asked] };
  }
  if (situation.facts.ended?.kind === "abort") {
    return { ...nothing, actions: [...pending(state, writeStatus(situation)), ...asked] };
  }
  const rules = situation.facts.ended === null ? codeRules : endRules;
  const code = state.configuration.usable
    ? pending(
        state,
        rules.flatMap((rule) => rule(situation)),
      )
    : [];
  // After what brings the fix out; nobody waits for these.
  const later =
    code.length === 0
      ? pending(state, [
          ...openFollowUps(situation),
          ...closeFollowUps(situation),
          ...(state.configuration.usable ? proposeChanges(situation) : []),
        ])
      : [];
  const work = [...code, ...later];
  const actions = [
    ...work,
    ...comments(situation, work),
    ...pending(state, tellStorm(situation)),
    ...(work.length === 0 ? asked : []),
  ];
  return {
    ...nothing,
    actions,
    commitsToCheck: state.configuration.usable ? commitsToCheck(state, config, situation.facts.rounds) : [],
    wakeAt: wakeAt(situation),
    lookAgain: actions.length === 0 && needsObservation(situation),
  };
}

function situationOf(state: IncidentState, { config, render }: PlanContext): Situation {
  const facts = factsOf(state, config);
  const recorded = frozenOf(state);
  const frozen = {
    id: facts.id,
    slug: incidentSlug(state, config),
    acceptedBy: facts.mayNamePeople || facts.acceptedBy === null ? (facts.acceptedBy ?? "") : UNNAMED,
    event: recorded.event ?? declarationOf(state, config)?.event ?? "",
  };
  return { state, config, render, facts, frozen, graph: commitGraphOf(state) };
}

/**
 * The status comment is written when there is nothing left to do, so that it tells of all of it. Turning points wait for the first status comment, so that
 * one of them without it proves that a person deleted it.
 */
function comments(situation: Situation, code: readonly Action[]): readonly Action[] {
  const { state } = situation;
  const isSettled = code.length === 0 && !(state.isAdvanced === true && needsObservation(situation));
  const refusal = state.refusals["write-status"];
  const isFirstTold =
    statusCommentOf(state) !== null ||
    wasStatusDeleted(state) ||
    (refusal !== undefined && !refusal.transient);
  const rule = state.configuration.usable ? turningPoints : configurationTurningPoint;
  const turns = isFirstTold ? pending(state, rule(situation)) : [];
  const status = isSettled ? pending(state, writeStatus(situation, turns)) : [];
  return [...status, ...turns];
}

/** Without what was refused in this pass, and nothing twice. */
function pending(state: IncidentState, actions: readonly Action[]): readonly Action[] {
  const byKey = new Map(actions.map((action) => [actionKey(action), action]));
  return [...byKey].filter(([key]) => !(key in state.refusals)).map(([, action]) => action);
}

/** Who lists this incident, where it is held back. */
function tellerOf({ state, config }: Situation): number | null {
  const storm = stormOf(state, config);
  return storm?.isHeld === true && storm.teller !== state.issue.number ? storm.teller : null;
}

/** The next deadline that can still be missed: updates go on being due when the one of the release is missed. */
function wakeAt({ state, facts }: Situation): Instant | null {
  if (state.issue.state === "closed" || shippedAt(facts.times) !== null) return null;
  const open = state.deadlines.filter((deadline) => !deadline.passed).map((deadline) => deadline.at);
  return open.toSorted((one, other) => Date.parse(one) - Date.parse(other))[0] ?? null;
}

function needsObservation(situation: Situation): boolean {
  const { state, facts, graph } = situation;
  // Somebody took the name in between: seen, it leads to another name.
  const isNameTaken = facts.rounds.some(
    (round) =>
      state.refusals[`create-branch:${round.hotfixBranch}`]?.code === "name-taken" && !round.branchExists,
  );
  if (isNameTaken || isSettling(situation)) return true;
  return facts.rounds.some((round) => {
    if (round.pullRequest === null || round.mergeCommit === null || round.isEmptyMerge) {
      return round.pullRequest?.state === "merged" && round.mergeCommit === null;
    }
    const branch = state.branches.find((each) => each.name === round.hotfixBranch) ?? null;
    if (round.tag === null) return verifyMerge(state, graph, round.pullRequest, branch).kind === "not-yet";
    return (
      state.isAdvanced === true &&
      (isLanded(round) ||
        round.backMerges.some((each) => each.state === "merged") ||
        awaitsForecast(situation, round))
    );
  });
}
