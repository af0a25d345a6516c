import type { Config } from "../config/schema.ts";
import { wasClosingTold } from "./closing.ts";
import { ourComments } from "./comment-marker.ts";
import { removalOf } from "./declaration.ts";
import { wasCarried } from "./back-merges.ts";
import { parseBackMergeBranch, parseHotfixBranch } from "./names.ts";
import { isOpeningCommit } from "./opening-commit.ts";
import type { BackMergeFacts, RoundFacts } from "./facts.ts";
import { commitGraphOf } from "./commit-graph.ts";
import { rollbackNotices } from "./own-checks.ts";
import { adoptedBranches, decisionsOf } from "./decisions.ts";
import { foreignHotfixBranches, ownHotfixBranches } from "./own-branches.ts";
import { owes } from "./phase.ts";
import { pushedAfterMerge } from "./rounds.ts";
import { wasRedrafted } from "./was-redrafted.ts";
import type { Actor, IncidentState, PullRequestEventFacts, PullRequestFacts, PushFacts } from "./state.ts";
import { uncheckedMerge } from "./unchecked-merge.ts";

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
    ...leftNotices(state, config, rounds),
    ...foreignHotfixBranches(state, config).map(
      (name) => `${name} was there already and is not the app's, so it is left alone`,
    ),
    ...rounds.flatMap((round) => [
      ...rollbackNotices(round.pullRequest),
      ...hotfixNotices(state, config, rounds, round, by),
      ...round.backMerges.flatMap((each) => backMergeNotices(state, round, each, by)),
    ]),
  ];
}

/** What stays where somebody took the work elsewhere: pull requests of targets that were skipped, and of our branch after `/hotfix adopt`. */
function leftNotices(state: IncidentState, config: Config, rounds: readonly RoundFacts[]): readonly string[] {
  const used = new Set(rounds.map((round) => round.hotfixBranch));
  const skipped = [...decisionsOf(state).targets.values()]
    .filter(({ command }) => command.name === "skip")
    .map(({ command }) => command.branch);
  const isLeft = (head: string): boolean => {
    const target = parseBackMergeBranch(config.branches, head)?.target;
    return target === undefined
      ? adoptedBranches(state).length > 0 &&
          ownHotfixBranches(state, config).includes(head) &&
          !used.has(head)
      : skipped.includes(target);
  };
  return state.pullRequests
    .filter((pull) => pull.state === "open" && pull.author.login === state.app.login && isLeft(pull.head))
    .map((pull) => `#${pull.number} to ${pull.base} is left open and not needed any more`);
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
  if (wasReopened(state, rounds)) {
    const reopened = state.events.findLast((event) => event.kind === "reopened");
    return [
      `The issue was reopened${by(reopened?.actor)} after it was over; the app does not close it again`,
    ];
  }
  if (state.issue.state === "open" || closed?.actor.login === state.app.login) return [];
  if (rounds.some(owes)) {
    return [
      `The issue was closed${by(closed?.actor)} before the fix was everywhere; tagging and landing go on`,
    ];
  }
  return decisionsOf(state).ended === null && state.pullRequests.some((pull) => pull.state === "open")
    ? [
        `The issue was closed${by(closed?.actor)} before anything was shipped; its pull requests stay, and one that is merged is still tagged and brought everywhere`,
      ]
    : [];
}

/** Open again after the app had closed it, and without another round: whoever did that has a reason. */
export function wasReopened(state: IncidentState, rounds: readonly RoundFacts[]): boolean {
  const closed = state.events.findLast((event) => event.kind === "closed");
  return (
    state.issue.state === "open" &&
    closed?.actor.login === state.app.login &&
    wasClosingTold(state, rounds.at(-1)!.number)
  );
}

function hotfixNotices(
  state: IncidentState,
  config: Config,
  rounds: readonly RoundFacts[],
  round: RoundFacts,
  by: By,
): readonly string[] {
  const pull = round.pullRequest;
  const branch = state.branches.find((each) => each.name === round.hotfixBranch);
  const deletion = deletionOf(state, round.hotfixBranch);
  const forced = state.pushes.findLast(
    (push) => push.branch === round.hotfixBranch && push.kind === "force_push",
  );
  const renamed = renamedTo(state, config, round);
  const isGone = branch === undefined && pull?.state !== "merged" && wasMade(state, round);
  return [
    ...(isGone
      ? [
          `${round.hotfixBranch} was deleted${by(deletion?.actor ?? lastActor(pull, "head_ref_deleted"))}${renamed === null ? "" : `; ${renamed} has its commits, but it is not what the app works with`}`,
        ]
      : []),
    ...(forced !== undefined && branch !== undefined && pull?.state !== "merged"
      ? [`${round.hotfixBranch} was force-pushed${by(forced.actor)}; what it holds now is what counts`]
      : []),
    ...(pull === null ? [] : pullRequestNotices(state, pull, config.branches.production, by)),
    ...(pull === null ? [] : [uncheckedMerge(pull)].filter((each) => each !== null)),
    ...(pushedAfterMerge(state, commitGraphOf(state), rounds, round) !== null
      ? [`${round.hotfixBranch} has commits that came after the merge of #${pull!.number}`]
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
  if (pull === null) {
    return isDeletedBackMerge(state, each)
      ? [
          `${each.branch} was deleted${by(deletionOf(state, each.branch)?.actor)} before it had a pull request`,
        ]
      : [];
  }
  const shipped = round.pullRequest?.mergedAt ?? null;
  // GitHub's times have whole seconds.
  const isEarly =
    pull.mergedAt !== null &&
    !wasCarried(state, pull) &&
    (shipped === null || Date.parse(pull.mergedAt) <= Date.parse(shipped));
  const disabled = pull.events.findLast((event) => event.kind.startsWith("auto_merge"));
  return [
    ...pullRequestNotices(state, pull, each.target, by),
    ...(isEarly && each.state !== "landed"
      ? [
          `#${pull.number} was merged into ${pull.base}${by(pull.mergedBy ?? undefined)} before the fix was shipped, so it did not bring it`,
        ]
      : []),
    ...(pull.state === "open" && disabled?.kind === "auto_merge_disabled" && disabled.actor.kind === "user"
      ? [`Auto-merge of #${pull.number} was switched off${by(disabled.actor)}`]
      : []),
    ...(each.state === "landed" && pull.state === "open" && round.mergeCommit !== null
      ? [`${each.target} has the fix already, so #${pull.number} can be closed`]
      : []),
  ];
}

/** Gone before it had a pull request: the activity list alone knows of it. */
export function isDeletedBackMerge(state: IncidentState, each: BackMergeFacts): boolean {
  return each.pullRequest === null && !each.branchExists && deletionOf(state, each.branch) !== undefined;
}

/** A branch of this incident that has the opening commit of the round's branch, which is gone. */
export function renamedTo(state: IncidentState, config: Config, round: RoundFacts): string | null {
  if (round.branchExists) return null;
  const found = state.branches.find(
    (branch) =>
      parseHotfixBranch(config.branches, branch.name) !== null &&
      branch.commits.some(
        (commit) =>
          isOpeningCommit(commit, state.issue.number) && commit.message.includes(` ${round.hotfixBranch},`),
      ),
  );
  return found?.name ?? null;
}

function deletionOf(state: IncidentState, branch: string): PushFacts | undefined {
  return state.pushes.findLast((push) => push.branch === branch && push.kind === "branch_deletion");
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
