import type { Config } from "../config/schema.ts";
import { decisionEntries } from "./decision-facts.ts";
import type { TimelineEntry } from "./facts.ts";
import type { RoundFacts } from "./facts/round-facts.ts";
import { type Say, sayIn } from "./say.ts";
import type { IncidentState } from "./state.ts";
import type { Instant } from "./state/instant.ts";
import type { StatedFacts } from "./stated-facts.ts";
import { conflictEntries } from "./timeline/conflict-entries.ts";
import { deploymentEntries } from "./timeline/deployment-entries.ts";
import { issueEntries } from "./timeline/issue-entries.ts";
import { pullRequestEntries } from "./timeline/pull-request-entries.ts";
import { pushEntries } from "./timeline/push-entries.ts";
import { releaseEntries } from "./timeline/release-entries.ts";
import { statedEntries } from "./timeline/stated-entries.ts";
import { timelineEntry } from "./timeline/timeline-entry.ts";

/**
 * What was observed to happen, oldest first; of the same second, in the order in which it can only have happened. The closing by the app is not part of it,
 * nor are its documents: what is written from a timeline must not change it.
 */
export function timelineOf(
  state: IncidentState,
  config: Config,
  rounds: readonly RoundFacts[],
  declared: { readonly at: Instant; readonly actor: string | null },
  said: Said,
): readonly TimelineEntry[] {
  const say = sayIn(config.locale);
  const { stated, fromForm } = said;
  const shipped = new Set(rounds.flatMap((round) => (round.mergeCommit === null ? [] : [round.mergeCommit])));
  const people = statedEntries(say, stated);
  const entries = [
    ...(fromForm === null || stated.times.impactStarted !== null
      ? []
      : [
          {
            ...timelineEntry(
              fromForm,
              "impact-started",
              say("Impact started, as the issue says"),
              null,
              state.issue.url,
            )!,
            recordedAt: state.issue.createdAt,
          },
        ]),
    ...people.filter((each) => !isOver(each)),
    timelineEntry(declared.at, "declared", say("Incident declared"), declared.actor, state.issue.url),
    ...issueEntries(state, config, declared.at),
    ...pushEntries(state, config),
    ...decisionEntries(state, config),
    ...conflictEntries(say, state),
    ...deploymentEntries(say, state, shipped),
    ...rounds.flatMap((round) => [
      ...pullRequestEntries(say, round.pullRequest, config.branches.production, "merged"),
      ...releaseEntries(say, state, round),
      ...round.backMerges.flatMap((each) =>
        pullRequestEntries(say, each.pullRequest, each.target, "back-merged"),
      ),
    ]),
    // It is over because of what else happened in that second.
    ...people.filter(isOver),
  ];
  const acts = withoutRepeats(entries.filter((each) => each !== null));
  return [...acts, ...firstAnswer(say, state, acts, said.acknowledged)]
    .map((each) => ({ each, moment: Date.parse(each.at) }))
    .toSorted((one, other) => one.moment - other.moment)
    .map(({ each }) => each);
}

function isOver({ kind }: TimelineEntry): boolean {
  return kind === "recovered" || kind === "verified";
}

/** What a timeline knows of beside what was observed. */
export interface Said {
  readonly stated: StatedFacts;
  /** When the impact started, as the issue says. */
  readonly fromForm: Instant | null;
  /** First act of a person after the declaration. */
  readonly acknowledged: Instant | null;
}

/** The first act of a person is in the timeline as what it was; a comment alone would not be. */
function firstAnswer(
  say: Say,
  state: IncidentState,
  acts: readonly TimelineEntry[],
  acknowledged: Instant | null,
): readonly TimelineEntry[] {
  const comment = state.comments.find(
    (each) => each.createdAt === acknowledged && !each.isOurs && each.author.kind === "user",
  );
  if (comment === undefined || acknowledged === null) return [];
  const actor = comment.author.login;
  if (acts.some((each) => each.recordedAt === acknowledged && each.actor === actor)) return [];
  const text = say("First answer on the issue");
  return [
    { at: acknowledged, recordedAt: acknowledged, kind: "acknowledged", text, actor, url: comment.url },
  ];
}

/**
 * Two reviewers asked at once are two events, and one thing that happened. So is a check of a commit that two pull requests have: the hotfix is in the
 * back-merge, too.
 */
function withoutRepeats(entries: readonly TimelineEntry[]): readonly TimelineEntry[] {
  const told = new Map<string, TimelineEntry>();
  for (const each of entries) {
    const isCheck = each.kind === "check-failed" || each.kind === "check-passed";
    const key = JSON.stringify([each.at, each.kind, isCheck ? each.url : each.text, each.actor]);
    if (!told.has(key)) told.set(key, each);
  }
  return [...told.values()];
}
