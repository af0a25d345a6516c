import type { Action } from "../action.ts";
import { CONFLICTS_CHECK, hadMarkers, hasMarkers, mergeMessage, ownResolution } from "../conflicts.ts";
import type { BackMergeFacts, RoundFacts } from "../facts.ts";
import type { ForecastFacts } from "../state.ts";
import { isTagSettled } from "./carry-back.ts";
import type { Situation } from "./rule.ts";

/** What the app does about conflicts itself, and the check run that says whether markers stand. */
export function settleConflicts(situation: Situation): readonly Action[] {
  return situation.facts.rounds
    .filter((round) => round.mergeCommit !== null && !round.isEmptyMerge && isTagSettled(situation, round))
    .flatMap((round) => round.backMerges)
    .filter((each) => each.branchExists && each.pullRequest?.state === "open" && each.proof === null)
    .flatMap((each) => [...commitMerge(situation, each), ...reportConflicts(situation, each)]);
}

function commitMerge({ state, config, facts, graph }: Situation, each: BackMergeFacts): readonly Action[] {
  const { forecast, branch } = each;
  const resolution = ownResolution(state, config, graph, each);
  const head = state.branches.find(({ name }) => name === branch)?.head;
  if (resolution === null || forecast === null || head === undefined) return [];
  const other = forecast.hotfix === head ? forecast.into : forecast.hotfix;
  const markers = resolution === "draft";
  const commit = other.slice(0, 7);
  return [
    {
      kind: "commit-merge",
      branch,
      expectedHead: head,
      hotfix: forecast.hotfix,
      into: forecast.into,
      versionFiles: config.conflicts.versionFiles,
      markers,
      message: mergeMessage(facts.number, { commit, branch, markers }),
    },
  ];
}

function reportConflicts({ state }: Situation, each: BackMergeFacts): readonly Action[] {
  const { forecast, branch, pullRequest: pull } = each;
  if (forecast === null || pull === null || forecast.hotfix !== pull.headSha) return [];
  const conclusion = hasMarkers(forecast) ? "failure" : hadMarkers(state, branch, pull) ? "success" : null;
  const last = pull.checkRuns
    .filter((run) => run.isOurs && run.name === CONFLICTS_CHECK)
    .toSorted((one, other) => one.id - other.id)
    .at(-1);
  if (conclusion === null || last?.conclusion === conclusion) return [];
  return [
    {
      kind: "report-conflicts",
      pullRequest: pull.number,
      head: pull.headSha,
      conclusion,
      ...wordsOf(forecast, each.target, branch),
    },
  ];
}

function wordsOf(forecast: ForecastFacts, target: string, branch: string) {
  const count = forecast.markers.length;
  if (count === 0) {
    return { title: "No conflict markers", summary: `Every conflict with ${target} is resolved.` };
  }
  const files = count === 1 ? "1 file" : `${count} files`;
  return {
    title: `Conflict markers in ${files}`,
    summary: `Resolve them on ${branch} and push. The pull request stays as it is until none is left.`,
  };
}

/** Word about a conflict waits until it is known what the conflict is. */
export function awaitsForecast({ config }: Situation, round: RoundFacts): boolean {
  return (
    round.mergeCommit !== null &&
    round.backMerges.some(
      (each) =>
        each.forecast === null &&
        each.pullRequest?.state === "open" &&
        each.branchExists &&
        (each.state === "conflict" || (config.conflicts.policy === "draft" && each.state === "waiting")),
    )
  );
}
