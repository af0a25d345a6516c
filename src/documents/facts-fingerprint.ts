import type { IncidentFacts } from "../incident/facts.ts";
import type { CauseFacts } from "../incident/facts/cause-facts.ts";
import type { RoundFacts } from "../incident/facts/round-facts.ts";
import { fingerprint } from "../incident/fingerprint.ts";
import type { PullRequestFacts } from "../incident/state/pull-request-facts.ts";
import { toldTimeline } from "./views/timeline-row.ts";
import { suspectsOf } from "./views/incident-view.ts";

/**
 * Short name of all that documents are made of: while it stays the same, nothing is written again. Without what the documents cause themselves (the close,
 * deleted branches, the next step) and without what is worded anew by each version of the app. What is null or empty counts for nothing, so that a new kind of
 * fact changes no old document.
 */
export function factsFingerprint(facts: IncidentFacts): string {
  const { closed: _, ...times } = facts.times;
  return fingerprint(
    JSON.stringify(
      withoutEmpty({
        id: facts.id,
        title: facts.title,
        service: facts.service,
        severity: facts.severity,
        description: facts.description,
        usersAffected: facts.usersAffected,
        times,
        durations: facts.durations,
        sla: facts.sla,
        impact: facts.impact,
        suspects: suspectsOf(facts).map((commit) => commit.sha),
        rollbackTag: facts.rollbackTag,
        rounds: facts.rounds.map(roundFacts),
        excludedReleases: facts.excludedReleases.map((each) => each.name),
        timeline: toldTimeline(facts).map(({ at, kind, actor, url }) => [at, kind, actor, url]),
        decisions: facts.decisions.map(({ text, by, because, url }) => ({ text, by, because, url })),
        tickets: facts.tickets,
        shares: facts.shares.length > 1 ? facts.shares : null,
        metrics: facts.metrics,
        cause: facts.cause === null ? null : causeFacts(facts.cause),
        corrections: facts.corrections,
        stated: Object.entries(facts.statedTimes).filter(([, statement]) => statement !== null),
        timezone: facts.timezone,
        ended: facts.ended,
        actions: facts.actions.map((each) => ({ ...each, at: null, url: null, key: null, closedAt: null })),
        updates: facts.updates.map(({ at, text }) => [at, text]),
        earlier: facts.earlier,
        failedRules: facts.failedRules,
        retrospectiveDue: facts.obligations.retrospectiveDue,
        mayNamePeople: facts.mayNamePeople,
      }),
    ),
  );
}

function roundFacts(round: RoundFacts) {
  return {
    pullRequest: pullRequestFacts(round.pullRequest),
    commits: round.commits.map((commit) => commit.sha),
    mergeCommit: round.mergeCommit,
    isEmptyMerge: round.isEmptyMerge,
    tag: round.tag,
    releaseUrl: round.releaseUrl,
    backMerges: round.backMerges.map((each) => ({
      target: each.target,
      pullRequest: pullRequestFacts(each.pullRequest),
      state: each.state,
      proof: each.proof,
      settled: each.settled,
    })),
  };
}

/** The commit itself never changes, and neither do its lines. */
function causeFacts(cause: CauseFacts) {
  const { by, at } = cause;
  return cause.kind === "text"
    ? { by, at, text: cause.text }
    : { by, at, commit: cause.commit.sha, carriedBy: cause.carriedBy?.tag ?? null };
}

function pullRequestFacts(pull: PullRequestFacts | null) {
  return pull === null ? null : { number: pull.number, mergedAt: pull.mergedAt };
}

function withoutEmpty(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutEmpty);
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value)
    .map(([key, each]) => [key, withoutEmpty(each)] as const)
    .filter(([, each]) => !isEmpty(each))
    .sort(([one], [other]) => (one < other ? -1 : 1));
  return Object.fromEntries(entries);
}

function isEmpty(value: unknown): boolean {
  return value === null || value === undefined || (Array.isArray(value) && value.length === 0);
}
