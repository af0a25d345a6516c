import type { Config } from "../config/schema.ts";
import type { NextStep } from "./facts.ts";
import type { RoundFacts } from "./facts/round-facts.ts";
import { latestVerdicts } from "./latest-verdicts.ts";
import { renamedTo, wasMade } from "./gone-branches.ts";
import { blockingFailure, lacksSecondPair } from "./own-checks.ts";
import { refusedStep } from "./refused-step.ts";
import { sayIn } from "./say.ts";
import type { IncidentState } from "./state.ts";
import type { PullRequestFacts } from "./state/pull-request-facts.ts";
import { wasRedrafted } from "./was-redrafted.ts";

/** From the hotfix branch to the merge into production; null: the app or GitHub is at work. */
export function stepBeforeMerge(
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
