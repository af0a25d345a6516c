import type { IncidentFacts, TimelineEntry } from "../../incident/facts.ts";
import type { RoundFacts } from "../../incident/facts/round-facts.ts";
import type { PullRequestFacts } from "../../incident/state/pull-request-facts.ts";
import { between } from "../../incident/times.ts";

/** Checks of one hotfix that were red before it was merged, oldest first. */
export interface RedChecks {
  readonly round: RoundFacts;
  readonly entries: readonly TimelineEntry[];
}

/**
 * What the checks found while each hotfix was made. A back-merge pull request is red for reasons of its own, before the merge or after it; and what is red after
 * the last merge came too late to be found before it.
 */
export function redChecksOf({ rounds, timeline }: IncidentFacts): readonly RedChecks[] {
  const own = new Set(rounds.flatMap((round) => runUrls(round.pullRequest)));
  const elsewhere = new Set(
    rounds.flatMap((round) => round.backMerges.flatMap((each) => runUrls(each.pullRequest))),
  );
  const failed = timeline.filter(
    ({ kind, url }) => kind === "check-failed" && (url === null || own.has(url) || !elsewhere.has(url)),
  );
  // A hotfix that was given up for the next one has no time of its own.
  const made = rounds.filter((round, index) => mergedAt(round) !== null || index === rounds.length - 1);
  return made.map((round, index) => {
    const before = made[index - 1];
    const from = before === undefined ? null : mergedAt(before);
    const to = mergedAt(round);
    return { round, entries: failed.filter(({ at }) => isWithin(at, from, to)) };
  });
}

/** Milliseconds from the first red check of each hotfix to its green ones; null where no hotfix had both. */
export function redTime(rounds: readonly RedChecks[]): number | null {
  const known = rounds
    .map(({ round, entries }) => between(entries[0]?.at ?? null, round.checksGreen))
    .filter((each) => each !== null);
  return known.length === 0 ? null : known.reduce((sum, each) => sum + each, 0);
}

function isWithin(at: string, from: string | null, to: string | null): boolean {
  const moment = Date.parse(at);
  return (from === null || moment > Date.parse(from)) && (to === null || moment <= Date.parse(to));
}

function mergedAt(round: RoundFacts): string | null {
  return round.pullRequest?.mergedAt ?? null;
}

function runUrls(pull: PullRequestFacts | null): readonly string[] {
  return pull === null ? [] : [...pull.checkRuns, ...(pull.earlierCheckRuns ?? [])].map(({ url }) => url);
}
