import { type CommitState, isOfIncident } from "../checks/commit-state.ts";
import { type HotfixChange, judgeChange } from "../checks/judge-change.ts";
import { notCovered, overridden } from "../checks/overridden.ts";
import type { ResultCache } from "../checks/result-cache.ts";
import { compileRules } from "../checks/rule-set.ts";
import { usableRulesOf } from "../checks/usable-rules.ts";
import type { VerdictInput } from "../checks/verdict-input.ts";
import { configurationVerdict, type Verdict, verdictOf } from "../checks/verdict.ts";
import { type WantedCheck, wantedChecks } from "../checks/wanted-checks.ts";
import type { Config } from "../config/schema.ts";
import { type ReadChanges, readChanges } from "../github/read-changes.ts";
import { readHotfix } from "../github/read-hotfix.ts";
import type { RepositoryClient } from "../github/repository-client.ts";
import type { CheckDecisions, Override } from "../incident/check-decisions.ts";
import { checkCode } from "./check-code.ts";
import { digest } from "./digest.ts";

export interface Judged {
  readonly verdict: Verdict;
  /** Fingerprint of what stands in the way, also where somebody overrode it; null: nothing does. */
  readonly findings: string | null;
  /** Somebody took it on themselves, and it was called this before. */
  readonly override: { readonly by: Override; readonly was: string } | null;
}

/** Reads what the verdicts of one commit need, each thing once, and side by side. */
export class Judge {
  readonly #client: RepositoryClient;
  readonly #state: CommitState;
  readonly #cache: ResultCache;
  /** The commit whose code is looked at. */
  readonly #tree: CommitState;
  readonly #changes = new Map<CommitState, Promise<ReadChanges | null>>();
  #hotfix: Promise<HotfixChange | null> | null = null;
  readonly #code = new Map<string, Promise<VerdictInput>>();

  /** `tree`: where the code of another commit is looked at than the one whose change is judged. */
  constructor(client: RepositoryClient, state: CommitState, cache: ResultCache, tree = state) {
    this.#client = client;
    this.#state = state;
    this.#cache = cache;
    this.#tree = tree;
  }

  /** Begins to read for checks that have no verdict at all: whatever people decided, they need it. */
  prepare(config: Config): void {
    const { runs, isRerunRequested, subject, configuration } = this.#tree;
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
    const judged = checks.map(async (check) =>
      this.#judged(check, await this.#verdict(check, config), decisions),
    );
    await Promise.allSettled(judged);
    return Promise.all(judged);
  }

  #judged({ property }: WantedCheck, verdict: Verdict, { overrides }: CheckDecisions): Judged {
    if (verdict.blockers.length === 0) return { verdict, findings: null, override: null };
    // With how often each is there: a later use may read like one that somebody took on themselves.
    const findings = digest(JSON.stringify(verdict.blockers.toSorted()));
    const own = overrides.filter(({ check }) => check === property);
    const by = own.findLast((each) => each.findings === findings);
    if (by !== undefined) {
      const override = { by, was: verdict.title };
      return { findings, override, verdict: overridden(verdict, by, this.#state) };
    }
    const other = own.at(-1);
    return {
      findings,
      override: null,
      verdict: other === undefined ? verdict : notCovered(verdict, other, this.#state),
    };
  }

  async #verdict(check: WantedCheck, config: Config): Promise<Verdict> {
    const { property } = check;
    const { configuration } = this.#state;
    if (!configuration.usable) return configurationVerdict(configuration.problems);
    if (property === "properties") return verdictOf(await this.#readCode(config));
    if (!isOfIncident(this.#state)) throw new Error(`${check.name} is about incidents only`);
    return judgeChange({ ...check, property }, this.#state, config, await this.#readHotfix(config));
  }

  #readCode(config: Config): Promise<VerdictInput> {
    const ruleSet = compileRules(usableRulesOf(config));
    const known = this.#code.get(ruleSet.canonical);
    if (known !== undefined) return known;
    const tree = this.#tree;
    const changes =
      ruleSet.rules.length + ruleSet.patterns.length === 0 ? Promise.resolve(null) : this.#readChanges(tree);
    const code = checkCode(this.#client, tree, config, ruleSet, this.#cache, changes);
    this.#code.set(ruleSet.canonical, code);
    return code;
  }

  #readHotfix(config: Config): Promise<HotfixChange | null> {
    const state = this.#state;
    if (!isOfIncident(state)) return Promise.resolve(null);
    this.#hotfix ??= readHotfix(this.#client, state, config, this.#readChanges(state));
    return this.#hotfix;
  }

  #readChanges(of: CommitState): Promise<ReadChanges | null> {
    const known = this.#changes.get(of);
    if (known !== undefined) return known;
    const { targetHead } = of;
    const changes = targetHead === null ? Promise.resolve(null) : readChanges(this.#client, targetHead, of);
    this.#changes.set(of, changes);
    return changes;
  }
}
