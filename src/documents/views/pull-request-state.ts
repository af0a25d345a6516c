import { latestVerdicts } from "../../incident/latest-verdicts.ts";
import { hasFailed } from "../../incident/own-checks.ts";
import type { PullRequestFacts } from "../../incident/state/pull-request-facts.ts";

/** Worst first: `red` names the checks that failed. */
export interface ChecksView {
  readonly state: "none" | "red" | "running" | "green";
  readonly failing: string;
}

const MOST_NAMES = 3;

/** The newest run of each name counts: a check that was run again has only its last word. */
export function checksOf(pullRequest: PullRequestFacts): ChecksView {
  const newest = new Map(
    [...pullRequest.checkRuns]
      .sort((one, other) => one.id - other.id)
      .map((run) => [`${run.isOurs} ${run.name}`, run]),
  );
  const runs = [...newest.values()];
  const failing = runs.filter(hasFailed);
  const names = failing.slice(0, MOST_NAMES).map((run) => run.name);
  if (failing.length > MOST_NAMES) names.push("…");
  const isRunning = runs.some((run) => run.status !== "completed");
  const state = runs.length === 0 ? "none" : failing.length > 0 ? "red" : isRunning ? "running" : "green";
  return { state, failing: names.join(", ") };
}

/** Where a pull request stands, in one word that templates put into their language. */
export function pullRequestState(
  pullRequest: PullRequestFacts,
): "merged" | "closed" | "draft" | "approved" | "changes requested" | "open" {
  if (pullRequest.state !== "open") return pullRequest.state;
  if (pullRequest.isDraft) return "draft";
  const verdicts = latestVerdicts(pullRequest);
  if (verdicts.includes("changes_requested")) return "changes requested";
  return verdicts.includes("approved") ? "approved" : "open";
}
