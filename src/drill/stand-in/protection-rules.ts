import picomatch from "picomatch";
import { roleAtLeast } from "./access.ts";
import type { Repository, Role } from "./model.ts";
import type { Account } from "./model/account.ts";
import type { AppRecord } from "./model/app-record.ts";
import type { Protection, RequiredCheck } from "./model/protection.ts";
import type { Ruleset, RulesetRule } from "./model/ruleset.ts";
import { isBranch, isTag, shortRefName } from "./ref-format.ts";
import { unverified } from "./unverified.ts";

unverified("protection/messages", "The sentences for refused direct updates of protected branches.");

/** What is about to happen to a ref. */
export interface RefIntent {
  readonly ref: string;
  readonly change: "create" | "update" | "delete";
  /** The new commit; meaningless for a deletion. */
  readonly after: string;
  readonly fastForward: boolean;
}

export interface RuleSubject {
  readonly account: Account;
  readonly app: AppRecord | null;
  readonly role: Role | null;
}

export interface RuleViolation {
  readonly source: "protection" | "ruleset";
  /** Sentences as GitHub words them. */
  readonly messages: readonly string[];
}

/** The classic protection of a branch: an exact name wins over a pattern (`release/*`). */
export function protectionOf(repository: Repository, branch: string): Protection | undefined {
  const exact = repository.protections.get(branch);
  if (exact !== undefined) return exact;
  for (const [pattern, protection] of repository.protections) {
    if (pattern.includes("*") && picomatch.isMatch(branch, pattern, { dot: true })) return protection;
  }
  return undefined;
}

/** Active rulesets that cover a full ref name, which need not exist. */
export function rulesetsOf(repository: Repository, ref: string): readonly Ruleset[] {
  const target = isTag(ref) ? "tag" : "branch";
  return [...repository.rulesets.values()].filter(
    (ruleset) =>
      ruleset.enforcement === "active" &&
      ruleset.target === target &&
      ruleset.include.some((pattern) => matches(repository, ref, pattern)) &&
      !ruleset.exclude.some((pattern) => matches(repository, ref, pattern)),
  );
}

/** Rules in force for a full ref name, with the ruleset each comes from. */
export function rulesFor(
  repository: Repository,
  ref: string,
): readonly { readonly ruleset: Ruleset; readonly rule: RulesetRule }[] {
  return rulesetsOf(repository, ref).flatMap((ruleset) => ruleset.rules.map((rule) => ({ ruleset, rule })));
}

/** Why a direct update (push, ref, contents or merge call) is refused; undefined when it is not. */
export function directUpdateViolation(
  repository: Repository,
  intent: RefIntent,
  subject: RuleSubject,
): RuleViolation | undefined {
  const classic = isBranch(intent.ref) ? protectionOf(repository, shortRefName(intent.ref)) : undefined;
  if (classic !== undefined && !bypassesProtection(classic, subject)) {
    const messages = classicMessages(repository, classic, intent);
    if (messages.length > 0) return { source: "protection", messages };
  }
  const messages = rulesetsOf(repository, intent.ref)
    .filter((ruleset) => subject.app === null || !ruleset.bypassApps.includes(subject.app.id))
    .flatMap((ruleset) => ruleset.rules.flatMap((rule) => rulesetMessages(repository, rule, intent)));
  return messages.length > 0 ? { source: "ruleset", messages } : undefined;
}

/** Required checks of a branch, from protection and rulesets together. */
export function requiredChecksOf(repository: Repository, branch: string): readonly RequiredCheck[] {
  const classic = protectionOf(repository, branch)?.requiredChecks ?? [];
  const fromRules = rulesFor(repository, `refs/heads/${branch}`)
    .filter(({ rule }) => rule.type === "required_status_checks")
    .flatMap(({ rule }) => ruleChecks(rule));
  return [...classic, ...fromRules];
}

/** Required checks that a commit has not passed. `success`, `neutral` and `skipped` pass. */
export function missingChecks(
  repository: Repository,
  checks: readonly RequiredCheck[],
  sha: string,
): readonly RequiredCheck[] {
  return checks.filter((check) => !hasPassed(repository, check, sha));
}

export function bypassesProtection(protection: Protection, subject: RuleSubject): boolean {
  if (protection.bypass.includes(subject.account.login)) return true;
  if (subject.app !== null) return protection.bypass.includes(subject.app.slug);
  return !protection.enforceAdmins && roleAtLeast(subject.role, "admin");
}

function classicMessages(repository: Repository, rules: Protection, intent: RefIntent): readonly string[] {
  if (intent.change === "delete") return rules.restrictDeletions ? ["Cannot delete a protected branch"] : [];
  if (intent.change === "create") {
    return rules.blockCreations ? ["Cannot create ref due to creations being restricted."] : [];
  }
  const messages: string[] = [];
  if (!intent.fastForward && rules.blockForcePushes) messages.push("Cannot force-push to this branch");
  if (rules.requirePullRequest) messages.push("Changes must be made through a pull request.");
  for (const check of missingChecks(repository, rules.requiredChecks, intent.after)) {
    messages.push(`Required status check "${check.context}" is expected.`);
  }
  return messages;
}

function rulesetMessages(repository: Repository, rule: RulesetRule, intent: RefIntent): readonly string[] {
  switch (rule.type) {
    case "creation":
      return intent.change === "create" ? ["Cannot create ref due to creations being restricted."] : [];
    case "update":
      return intent.change === "update" ? ["Cannot update this protected ref."] : [];
    case "deletion":
      return intent.change === "delete" ? ["Cannot delete this protected ref."] : [];
    case "non_fast_forward":
      return intent.change === "update" && !intent.fastForward ? ["Cannot force-push to this branch"] : [];
    case "pull_request":
      return intent.change === "update" ? ["Changes must be made through a pull request."] : [];
    // Evaluated on creation too, with no way to exempt it: platform.md section 1.
    case "merge_queue":
      return intent.change === "delete" ? [] : ["Changes must be made through the merge queue"];
    case "required_status_checks": {
      if (intent.change === "delete") return [];
      if (intent.change === "create" && rule.parameters?.do_not_enforce_on_create === true) return [];
      return missingChecks(repository, ruleChecks(rule), intent.after).map(
        (check) => `Required status check "${check.context}" is expected.`,
      );
    }
    default:
      return [];
  }
}

/** Checks that a rule of the type `required_status_checks` names. */
export function ruleChecks(rule: RulesetRule): readonly RequiredCheck[] {
  const listed = rule.parameters?.required_status_checks;
  if (!Array.isArray(listed)) return [];
  return listed.map((entry: { context: string; integration_id?: number }) => ({
    context: entry.context,
    appId: entry.integration_id ?? null,
  }));
}

function hasPassed(repository: Repository, check: RequiredCheck, sha: string): boolean {
  const runs = [...repository.checkRuns.values()].filter(
    (run) =>
      run.headSha === sha &&
      run.name === check.context &&
      (check.appId === null || run.app.id === check.appId),
  );
  const statuses = repository.statuses.filter((it) => it.sha === sha && it.context === check.context);
  if (runs.length === 0 && statuses.length === 0) return false;
  const run = runs.at(-1);
  const status = statuses.at(-1);
  const runPasses = run === undefined || ["success", "neutral", "skipped"].includes(run.conclusion ?? "");
  return runPasses && (status === undefined || status.state === "success");
}

function matches(repository: Repository, ref: string, pattern: string): boolean {
  if (pattern === "~ALL") return true;
  if (pattern === "~DEFAULT_BRANCH") return ref === `refs/heads/${repository.defaultBranch}`;
  return picomatch.isMatch(ref, pattern, { dot: true });
}
