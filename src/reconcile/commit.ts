import { type CommitState, externalIdOf } from "../checks/commit-state.ts";
import { isSettled, planCheck, planWithdrawals } from "../checks/plan-checks.ts";
import type { ResultCache } from "../checks/result-cache.ts";
import { compileRules, rulesOf } from "../checks/rule-set.ts";
import { isPropertyCheck, type WantedCheck, wantedChecks } from "../checks/wanted-checks.ts";
import type { Config } from "../config/schema.ts";
import type { AdoptedBranches } from "../github/adopted-branches.ts";
import { observeCommit } from "../github/observe-commit.ts";
import type { ConfigurationCache } from "../github/read-configuration.ts";
import { readConversation } from "../github/read-conversation.ts";
import type { RepositoryClient } from "../github/repository-client.ts";
import { writeCheckRuns } from "../github/writers/check-run.ts";
import { type CheckDecisions, checkDecisionsOf, decisionBasis } from "../incident/check-decisions.ts";
import type { Sha } from "../incident/state.ts";
import { fingerprint } from "./fingerprint.ts";
import { Judge } from "./judge.ts";
import type { PassResult } from "./worker.ts";

/** Lives as long as the process. */
export interface CommitPassCaches {
  readonly configurations: ConfigurationCache;
  readonly results: ResultCache;
  readonly adoptions: Pick<AdoptedBranches, "incidentOf">;
}

/** One pass over a commit: its checks say what its tree, its change, the configuration and the decisions on the incident say. */
export async function reconcileCommit(
  client: RepositoryClient,
  sha: Sha,
  caches: CommitPassCaches,
): Promise<PassResult> {
  const observed = await observeCommit(client, sha, caches.configurations, caches.adoptions);
  if (observed.kind !== "seen") return passed({ outcome: observed.kind });
  const { state } = observed;
  const { incident } = state.subject;
  const judge = new Judge(client, state, caches.results);
  judge.prepare(observed.config);
  const conversation = await readConversation(client, incident);
  const decisions = conversation === null ? NO_DECISIONS : checkDecisionsOf(conversation);
  const config = withRules(observed.config, decisions.rules);
  const wanted = wantedChecks(config.checks, state.subject.kind);
  const withdrawals = planWithdrawals(state, new Set(wanted.map(({ name }) => name)), isPropertyCheck);
  const pending = wanted
    .map((check) => ({ ...check, basis: basisOf(check, state, config, decisions) }))
    .filter(({ name, basis }) => !isSettled(state, name, basis));
  if (pending.length === 0 && withdrawals.length === 0) return passed({ outcome: "settled", incident });
  const verdicts = await judge.all(pending, config, decisions);
  const writes = pending.map(({ name, basis }, index) => {
    const { verdict, findings } = verdicts[index]!;
    return planCheck(state, name, findings === null ? basis : `${basis};findings=${findings}`, verdict);
  });
  const refusal = await writeCheckRuns(client, sha, [...writes, withdrawals]);
  return passed({
    outcome: refusal ?? "published",
    incident,
    conclusions: Object.fromEntries(
      pending.map(({ name }, index) => [name, verdicts[index]!.verdict.conclusion]),
    ),
    writes: [...writes.flat(), ...withdrawals].map(({ kind }) => kind),
  });
}

const NO_DECISIONS: CheckDecisions = { overrides: [], rules: [] };

/** Rules of the incident hold beside those of the configuration, until the configuration has them. */
export function withRules(config: Config, rules: CheckDecisions["rules"]): Config {
  const known = new Set(config.checks.forbid.map(({ forbid }) => forbid));
  const own = rules.filter(({ forbid }) => !known.has(forbid));
  return own.length === 0
    ? config
    : { ...config, checks: { ...config.checks, forbid: [...config.checks.forbid, ...own] } };
}

/** Nothing about a commit changes with time alone. */
function passed(fields: PassResult["fields"]): PassResult {
  return { wakeAt: null, fields };
}

/** The settings that a verdict depends on, and news from outside that can change it. */
function basisOf(check: WantedCheck, state: CommitState, config: Config, decisions: CheckDecisions): string {
  const { checks, branches, services } = config;
  const settings =
    check.property === "properties"
      ? [compileRules(rulesOf(config)).canonical, checks.failOn]
      : [checks[check.property], ...(check.property === "scope" ? [branches, services] : [])];
  return externalIdOf(check.name, {
    configuration: state.configuration.revision,
    targetHead: state.targetHead,
    rules: fingerprint(JSON.stringify([...settings, state.configuration.usable])),
    news: newsOf(check, state),
    decisions: decisionBasis(decisions, check.property),
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
