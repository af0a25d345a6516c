import { grammarOf, type Language, languageOf } from "./languages.ts";
import type { CompiledPattern, CompiledRule, RuleSet } from "./rule-set.ts";

/** What to look for in a file. */
export interface FileTask {
  readonly language: Language;
  readonly rules: readonly CompiledRule[];
  readonly patterns: readonly CompiledPattern[];
}

/**
 * What to look for in the file at a path; null: nothing, by its mode or by the rules. Links are never followed and submodules never
 * entered: only what the tree itself holds is code of this repository.
 */
export function taskOf(path: string, mode: string, ruleSet: RuleSet): FileTask | null {
  if (mode !== "100644" && mode !== "100755") return null;
  const rules = ruleSet.rules.filter((rule) => rule.covers(path));
  const language = languageOf(path);
  // Markup holds code of other languages.
  const patterns = ruleSet.patterns.filter(
    ({ rule, covers }) => (rule.language === language || grammarOf(language) === "Html") && covers(path),
  );
  return rules.length + patterns.length === 0 ? null : { language, rules, patterns };
}
