import type { Config } from "../config/schema.ts";
import { wasClosingTold } from "./closing.ts";
import { ourComments } from "./comment-marker.ts";
import { removalOf } from "./declaration.ts";
import { wasCarried } from "./back-merges.ts";
import { parseBackMergeBranch, parseHotfixBranch } from "./names.ts";
import { isOpeningCommit } from "./opening-commit.ts";
import type { BackMergeFacts, RoundFacts } from "./facts/round-facts.ts";
import { commitGraphOf } from "./commit-graph.ts";
import { rollbackNotices } from "./own-checks.ts";
import { adoptedBranches, decisionsOf } from "./decisions.ts";
import { foreignHotfixBranches, ownHotfixBranches } from "./own-branches.ts";
import { owes } from "./phase.ts";
import { pushedAfterMerge } from "./rounds.ts";
import { type Say, sayIn } from "./say.ts";
import { wasRedrafted } from "./was-redrafted.ts";
import type { IncidentState } from "./state.ts";
import type { Actor } from "./state/actor.ts";
import type { PushFacts } from "./state/branch-facts.ts";
import type { PullRequestEventFacts, PullRequestFacts } from "./state/pull-request-facts.ts";
import { uncheckedMerge } from "./unchecked-merge.ts";

/** What people did that the app lets stand, one plain sentence each. Names only where they may be shown. */
export function noticedIn(
  state: IncidentState,
  config: Config,
  rounds: readonly RoundFacts[],
  mayNamePeople: boolean,
): readonly string[] {
  const say = sayIn(config.locale);
  const by = (actor: Actor | undefined): string =>
    actor !== undefined && mayNamePeople && actor.kind !== "ghost"
      ? say(" by {login}", { login: actor.login })
      : say(" by somebody");
  return [
    ...labelNotice(state, config, by),
    ...closingNotice(say, state, rounds, by),
    ...leftNotices(state, config, rounds),
    ...foreignHotfixBranches(state, config).map((name) =>
      say("{name} was there already and is not the app's, so it is left alone", { name }),
    ),
    ...rounds.flatMap((round) => [
      ...rollbackNotices(round.pullRequest, say),
      ...hotfixNotices(state, config, rounds, round, by),
      ...round.backMerges.flatMap((each) => backMergeNotices(say, state, round, each, by)),
    ]),
  ];
}

/** What stays where somebody took the work elsewhere: pull requests of targets that were skipped, and of our branch after `/hotfix adopt`. */
function leftNotices(state: IncidentState, config: Config, rounds: readonly RoundFacts[]): readonly string[] {
  const say = sayIn(config.locale);
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
    .map((pull) =>
      say("#{number} to {base} is left open and not needed any more", {
        number: pull.number,
        base: pull.base,
      }),
    );
}

type By = (actor: Actor | undefined) => string;

function labelNotice(state: IncidentState, config: Config, by: By): readonly string[] {
  const say = sayIn(config.locale);
  const removal = removalOf(state, config);
  return removal === null
    ? []
    : [
        say("The label {label} was removed{by}, so the app stopped here", {
          label: config.labels.incident,
          by: by(removal.actor),
        }),
      ];
}

function closingNotice(
  say: Say,
  state: IncidentState,
  rounds: readonly RoundFacts[],
  by: By,
): readonly string[] {
  const closed = state.events.findLast((event) => event.kind === "closed");
  if (wasReopened(state, rounds)) {
    const reopened = state.events.findLast((event) => event.kind === "reopened");
    return [
      say("The issue was reopened{by} after it was over; the app does not close it again", {
        by: by(reopened?.actor),
      }),
    ];
  }
  if (state.issue.state === "open" || closed?.actor.login === state.app.login) return [];
  if (rounds.some(owes)) {
    return [
      say("The issue was closed{by} before the fix was everywhere; tagging and landing go on", {
        by: by(closed?.actor),
      }),
    ];
  }
  return decisionsOf(state).ended === null && state.pullRequests.some((pull) => pull.state === "open")
    ? [
        say(
          "The issue was closed{by} before anything was shipped; its pull requests stay, and one that is merged is still tagged and brought everywhere",
          { by: by(closed?.actor) },
        ),
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
  const say = sayIn(config.locale);
  const pull = round.pullRequest;
  const { hotfixBranch } = round;
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
          `${say("{branch} was deleted{by}", { branch: hotfixBranch, by: by(deletion?.actor ?? lastActor(pull, "head_ref_deleted")) })}${renamed === null ? "" : say("; {renamed} has its commits, but it is not what the app works with", { renamed })}`,
        ]
      : []),
    ...(forced !== undefined && branch !== undefined && pull?.state !== "merged"
      ? [
          say("{branch} was force-pushed{by}; what it holds now is what counts", {
            branch: hotfixBranch,
            by: by(forced.actor),
          }),
        ]
      : []),
    ...(pull === null ? [] : pullRequestNotices(say, state, pull, config.branches.production, by)),
    ...(pull === null ? [] : [uncheckedMerge(pull, say)].filter((each) => each !== null)),
    ...(pushedAfterMerge(state, commitGraphOf(state), rounds, round) !== null
      ? [
          say("{branch} has commits that came after the merge of #{number}", {
            branch: hotfixBranch,
            number: pull!.number,
          }),
        ]
      : []),
  ];
}

function backMergeNotices(
  say: Say,
  state: IncidentState,
  round: RoundFacts,
  each: BackMergeFacts,
  by: By,
): readonly string[] {
  const pull = each.pullRequest;
  if (pull === null) {
    return isDeletedBackMerge(state, each)
      ? [
          say("{branch} was deleted{by} before it had a pull request", {
            branch: each.branch,
            by: by(deletionOf(state, each.branch)?.actor),
          }),
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
    ...pullRequestNotices(say, state, pull, each.target, by),
    ...(isEarly && each.state !== "landed"
      ? [
          say("#{number} was merged into {base}{by} before the fix was shipped, so it did not bring it", {
            number: pull.number,
            base: pull.base,
            by: by(pull.mergedBy ?? undefined),
          }),
        ]
      : []),
    ...(pull.state === "open" && disabled?.kind === "auto_merge_disabled" && disabled.actor.kind === "user"
      ? [say("Auto-merge of #{number} was switched off{by}", { number: pull.number, by: by(disabled.actor) })]
      : []),
    ...(each.state === "landed" && pull.state === "open" && round.mergeCommit !== null
      ? [
          say("{target} has the fix already, so #{number} can be closed", {
            target: each.target,
            number: pull.number,
          }),
        ]
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
  say: Say,
  state: IncidentState,
  pull: PullRequestFacts,
  base: string,
  by: By,
): readonly string[] {
  const { number } = pull;
  return [
    ...(pull.state === "closed"
      ? [
          say("#{number} to {base} was closed{by} without being merged", {
            number,
            base,
            by: by(lastActor(pull, "closed")),
          }),
        ]
      : []),
    ...(pull.base === base
      ? []
      : [
          say("#{number} was pointed to {other} instead of {base}{by}", {
            number,
            other: pull.base,
            base,
            by: by(lastActor(pull, "base_ref_changed")),
          }),
        ]),
    ...(pull.state === "open" && wasRedrafted(state, pull)
      ? [
          say("#{number} was turned back into a draft{by}", {
            number,
            by: by(lastActor(pull, "convert_to_draft")),
          }),
        ]
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
