import type { CommitState } from "../checks/commit-state.ts";
import { type HotfixChange, judgeChange } from "../checks/judge-change.ts";
import { overridden } from "../checks/overridden.ts";
import type { ResultCache } from "../checks/result-cache.ts";
import { compileRules } from "../checks/rule-set.ts";
import { usableRulesOf } from "../checks/usable-rules.ts";
import { configurationVerdict, type Verdict, type VerdictInput, verdictOf } from "../checks/verdict.ts";
import { type WantedCheck, wantedChecks } from "../checks/wanted-checks.ts";
import type { Config } from "../config/schema.ts";
import { type ReadChanges, readChanges } from "../github/read-changes.ts";
import { readHotfix } from "../github/read-hotfix.ts";
import type { RepositoryClient } from "../github/repository-client.ts";
import type { CheckDecisions } from "../incident/check-decisions.ts";
import { checkCode } from "./check-code.ts";
import { fingerprint } from "./fingerprint.ts";

export interface Judged {
  readonly verdict: Verdict;
  /** Fingerprint of what stands in the way, also where somebody overrode it; null: nothing does. */
  readonly findings: string | null;
}

/** Reads what the verdicts of one commit need, each thing once, and side by side. */
export class Judge {
  readonly #client: RepositoryClient;
  readonly #state: CommitState;
  readonly #cache: ResultCache;
  #changes: Promise<ReadChanges | null> | null = null;
  #hotfix: Promise<HotfixChange | null> | null = null;
  readonly #code = new Map<string, Promise<VerdictInput>>();

  constructor(client: RepositoryClient, state: CommitState, cache: ResultCache) {
    this.#client = client;
    this.#state = state;
    this.#cache = cache;
  }

  /** Begins to read for checks that have no verdict at all: whatever people decided, they need it. */
  prepare(config: Config): void {
    const { runs, isRerunRequested, subject, configuration } = this.#state;
    if (!configuration.usable) return;
    const known = new Set(isRerunRequested ? [] : runs.map(({ name }) => name));
    for (const { name, property } of wantedChecks(config.checks, subject.kind)) {
      if (known.has(name)) continue;
      // Whoever awaits it later hears of a failure; nobody may in between.
      (property === "properties" ? this.#readCode(config) : this.#readHotfix(config)).catch(() => undefined);
    }
  }

  /** In the order of the checks. */
  async all(
    checks: readonly WantedCheck[],
    config: Config,
    decisions: CheckDecisions,
  ): Promise<readonly Judged[]> {
    const judged = checks.map(async (check) => {
      const verdict = await this.#verdict(check, config);
      if (verdict.blockers.length === 0) return { verdict, findings: null };
      const findings = fingerprint(JSON.stringify([...new Set(verdict.blockers)].toSorted()));
      const override = decisions.overrides.findLast(
        (each) => each.check === check.property && each.findings === findings,
      );
      return {
        findings,
        verdict: override === undefined ? verdict : overridden(verdict, override, this.#state.repositoryUrl),
      };
    });
    await Promise.allSettled(judged);
    return Promise.all(judged);
  }

  async #verdict(check: WantedCheck, config: Config): Promise<Verdict> {
    const { property } = check;
    const { configuration } = this.#state;
    if (!configuration.usable) return configurationVerdict(configuration.problems);
    return property === "properties"
      ? verdictOf(await this.#readCode(config))
      : judgeChange({ ...check, property }, this.#state, config, await this.#readHotfix(config));
  }

  #readCode(config: Config): Promise<VerdictInput> {
    const ruleSet = compileRules(usableRulesOf(config));
    const known = this.#code.get(ruleSet.canonical);
    if (known !== undefined) return known;
    const changes =
      ruleSet.rules.length + ruleSet.patterns.length === 0 ? Promise.resolve(null) : this.#readChanges();
    const code = checkCode(this.#client, this.#state, config, ruleSet, this.#cache, changes);
    this.#code.set(ruleSet.canonical, code);
    return code;
  }

  #readHotfix(config: Config): Promise<HotfixChange | null> {
    this.#hotfix ??= readHotfix(this.#client, this.#state, config, this.#readChanges());
    return this.#hotfix;
  }

  #readChanges(): Promise<ReadChanges | null> {
    const { targetHead } = this.#state;
    this.#changes ??=
      targetHead === null ? Promise.resolve(null) : readChanges(this.#client, targetHead, this.#state);
    return this.#changes;
  }
}
