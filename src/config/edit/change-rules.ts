import type { ForbidRule } from "../schema/forbid-rule-schema.ts";
import { readYaml } from "../read-yaml.ts";
import { addRule } from "./add-rule.ts";
import { type Edited, ownList } from "./edited.ts";
import { removeRules } from "./remove-rule.ts";
import { firstFile } from "./rule-snippet.ts";

export type RuleChange =
  /** `count`: rules in force; `isConfigured`: by a file of the repository or of its owner. */
  | {
      readonly kind: "forbid";
      readonly rule: ForbidRule;
      readonly inForce: { readonly count: number; readonly isConfigured: boolean };
    }
  | { readonly kind: "retire"; readonly name: string };

/** `.github/hotfix.yml` with the change. `text` null: the repository has no such file. */
export function changeRules(text: string | null, change: RuleChange): Edited {
  if (change.kind === "retire") {
    return text === null
      ? { ok: false, why: "the rule comes from the file of the owner's `.github` repository" }
      : removeRules(text, change.name);
  }
  const { rule, inForce } = change;
  const isFromElsewhere =
    inForce.count > 0 && (text === null || (ownList(text).length === 0 && extendsOther(text)));
  // Lists replace each other: one of the repository's own would take away those that hold now.
  if (isFromElsewhere) {
    return { ok: false, why: "its rules come from another file, which a list here would put out of force" };
  }
  return text === null ? { ok: true, text: firstFile(rule, inForce.isConfigured) } : addRule(text, rule);
}

function extendsOther(text: string): boolean {
  const reading = readYaml(text);
  return reading.ok && typeof reading.value["_extends"] === "string";
}
