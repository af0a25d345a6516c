import type { IncidentFacts } from "../../incident/facts.ts";
import type { ActionFacts } from "../../incident/facts/action-facts.ts";
import type { IncidentDurations, StatedTime } from "../../incident/facts/incident-times.ts";
import { sayIn, translated } from "../../incident/say.ts";
import { between, recoveredAt, shippedAt } from "../../incident/times.ts";
import { code, link, type SafeMarkdown } from "../markdown.ts";
import { formatInZone } from "../format-in-zone.ts";
import { type CauseView, causeView, type SuspectView, suspectView } from "./cause-view.ts";
import { type ImpactSection, impactSection } from "./impact-view.ts";
import { type Luck, luckOf } from "./luck.ts";
import { statementOrNull, type StatementView, statementView } from "./statement-view.ts";
import { type Comparison, comparisonsOf } from "./team-median.ts";
import { capped, compareLink, type IncidentView, incidentView, reason, suspectsOf } from "./incident-view.ts";
import { type Observations, observationsOf } from "./observations.ts";
import { type ActionView, actionView } from "./action-view.ts";
import { type EarlierView, earlierViews } from "./earlier-view.ts";
import { person } from "./people.ts";
import { phasesOf, type PhaseView } from "./phase-view.ts";
import { type RoundRow, roundRow, tagLink } from "./round-row.ts";
import { isUnshipped, type Scorecard, scorecardOf } from "./scorecard.ts";
import { type TimelineRow, timelineRow, toldTimeline } from "./timeline-row.ts";

/** What the files and the closing comment are written from. Nothing in it is caused by the documents themselves. */
export interface DocumentView extends IncidentView {
  readonly mayNamePeople: boolean;
  readonly mergedAt: string | null;
  readonly released: string | null;
  /** The start of the impact, or the declaration where nobody said. */
  readonly started: string;
  /** From there to the release; null before it, or where it is said to have started later. */
  readonly disruption: number | null;
  /** When customers were served again by what people said, be it as recovered or as verified. */
  readonly recovered: string | null;
  /** A person ended it, and nothing of it was merged or shipped. */
  readonly noRelease: boolean;
  /** A person ended it and nothing had shipped: from the declaration to that. null: it shipped, or goes on. */
  readonly endedAfter: number | null;
  readonly durations: IncidentDurations;
  /** From the first sign of the fault to its declaration; null where the start is not known, or said to be later. */
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

const MOST_ENTRIES = 1_500;
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
    recovered: recoveredAt(times),
    noRelease: facts.ended?.kind === "resolved" && times.merged === null && shippedAt(times) === null,
    endedAfter: isUnshipped(facts) ? between(times.declared, facts.ended?.at ?? null) : null,
    durations: facts.durations,
    undetected: between(times.impactStarted, times.declared),
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

/** What was shipped since the last good version, up to the first hotfix: where the cause is, if it came with a change. */
function originCompare(facts: IncidentFacts): SafeMarkdown | null {
  const first = facts.rounds.find((round) => round.tag !== null);
  return facts.rollbackTag === null || first === undefined || first.tag === null
    ? null
    : compareLink(facts, facts.rollbackTag, first.tag);
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
    documents: documents.map(({ name, url }) =>
      link(translated(name, facts.locale), url, facts.repository.url),
    ),
  };
}
