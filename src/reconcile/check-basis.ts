import { type CommitState, externalIdOf } from "../checks/commit-state.ts";
import { compileRules, rulesOf } from "../checks/rule-set.ts";
import type { WantedCheck } from "../checks/wanted-checks.ts";
import type { Config } from "../config/schema.ts";
import { type CheckDecisions, decisionBasis } from "../incident/check-decisions.ts";
import { digest } from "./digest.ts";

/** What the verdict of a check derives from besides the commit: the settings that it depends on, and news from outside that can change it. */
export function checkBasis(
  check: WantedCheck,
  state: CommitState,
  config: Config,
  decisions: CheckDecisions,
): string {
  const { checks, branches, services } = config;
  const settings =
    check.property === "properties"
      ? [compileRules(rulesOf(config)).canonical, checks.failOn]
      : [checks[check.property], ...(check.property === "scope" ? [branches, services] : [])];
  return externalIdOf(check.name, {
    configuration: state.configuration.revision,
    targetHead: state.targetHead,
    rules: digest(JSON.stringify([...settings, state.configuration.usable])),
    news: newsOf(check, state),
    decisions: decisionBasis(decisions, check.property),
  });
}

function newsOf({ property }: WantedCheck, state: CommitState): string | null {
  switch (property) {
    case "tests":
      return digest(JSON.stringify(state.otherChecks.filter(({ isRequired }) => isRequired)));
    case "review":
      return digest(JSON.stringify(state.reviews));
    case "properties":
    case "scope":
    case "migrations":
    case "message":
      return null;
  }
}
