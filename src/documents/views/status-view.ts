import type { IncidentFacts } from "../../incident/facts.ts";
import type { BackMergeFacts, RoundFacts } from "../../incident/facts/round-facts.ts";
import type { PullRequestFacts } from "../../incident/state/pull-request-facts.ts";
import { sayIn } from "../../incident/say.ts";
import { type Command, link, type SafeMarkdown } from "../markdown.ts";
import { type ActionView, actionView } from "./action-view.ts";
import { type CauseView, causeView } from "./cause-view.ts";
import { type EarlierView, earlierViews } from "./earlier-view.ts";
import {
  capped,
  type CommitView,
  commitView,
  compareLink,
  currentRound,
  type IncidentView,
  incidentView,
  pullRequestLink,
  sentence,
  suspectsOf,
  tagBefore,
} from "./incident-view.ts";
import { forecastView, type ForecastView } from "./forecast-view.ts";
import { type DeploymentRow, deploymentRows } from "./deployment-row.ts";
import { type ExcludedRelease, excludedReleases } from "./excluded-releases.ts";
import { commandsOf } from "./problem-commands.ts";
import { checksOf, type ChecksView, pullRequestState } from "./pull-request-state.ts";
import { type PasteView, pasteViews } from "./paste-view.ts";
import { type ProposalRow, proposalRows } from "./proposal-view.ts";
import { type DecisionView, decisionViews, type SettledView, settledView } from "./decision-view.ts";

export interface StatusView extends IncidentView {
  /** Branch to copy; null before it exists and once it is gone. */
  readonly branch: string | null;
  readonly pullRequests: readonly PullRequestRow[];
  /** Of the newest round. */
  readonly forecasts: readonly ForecastView[];
  readonly suspects: readonly CommitView[];
  /** What a person confirmed, instead of what is suspected. */
  readonly cause: CauseView | null;
  readonly compare: SafeMarkdown | null;
  readonly excludedReleases: readonly ExcludedRelease[];
  readonly decisions: readonly DecisionView[];
  readonly actions: readonly ActionView[];
  readonly moreActions: number;
  readonly earlier: readonly EarlierView[];
  /** Times at which stakeholders are still to be told, the next one first. */
  readonly updatesToCome: readonly string[];
  readonly lastUpdate: { readonly at: string; readonly comment: SafeMarkdown } | null;
  readonly deployments: readonly DeploymentRow[];
  /** What people said since the last version shipped. */
  readonly recovered: string | null;
  readonly verified: string | null;
  /** The newest report that somebody asked for. */
  readonly draft: SafeMarkdown | null;
  /** Nothing is committed yet that a reader could open instead. */
  readonly asksForReport: boolean;
  readonly proposals: readonly ProposalRow[];
  /** To copy into files, where something was refused. */
  readonly problemPastes: readonly PasteView[];
  readonly problems: readonly { readonly sentence: SafeMarkdown; readonly nextStep: SafeMarkdown }[];
  readonly moreProblems: number;
  readonly problemCommands: readonly Command[];
  readonly noticed: readonly SafeMarkdown[];
  readonly moreNoticed: number;
}

export interface PullRequestRow {
  readonly target: string;
  /** 0 in the first round, where nobody needs the number. */
  readonly round: number;
  /** null: not opened yet. */
  readonly link: SafeMarkdown | null;
  readonly isProduction: boolean;
  /** Of the pull request itself: what templates word. */
  readonly state: string;
  /** GitHub was told to merge it as soon as it may. */
  readonly autoMerge: boolean;
  readonly landing: BackMergeFacts["state"] | null;
  readonly proof: BackMergeFacts["proof"];
  readonly settled: SettledView | null;
  readonly branch: string;
  readonly tag: string | null;
  readonly isEmptyMerge: boolean;
  readonly hasFix: boolean;
  readonly checks: ChecksView;
}

const MOST_SUSPECTS = 5;
const MOST_FORECASTS = 10;
const MOST_ROWS = 30;
const MOST_ACTIONS = 20;
const MOST_SENTENCES = 10;

export function statusView(facts: IncidentFacts): StatusView {
  const round = currentRound(facts);
  const problems = capped(facts.problems, MOST_SENTENCES);
  const noticed = capped(facts.noticed, MOST_SENTENCES);
  const actions = capped(facts.actions, MOST_ACTIONS);
  const lastUpdate = facts.updates.at(-1);
  const before = round === null ? facts.rollbackTag : tagBefore(facts, round);
  return {
    ...incidentView(facts),
    branch:
      facts.ended === null && round?.branchExists === true && round.mergeCommit === null
        ? round.hotfixBranch
        : null,
    // The newest round is what people act on; earlier ones follow.
    pullRequests: facts.rounds
      .toReversed()
      .flatMap((each) => rowsOf(facts, each))
      .slice(0, MOST_ROWS),
    forecasts: (round?.backMerges ?? [])
      .map((backMerge) => forecastView(facts, backMerge))
      .filter((forecast) => forecast !== null)
      .slice(0, MOST_FORECASTS),
    cause: causeView(facts),
    suspects: (facts.cause === null ? suspectsOf(facts) : [])
      .slice(0, MOST_SUSPECTS)
      .map((commit) => commitView(facts, commit)),
    // Once a version is out, what production has over the one before is that version.
    compare:
      before === null || round?.tag != null ? null : compareLink(facts, before, facts.branches.production),
    excludedReleases: excludedReleases(facts, round),
    problems: problems.shown.map((problem) => ({
      sentence: sentence(facts, problem.sentence),
      nextStep: sentence(facts, problem.nextStep),
    })),
    decisions: decisionViews(facts),
    actions: actions.shown.map((action) => actionView(facts, action)),
    moreActions: actions.more,
    earlier: earlierViews(facts),
    updatesToCome: updatesToCome(facts),
    lastUpdate:
      lastUpdate === undefined
        ? null
        : {
            at: lastUpdate.at,
            comment: link(sayIn(facts.locale)("comment"), lastUpdate.url, facts.repository.url),
          },
    deployments: deploymentRows(facts),
    recovered: facts.times.recovered,
    verified: facts.times.verified,
    draft:
      facts.draft === null
        ? null
        : link(sayIn(facts.locale)("as of the last request"), facts.draft, facts.repository.url),
    asksForReport: facts.ended === null && facts.times.landed === null,
    proposals: proposalRows(facts),
    problemPastes: pasteViews(problems.shown.flatMap(({ paste }) => paste ?? [])),
    moreProblems: problems.more,
    problemCommands: commandsOf(problems.shown),
    noticed: noticed.shown.map((each) => sentence(facts, each)),
    moreNoticed: noticed.more,
  };
}

/** Updates answer due times in their order, so what comes after the next one is unanswered, too. */
function updatesToCome({ obligations }: IncidentFacts): readonly string[] {
  const { due, next } = obligations.updates;
  return next === null ? [] : due.filter((at) => Date.parse(at) >= Date.parse(next));
}

function rowsOf(facts: IncidentFacts, round: RoundFacts): readonly PullRequestRow[] {
  const shared = {
    round: facts.rounds.length > 1 ? round.number : 0,
    tag: round.tag,
    isEmptyMerge: round.isEmptyMerge,
    hasFix: round.hasFix,
  };
  const production: PullRequestRow = {
    ...shared,
    ...ownState(facts, round.pullRequest),
    target: facts.branches.production,
    isProduction: true,
    landing: null,
    proof: null,
    settled: null,
    branch: round.hotfixBranch,
  };
  const backMerges = round.backMerges.map(
    (backMerge): PullRequestRow => ({
      ...shared,
      ...ownState(facts, backMerge.pullRequest),
      target: backMerge.target,
      isProduction: false,
      landing: backMerge.state,
      proof: backMerge.proof,
      settled: settledView(facts, backMerge),
      branch: backMerge.branch,
    }),
  );
  return [production, ...backMerges];
}

function ownState(facts: IncidentFacts, pullRequest: PullRequestFacts | null) {
  return {
    link: pullRequestLink(facts, pullRequest),
    state: pullRequest === null ? "missing" : pullRequestState(pullRequest),
    autoMerge: pullRequest?.autoMergeEnabled ?? false,
    checks: pullRequest === null ? ({ state: "none", failing: "" } as const) : checksOf(pullRequest),
  };
}
