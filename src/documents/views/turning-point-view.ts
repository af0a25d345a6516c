import type { IncidentFacts } from "../../incident/facts.ts";
import type { BackMergeFacts, RoundFacts } from "../../incident/facts/round-facts.ts";
import { owes } from "../../incident/phase.ts";
import type { PullRequestFacts } from "../../incident/state/pull-request-facts.ts";
import type { TurningPoint } from "../renderer.ts";
import type { SafeMarkdown } from "../markdown.ts";
import type { Command } from "../markdown.ts";
import { code, join, link } from "../markdown.ts";
import { commandsOf } from "./problem-commands.ts";
import { forecastView, resolvingCommands } from "./forecast-view.ts";
import type { ForecastView } from "./forecast-view.ts";
import { heldBackView } from "./held-back-view.ts";
import type { HeldBackView } from "./held-back-view.ts";
import type { IncidentView } from "./incident-view.ts";
import { capped, currentRound, incidentView, pullRequestLink, sentence } from "./incident-view.ts";
import { mentions, person, usersOnly } from "./people.ts";

export interface TurningPointView extends IncidentView {
  /** Who must act, mentioned; null: nobody to name. */
  readonly who: SafeMarkdown | null;
  readonly round: number;
  readonly branch: string;
  readonly pullRequest: SafeMarkdown | null;
  /** The tag as a link to its release. */
  readonly tag: SafeMarkdown | null;
  readonly total: number | null;
  /** Why the version is not the next one. */
  readonly skipped: readonly SafeMarkdown[];
  readonly target: string;
  readonly backMergeBranch: string;
  /** Of a conflict, where it was looked at. */
  readonly forecast: ForecastView | null;
  readonly hasMarkers: boolean;
  readonly owed: SafeMarkdown | null;
  readonly landedOn: SafeMarkdown;
  /** Nothing of another round is owed, so that this is the end. */
  readonly isLast: boolean;
  readonly sentence: SafeMarkdown;
  readonly nextStep: SafeMarkdown;
  /** To copy; empty where there is nothing to type. */
  readonly commands: readonly Command[];
  readonly actor: SafeMarkdown | null;
  readonly needed: string;
  readonly heldBack: HeldBackView | null;
  readonly problems: readonly string[];
  readonly moreProblems: number;
  readonly codeIsOff: boolean;
}

/** A comment of six lines: two sentences around four problems. */
const MOST_PROBLEMS = 4;

export function turningPointView(facts: IncidentFacts, point: TurningPoint): TurningPointView {
  const round = roundOf(facts, point);
  const backMerge =
    point.kind === "conflict" ? round?.backMerges.find((each) => each.target === point.target) : null;
  const problems = capped(point.kind === "configuration" ? point.problems : [], MOST_PROBLEMS);
  const repository = facts.repository.url;
  return {
    ...incidentView(facts),
    who: mentions(whoMustAct(facts, point, round), facts.mayNamePeople),
    round: round === null || facts.rounds.length === 1 ? 0 : round.number,
    branch: round?.hotfixBranch ?? "",
    pullRequest: pullRequestLink(facts, (point.kind === "conflict" ? backMerge : round)?.pullRequest ?? null),
    tag: round?.tag == null ? null : link(code(round.tag), round.releaseUrl, repository),
    total: facts.durations.total,
    skipped: point.kind === "released" ? (point.skipped ?? []).map((each) => sentence(facts, each)) : [],
    target: point.kind === "conflict" ? point.target : "",
    backMergeBranch: backMerge?.branch ?? "",
    forecast: backMerge == null ? null : forecastView(facts, backMerge),
    hasMarkers: backMerge?.forecast != null && backMerge.forecast.markers.length > 0,
    owed: owedOf(facts, round?.backMerges ?? []),
    landedOn: join(
      [facts.branches.production, ...(round?.backMerges ?? []).map((each) => each.target)].map(code),
      ", ",
    ),
    isLast: round === facts.rounds.at(-1) && !facts.rounds.some(owes),
    sentence: sentence(facts, point.kind === "blocked" ? point.sentence : ""),
    nextStep: sentence(facts, point.kind === "blocked" ? point.nextStep : ""),
    commands:
      point.kind === "blocked"
        ? commandsOf([point])
        : backMerge == null
          ? []
          : resolvingCommands(backMerge, round?.tag ?? round?.mergeCommit ?? null),
    heldBack: point.kind === "held-back" ? heldBackView(facts, point) : null,
    actor: point.kind === "not-accepted" ? person(point.actor, facts.mayNamePeople) : null,
    needed: point.kind === "not-accepted" ? point.needed : "",
    problems: problems.shown,
    moreProblems: problems.more,
    codeIsOff: point.kind === "configuration" && point.codeIsOff,
  };
}

function roundOf(facts: IncidentFacts, point: TurningPoint): RoundFacts | null {
  if (!("round" in point)) return currentRound(facts);
  const round = facts.rounds.find((each) => each.number === point.round);
  if (round === undefined) throw new RangeError(`incident ${facts.number} has no round ${point.round}`);
  return round;
}

/** Targets that the fix has not reached, each with its pull request. */
function owedOf(facts: IncidentFacts, backMerges: readonly BackMergeFacts[]): SafeMarkdown | null {
  const owed = backMerges.filter((each) => each.state !== "landed");
  if (owed.length === 0) return null;
  return join(
    owed.map((each) => {
      const pullRequest = pullRequestLink(facts, each.pullRequest);
      return pullRequest === null ? code(each.target) : join([code(each.target), pullRequest], " in ");
    }),
    ", ",
  );
}

function whoMustAct(facts: IncidentFacts, point: TurningPoint, round: RoundFacts | null): readonly string[] {
  const fallback = facts.next.who.length > 0 ? facts.next.who : facts.owners;
  switch (point.kind) {
    case "ready":
      return firstKnown(round?.pullRequest?.requestedReviewers ?? [], facts.owners, fallback);
    case "conflict":
      return firstKnown(authorsOf(round?.pullRequest ?? null), fallback);
    case "empty-merge":
      return firstKnown(authorsOf(round?.pullRequest ?? null), fallback);
    case "blocked":
      return fallback;
    case "released":
    case "landed":
      return facts.next.who;
    case "not-accepted":
      return point.actor === "" ? [] : [point.actor];
    case "held-back":
      return point.held.length === 0 || point.actor === "" ? [] : [point.actor];
    case "configuration":
      return facts.next.who;
  }
}

/** Who pushed the fix and who merged it: they know what the conflict is about. */
function authorsOf(pullRequest: PullRequestFacts | null): readonly string[] {
  if (pullRequest === null) return [];
  return [...pullRequest.assignees, ...usersOnly([pullRequest.mergedBy])];
}

function firstKnown(...choices: readonly (readonly string[])[]): readonly string[] {
  return choices.find((choice) => choice.length > 0) ?? [];
}
