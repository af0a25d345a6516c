import type { Config } from "../config/schema.ts";
import { ourComments } from "./comment-marker.ts";
import { removalOf } from "./declaration.ts";
import type { BackMergeFacts, RoundFacts } from "./facts.ts";
import { foreignHotfixBranches } from "./own-branches.ts";
import { owes } from "./phase.ts";
import type { Actor, IncidentState, PullRequestEventFacts, PullRequestFacts } from "./state.ts";

/** What people did that the app lets stand, one plain sentence each. Names only where they may be shown. */
export function noticedIn(
  state: IncidentState,
  config: Config,
  rounds: readonly RoundFacts[],
  mayNamePeople: boolean,
): readonly string[] {
  const by = (actor: Actor | undefined): string =>
    actor !== undefined && mayNamePeople && actor.kind !== "ghost" ? ` by ${actor.login}` : " by somebody";
  return [
    ...labelNotice(state, config, by),
    ...closingNotice(state, rounds, by),
    ...foreignHotfixBranches(state, config).map(
      (name) => `${name} was there already and is not the app's, so it is left alone`,
    ),
    ...rounds.flatMap((round) => [
      ...hotfixNotices(state, config, round, by),
      ...round.backMerges.flatMap((each) => backMergeNotices(state, round, each, by)),
    ]),
  ];
}

type By = (actor: Actor | undefined) => string;

function labelNotice(state: IncidentState, config: Config, by: By): readonly string[] {
  const removal = removalOf(state, config);
  return removal === null
    ? []
    : [`The label ${config.labels.incident} was removed${by(removal.actor)}, so the app stopped here`];
}

function closingNotice(state: IncidentState, rounds: readonly RoundFacts[], by: By): readonly string[] {
  const closed = state.events.findLast((event) => event.kind === "closed");
  return state.issue.state === "closed" && closed?.actor.login !== state.app.login && rounds.some(owes)
    ? [`The issue was closed${by(closed?.actor)} before the fix was everywhere; tagging and landing go on`]
    : [];
}

function hotfixNotices(state: IncidentState, config: Config, round: RoundFacts, by: By): readonly string[] {
  const pull = round.pullRequest;
  const branch = state.branches.find((each) => each.name === round.hotfixBranch);
  const deletion = state.pushes.findLast(
    (push) => push.branch === round.hotfixBranch && push.kind === "branch_deletion",
  );
  const isGone = branch === undefined && pull?.state !== "merged" && wasMade(state, round);
  return [
    ...(isGone
      ? [`${round.hotfixBranch} was deleted${by(deletion?.actor ?? lastActor(pull, "head_ref_deleted"))}`]
      : []),
    ...(pull === null ? [] : pullRequestNotices(state, pull, config.branches.production, by)),
    ...(pull?.state === "merged" && branch !== undefined && branch.head !== pull.headSha
      ? [`${round.hotfixBranch} has commits that came after the merge of #${pull.number}`]
      : []),
  ];
}

function backMergeNotices(
  state: IncidentState,
  round: RoundFacts,
  each: BackMergeFacts,
  by: By,
): readonly string[] {
  const pull = each.pullRequest;
  if (pull === null) return [];
  const disabled = pull.events.findLast((event) => event.kind.startsWith("auto_merge"));
  return [
    ...pullRequestNotices(state, pull, each.target, by),
    ...(pull.state === "open" && disabled?.kind === "auto_merge_disabled" && disabled.actor.kind === "user"
      ? [`Auto-merge of #${pull.number} was switched off${by(disabled.actor)}`]
      : []),
    ...(each.state === "landed" && pull.state === "open" && round.mergeCommit !== null
      ? [`${each.target} has the fix already, so #${pull.number} can be closed`]
      : []),
  ];
}

function pullRequestNotices(
  state: IncidentState,
  pull: PullRequestFacts,
  base: string,
  by: By,
): readonly string[] {
  return [
    ...(pull.state === "closed"
      ? [`#${pull.number} to ${base} was closed${by(lastActor(pull, "closed"))} without being merged`]
      : []),
    ...(pull.base === base
      ? []
      : [
          `#${pull.number} was pointed to ${pull.base} instead of ${base}${by(lastActor(pull, "base_ref_changed"))}`,
        ]),
    ...(pull.state === "open" && wasRedrafted(state, pull)
      ? [`#${pull.number} was turned back into a draft${by(lastActor(pull, "convert_to_draft"))}`]
      : []),
  ];
}

/** A person made it a draft again, after it had been ready or without that. */
export function wasRedrafted(state: IncidentState, pull: PullRequestFacts): boolean {
  return (
    pull.isDraft &&
    pull.events.some((event) => event.kind === "convert_to_draft" && event.actor.login !== state.app.login)
  );
}

/** Whether the hotfix branch existed once: then its absence is a person's doing and not something to make up for. */
export function wasMade(state: IncidentState, round: RoundFacts): boolean {
  return (
    round.pullRequest !== null ||
    state.pushes.some((push) => push.branch === round.hotfixBranch) ||
    ourComments(state).some(
      ({ marker }) => marker.kind === "ready" && marker.fields.round === String(round.number),
    )
  );
}

function lastActor(pull: PullRequestFacts | null, kind: PullRequestEventFacts["kind"]): Actor | undefined {
  return pull?.events.findLast((event) => event.kind === kind)?.actor;
}
