import type { Config } from "../config/schema.ts";
import { disabledRules } from "./properties/pattern-rules.ts";
import { type Rule, rulesOf } from "./rule-set.ts";

/** The rules of a configuration that the parser can use. */
export function usableRulesOf(config: Pick<Config, "checks" | "documents">): readonly Rule[] {
  const disabled = new Set(disabledRules(config.checks.rules).map(({ id }) => id));
  const rules = config.checks.rules.filter(({ id }) => !disabled.has(id));
  return rulesOf({ ...config, checks: { ...config.checks, rules } });
}
