import type { Config } from "../config/schema.ts";
import { ourComments } from "./comment-marker.ts";
import { commitGraphOf } from "./commit-graph.ts";
import { decisionEntries } from "./decision-facts.ts";
import { labelEvents } from "./declaration.ts";
import type { RoundFacts, TimelineEntry } from "./facts.ts";
import { isPropertyCheck } from "../checks/wanted-checks.ts";
import { hotfixBranchesOf } from "./own-branches.ts";
import { hasFailed } from "./own-checks.ts";
import type {
  CheckRunFacts,
  CommitFacts,
  IncidentState,
  Instant,
  PullRequestFacts,
  PushFacts,
  Sha,
} from "./state.ts";

/**
 * What was observed to happen, oldest first; of the same second, in the order in which it can only have happened. The closing by the app is not part of it,
 * nor are its documents: what is written from a timeline must not change it.
 */
export function timelineOf(
  state: IncidentState,
  config: Config,
  rounds: readonly RoundFacts[],
  declared: { readonly at: Instant; readonly actor: string | null },
  impactStarted: Instant | null,
): readonly TimelineEntry[] {
  const entries = [
    ...(impactStarted === null
      ? []
      : [entry(impactStarted, "impact-started", "Impact started, as the issue says", null, state.issue.url)]),
    entry(declared.at, "declared", "Incident declared", declared.actor, state.issue.url),
    ...issueEntries(state, config, declared.at),
    ...pushEntries(state, config),
    ...decisionEntries(state),
    ...conflictEntries(state),
    ...rounds.flatMap((round) => [
      ...pullRequestEntries(round.pullRequest, config.branches.production, "merged"),
      ...releaseEntries(state, round),
      ...round.backMerges.flatMap((each) => pullRequestEntries(each.pullRequest, each.target, "back-merged")),
    ]),
  ];
  // Two reviewers asked at once are two events, and one thing that happened.
  const told = new Map(
    entries
      .filter((each) => each !== null)
      .map((each) => [JSON.stringify([each.at, each.kind, each.text, each.actor]), each]),
  );
  return [...told.values()].toSorted((one, other) => Date.parse(one.at) - Date.parse(other.at));
}

function issueEntries(
  state: IncidentState,
  config: Config,
  declared: Instant,
): readonly (TimelineEntry | null)[] {
  const label = config.labels.incident;
  const labels = labelEvents(state, config)
    .filter((event) => Date.parse(event.at) > Date.parse(declared))
    .map((event) =>
      event.kind === "labeled"
        ? entry(event.at, "label-restored", `Label ${label} put back`, event.actor.login, state.issue.url)
        : entry(event.at, "label-removed", `Label ${label} removed`, event.actor.login, state.issue.url),
    );
  const others = state.events
    .filter((event) => event.actor.login !== state.app.login && Date.parse(event.at) >= Date.parse(declared))
    .map((event) => {
      switch (event.kind) {
        case "closed":
          return entry(event.at, "issue-closed", "Issue closed by hand", event.actor.login, state.issue.url);
        case "reopened":
          return entry(event.at, "issue-reopened", "Issue reopened", event.actor.login, state.issue.url);
        case "assigned":
          return entry(
            event.at,
            "assigned",
            "Somebody assigned to the issue",
            event.actor.login,
            state.issue.url,
          );
        case "labeled":
        case "unlabeled":
        case "comment-deleted":
          return null;
      }
    });
  return [...labels, ...others];
}

function pushEntries(state: IncidentState, config: Config): readonly (TimelineEntry | null)[] {
  const own = new Set(hotfixBranchesOf(state, config));
  const graph = commitGraphOf(state);
  return state.pushes
    .filter((push) => own.has(push.branch))
    .map((push) => pushEntry(state, push, graph.get(push.after)));
}

function pushEntry(
  state: IncidentState,
  push: PushFacts,
  commit: CommitFacts | undefined,
): TimelineEntry | null {
  const subject = commit?.message.split("\n")[0];
  const what = `${short(push.after)}${subject === undefined ? "" : ` (${subject})`}`;
  const url = commit?.url ?? `${state.repository.url}/commit/${push.after}`;
  switch (push.kind) {
    case "branch_creation":
      return entry(push.at, "branch-created", `Branch ${push.branch} created`, push.actor.login, url);
    case "branch_deletion":
      // Our own clean-up is not part of the story.
      return push.actor.login === state.app.login
        ? null
        : entry(push.at, "branch-deleted", `Branch ${push.branch} deleted`, push.actor.login, null);
    case "force_push":
      return entry(
        push.at,
        "force-pushed",
        `History of ${push.branch} replaced with ${what}`,
        push.actor.login,
        url,
      );
    case "push":
    case "merge":
      return entry(push.at, "pushed", `Pushed ${what}`, push.actor.login, url);
  }
}

/** GitHub keeps no record of a conflict once it is resolved; the comment in which the app told of it does. */
function conflictEntries(state: IncidentState): readonly (TimelineEntry | null)[] {
  return ourComments(state)
    .filter(({ marker }) => marker.kind === "conflict")
    .map(({ comment, marker }) =>
      entry(
        comment.createdAt,
        "conflict",
        `The fix conflicts with ${marker.fields.target ?? "a target"}`,
        null,
        comment.url,
      ),
    );
}

function pullRequestEntries(
  pull: PullRequestFacts | null,
  base: string,
  mergedKind: "merged" | "back-merged",
): readonly (TimelineEntry | null)[] {
  if (pull === null) return [];
  const name = `#${pull.number}`;
  const mergedBy = pull.mergedBy?.login ?? null;
  return [
    entry(
      pull.createdAt,
      "pull-request-opened",
      `Pull request ${name} to ${base} opened`,
      pull.author.login,
      pull.url,
    ),
    ...pullRequestEventEntries(pull, name),
    ...[...(pull.earlierCheckRuns ?? []), ...pull.checkRuns]
      // Of what went well one line is enough; what did not is all told.
      .filter((run) => run.isOurs && run.status === "completed" && (hasFailed(run) || !isDetail(run.name)))
      .map((run) =>
        entry(
          run.completedAt,
          hasFailed(run) ? "check-failed" : "check-passed",
          `${run.name}${hasFailed(run) ? " was red" : ""} on ${placeOf(run, name)}: ${run.title ?? run.conclusion ?? "done"}`,
          null,
          run.url,
        ),
      ),
    ...pull.reviews.map((review) =>
      review.state === "approved"
        ? entry(review.at, "approved", `${name} approved`, review.author.login, review.url)
        : review.state === "changes_requested"
          ? entry(
              review.at,
              "changes-requested",
              `Changes to ${name} requested`,
              review.author.login,
              review.url,
            )
          : null,
    ),
    entry(
      pull.mergedAt,
      mergedKind,
      `${name} merged into ${base}${asCommit(pull.mergeCommit?.sha)}`,
      mergedBy,
      pull.url,
    ),
  ];
}

function pullRequestEventEntries(pull: PullRequestFacts, name: string): readonly (TimelineEntry | null)[] {
  return pull.events.map((event) => {
    const told = (kind: string, text: string): TimelineEntry | null =>
      entry(event.at, kind, text, event.actor.login, pull.url);
    switch (event.kind) {
      case "ready_for_review":
        return told("ready", `${name} ready for review`);
      case "convert_to_draft":
        return told("re-drafted", `${name} turned back into a draft`);
      case "closed":
        return pull.state === "merged" ? null : told("pull-request-closed", `${name} closed without merging`);
      case "reopened":
        return told("pull-request-reopened", `${name} reopened`);
      case "base_ref_changed":
        return told("retargeted", `${name} pointed to another branch`);
      case "auto_merge_enabled":
        return told("auto-merge-enabled", `Auto-merge of ${name} switched on`);
      case "auto_merge_disabled":
        return told("auto-merge-disabled", `Auto-merge of ${name} switched off`);
      case "review_requested":
        return told("review-requested", `Review of ${name} requested`);
      case "assigned":
      case "merged":
      case "head_ref_deleted":
      case "head_ref_restored":
      case "head_ref_force_pushed":
        return null;
    }
  });
}

function placeOf(run: CheckRunFacts, pull: string): string {
  return run.commit === undefined ? pull : `${short(run.commit)} of ${pull}`;
}

function isDetail(check: string): boolean {
  return isPropertyCheck(check) && check !== "hotfix/properties";
}

function releaseEntries(state: IncidentState, round: RoundFacts): readonly (TimelineEntry | null)[] {
  const tag = state.tags.find((each) => each.name === round.tag);
  const release = state.releases.find((each) => each.tag === round.tag);
  return [
    tag === undefined
      ? null
      : entry(
          tag.taggedAt,
          "tagged",
          `${tag.name} tagged${asCommit(tag.commit)}`,
          null,
          `${state.repository.url}/tree/${encodeURIComponent(tag.name)}`,
        ),
    release === undefined
      ? null
      : entry(release.publishedAt, "released", `${release.tag} released`, release.author.login, release.url),
  ];
}

function asCommit(sha: Sha | undefined): string {
  return sha === undefined ? "" : ` as ${short(sha)}`;
}

function short(sha: Sha): string {
  return sha.slice(0, 7);
}

/** null without a time: what is not known to have happened then is not in the timeline. */
function entry(
  at: Instant | null,
  kind: string,
  text: string,
  actor: string | null,
  url: string | null,
): TimelineEntry | null {
  return at === null ? null : { at, recordedAt: at, kind, text, actor, url };
}
