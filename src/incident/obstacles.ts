import type { BackMergeFacts, IncidentFacts, RoundFacts } from "./facts.ts";
import { latestVerdicts } from "./next-step.ts";
import { hasFailed } from "./own-checks.ts";

/** One thing that is not done, by which rule, and on what evidence: what `/hotfix why` answers. Plain sentences. */
export interface Obstacle {
  readonly what: string;
  /** Completes "because": without capital and full stop. */
  readonly rule: string;
  readonly evidence: string;
}

/** Everything that waits, from the same facts as the status comment; empty: nothing does. */
export function obstaclesOf(facts: IncidentFacts): readonly Obstacle[] {
  if (facts.phase === "closed") return [];
  const problems = facts.problems.map((problem) => ({
    what: problem.sentence,
    rule: problem.transient
      ? "GitHub does not allow it at the moment"
      : `somebody has to mend it first (${problem.code})`,
    evidence: problem.nextStep,
  }));
  if (facts.ended !== null) {
    const { kind, by, because } = facts.ended;
    const what = kind === "abort" ? "Nothing more is done" : "No release is made";
    return [
      {
        what,
        rule: `somebody ended it with \`/hotfix ${kind}\``,
        evidence: `${facts.mayNamePeople ? by : "Somebody"}: ${because}`,
      },
      ...problems,
    ];
  }
  return [...problems, ...roundObstacles(facts, facts.rounds.at(-1)!), ...earlierObstacles(facts)];
}

function roundObstacles(facts: IncidentFacts, round: RoundFacts): readonly Obstacle[] {
  const { production } = facts.branches;
  if (round.isEmptyMerge) {
    return [
      {
        what: "Nothing is tagged, released or closed",
        rule: "a merge that changes nothing ships nothing",
        evidence: `#${round.pullRequest!.number} left ${production} as it was`,
      },
    ];
  }
  if (round.mergeCommit === null) {
    return [
      {
        what: "There is no tag and no release yet",
        rule: `a version is given to what is merged into ${production}, and only then`,
        evidence: beforeMerge(round),
      },
    ];
  }
  return round.backMerges.filter((each) => each.state !== "landed").map((each) => owedTo(each));
}

function earlierObstacles(facts: IncidentFacts): readonly Obstacle[] {
  return facts.rounds
    .slice(0, -1)
    .filter((round) => round.mergeCommit !== null && !round.isEmptyMerge)
    .flatMap((round) => round.backMerges.filter((each) => each.state !== "landed").map(owedTo));
}

function owedTo(each: BackMergeFacts): Obstacle {
  const pull = each.pullRequest === null ? "There is no pull request yet" : `#${each.pullRequest.number}`;
  const states: Readonly<Record<BackMergeFacts["state"], string>> = {
    waiting: "waits for the app",
    conflict: "conflicts",
    ready: "is ready and not merged",
    blocked: "is blocked by a rule of the repository",
    merged: "is merged, and the fix was not found there",
    landed: "is merged",
    closed: "was closed without a merge",
  };
  return {
    what: `The incident stays open for ${each.target}`,
    rule: "it closes once the fix is proven to be in each target",
    evidence: each.pullRequest === null ? pull : `${pull} ${states[each.state]}`,
  };
}

function beforeMerge(round: RoundFacts): string {
  const pull = round.pullRequest;
  if (!round.hasFix) return `Nothing is pushed to \`${round.hotfixBranch}\` but the opening commit`;
  if (pull === null) return `\`${round.hotfixBranch}\` has no pull request yet`;
  if (pull.state === "closed") return `#${pull.number} was closed without a merge`;
  const failed = pull.checkRuns.filter(hasFailed);
  const verdicts = latestVerdicts(pull);
  const approvals = verdicts.filter((verdict) => verdict === "approved").length;
  return [
    `#${pull.number} is ${pull.isDraft ? "a draft" : "open"}`,
    verdicts.includes("changes_requested") ? "changes are requested" : `${approvals} approved`,
    ...failed.map((run) => `${run.name} says: ${run.title ?? run.conclusion ?? "failed"}`),
    ...(pull.mergeable === "conflicting" ? ["it conflicts"] : []),
  ].join("; ");
}
