import { type CommitState, externalIdOf } from "../checks/commit-state.ts";
import { judgeChange } from "../checks/judge-change.ts";
import { isSettled, planCheck, planWithdrawals } from "../checks/plan-checks.ts";
import type { ResultCache } from "../checks/result-cache.ts";
import { compileRules, type RuleSet, rulesOf } from "../checks/rule-set.ts";
import { configurationVerdict, type Verdict, verdictOf } from "../checks/verdict.ts";
import { isPropertyCheck, type WantedCheck, wantedChecks } from "../checks/wanted-checks.ts";
import type { Config } from "../config/schema.ts";
import { observeCommit } from "../github/observe-commit.ts";
import { readChanges } from "../github/read-changes.ts";
import type { ConfigurationCache } from "../github/read-configuration.ts";
import { readHotfix } from "../github/read-hotfix.ts";
import type { RepositoryClient } from "../github/repository-client.ts";
import { writeCheckRuns } from "../github/writers/check-run.ts";
import type { Sha } from "../incident/state.ts";
import { checkCode } from "./check-code.ts";
import { fingerprint } from "./fingerprint.ts";
import type { PassResult } from "./worker.ts";

/** Lives as long as the process. */
export interface CommitPassCaches {
  readonly configurations: ConfigurationCache;
  readonly results: ResultCache;
}

/** A check that a commit must have, with what its verdict derives from. */
interface Pending extends WantedCheck {
  readonly externalId: string;
}

/** One pass over a commit: its checks say what its tree, its change and the configuration say. */
export async function reconcileCommit(
  client: RepositoryClient,
  sha: Sha,
  caches: CommitPassCaches,
): Promise<PassResult> {
  const observed = await observeCommit(client, sha, caches.configurations);
  if (observed.kind !== "seen") return passed({ outcome: observed.kind });
  const { state, config } = observed;
  const { incident } = state.subject;
  const ruleSet = compileRules(rulesOf(config));
  const wanted = wantedChecks(config.checks, state.subject.kind);
  const pending = wanted
    .map((check) => ({ ...check, externalId: basisOf(check, state, config, ruleSet) }))
    .filter(({ name, externalId }) => !isSettled(state, name, externalId));
  const withdrawals = planWithdrawals(state, new Set(wanted.map(({ name }) => name)), isPropertyCheck);
  if (pending.length === 0 && withdrawals.length === 0) return passed({ outcome: "settled", incident });
  const verdicts = state.configuration.usable
    ? await judge(client, state, config, ruleSet, pending, caches.results)
    : pending.map(() => configurationVerdict(state.configuration.problems));
  const writes = pending.map((check, index) =>
    planCheck(state, check.name, check.externalId, verdicts[index]!),
  );
  const refusal = await writeCheckRuns(client, sha, [...writes, withdrawals]);
  return passed({
    outcome: refusal ?? "published",
    incident,
    conclusions: Object.fromEntries(pending.map(({ name }, index) => [name, verdicts[index]!.conclusion])),
    writes: [...writes.flat(), ...withdrawals].map(({ kind }) => kind),
  });
}

/** Nothing about a commit changes with time alone. */
function passed(fields: PassResult["fields"]): PassResult {
  return { wakeAt: null, fields };
}

/** The settings that a verdict depends on, and news from outside that can change it. */
function basisOf(check: WantedCheck, state: CommitState, config: Config, ruleSet: RuleSet): string {
  const { checks, branches, services } = config;
  const settings =
    check.property === "properties"
      ? [ruleSet.canonical, checks.failOn]
      : [checks[check.property], ...(check.property === "scope" ? [branches, services] : [])];
  return externalIdOf(check.name, {
    configuration: state.configuration.revision,
    targetHead: state.targetHead,
    rules: fingerprint(JSON.stringify([...settings, state.configuration.usable])),
    news: newsOf(check, state),
  });
}

function newsOf({ property }: WantedCheck, state: CommitState): string | null {
  switch (property) {
    case "tests":
      return fingerprint(JSON.stringify(state.otherChecks.filter(({ isRequired }) => isRequired)));
    case "review":
      return fingerprint(JSON.stringify(state.reviews));
    case "properties":
    case "scope":
    case "migrations":
    case "message":
      return null;
  }
}

/** Verdicts in the order of the checks. What several of them need is read once, side by side. */
async function judge(
  client: RepositoryClient,
  state: CommitState,
  config: Config,
  ruleSet: RuleSet,
  pending: readonly Pending[],
  cache: ResultCache,
): Promise<readonly Verdict[]> {
  const { targetHead, sha, entries } = state;
  const aboutChange = pending.some(({ property }) => property !== "properties");
  const needsChanges = aboutChange || ruleSet.rules.length > 0;
  const changes =
    targetHead === null || !needsChanges
      ? Promise.resolve(null)
      : readChanges(client, targetHead, sha, entries);
  const hotfix = aboutChange ? readHotfix(client, state, config, changes) : Promise.resolve(null);
  const verdicts = pending.map(async (check) => {
    const { property } = check;
    return property === "properties"
      ? verdictOf(await checkCode(client, state, config, ruleSet, cache, changes))
      : judgeChange({ ...check, property }, state, config, await hotfix);
  });
  // One that fails must not leave the others without anybody who hears of their failure.
  await Promise.allSettled([changes, hotfix, ...verdicts]);
  return Promise.all(verdicts);
}
