import { roleAtLeast, roleOf } from "../access.ts";
import type { Issue, Repository } from "../model.ts";
import type { Account } from "../model/account.ts";
import type { Review } from "../model/review.ts";
import {
  bypassesProtection,
  missingChecks,
  protectionOf,
  requiredChecksOf,
  type RuleSubject,
  rulesFor,
} from "../protection-rules.ts";
import { unverified } from "../unverified.ts";

unverified(
  "pulls/mergeable-state",
  "the exact conditions for the words blocked, behind, unstable, has_hooks and clean",
);
unverified("pulls/merge-refusals", "the sentences of a 405 for missing reviews and checks");

export const THROUGH_THE_QUEUE = "Changes must be made through the merge queue";

/** What a base branch asks of pull requests, from classic protection and rulesets together. */
interface Requirements {
  readonly approvals: number;
  readonly upToDate: boolean;
  readonly mergeQueue: boolean;
}

export type ReviewDecision = "APPROVED" | "CHANGES_REQUESTED" | "REVIEW_REQUIRED";
/** REST's `mergeable_state`; GraphQL writes the same words in capitals. */
export type MergeState = "unknown" | "dirty" | "draft" | "blocked" | "behind" | "unstable" | "clean";

function requirementsOf(repository: Repository, branch: string): Requirements {
  const classic = protectionOf(repository, branch);
  const rules = rulesFor(repository, `refs/heads/${branch}`).map(({ rule }) => rule);
  const fromRules = rules
    .filter((rule) => rule.type === "pull_request")
    .map((rule) => Number(rule.parameters?.required_approving_review_count ?? 0));
  const strictRule = rules.some((rule) => rule.parameters?.strict_required_status_checks_policy === true);
  return {
    approvals: Math.max(0, classic?.requiredApprovals ?? 0, ...fromRules),
    upToDate: classic?.strictChecks === true || strictRule,
    mergeQueue: rules.some((rule) => rule.type === "merge_queue"),
  };
}

/** Whether the base has any rule that can hold a merge back: without one, auto-merge cannot be enabled. */
export function hasRequirements(repository: Repository, branch: string): boolean {
  const classic = protectionOf(repository, branch);
  const rules = rulesFor(repository, `refs/heads/${branch}`).map(({ rule }) => rule.type);
  return (
    classic !== undefined ||
    rules.some((type) => ["pull_request", "required_status_checks", "merge_queue"].includes(type))
  );
}

/** The newest review of each person that approves or asks for changes; only of people who may write. */
function decisiveReviews(repository: Repository, reviews: readonly Review[]): readonly Review[] {
  const latest = new Map<number, Review>();
  for (const review of reviews) {
    const decides = ["APPROVED", "CHANGES_REQUESTED", "DISMISSED"].includes(review.state);
    if (decides && countsAsReviewer(repository, review.author)) latest.set(review.author.id, review);
  }
  return [...latest.values()];
}

function countsAsReviewer(repository: Repository, account: Account): boolean {
  return roleAtLeast(roleOf(repository, account.login), "push");
}

/** Null where the base asks for no review and nobody gave a decisive one. */
export function reviewDecision(repository: Repository, issue: Issue): ReviewDecision | null {
  if (issue.pullRequest === null) return null;
  const { approvals } = requirementsOf(repository, issue.pullRequest.base.ref);
  const reviews = decisiveReviews(repository, issue.pullRequest.reviews);
  if (reviews.some((review) => review.state === "CHANGES_REQUESTED")) return "CHANGES_REQUESTED";
  const given = reviews.filter((review) => review.state === "APPROVED").length;
  if (given < approvals) return "REVIEW_REQUIRED";
  return given > 0 ? "APPROVED" : null;
}

/** Sentences of what is not met yet, in the order in which GitHub refuses. Empty: the base lets it in. */
export async function unmetRequirements(repository: Repository, issue: Issue): Promise<readonly string[]> {
  const pull = issue.pullRequest;
  if (pull === null) return [];
  const needs = requirementsOf(repository, pull.base.ref);
  const unmet: string[] = [];
  if (needs.mergeQueue) unmet.push(THROUGH_THE_QUEUE);
  const decision = reviewDecision(repository, issue);
  if (needs.approvals > 0 && decision === "CHANGES_REQUESTED") {
    unmet.push("Changes have been requested by a reviewer with write access.");
  } else if (decision === "REVIEW_REQUIRED") {
    const count =
      needs.approvals === 1 ? "1 approving review is" : `${needs.approvals} approving reviews are`;
    unmet.push(`At least ${count} required by reviewers with write access.`);
  }
  for (const check of missingChecks(repository, requiredChecksOf(repository, pull.base.ref), pull.head.sha)) {
    unmet.push(`Required status check "${check.context}" is expected.`);
  }
  return unmet;
}

/** True when strict checks want the head to contain the base and it does not. */
export async function isBehind(repository: Repository, issue: Issue): Promise<boolean> {
  const pull = issue.pullRequest;
  if (pull === null || !requirementsOf(repository, pull.base.ref).upToDate) return false;
  const base = repository.git.branch(pull.base.ref);
  return base !== undefined && !(await repository.git.isAncestor(base, pull.head.sha));
}

/** Whoever is not held by the rules of the base, e.g. an administrator where they are not enforced for them. */
export function bypassesRequirements(repository: Repository, branch: string, subject: RuleSubject): boolean {
  const classic = protectionOf(repository, branch);
  const rulesets = rulesFor(repository, `refs/heads/${branch}`).map(({ ruleset }) => ruleset);
  const app = subject.app;
  const passesRulesets = rulesets.every((ruleset) => app !== null && ruleset.bypassApps.includes(app.id));
  return (classic === undefined || bypassesProtection(classic, subject)) && passesRulesets;
}

export async function mergeState(repository: Repository, issue: Issue): Promise<MergeState> {
  const pull = issue.pullRequest;
  if (pull === null || pull.merged || pull.mergeable === null) return "unknown";
  if (!pull.mergeable) return "dirty";
  if (pull.draft) return "draft";
  if ((await unmetRequirements(repository, issue)).length > 0) return "blocked";
  if (await isBehind(repository, issue)) return "behind";
  return hasUnsettledChecks(repository, pull.head.sha) ? "unstable" : "clean";
}

/** A check or status, required or not, that runs or failed. */
function hasUnsettledChecks(repository: Repository, sha: string): boolean {
  const latestRuns = new Map<string, string | null>();
  for (const run of repository.checkRuns.values()) {
    if (run.headSha === sha) latestRuns.set(`${run.app.id}:${run.name}`, run.conclusion);
  }
  const latestStatuses = new Map<string, string>();
  for (const status of repository.statuses) {
    if (status.sha === sha) latestStatuses.set(status.context, status.state);
  }
  const passing = ["success", "neutral", "skipped"];
  return (
    [...latestRuns.values()].some((conclusion) => conclusion === null || !passing.includes(conclusion)) ||
    [...latestStatuses.values()].some((state) => state !== "success")
  );
}
