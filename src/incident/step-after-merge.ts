import type { Config } from "../config/schema.ts";
import type { NextStep } from "./facts.ts";
import type { BackMergeFacts, RoundFacts } from "./facts/round-facts.ts";
import { isForPerson } from "./is-for-person.ts";
import { latestVerdicts } from "./latest-verdicts.ts";
import { isDeletedBackMerge } from "./gone-branches.ts";
import { refusedStep } from "./refused-step.ts";
import { sayIn } from "./say.ts";
import type { IncidentState } from "./state.ts";
import type { PullRequestFacts } from "./state/pull-request-facts.ts";

/** From the merge into production to the landing in every target; null: the app or GitHub is at work. */
export function stepAfterMerge(
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
      return readyStep(state, config, pull, target, responders);
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

/** It could be merged: who does, or what it waits for. */
function readyStep(
  state: IncidentState,
  config: Config,
  pull: PullRequestFacts,
  target: string,
  responders: readonly string[],
): NextStep | null {
  const say = sayIn(config.locale);
  const name = `#${pull.number}`;
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
  return isForPerson(state, config, pull, target)
    ? { who: responders, what: say("Merge {name} into {target}", { name, target }) }
    : null;
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
