import { type CommitState, isOfIncident } from "../checks/commit-state.ts";
import { explained } from "../checks/explained.ts";
import { type CheckWrite, isSettled, planCheck, planCopy, planWithdrawals } from "../checks/plan-checks.ts";
import type { ResultCache } from "../checks/result-cache.ts";
import { isPropertyCheck, wantedChecks } from "../checks/wanted-checks.ts";
import { withOutcome } from "../checks/with-outcome.ts";
import type { Config } from "../config/schema.ts";
import type { AdoptedBranches } from "../github/adopted-branches.ts";
import { observeCommit } from "../github/observe-commit.ts";
import type { ConfigurationCache } from "../github/read-configuration.ts";
import { readConversation } from "../github/read-conversation.ts";
import type { RepositoryClient } from "../github/repository-client.ts";
import { writeCheckRuns } from "../github/writers/check-run.ts";
import { rulesInForce } from "../incident/rules-in-force.ts";
import { type CheckDecisions, checkDecisionsOf } from "../incident/check-decisions.ts";
import { FORECAST_CHECK } from "../incident/forecast-check.ts";
import type { Sha } from "../incident/state/commit-facts.ts";
import { checkBasis } from "./check-basis.ts";
import { Judge } from "./judge.ts";
import { type OverrideWriter, tellOverrides } from "./tell-overrides.ts";
import type { PassResult } from "./worker.ts";

/** Lives as long as the process. */
export interface CommitPassCaches {
  readonly configurations: ConfigurationCache;
  readonly results: ResultCache;
  readonly adoptions: Pick<AdoptedBranches, "incidentOf">;
}

export interface CommitPassOptions extends CommitPassCaches {
  /** Words for the pull request whose check somebody overrode. Absent: only the check says it. */
  readonly words?: OverrideWriter;
  /** What holds in the repository now. */
  readonly onConfig?: (config: Config) => void;
  /** A commit of an incident has a key of its own, whose pass may run in this moment: nothing is written to it. */
  readonly isGuard?: true;
}

/** One pass over a commit: its checks say what its tree, its change, the configuration and the decisions on the incident say. */
export async function reconcileCommit(
  client: RepositoryClient,
  sha: Sha,
  options: CommitPassOptions,
): Promise<PassResult> {
  const observed = await observeCommit(client, sha, options.configurations, options.adoptions);
  if (observed.kind === "seen" || observed.kind === "not-ours") options.onConfig?.(observed.config);
  if (observed.kind === "not-ours") {
    // Where pull requests are not guarded any more, "Re-run" lets go of what was said while they were.
    const left = planWithdrawals({ runs: observed.left }, new Set(), isPropertyCheck);
    return passed({ outcome: (await writeCheckRuns(client, sha, [left])) ?? "not-ours" });
  }
  if (observed.kind !== "seen") return passed({ outcome: observed.kind });
  const { state } = observed;
  if (options.isGuard === true && isOfIncident(state)) return passed({ outcome: "of-incident" });
  if (observed.isMerged) return endAll(client, state);
  const of = isOfIncident(state) ? { incident: state.subject.incident } : { pull: state.pullRequest };
  const judge = new Judge(client, state, options.results);
  judge.prepare(observed.config);
  const decisions = isOfIncident(state) ? await readDecisions(client, state.subject.incident) : NO_DECISIONS;
  const config = withRules(observed.config, decisions.rules);
  const wanted = wantedChecks(config.checks, state.subject.kind);
  const withdrawals = planWithdrawals(state, new Set(wanted.map(({ name }) => name)), isPropertyCheck);
  const pending = wanted
    .map((check) => ({ ...check, basis: checkBasis(check, state, config, decisions) }))
    .filter(({ name, basis }) => !isSettled(state, name, basis));
  if (pending.length === 0 && withdrawals.length === 0) return passed({ outcome: "settled", ...of });
  const judged = await judge.all(pending, config, decisions);
  const { homepage } = client.app;
  const verdicts = judged.map(({ verdict }, index) => {
    const { property: page, blocks } = pending[index]!;
    return explained(verdict, { page, blocks, homepage, repositoryUrl: state.repositoryUrl });
  });
  const writes = pending.map(({ name, basis }, index) => {
    const { findings, verdict } = judged[index]!;
    const id = withOutcome(basis, { findings, failedRules: verdict.failedRules ?? [] });
    return planCheck(state, name, id, verdicts[index]!);
  });
  await tellOverrides(
    client,
    state,
    config,
    pending.map(({ name }, index) => ({ name, ...judged[index]! })),
    options.words,
  );
  const refusal = await writeCheckRuns(client, sha, [
    ...writes,
    planCopy(state, FORECAST_CHECK),
    withdrawals,
  ]);
  return passed({
    outcome: refusal ?? "published",
    ...of,
    conclusions: Object.fromEntries(pending.map(({ name }, index) => [name, verdicts[index]!.conclusion])),
    writes: [...writes.flat(), ...withdrawals].map(({ kind }) => kind),
  });
}

/** Of a commit that is merged nothing is judged again: only a run that was begun is ended. */
async function endAll(client: RepositoryClient, { sha, runs }: CommitState): Promise<PassResult> {
  const begun = runs.filter(({ name, status }) => isPropertyCheck(name) && status !== "completed");
  const writes = begun.map((run): CheckWrite => ({ kind: "cancel", run: run.id, isMerged: true }));
  const refusal = await writeCheckRuns(client, sha, [writes]);
  return passed({ outcome: refusal ?? "merged", writes: writes.map(({ kind }) => kind) });
}

const NO_DECISIONS: CheckDecisions = { overrides: [], rules: [] };

export async function readDecisions(client: RepositoryClient, incident: number): Promise<CheckDecisions> {
  const conversation = await readConversation(client, incident);
  return conversation === null ? NO_DECISIONS : checkDecisionsOf(conversation);
}

/** Rules of the incident hold beside those of the configuration, until the configuration has them. */
export function withRules(config: Config, rules: CheckDecisions["rules"]): Config {
  const forbid = rulesInForce(config.checks.forbid, rules);
  return forbid === config.checks.forbid
    ? config
    : { ...config, checks: { ...config.checks, forbid: [...forbid] } };
}

/** Nothing about a commit changes with time alone. */
function passed(fields: PassResult["fields"]): PassResult {
  return { wakeAt: null, fields };
}
