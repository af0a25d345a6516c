import type { Property } from "../checks/wanted-checks.ts";
import type { ForbidRule } from "../config/schema/forbid-rule-schema.ts";
import { fingerprint } from "./fingerprint.ts";
import { type Conversation, frozenOf } from "./comment-marker.ts";
import type { CommandOf } from "./command.ts";
import { acceptedCommands } from "./replies.ts";

/** Somebody took a red check on themselves: everything that a follow-up, a comment and the verdict say of it. */
export interface Override {
  readonly check: Property;
  /** Fingerprint of the findings that were shown: for others it means nothing. */
  readonly findings: string;
  /** Login; null where people may not be named. */
  readonly by: string | null;
  readonly because: string;
  /** Id of the comment. */
  readonly comment: number;
  /** Of the comment. */
  readonly url: string;
}

/** What people decided about the checks of one incident. */
export interface CheckDecisions {
  readonly overrides: readonly Override[];
  /** Rules that the incident made, in force for it at once. */
  readonly rules: readonly ForbidRule[];
}

export function checkDecisionsOf(conversation: Conversation): CheckDecisions {
  const { id } = frozenOf(conversation);
  const overrides: Override[] = [];
  let rules: readonly ForbidRule[] = [];
  for (const { command, actor, isNamed, url, comment, basis } of acceptedCommands(conversation)) {
    switch (command.name) {
      case "override":
        if (basis !== null)
          overrides.push({
            check: command.check,
            findings: basis,
            by: isNamed ? actor : null,
            because: command.because,
            comment,
            url,
          });
        break;
      case "forbid":
        rules = [
          ...rules.filter(({ forbid }) => forbid !== command.forbid),
          ruleOf(command, id ?? `incident ${conversation.issue.number}`),
        ];
        break;
      case "retire":
        rules = rules.filter(({ forbid }) => forbid !== command.rule);
        break;
      default:
        break;
    }
  }
  return { overrides, rules };
}

/** The rule as configuration would hold it; `incident` is why, where nothing else was said. */
export function ruleOf(command: CommandOf<"forbid">, incident: string): ForbidRule {
  const { forbid, use, because } = command;
  return {
    forbid,
    ...(use !== null && { use }),
    in: command.in.length === 0 ? ["**"] : [...command.in],
    because: because === null ? incident : `${incident}: ${because}`,
  };
}

/** What of the decisions the verdict of a check depends on; null: nothing. */
export function decisionBasis({ overrides, rules }: CheckDecisions, property: Property): string | null {
  const own = overrides.filter(({ check }) => check === property);
  const basis = property === "properties" ? [...own, ...rules] : own;
  return basis.length === 0 ? null : fingerprint(JSON.stringify(basis));
}
