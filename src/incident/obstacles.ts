import type { IncidentFacts } from "./facts.ts";
import type { BackMergeFacts, RoundFacts } from "./facts/round-facts.ts";
import { latestVerdicts } from "./latest-verdicts.ts";
import { hasFailed } from "./own-checks.ts";
import { type Say, sayIn } from "./say.ts";

/** One thing that is not done, by which rule, and on what evidence: what `/hotfix why` answers. Plain sentences. */
export interface Obstacle {
  readonly what: string;
  /** Completes "because": without capital and full stop. */
  readonly rule: string;
  readonly evidence: string;
}

/** Everything that waits, from the same facts as the status comment; empty: nothing does. */
export function obstaclesOf(facts: IncidentFacts): readonly Obstacle[] {
  const say = sayIn(facts.locale);
  if (facts.phase === "closed") return [];
  const problems = facts.problems.map((problem) => ({
    what: problem.sentence,
    rule: problem.transient
      ? say("GitHub does not allow it at the moment")
      : say("somebody has to mend it first ({code})", { code: problem.code }),
    evidence: problem.nextStep,
  }));
  if (facts.ended !== null) {
    const { kind, by, because } = facts.ended;
    const what = kind === "abort" ? say("Nothing more is done") : say("No release is made");
    return [
      {
        what,
        rule: say("somebody ended it with `/hotfix {kind}`", { kind }),
        evidence: `${facts.mayNamePeople ? by : say("Somebody")}: ${because}`,
      },
      ...problems,
    ];
  }
  return [...problems, ...roundObstacles(facts, facts.rounds.at(-1)!, say), ...earlierObstacles(facts, say)];
}

function roundObstacles(facts: IncidentFacts, round: RoundFacts, say: Say): readonly Obstacle[] {
  const { production } = facts.branches;
  if (round.isEmptyMerge) {
    return [
      {
        what: say("Nothing is tagged, released or closed"),
        rule: say("a merge that changes nothing ships nothing"),
        evidence: say("#{number} left {production} as it was", {
          number: round.pullRequest!.number,
          production,
        }),
      },
    ];
  }
  if (round.mergeCommit === null) {
    return [
      {
        what: say("There is no tag and no release yet"),
        rule: say("a version is given to what is merged into {production}, and only then", { production }),
        evidence: beforeMerge(round, say),
      },
    ];
  }
  return round.backMerges.filter((each) => each.state !== "landed").map((each) => owedTo(each, say));
}

function earlierObstacles(facts: IncidentFacts, say: Say): readonly Obstacle[] {
  return facts.rounds
    .slice(0, -1)
    .filter((round) => round.mergeCommit !== null && !round.isEmptyMerge)
    .flatMap((round) =>
      round.backMerges.filter((each) => each.state !== "landed").map((each) => owedTo(each, say)),
    );
}

function owedTo(each: BackMergeFacts, say: Say): Obstacle {
  const states: Readonly<Record<BackMergeFacts["state"], string>> = {
    waiting: say("waits for the app"),
    conflict: say("conflicts"),
    ready: say("is ready and not merged"),
    blocked: say("is blocked by a rule of the repository"),
    merged: say("is merged, and the fix was not found there"),
    landed: say("is merged"),
    closed: say("was closed without a merge"),
  };
  return {
    what: say("The incident stays open for {target}", { target: each.target }),
    rule: say("it closes once the fix is proven to be in each target"),
    evidence:
      each.pullRequest === null
        ? say("There is no pull request yet")
        : `#${each.pullRequest.number} ${states[each.state]}`,
  };
}

function beforeMerge(round: RoundFacts, say: Say): string {
  const pull = round.pullRequest;
  if (!round.hasFix)
    return say("Nothing is pushed to `{branch}` but the opening commit", { branch: round.hotfixBranch });
  if (pull === null) return say("`{branch}` has no pull request yet", { branch: round.hotfixBranch });
  if (pull.state === "closed") return `#${pull.number} ${say("was closed without a merge")}`;
  const failed = pull.checkRuns.filter(hasFailed);
  const verdicts = latestVerdicts(pull);
  const approvals = verdicts.filter((verdict) => verdict === "approved").length;
  return [
    pull.isDraft
      ? say("#{number} is a draft", { number: pull.number })
      : say("#{number} is open", { number: pull.number }),
    verdicts.includes("changes_requested")
      ? say("changes are requested")
      : approvals === 0
        ? say("nobody has approved it")
        : say("approvals: {count}", { count: approvals }),
    ...failed.map((run) =>
      say("{check} says: {title}", { check: run.name, title: run.title ?? run.conclusion ?? say("failed") }),
    ),
    ...(pull.mergeable === "conflicting" ? [say("it conflicts")] : []),
  ].join("; ");
}
