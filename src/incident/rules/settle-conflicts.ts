import { explained } from "../../checks/explained.ts";
import { counted } from "../../documents/counted.ts";
import type { Action } from "../action.ts";
import { CONFLICTS_CHECK, hadMarkers, hasMarkers, mergeMessage, ownResolution } from "../conflicts.ts";
import type { BackMergeFacts, RoundFacts } from "../facts/round-facts.ts";
import type { IncidentState } from "../state.ts";
import type { ForecastFacts } from "../state/forecast-facts.ts";
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
      ...wordsOf(state, forecast, each.target, branch),
    },
  ];
}

function wordsOf(
  { app, repository }: IncidentState,
  forecast: ForecastFacts,
  target: string,
  branch: string,
) {
  const count = forecast.markers.length;
  const files = counted(count, "file");
  const { title, sentence } =
    count === 0
      ? { title: "No conflict markers", sentence: `Every conflict with ${target} is resolved.` }
      : {
          title: `Conflict markers in ${files}`,
          sentence: `Resolve them on ${branch} and push. The pull request stays as it is until none is left.`,
        };
  const conclusion = count === 0 ? "success" : "failure";
  const verdict = { conclusion, title, summary: sentence, annotations: [], blockers: [] } as const;
  const { summary, detailsUrl } = explained(verdict, {
    page: "conflicts",
    blocks: true,
    homepage: app.homepage,
    repositoryUrl: repository.url,
  });
  return { title, summary, detailsUrl: detailsUrl ?? null };
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
