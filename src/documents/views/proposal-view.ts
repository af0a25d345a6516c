import type { IncidentFacts } from "../../incident/facts.ts";
import { CONFIGURATION_PATH } from "../../config/configuration-path.ts";
import { VALIDATION_VARIABLES } from "../../config/validation-workflow.ts";
import type { SafeMarkdown } from "../markdown.ts";
import { code, join, link, numberLink } from "../markdown.ts";
import type { ProposalPoint } from "../renderer.ts";
import type { IncidentView } from "./incident-view.ts";
import { incidentView, reason } from "./incident-view.ts";
import { person } from "./people.ts";

export interface ProposalView extends IncidentView {
  readonly kind: string;
  /** Of the rule, or the path of the file. */
  readonly name: string;
  /** The command that takes the rule out again. */
  readonly retiring: string;
  readonly base: string;
  readonly by: SafeMarkdown | null;
  readonly comment: SafeMarkdown;
  readonly use: string | null;
  readonly files: SafeMarkdown;
  readonly because: SafeMarkdown | null;
  readonly path: string;
  readonly variables: SafeMarkdown;
}

export function proposalView(facts: IncidentFacts, point: ProposalPoint): ProposalView {
  const { kind, name, rule, base, by, url } = point;
  return {
    ...incidentView(facts),
    kind,
    name,
    retiring: `/hotfix retire ${name}`,
    base,
    by: person(by, facts.mayNamePeople),
    comment: link("comment", url, facts.repository.url),
    use: rule?.use ?? null,
    files: join((rule?.in ?? []).map(code), ", "),
    because: rule?.because === undefined ? null : reason(rule.because),
    path: kind === "setup" ? name : CONFIGURATION_PATH,
    variables: join(VALIDATION_VARIABLES.map(code), ", "),
  };
}

/** For the status comment: what became of each proposal. */
export interface ProposalRow {
  readonly kind: string;
  readonly name: string;
  readonly link: SafeMarkdown;
  readonly state: string;
}

export function proposalRows(facts: IncidentFacts): readonly ProposalRow[] {
  return (facts.proposals ?? []).map(({ kind, name, number, url, state }) => ({
    kind,
    name,
    link: numberLink(number, url, facts.repository.url),
    state,
  }));
}
