import { code, join, type SafeMarkdown } from "../documents/markdown.ts";
import type { JudgedFinding } from "./judged-findings.ts";
import type { CompiledPattern, CompiledRule, RuleSet } from "./rule-set.ts";

/** Rules that found something. */
export function rulesFound(judged: readonly JudgedFinding[], ruleSet: RuleSet): readonly CompiledRule[] {
  const ids = new Set(judged.map(({ finding }) => finding.rule));
  return ruleSet.rules.filter(({ id }) => ids.has(id));
}

export function patternsFound(
  judged: readonly JudgedFinding[],
  ruleSet: RuleSet,
): readonly CompiledPattern[] {
  const ids = new Set(judged.map(({ finding }) => finding.rule));
  return ruleSet.patterns.filter(({ id }) => ids.has(id));
}

/** What was found, by the names that rules give it. */
function allNamesFound(judged: readonly JudgedFinding[], ruleSet: RuleSet): readonly string[] {
  return [
    ...new Set([
      ...rulesFound(judged, ruleSet).map(({ rule }) => rule.forbid),
      ...patternsFound(judged, ruleSet).map(({ id }) => id),
    ]),
  ];
}

/** Three names at most, plain text. */
export function namesFound(judged: readonly JudgedFinding[], ruleSet: RuleSet): string {
  return namedShortly(allNamesFound(judged, ruleSet));
}

/** The same in Markdown. */
export function quotedNamesFound(judged: readonly JudgedFinding[], ruleSet: RuleSet): string {
  const names: readonly SafeMarkdown[] = allNamesFound(judged, ruleSet).map(code);
  return names.length <= 3
    ? join(names, ", ").markdown
    : `${join(names.slice(0, 3), ", ").markdown} and ${names.length - 3} more`;
}

function namedShortly(names: readonly string[]): string {
  return names.length <= 3
    ? names.join(", ")
    : `${names.slice(0, 3).join(", ")} and ${names.length - 3} more`;
}

export function ruleSizeOf({ rules, patterns }: RuleSet): number {
  return rules.length + patterns.length;
}
