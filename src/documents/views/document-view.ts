import type {
  ActionFacts,
  BackMergeFacts,
  IncidentDurations,
  IncidentFacts,
  RoundFacts,
  StatedTime,
  TimelineEntry,
} from "../../incident/facts.ts";
import { sayIn } from "../../incident/say.ts";
import { between, shippedAt } from "../../incident/times.ts";
import type { SafeMarkdown } from "../markdown.ts";
import { code, link, linkOrNull } from "../markdown.ts";
import { formatInZone } from "../zoned-time.ts";
import type { CauseView, SuspectView } from "./cause-view.ts";
import { causeView, suspectView } from "./cause-view.ts";
import type { ImpactSection } from "./impact-view.ts";
import { impactSection } from "./impact-view.ts";
import type { Luck } from "./luck.ts";
import { luckOf } from "./luck.ts";
import type { StatementView } from "./statement-view.ts";
import { statementOrNull, statementView } from "./statement-view.ts";
import type { Comparison } from "./team-median.ts";
import { comparisonsOf } from "./team-median.ts";
import type { CommitView, IncidentView } from "./incident-view.ts";
import {
  capped,
  commitView,
  compareLink,
  incidentView,
  phrase,
  pullRequestLink,
  reason,
  suspectsOf,
  tagBefore,
} from "./incident-view.ts";
import type { Observations } from "./observations.ts";
import type { ActionView } from "./action-view.ts";
import { actionView } from "./action-view.ts";
import type { EarlierView } from "./earlier-view.ts";
import { earlierViews } from "./earlier-view.ts";
import type { SettledView } from "./decision-view.ts";
import { settledView } from "./decision-view.ts";
import { observationsOf } from "./observations.ts";
import { person } from "./people.ts";
import type { ChecksView } from "./pull-request-state.ts";
import { checksOf } from "./pull-request-state.ts";
import type { Scorecard } from "./scorecard.ts";
import { scorecardOf } from "./scorecard.ts";

/** What the files and the closing comment are written from. Nothing in it is caused by the documents themselves. */
export interface DocumentView extends IncidentView {
  readonly mayNamePeople: boolean;
  readonly mergedAt: string | null;
  readonly released: string | null;
  /** The start of the impact, or the declaration where nobody said. */
  readonly started: string;
  /** From there to the release. */
  readonly disruption: number | null;
  readonly durations: IncidentDurations;
  /** The loss if it began only with the declaration; null where that is the figure itself, or there is none. */
  readonly lossFromDeclaration: number | null;
  /** From the first sign of the fault to its declaration; null where the start is not known. */
  readonly undetected: number | null;
  readonly declaredBy: SafeMarkdown | null;
  /** What was said by people about when it was what, with who said it. */
  readonly stated: Readonly<Record<StatedTime, StatementView | null>>;
  readonly times: IncidentFacts["times"];
  /** The zone whose clocks stand beside UTC; null: none is configured. */
  readonly zone: string | null;
  readonly corrections: readonly CorrectionView[];
  readonly harm: ImpactSection;
  readonly cause: CauseView | null;
  readonly phases: readonly PhaseView[];
  readonly timeline: readonly TimelineRow[];
  readonly moreTimeline: number;
  readonly rounds: readonly RoundRow[];
  readonly tags: SafeMarkdown | null;
  readonly landedOn: readonly SafeMarkdown[];
  readonly suspects: readonly SuspectView[];
  readonly compare: SafeMarkdown | null;
  readonly observations: Observations;
  readonly scorecard: Scorecard;
  /** What is to be done first comes first. */
  readonly actions: readonly ActionView[];
  readonly moreActions: number;
  /** Types of action item of which there is none. */
  readonly noActionOf: readonly ActionFacts["type"][];
  readonly updates: readonly UpdateView[];
  readonly moreUpdates: number;
  readonly earlier: readonly EarlierView[];
  readonly luck: readonly Luck[];
  readonly comparisons: readonly Comparison[];
  readonly excludedReleases: readonly { readonly name: string; readonly because: string }[];
}

/** One stretch of the way, named by what ended it. */
export interface PhaseView {
  readonly until:
    | "detected"
    | "declared"
    | "acknowledged"
    | "fixed"
    | "merged"
    | "released"
    | "deployed"
    | "recovered"
    | "landed";
  readonly from: string;
  readonly to: string;
}

/** A stakeholder update that was sent. */
export interface UpdateView {
  readonly at: string;
  readonly text: SafeMarkdown;
  readonly comment: SafeMarkdown;
}

export interface CorrectionView extends StatementView {
  readonly what: StatedTime;
  readonly from: string;
  readonly to: string;
}

export interface TimelineRow {
  readonly at: string;
  /** The same on the clocks of the configured zone; empty where there is none. */
  readonly local: string;
  /** When it became known, where that was later; null otherwise. */
  readonly recordedAt: string | null;
  /** Milliseconds since the declaration; negative before it. */
  readonly offset: number;
  readonly what: SafeMarkdown;
  readonly actor: SafeMarkdown | null;
  readonly evidence: SafeMarkdown | null;
}

export interface RoundRow {
  /** 0 where there is only one. */
  readonly round: number;
  readonly pullRequest: SafeMarkdown | null;
  readonly mergedAt: string | null;
  readonly mergedBy: SafeMarkdown | null;
  readonly tag: SafeMarkdown | null;
  readonly isEmptyMerge: boolean;
  readonly checks: ChecksView;
  readonly compare: SafeMarkdown | null;
  readonly commits: readonly CommitView[];
  readonly moreCommits: number;
  readonly landings: readonly {
    readonly target: string;
    readonly pullRequest: SafeMarkdown | null;
    readonly state: BackMergeFacts["state"];
    readonly proof: BackMergeFacts["proof"];
    readonly settled: SettledView | null;
  }[];
}

const MOST_ENTRIES = 1_500;
const MOST_COMMITS = 50;
const MOST_SUSPECTS = 10;
const MOST_ACTIONS = 100;
const MOST_UPDATES = 100;
const HORIZONS: readonly ActionFacts["horizon"][] = ["sprint", "next", "quarter"];
/** A report asks for one of each. */
const ASKED_TYPES: readonly ActionFacts["type"][] = ["prevent", "detect", "mitigate"];

/** Facts never change, and every document of an incident is made of the same view. */
const knownViews = new WeakMap<IncidentFacts, DocumentView>();

export function documentView(facts: IncidentFacts): DocumentView {
  const known = knownViews.get(facts);
  if (known !== undefined) return known;
  const view = viewOf(facts);
  knownViews.set(facts, view);
  return view;
}

function viewOf(facts: IncidentFacts): DocumentView {
  const { times } = facts;
  const timeline = capped(toldTimeline(facts), MOST_ENTRIES);
  const actions = capped(byHorizon(facts.actions), MOST_ACTIONS);
  const updates = capped(facts.updates, MOST_UPDATES);
  const targets = new Set(facts.rounds.flatMap((round) => round.backMerges.map((each) => each.target)));
  const tags = facts.rounds.flatMap((round) =>
    round.tag === null ? [] : [tagLink(facts, round.tag, round.releaseUrl)],
  );
  return {
    ...incidentView(facts),
    mayNamePeople: facts.mayNamePeople,
    mergedAt: times.merged,
    released: shippedAt(times),
    started: times.impactStarted ?? times.declared,
    disruption: between(times.impactStarted ?? times.declared, shippedAt(times)),
    durations: facts.durations,
    lossFromDeclaration: lossFromDeclaration(facts),
    undetected:
      times.impactStarted === null ? null : Date.parse(times.declared) - Date.parse(times.impactStarted),
    declaredBy: person(facts.declaredBy?.login ?? null, facts.mayNamePeople),
    stated: {
      impactStarted: statementOrNull(facts, facts.statedTimes.impactStarted),
      detected: statementOrNull(facts, facts.statedTimes.detected),
      recovered: statementOrNull(facts, facts.statedTimes.recovered),
      verified: statementOrNull(facts, facts.statedTimes.verified),
    },
    times,
    zone: zoneOf(facts),
    corrections: facts.corrections.map((each) => ({
      ...statementView(facts, each),
      what: each.what,
      from: each.from,
      to: each.to,
    })),
    harm: impactSection(facts),
    cause: causeView(facts),
    phases: phasesOf(facts),
    timeline: timeline.shown.map((entry) => timelineRow(facts, entry)),
    moreTimeline: timeline.more,
    rounds: facts.rounds.map((round) => roundRow(facts, round)),
    tags: tags.at(-1) ?? null,
    landedOn: times.landed === null ? [] : [facts.branches.production, ...targets].map(code),
    suspects: suspectsOf(facts)
      .slice(0, MOST_SUSPECTS)
      .map((suspect) => suspectView(facts, suspect)),
    compare: originCompare(facts),
    observations: observationsOf(facts),
    scorecard: scorecardOf(facts),
    actions: actions.shown.map((action) => actionView(facts, action)),
    moreActions: actions.more,
    noActionOf: ASKED_TYPES.filter((type) => facts.actions.every((action) => action.type !== type)),
    updates: updates.shown.map(({ at, text, url }) => ({
      at,
      text: reason(text),
      comment: link(sayIn(facts.locale)("comment"), url, facts.repository.url),
    })),
    moreUpdates: updates.more,
    earlier: earlierViews(facts),
    luck: luckOf(facts),
    comparisons: comparisonsOf(facts),
    excludedReleases: facts.excludedReleases,
  };
}

/** Only one that this runtime knows. */
function zoneOf({ timezone, times }: IncidentFacts): string | null {
  return timezone !== null && formatInZone(times.declared, timezone) !== null ? timezone : null;
}

function byHorizon(actions: readonly ActionFacts[]): readonly ActionFacts[] {
  return HORIZONS.flatMap((horizon) => actions.filter((action) => action.horizon === horizon));
}

function lossFromDeclaration({ impact, times }: IncidentFacts): number | null {
  if (impact === null || impact.window === null || impact.window.fromIsDeclaration) return null;
  const milliseconds = between(times.declared, impact.window.to);
  return milliseconds === null ? null : (impact.revenuePerHour * milliseconds) / 3_600_000;
}

/** What was not observed is skipped: its time counts to the next thing that was. */
function phasesOf({ times }: IncidentFacts): readonly PhaseView[] {
  const ends = [
    ["detected", times.impactStarted === null ? null : times.detected],
    ["declared", times.impactStarted === null ? null : times.declared],
    ["acknowledged", times.acknowledged],
    ["fixed", times.firstFixPushed],
    ["merged", times.merged],
    ["released", times.released],
    ["deployed", times.deployed],
    ["recovered", times.recovered],
    ["landed", times.landed],
  ] as const;
  const phases: PhaseView[] = [];
  let from = times.impactStarted ?? times.declared;
  // What people said may lie before what was observed: the bars follow one another in time.
  const known = ends
    .flatMap(([until, to]) => (to === null ? [] : [{ until, to }]))
    .toSorted((one, other) => Date.parse(one.to) - Date.parse(other.to));
  for (const { until, to } of known) {
    if (Date.parse(to) < Date.parse(from)) continue;
    phases.push({ until, from, to });
    from = to;
  }
  return phases;
}

/** What was shipped since the last good version, up to the first hotfix: where the cause is, if it came with a change. */
function originCompare(facts: IncidentFacts): SafeMarkdown | null {
  const first = facts.rounds.find((round) => round.tag !== null);
  return facts.rollbackTag === null || first === undefined || first.tag === null
    ? null
    : compareLink(facts, facts.rollbackTag, first.tag);
}

/** Without the close that they cause. An earlier one, by a person, is part of the story. */
export function toldTimeline(facts: IncidentFacts): readonly TimelineEntry[] {
  const { landed } = facts.times;
  return facts.timeline.filter((entry) => entry.kind !== "closed" || landed === null || entry.at < landed);
}

function timelineRow(facts: IncidentFacts, entry: TimelineEntry): TimelineRow {
  return {
    at: entry.at,
    local: facts.timezone === null ? "" : (formatInZone(entry.at, facts.timezone) ?? ""),
    recordedAt: Date.parse(entry.recordedAt) > Date.parse(entry.at) ? entry.recordedAt : null,
    offset: Date.parse(entry.at) - Date.parse(facts.times.declared),
    what: phrase(facts, entry.text),
    actor: person(entry.actor, facts.mayNamePeople),
    evidence: linkOrNull("link", entry.url, facts.repository.url),
  };
}

function roundRow(facts: IncidentFacts, round: RoundFacts): RoundRow {
  const { pullRequest } = round;
  const before = tagBefore(facts, round);
  const commits = capped(round.commits, MOST_COMMITS);
  return {
    round: facts.rounds.length > 1 ? round.number : 0,
    pullRequest: pullRequestLink(facts, pullRequest),
    mergedAt: pullRequest?.mergedAt ?? null,
    mergedBy: person(pullRequest?.mergedBy?.login ?? null, facts.mayNamePeople),
    tag: round.tag === null ? null : tagLink(facts, round.tag, round.releaseUrl),
    isEmptyMerge: round.isEmptyMerge,
    checks: pullRequest === null ? { state: "none", failing: "" } : checksOf(pullRequest),
    compare: before === null || round.tag === null ? null : compareLink(facts, before, round.tag),
    commits: commits.shown.map((commit) => commitView(facts, commit)),
    moreCommits: commits.more,
    landings: round.backMerges.map((backMerge) => ({
      target: backMerge.target,
      pullRequest: pullRequestLink(facts, backMerge.pullRequest),
      state: backMerge.state,
      proof: backMerge.proof,
      settled: settledView(facts, backMerge),
    })),
  };
}

function tagLink(facts: IncidentFacts, tag: string, releaseUrl: string | null): SafeMarkdown {
  return link(code(tag), releaseUrl, facts.repository.url);
}

export interface ClosingView extends DocumentView {
  readonly documents: readonly SafeMarkdown[];
}

export function closingView(
  facts: IncidentFacts,
  documents: readonly { readonly name: string; readonly url: string }[],
): ClosingView {
  return {
    ...documentView(facts),
    documents: documents.map(({ name, url }) => link(name, url, facts.repository.url)),
  };
}
