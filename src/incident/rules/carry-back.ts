import type { Action } from "../action.ts";
import { holdsFix, wasCarried } from "../back-merges.ts";
import { hasMarkers, staysDraft } from "../conflicts.ts";
import type { BackMergeFacts, RoundFacts } from "../facts/round-facts.ts";
import { INCIDENT_TRAILER } from "../names.ts";
import { latestVerdicts } from "../latest-verdicts.ts";
import { wasRedrafted } from "../was-redrafted.ts";
import type { PullRequestFacts } from "../state/pull-request-facts.ts";
import type { Situation } from "./rule.ts";

/** After production merged: the tagged commit goes into each back-merge branch, its pull request becomes ready, and is merged where that is allowed. */
export function carryBack(situation: Situation): readonly Action[] {
  return situation.facts.rounds
    .filter((round) => round.mergeCommit !== null && !round.isEmptyMerge && isTagSettled(situation, round))
    .flatMap((round) => round.backMerges.flatMap((each) => carryOne(situation, round, each)));
}

/** Landing does not wait for a tag that somebody forbids; it waits for one that is only not there yet. */
export function isTagSettled({ state }: Situation, round: RoundFacts): boolean {
  const refusal = Object.entries(state.refusals).find(([key]) => key.startsWith("create-tag:"))?.[1];
  return round.tag !== null || (refusal !== undefined && !refusal.transient && refusal.code !== "tag-taken");
}

function carryOne(situation: Situation, round: RoundFacts, each: BackMergeFacts): readonly Action[] {
  const { state, graph } = situation;
  const pull = each.pullRequest;
  const isOver = each.state === "landed" || each.state === "merged" || each.state === "closed";
  if (pull?.state !== "open" || !each.branchExists || isOver) return [];
  if (!holdsFix(state, graph, each.branch, round.mergeCommit!)) {
    // Marked ready by us, and without the fix now: somebody took it out again.
    return wasCarried(state, pull) ? [] : [mergeInto(situation, round, each)];
  }
  if (pull.isDraft && staysDraft(situation.state, situation.config, graph, each)) return [];
  if (pull.isDraft) {
    const wasReady = pull.events.some((event) => event.kind === "ready_for_review");
    return wasReady || wasRedrafted(state, pull)
      ? []
      : [{ kind: "mark-ready", pullRequest: pull.number, nodeId: pull.nodeId }];
  }
  return mergePullRequest(situation, each, pull);
}

function mergeInto({ facts }: Situation, round: RoundFacts, each: BackMergeFacts): Action {
  const what = round.tag ?? round.mergeCommit!.slice(0, 7);
  return {
    kind: "merge-into-branch",
    branch: each.branch,
    commit: round.mergeCommit!,
    message: `hotfix: bring ${what} to ${each.target}\n\n${INCIDENT_TRAILER}: ${facts.number}`,
  };
}

function mergePullRequest(
  { state, config }: Situation,
  each: BackMergeFacts,
  pull: PullRequestFacts,
): readonly Action[] {
  const switchedOff = pull.events.findLast((event) => event.kind.startsWith("auto_merge"));
  const waitsForPerson =
    config.merge.backMerges === "manual" ||
    !state.repository.autoMergeAllowed ||
    pull.autoMergeEnabled ||
    pull.base !== each.target ||
    pull.mergeable === "conflicting" ||
    pull.mergeState === "dirty" ||
    hasMarkers(each.forecast) ||
    (switchedOff?.kind === "auto_merge_disabled" && switchedOff.actor.kind === "user") ||
    latestVerdicts(pull).includes("changes_requested");
  if (waitsForPerson) return [];
  const { mergeCommitAllowed, squashMergeAllowed } = state.repository;
  return [
    {
      kind: "merge-pull-request",
      pullRequest: pull.number,
      nodeId: pull.nodeId,
      headSha: state.branches.find((branch) => branch.name === each.branch)!.head,
      // A merge commit keeps the tag in the target's history.
      method: mergeCommitAllowed ? "merge" : squashMergeAllowed ? "squash" : "rebase",
    },
  ];
}
