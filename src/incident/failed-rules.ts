import { outcomeIn } from "../checks/with-outcome.ts";
import { ruleMark, ruleName } from "../checks/rule-mark.ts";
import type { Rule } from "../checks/rule-set.ts";
import type { Config } from "../config/schema.ts";
import { checkDecisionsOf } from "./check-decisions.ts";
import { rulingIncidentsOf } from "./earlier-incidents.ts";
import type { EarlierIncidentFacts, FailedRuleFacts } from "./facts/earlier-incident-facts.ts";
import { documentPath, incidentsNamedIn, isIncidentId, parseMarker } from "./names.ts";
import { hotfixBranchesOf } from "./own-branches.ts";
import { pathInUrl } from "./path-in-url.ts";
import type { IncidentState } from "./state.ts";
import { statusCommentOf } from "./status-comment.ts";

/** What the reader of a status comment takes in. */
const MOST_INCIDENTS = 3;
const MOST_RULES = 3;
const MOST_CHARACTERS = 60;

/** Rules by the incident that made them, in the order in which they failed. */
type RulesByIncident = ReadonlyMap<string, readonly string[]>;

/**
 * Rules that a commit of the hotfix broke and that an earlier incident made. Once told it stays: a commit that is force-pushed away, or a rule that is changed
 * later, must not change the documents.
 * @param earlier of the same service, as they were at the declaration
 */
export function failedRulesOf(
  state: IncidentState,
  config: Config,
  earlier: readonly EarlierIncidentFacts[],
): readonly FailedRuleFacts[] {
  const known = [...earlier, ...rulingIncidentsOf(state, config)];
  const { integration } = config.branches;
  return [...failedOf(state, config)].map(([id, rules]) => {
    const incident = known.find((each) => each.id === id);
    const place = pathInUrl(`${integration}/${documentPath(config.documents.reports, id)}`);
    return {
      id,
      number: incident?.number ?? null,
      report: `${state.repository.url}/blob/${place}`,
      open: incident?.open ?? [],
      rules,
    };
  });
}

function failedOf(state: IncidentState, config: Config): RulesByIncident {
  const status = statusCommentOf(state);
  const recorded = status === null ? "" : (parseMarker(status.body)?.fields.failed ?? "");
  const told = [...parseFailedRecord(recorded)].flatMap(([id, rules]) => rules.map((rule) => ({ id, rule })));
  const byIncident = new Map<string, readonly string[]>();
  for (const { id, rule } of [...told, ...seenFailing(state, config)]) {
    const rules = byIncident.get(id) ?? [];
    if (rules.includes(rule) || rules.length === MOST_RULES) continue;
    if (rules.length === 0 && byIncident.size === MOST_INCIDENTS) continue;
    byIncident.set(id, [...rules, rule]);
  }
  return byIncident;
}

/** A rule that this very incident made says nothing about an earlier one. */
function seenFailing(
  state: IncidentState,
  config: Config,
): readonly { readonly id: string; readonly rule: string }[] {
  const branches = new Set(hotfixBranchesOf(state, config));
  const marks = new Set(
    state.pullRequests
      .filter(({ head }) => branches.has(head))
      .flatMap((pull) => [...(pull.earlierCheckRuns ?? []), ...pull.checkRuns])
      .filter(({ isOurs }) => isOurs)
      .flatMap(({ externalId }) => outcomeIn(externalId ?? "").failedRules),
  );
  if (marks.size === 0) return [];
  const { forbid, rules } = config.checks;
  const all: readonly Rule[] = [...forbid, ...rules, ...checkDecisionsOf(state).rules];
  return all
    .filter((rule) => marks.has(ruleMark(rule) ?? ""))
    .flatMap((rule) =>
      incidentsNamedIn(rule.because ?? "")
        .filter(({ number }) => number !== state.issue.number)
        .map(({ id }) => ({ id, rule: shortName(rule) })),
    );
}

/** Never half of a character. */
function shortName(rule: Rule): string {
  return Array.from(ruleName(rule).toWellFormed()).slice(0, MOST_CHARACTERS).join("");
}

/** As the status comment carries it: `PAYMENT-CRITICAL-042=totalAmount&total`, separated by commas. */
export function failedRecord(failed: readonly Pick<FailedRuleFacts, "id" | "rules">[]): string {
  return failed.map(({ id, rules }) => `${id}=${rules.map(encodeURIComponent).join("&")}`).join(",");
}

/** What cannot be read says nothing. */
export function parseFailedRecord(record: string): RulesByIncident {
  const entries = record.split(",").flatMap((part): readonly (readonly [string, readonly string[]])[] => {
    const [id = "", rules = ""] = part.split("=");
    const names = rules.split("&").map(decoded).filter(Boolean);
    return isIncidentId(id) && names.length > 0 ? [[id, names]] : [];
  });
  return new Map(entries);
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch (error) {
    if (error instanceof URIError) return "";
    throw error;
  }
}
