import { WITHDRAWN_TITLE } from "../checks/plan-checks.ts";
import { type WantedCheck, wantedChecks } from "../checks/wanted-checks.ts";
import type { Config } from "../config/schema.ts";
import { checkDecisionsOf, decisionBasis } from "./check-decisions.ts";
import type { Say } from "./say.ts";
import type { IncidentState } from "./state.ts";
import type { Sha } from "./state/commit-facts.ts";
import type { Instant } from "./state/instant.ts";
import type { CheckRunFacts, PullRequestFacts } from "./state/pull-request-facts.ts";

/** Check run that waits for a second person. It is about the review and not about the commit. */
const REVIEW = "hotfix/review";
/** A run that only advises, or has nothing to check, stands in nobody's way. */
export const PASSED: ReadonlySet<string> = new Set(["success", "neutral", "skipped"]);

/** Whether the run found something wrong. Waiting for somebody's approval is nothing wrong. */
export function hasFailed(run: CheckRunFacts): boolean {
  if (run.status !== "completed" || PASSED.has(run.conclusion ?? "")) return false;
  if (!run.isOurs) return true;
  // Ended because a newer run has the verdict.
  if (run.conclusion === "cancelled") return false;
  return run.name !== REVIEW || run.conclusion !== "action_required";
}

/** The first check of ours that keeps the pull request from being merged, and that a push can mend. */
export function blockingFailure(pull: PullRequestFacts, config: Config): CheckRunFacts | null {
  const failed = blocking(config)
    .map(({ name }) => newestOwn(pull, name))
    .find((run) => run !== null && hasFailed(run));
  return failed ?? null;
}

/** Nobody but those who made the hotfix has approved it. */
export function lacksSecondPair(pull: PullRequestFacts): boolean {
  const run = newestOwn(pull, REVIEW);
  return run?.status === "completed" && run.conclusion === "action_required";
}

/** Whoever rolls back must know that the old code alone does not bring everything back. */
export function rollbackNotices(pull: PullRequestFacts | null, say: Say): readonly string[] {
  const run = ["hotfix/migrations", "hotfix/migrations (advice)"]
    .map((name) => (pull === null ? null : newestOwn(pull, name)))
    .find((each) => each?.status === "completed" && ["failure", "neutral"].includes(each.conclusion ?? ""));
  return run === undefined || run === null || run.title === WITHDRAWN_TITLE
    ? []
    : [
        say('Rolling back is not free: {check} on #{number} says "{title}"', {
          check: run.name,
          number: pull!.number,
          title: run.title ?? say("see there"),
        }),
      ];
}

/** When the last of our checks that block turned green; null while one is missing or has not. */
export function checksGreenAt(pull: PullRequestFacts | null, config: Config): Instant | null {
  const runs = blocking(config)
    .filter(({ property }) => property !== "review")
    .map(({ name }) => (pull === null ? null : newestOwn(pull, name)));
  const times = runs.map((run) =>
    run !== null && run.status === "completed" && PASSED.has(run.conclusion ?? "") ? run.completedAt : null,
  );
  const known = times.filter((time) => time !== null);
  if (known.length < runs.length) return null;
  return known.toSorted((one, other) => Date.parse(one) - Date.parse(other)).at(-1) ?? null;
}

/**
 * Whether every check that such a commit must have has ended, by the configuration, the decisions and the head of its target that hold now. `target`
 * null: not known.
 */
export function areChecked(
  runs: readonly CheckRunFacts[],
  state: IncidentState,
  config: Config,
  subject: "hotfix" | "back-merge",
  target: Sha | null,
): boolean {
  const decisions = checkDecisionsOf(state);
  return wantedChecks(config.checks, subject).every(({ name, property }) => {
    const run = newestOwn({ checkRuns: runs }, name);
    if (run?.status !== "completed") return false;
    const basis = run.externalId ?? null;
    const { revision } = state.configuration;
    return basis === null || isCurrent(basis, revision, decisionBasis(decisions, property), target);
  });
}

/** The parts of the basis that an incident knows. */
function isCurrent(
  externalId: string,
  revision: string,
  decisions: string | null,
  target: Sha | null,
): boolean {
  const parts = externalId.split(";");
  return (
    parts.includes(`config=${revision}`) &&
    (target === null || parts.includes(`target=${target}`)) &&
    parts.find((part) => part.startsWith("decisions=")) ===
      (decisions === null ? undefined : `decisions=${decisions}`)
  );
}

function blocking(config: Config): readonly WantedCheck[] {
  return wantedChecks(config.checks, "hotfix").filter(({ blocks }) => blocks);
}

export function newestOwn(pull: Pick<PullRequestFacts, "checkRuns">, name: string): CheckRunFacts | null {
  const runs = pull.checkRuns.filter((run) => run.isOurs && run.name === name);
  return runs.toSorted((one, other) => one.id - other.id).at(-1) ?? null;
}
