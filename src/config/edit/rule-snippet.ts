import type { ForbidRule } from "../schema/forbid-rule-schema.ts";
import { blockEntry } from "./yaml-text.ts";

/** A configuration file with one rule and nothing else: what a person adds to theirs. */
export function ruleSnippet(rule: ForbidRule): string {
  return `checks:\n  forbid:\n${blockEntry(rule, 4, "\n")}\n`;
}

/** The first configuration file of a repository. `_extends`: that of the owner stays in force. */
export function firstFile(rule: ForbidRule, extendsOwner: boolean): string {
  const base = extendsOwner ? "_extends: .github\n" : "";
  return `# How the hotfix app works in this repository. Every key has a default; \`hotfix validate\` checks this file.\n${base}${ruleSnippet(rule)}`;
}
