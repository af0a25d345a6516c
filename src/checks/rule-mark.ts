import { fingerprint } from "../incident/fingerprint.ts";
import { incidentsNamedIn } from "../incident/names.ts";
import type { Rule } from "./rule-set.ts";

/**
 * Short name of a rule that says which incident made it: short enough for the id of a check run, where its text would not fit. null: the rule names no
 * incident.
 */
export function ruleMark(rule: Rule): string | null {
  const { because = "" } = rule;
  return incidentsNamedIn(because).length === 0
    ? null
    : fingerprint(JSON.stringify([ruleName(rule), because]));
}

/** `totalAmount`; of a rule in its full form its id. */
export function ruleName(rule: Rule): string {
  return "forbid" in rule ? rule.forbid : rule.id;
}
