import type { Config } from "../config/schema.ts";
import type { Acceptance } from "./acceptance.ts";
import { wasClosingTold } from "./closing.ts";
import { isLabelled } from "./declaration.ts";
import { listed } from "./ending.ts";
import type { IncidentFacts, NextStep } from "./facts.ts";
import { wasReopened } from "./was-reopened.ts";
import { owes } from "./phase.ts";
import { refusedStep } from "./refused-step.ts";
import { respondersOf } from "./responders.ts";
import { type Say, sayIn } from "./say.ts";
import type { IncidentState } from "./state.ts";
import type { Problem } from "./state/problem.ts";
import type { PullRequestFacts } from "./state/pull-request-facts.ts";
import { stepAfterMerge } from "./step-after-merge.ts";
import { stepBeforeMerge } from "./step-before-merge.ts";

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
      ? stepAfterMerge(state, config, round, responders)
      : stepBeforeMerge(state, config, round, known.owners, responders)) ??
    mend(known.problems, responders) ?? { who: [], what: say("Nothing: the app goes on by itself") }
  );
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

/** What else stands in the way, in its own words. */
function mend(problems: readonly Problem[], responders: readonly string[]): NextStep | null {
  const quiet = new Set(["form", "configuration-invalid"]);
  const problem = problems.find((each) => !quiet.has(each.code) && !each.transient);
  return problem === undefined ? null : { who: responders, what: problem.nextStep };
}
