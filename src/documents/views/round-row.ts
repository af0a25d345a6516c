import type { IncidentFacts } from "../../incident/facts.ts";
import type { BackMergeFacts, RoundFacts } from "../../incident/facts/round-facts.ts";
import type { SafeMarkdown } from "../markdown.ts";
import { code, link } from "../markdown.ts";
import type { SettledView } from "./decision-view.ts";
import { settledView } from "./decision-view.ts";
import type { CommitView } from "./incident-view.ts";
import { capped, commitView, compareLink, pullRequestLink, tagBefore } from "./incident-view.ts";
import { person } from "./people.ts";
import type { ChecksView } from "./pull-request-state.ts";
import { checksOf } from "./pull-request-state.ts";

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

const MOST_COMMITS = 50;

export function roundRow(facts: IncidentFacts, round: RoundFacts): RoundRow {
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

export function tagLink(facts: IncidentFacts, tag: string, releaseUrl: string | null): SafeMarkdown {
  return link(code(tag), releaseUrl, facts.repository.url);
}
