import type { Config } from "../config/schema.ts";
import { ourComments } from "./comment-marker.ts";
import { commitGraphOf } from "./commit-graph.ts";
import { decisionEntries } from "./decision-facts.ts";
import { checkEntries } from "./check-entries.ts";
import type { TimelineEntry } from "./facts.ts";
import type { RoundFacts } from "./facts/round-facts.ts";
import { deploymentEntries } from "./deployment-entries.ts";
import { issueEntries } from "./issue-entries.ts";
import { hotfixBranchesOf } from "./own-branches.ts";
import { type Say, sayIn } from "./say.ts";
import { statedEntries } from "./stated-entries.ts";
import type { StatedFacts } from "./stated-facts.ts";
import type { IncidentState } from "./state.ts";
import type { PushFacts } from "./state/branch-facts.ts";
import type { CommitFacts, Sha } from "./state/commit-facts.ts";
import type { Instant } from "./state/instant.ts";
import type { PullRequestFacts } from "./state/pull-request-facts.ts";
import { timelineEntry } from "./timeline-entry.ts";

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

function pushEntries(state: IncidentState, config: Config): readonly (TimelineEntry | null)[] {
  const say = sayIn(config.locale);
  const own = new Set(hotfixBranchesOf(state, config));
  const graph = commitGraphOf(state);
  return state.pushes
    .filter((push) => own.has(push.branch))
    .map((push) => pushEntry(say, state, push, graph.get(push.after)));
}

function pushEntry(
  say: Say,
  state: IncidentState,
  push: PushFacts,
  commit: CommitFacts | undefined,
): TimelineEntry | null {
  const subject = commit?.message.split("\n")[0];
  const what = `${push.after.slice(0, 7)}${subject === undefined ? "" : ` (${subject})`}`;
  const url = commit?.url ?? `${state.repository.url}/commit/${push.after}`;
  switch (push.kind) {
    case "branch_creation":
      return timelineEntry(
        push.at,
        "branch-created",
        say("Branch {branch} created", { branch: push.branch }),
        push.actor.login,
        url,
      );
    case "branch_deletion":
      // Our own clean-up is not part of the story.
      return push.actor.login === state.app.login
        ? null
        : timelineEntry(
            push.at,
            "branch-deleted",
            say("Branch {branch} deleted", { branch: push.branch }),
            push.actor.login,
            null,
          );
    case "force_push":
      return timelineEntry(
        push.at,
        "force-pushed",
        say("History of {branch} replaced with {what}", { branch: push.branch, what }),
        push.actor.login,
        url,
      );
    case "push":
    case "merge":
      return timelineEntry(push.at, "pushed", say("Pushed {what}", { what }), push.actor.login, url);
  }
}

/** GitHub keeps no record of a conflict once it is resolved; the comment in which the app told of it does. One for each round and target. */
function conflictEntries(say: Say, state: IncidentState): readonly (TimelineEntry | null)[] {
  const told = new Map<string, ReturnType<typeof ourComments>[number]>();
  for (const each of ourComments(state)) {
    const { kind, fields } = each.marker;
    const key = JSON.stringify([fields.round, fields.target]);
    if (kind === "conflict" && !told.has(key)) told.set(key, each);
  }
  return [...told.values()].map(({ comment, marker }) =>
    timelineEntry(
      comment.createdAt,
      "conflict",
      say("The fix conflicts with {target}", { target: marker.fields.target ?? say("a target") }),
      null,
      comment.url,
    ),
  );
}

function pullRequestEntries(
  say: Say,
  pull: PullRequestFacts | null,
  base: string,
  mergedKind: "merged" | "back-merged",
): readonly (TimelineEntry | null)[] {
  if (pull === null) return [];
  const name = `#${pull.number}`;
  const mergedBy = pull.mergedBy?.login ?? null;
  return [
    timelineEntry(
      pull.createdAt,
      "pull-request-opened",
      say("Pull request {name} to {base} opened", { name, base }),
      pull.author.login,
      pull.url,
    ),
    ...pullRequestEventEntries(say, pull, name),
    ...checkEntries(say, pull),
    ...pull.reviews.map((review) =>
      review.state === "approved"
        ? timelineEntry(
            review.at,
            "approved",
            say("{name} approved", { name }),
            review.author.login,
            review.url,
          )
        : review.state === "changes_requested"
          ? timelineEntry(
              review.at,
              "changes-requested",
              say("Changes to {name} requested", { name }),
              review.author.login,
              review.url,
            )
          : null,
    ),
    timelineEntry(
      pull.mergedAt,
      mergedKind,
      say("{name} merged into {base}{commit}", { name, base, commit: asCommit(say, pull.mergeCommit?.sha) }),
      mergedBy,
      pull.url,
    ),
  ];
}

function pullRequestEventEntries(
  say: Say,
  pull: PullRequestFacts,
  name: string,
): readonly (TimelineEntry | null)[] {
  return pull.events.map((event) => {
    const told = (kind: string, text: string): TimelineEntry | null =>
      timelineEntry(event.at, kind, text, event.actor.login, pull.url);
    switch (event.kind) {
      case "ready_for_review":
        return told("ready", say("{name} ready for review", { name }));
      case "convert_to_draft":
        return told("re-drafted", say("{name} turned back into a draft", { name }));
      case "closed":
        // The merge closes it, too.
        return pull.mergedAt !== null && Date.parse(event.at) >= Date.parse(pull.mergedAt)
          ? null
          : told("pull-request-closed", say("{name} closed without merging", { name }));
      case "reopened":
        return told("pull-request-reopened", say("{name} reopened", { name }));
      case "base_ref_changed":
        return told("retargeted", say("{name} pointed to another branch", { name }));
      case "auto_merge_enabled":
        return told("auto-merge-enabled", say("Auto-merge of {name} switched on", { name }));
      case "auto_merge_disabled":
        return told("auto-merge-disabled", say("Auto-merge of {name} switched off", { name }));
      case "review_requested":
        return told("review-requested", say("Review of {name} requested", { name }));
      case "assigned":
      case "merged":
      case "head_ref_deleted":
      case "head_ref_restored":
      case "head_ref_force_pushed":
        return null;
    }
  });
}

function releaseEntries(
  say: Say,
  state: IncidentState,
  round: RoundFacts,
): readonly (TimelineEntry | null)[] {
  const tag = state.tags.find((each) => each.name === round.tag);
  const release = state.releases.find((each) => each.tag === round.tag);
  return [
    tag === undefined
      ? null
      : timelineEntry(
          tag.taggedAt,
          "tagged",
          say("{tag} tagged{commit}", { tag: tag.name, commit: asCommit(say, tag.commit) }),
          null,
          `${state.repository.url}/tree/${encodeURIComponent(tag.name)}`,
        ),
    release === undefined
      ? null
      : timelineEntry(
          release.publishedAt,
          "released",
          say("{tag} released", { tag: release.tag }),
          release.author.login,
          release.url,
        ),
  ];
}

function asCommit(say: Say, sha: Sha | undefined): string {
  return sha === undefined ? "" : say(" as {commit}", { commit: sha.slice(0, 7) });
}
