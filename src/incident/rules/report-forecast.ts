import { explained } from "../../checks/explained.ts";
import { forecastVerdict } from "../../checks/forecast-verdict.ts";
import { WITHDRAWN, WITHDRAWN_TITLE } from "../../checks/plan-checks.ts";
import type { Action } from "../action.ts";
import type { RoundFacts } from "../facts/round-facts.ts";
import { fingerprint } from "../fingerprint.ts";
import { FORECAST_CHECK } from "../forecast-check.ts";
import { newestOwn } from "../own-checks.ts";
import type { IncidentState } from "../state.ts";
import type { ForecastFacts } from "../state/forecast-facts.ts";
import type { PullRequestFacts } from "../state/pull-request-facts.ts";
import type { Situation } from "./rule.ts";

/** Heads that are named in the id of the run; of a shop with very many release branches the rest is only counted in. */
const MOST_HEADS = 4;

/** The check run with the forecast, on the head of the hotfix: new whenever the hotfix or a target has moved, or the forecast says something else. */
export function reportForecast({ state, config, facts }: Situation): readonly Action[] {
  const round = facts.rounds.at(-1)!;
  const pull = round.pullRequest;
  if (round.mergeCommit !== null || pull?.state !== "open" || !round.hasFix) return [];
  const last = newestOwn(pull, FORECAST_CHECK);
  if (config.checks.backMerge.mode === "off") {
    const isShown = last !== null && last.title !== WITHDRAWN_TITLE;
    return isShown ? [report(pull, `${FORECAST_CHECK};off`, WITHDRAWN)] : [];
  }
  const forecasts = forecastsOf(round, pull);
  if (forecasts.length === 0) return [];
  const { url: repositoryUrl } = state.repository;
  const { mayNamePeople } = facts;
  const verdict = explained(forecastVerdict({ forecasts, repositoryUrl, mayNamePeople }), {
    page: "back-merge",
    blocks: false,
    homepage: state.app.homepage,
    repositoryUrl,
  });
  const externalId = externalIdOf(state, forecasts, verdict.summary);
  return last?.status === "completed" && last.externalId === externalId
    ? []
    : [report(pull, externalId, verdict)];
}

/** Of the head as it is, for the targets as they are. */
function forecastsOf(round: RoundFacts, pull: PullRequestFacts): readonly ForecastFacts[] {
  return round.backMerges
    .map(({ forecast }) => forecast)
    .filter((forecast) => forecast !== null)
    .filter(({ hotfix }) => hotfix === pull.headSha);
}

/** What the forecast derives from, for `planCheck`'s readers and people, as the ids of the other checks. */
function externalIdOf(state: IncidentState, forecasts: readonly ForecastFacts[], summary: string): string {
  const heads = forecasts.map(({ target, into }) => `target=${target}@${into}`);
  return [
    FORECAST_CHECK,
    `config=${state.configuration.revision}`,
    ...heads.slice(0, MOST_HEADS),
    ...(heads.length > MOST_HEADS ? [`targets=${fingerprint(heads.join(";"))}`] : []),
    `says=${fingerprint(summary)}`,
  ].join(";");
}

function report(
  pull: PullRequestFacts,
  externalId: string,
  { conclusion, title, summary, detailsUrl }: ReturnType<typeof forecastVerdict>,
): Action {
  return {
    kind: "report-forecast",
    pullRequest: pull.number,
    head: pull.headSha,
    externalId,
    conclusion: conclusion === "success" ? "success" : "neutral",
    title,
    summary,
    detailsUrl: detailsUrl ?? null,
  };
}
