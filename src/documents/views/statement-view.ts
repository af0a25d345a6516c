import type { IncidentFacts } from "../../incident/facts.ts";
import type { StatementFacts } from "../../incident/facts/statement-facts.ts";
import { sayIn } from "../../incident/say.ts";
import type { SafeMarkdown } from "../markdown.ts";
import { link } from "../markdown.ts";
import { person } from "./people.ts";

/** That a person said something, as the documents cite it. */
export interface StatementView {
  /** null: nobody may be named. */
  readonly by: SafeMarkdown | null;
  /** When they said it. */
  readonly at: string;
  /** Link to what they wrote. */
  readonly comment: SafeMarkdown;
}

export function statementView(facts: IncidentFacts, { by, at, url }: StatementFacts): StatementView {
  return {
    by: person(by, facts.mayNamePeople),
    at,
    comment: link(sayIn(facts.locale)("comment"), url, facts.repository.url),
  };
}

export function statementOrNull(
  facts: IncidentFacts,
  statement: StatementFacts | null,
): StatementView | null {
  return statement === null ? null : statementView(facts, statement);
}
