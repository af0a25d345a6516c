import type { Config } from "../config/schema.ts";
import type { Acceptance } from "./acceptance.ts";
import { wasClosingTold } from "./closing.ts";
import { isLabelled } from "./declaration.ts";
import type { IncidentFacts, NextStep } from "./facts.ts";
import type { BackMergeFacts, RoundFacts } from "./facts/round-facts.ts";
import { listed } from "./ending.ts";
import { blockingFailure, lacksSecondPair } from "./own-checks.ts";
import { owes } from "./phase.ts";
import { isDeletedBackMerge, renamedTo, wasMade, wasReopened } from "./noticed.ts";
import { type Say, sayIn } from "./say.ts";
import { wasRedrafted } from "./was-redrafted.ts";
import type { IncidentState } from "./state.ts";
import { GHOST } from "./state/actor.ts";
import type { Problem } from "./state/problem.ts";
import type { PullRequestFacts } from "./state/pull-request-facts.ts";

type Known = Pick<IncidentFacts, "owners" | "acceptedBy" | "problems" | "phase" | "rounds" | "ended">;

/** Who must do what now. The first thing that stands in the way; with nothing in the way, nobody, because the app or GitHub is at work. */
export function nextStepOf(
  state: IncidentState,
  config: Config,
  acceptance: Acceptance,
  known: Known,
): NextStep {
  const say = sayIn(config.locale);
  const responders = respondersOf(state, known);
  const round = known.rounds.at(-1)!;
  const isShipped = round.mergeCommit !== null && !round.isEmptyMerge;
  return (
    notStarted(state, config, acceptance, responders) ??
    finished(say, state, known, responders) ??
    ended(say, known, responders) ??
    structural(state, known.problems, responders) ??
    (isShipped
      ? afterMerge(state, config, round, responders)
      : beforeMerge(state, config, round, known.owners, responders)) ??
    mend(known.problems, responders) ?? { who: [], what: say("Nothing: the app goes on by itself") }
  );
}

/** Who is on it: who pushed the fix, else the assignees, else whoever declared the incident. */
export function respondersOf(
  state: IncidentState,
  known: Pick<IncidentFacts, "acceptedBy">,
): readonly string[] {
  const pusher = lastPusher(state);
  if (pusher !== null) return [pusher];
  if (state.issue.assignees.length > 0) return state.issue.assignees;
  const { acceptedBy } = known;
  return acceptedBy === null || acceptedBy === GHOST || acceptedBy.endsWith("[bot]") ? [] : [acceptedBy];
}

/** The last person who pushed to a hotfix branch. */
export function lastPusher(state: IncidentState): string | null {
  const last = state.pushes.findLast(
    (push) =>
      push.actor.kind === "user" && push.kind !== "branch_deletion" && push.kind !== "branch_creation",
  );
  return last?.actor.login ?? null;
}

function notStarted(
  state: IncidentState,
  config: Config,
  acceptance: Acceptance,
  responders: readonly string[],
): NextStep | null {
  const say = sayIn(config.locale);
  const label = config.labels.incident;
  switch (acceptance.kind) {
    case "none":
      return { who: [], what: say("Put the label `{label}` on the issue to declare an incident", { label }) };
    case "waiting":
      return { who: [], what: say("Nothing: the app is looking up who put the label") };
    case "held":
      return {
        who: [],
        what: say(
          "Somebody writes `/hotfix start` in a comment: more incidents were declared at once than the app opens by itself",
        ),
      };
    case "refused":
      return {
        who: [],
        what: say("Somebody with {needed} permission writes `/hotfix start` in a comment", {
          needed: acceptance.needed,
        }),
      };
    case "accepted":
      return isLabelled(state, config)
        ? null
        : {
            who: responders,
            what: say("Put the label `{label}` back to go on, or take over by hand", { label }),
          };
  }
}

/** After `/hotfix abort`: what the app left. After `resolved` it goes on to the documents by itself. */
function ended(say: Say, { ended: ending, rounds }: Known, responders: readonly string[]): NextStep | null {
  if (ending === null || (ending.kind === "resolved" && rounds.some(owes))) return null;
  if (ending.kind === "resolved") return { who: [], what: say("Nothing: the documents follow") };
  const left = listed(ending.left, say);
  return {
    who: responders,
    what:
      left === null
        ? say("Close the issue, or write `/hotfix start` to go on")
        : say("Close what is left ({left}), or write `/hotfix start` to go on", { left }),
  };
}

function finished(
  say: Say,
  state: IncidentState,
  known: Known,
  responders: readonly string[],
): NextStep | null {
  const open = openPullRequests(state, known);
  if (known.phase === "closed" && known.ended === null && open.length > 0) {
    return {
      who: responders,
      what: say("Close {pulls} if it is over, or reopen the issue if it is not", {
        pulls:
          listed(
            open.map((pull) => `#${pull.number}`),
            say,
          ) ?? "",
      }),
    };
  }
  if (wasReopened(state, known.rounds)) {
    return {
      who: responders,
      what: say("Write `/hotfix again` in a comment if the fix did not help, or close the issue again"),
    };
  }
  if (known.phase !== "closed" && !wasClosingTold(state, known.rounds.at(-1)!.number)) return null;
  // The release holds nothing up, and is owed all the same.
  return (
    refusedStep(state, "publish-release:", responders) ?? {
      who: [],
      what: say("Nothing: the incident is over"),
    }
  );
}

/** Of an incident that shipped nothing. */
function openPullRequests(
  state: IncidentState,
  { rounds }: Pick<IncidentFacts, "rounds">,
): readonly PullRequestFacts[] {
  const isShipped = rounds.some((round) => round.mergeCommit !== null && !round.isEmptyMerge);
  return isShipped ? [] : state.pullRequests.filter((pull) => pull.state === "open");
}

/** What stops the whole line, in the words of the problem itself. */
function structural(
  state: IncidentState,
  problems: readonly Problem[],
  responders: readonly string[],
): NextStep | null {
  const stopping = new Set([
    "repository-archived",
    "repository-empty",
    "production-missing",
    "merge-not-on-production",
    "merge-differs",
    "merged-elsewhere",
    ...(state.configuration.usable ? [] : ["configuration-invalid"]),
  ]);
  const problem = problems.find((each) => stopping.has(each.code));
  return problem === undefined ? null : { who: responders, what: problem.nextStep };
}

function beforeMerge(
  state: IncidentState,
  config: Config,
  round: RoundFacts,
  owners: readonly string[],
  responders: readonly string[],
): NextStep | null {
  const say = sayIn(config.locale);
  const pull = round.pullRequest;
  if (pull?.state === "merged") {
    // Without a merge commit GitHub has not shown all of it yet.
    return round.isEmptyMerge
      ? {
          who: responders,
          what: say("Find out where the fix is: #{number} was merged without any change", {
            number: pull.number,
          }),
        }
      : null;
  }
  if (pull?.state === "closed") {
    return {
      who: responders,
      what: say("{reopen} to go on, or take the label off to stop", {
        reopen: reopening(state, config, round, pull),
      }),
    };
  }
  const { production } = config.branches;
  if (pull !== null && pull.base !== production) {
    return {
      who: responders,
      what: say("Point #{number} back to {production} to go on, or take the label off to stop", {
        number: pull.number,
        production,
      }),
    };
  }
  if (!round.branchExists) {
    return wasMade(state, round)
      ? {
          who: responders,
          what: say("Restore `{branch}` to go on, or take the label off to stop", {
            branch: round.hotfixBranch,
          }),
        }
      : refusedStep(state, `create-branch:${round.hotfixBranch}`, responders);
  }
  if (!round.hasFix)
    return { who: responders, what: say("Push the fix to `{branch}`", { branch: round.hotfixBranch }) };
  if (pull === null) {
    return refusedStep(state, `open-pull-request:${round.hotfixBranch}`, responders);
  }
  if (pull.isDraft) {
    return wasRedrafted(state, pull)
      ? { who: responders, what: say("Mark #{number} ready for review when it is", { number: pull.number }) }
      : refusedStep(state, `mark-ready:${pull.number}`, responders);
  }
  return review(config, pull, owners, responders);
}

/** Nothing can be reopened while its branch is away or has another name. */
function reopening(state: IncidentState, config: Config, round: RoundFacts, pull: PullRequestFacts): string {
  const say = sayIn(config.locale);
  const { number } = pull;
  if (round.branchExists) return say("Reopen #{number}", { number });
  const renamed = renamedTo(state, config, round);
  return renamed === null
    ? say("Restore `{branch}` and reopen #{number}", { branch: round.hotfixBranch, number })
    : say("Give `{renamed}` its old name `{branch}` back and reopen #{number}", {
        renamed,
        branch: round.hotfixBranch,
        number,
      });
}

function review(
  config: Config,
  pull: PullRequestFacts,
  owners: readonly string[],
  responders: readonly string[],
): NextStep {
  const say = sayIn(config.locale);
  const name = `#${pull.number}`;
  const failed = blockingFailure(pull, config);
  if (failed !== null)
    return {
      who: responders,
      what: say("Correct what `{check}` found in {name}, and push", { check: failed.name, name }),
    };
  if (pull.mergeable === "conflicting") {
    return {
      who: responders,
      what: say("Resolve the conflict of {name} with {base}, and push", { name, base: pull.base }),
    };
  }
  const verdicts = latestVerdicts(pull);
  if (verdicts.includes("changes_requested")) {
    return { who: responders, what: say("Answer the review of {name}", { name }) };
  }
  if (verdicts.includes("approved") && pull.mergeState === "blocked") {
    return {
      who: responders,
      what: say(
        "See in {name} what {base} still asks for (a required check, or a further review), and merge it",
        {
          name,
          base: pull.base,
        },
      ),
    };
  }
  const reviewers = owners.filter((owner) => !responders.includes(owner));
  return verdicts.includes("approved") && !lacksSecondPair(pull)
    ? { who: reviewers.length > 0 ? reviewers : responders, what: say("Merge {name}", { name }) }
    : { who: reviewers, what: say("Review and merge {name}", { name }) };
}

/** Each reviewer's last word; an approval counts only for the head commit. */
export function latestVerdicts(pull: PullRequestFacts): readonly string[] {
  const last = new Map<string, string>();
  for (const each of pull.reviews) {
    if (each.state === "commented" || each.state === "pending") continue;
    const isStale = each.state === "approved" && each.commit !== pull.headSha;
    last.set(each.author.login, isStale ? "stale" : each.state);
  }
  return [...last.values()];
}

function afterMerge(
  state: IncidentState,
  config: Config,
  round: RoundFacts,
  responders: readonly string[],
): NextStep | null {
  const say = sayIn(config.locale);
  const owed = round.backMerges
    .map((each) => backMergeStep(state, config, round, each, responders))
    .find((step) => step !== null);
  const branch = state.branches.find((each) => each.name === round.hotfixBranch);
  const pull = round.pullRequest!;
  if (round.tag === null) {
    const refused = Object.entries(state.refusals).find(([key]) => key.startsWith("create-tag:"))?.[1];
    if (refused !== undefined) return { who: responders, what: refused.nextStep };
  }
  if (owed !== undefined) return owed;
  if (branch !== undefined && branch.head !== pull.headSha && branch.commits.length > 0) {
    return {
      who: responders,
      what: say(
        "Reopen the issue, so that what was pushed to `{branch}` after the merge of #{number} ships in another round",
        {
          branch: branch.name,
          number: pull.number,
        },
      ),
    };
  }
  return null;
}

/** What else stands in the way, in its own words. */
function mend(problems: readonly Problem[], responders: readonly string[]): NextStep | null {
  const quiet = new Set(["form", "configuration-invalid"]);
  const problem = problems.find((each) => !quiet.has(each.code) && !each.transient);
  return problem === undefined ? null : { who: responders, what: problem.nextStep };
}

function backMergeStep(
  state: IncidentState,
  config: Config,
  round: RoundFacts,
  each: BackMergeFacts,
  responders: readonly string[],
): NextStep | null {
  const say = sayIn(config.locale);
  const { target } = each;
  const pull = each.pullRequest;
  if (pull === null) {
    return isDeletedBackMerge(state, each)
      ? {
          who: responders,
          what: say("Bring the fix to {target} yourself, or restore `{branch}`", {
            target,
            branch: each.branch,
          }),
        }
      : null;
  }
  const name = `#${pull.number}`;
  switch (each.state) {
    case "conflict":
      return {
        who: responders,
        what: say("Resolve the conflict of {name} with {target} on `{branch}`, and push", {
          name,
          target,
          branch: each.branch,
        }),
      };
    case "blocked":
      // Without the fix on its branch a merge would bring nothing.
      return (
        refusedStep(state, `merge-into-branch:${each.branch}`, responders) ?? {
          who: responders,
          what: say("Review and merge {name}", { name }),
        }
      );
    case "closed":
      return {
        who: responders,
        what: say("Reopen {name}, or bring the fix to {target} yourself", { name, target }),
      };
    case "ready":
      if (latestVerdicts(pull).includes("changes_requested")) {
        return { who: responders, what: say("Answer the review of {name}, and merge it", { name }) };
      }
      // GitHub waits with its merge for what only people can give; a check that runs is no reason to call anybody.
      if (pull.autoMergeEnabled && pull.mergeState === "blocked") {
        return pull.checkRuns.some((run) => run.status !== "completed")
          ? null
          : {
              who: responders,
              what: say("Review {name}; GitHub merges it when all that {target} asks for is there", {
                name,
                target,
              }),
            };
      }
      return isForPerson(state, config, pull, each.target)
        ? { who: responders, what: say("Merge {name} into {target}", { name, target }) }
        : null;
    case "waiting":
      return pull.isDraft && pull.events.some((event) => event.kind === "convert_to_draft")
        ? {
            who: responders,
            what: say("Mark #{number} ready for review when it is", { number: pull.number }),
          }
        : null;
    case "merged":
      return isSeenMissing(state, round, each.target)
        ? {
            who: responders,
            what: say("Bring the fix to {target}: {name} was merged, but the fix is not there", {
              target,
              name,
            }),
          }
        : null;
    case "landed":
      return null;
  }
}

/** Nobody but a person will merge it. */
export function isForPerson(
  state: IncidentState,
  config: Config,
  pull: PullRequestFacts,
  target: string,
): boolean {
  const isAllowed = config.merge.backMerges === "auto" && state.repository.autoMergeAllowed;
  const switched = pull.events.findLast((event) => event.kind.startsWith("auto_merge"));
  const isSwitchedOff = switched?.kind === "auto_merge_disabled" && switched.actor.kind === "user";
  return !isAllowed || pull.base !== target || isSwitchedOff;
}

/** Looked for after the merge and not found: merged too early, reverted, or resolved away. */
function isSeenMissing(state: IncidentState, round: RoundFacts, target: string): boolean {
  return (
    state.isAdvanced === undefined &&
    state.landings.some(
      (landing) =>
        landing.mergeCommit === round.mergeCommit && landing.target === target && landing.proof === "missing",
    )
  );
}

function refusedStep(state: IncidentState, key: string, responders: readonly string[]): NextStep | null {
  const refused = Object.entries(state.refusals).find(
    ([name, problem]) => name.startsWith(key) && !problem.transient,
  )?.[1];
  return refused === undefined ? null : { who: responders, what: refused.nextStep };
}
