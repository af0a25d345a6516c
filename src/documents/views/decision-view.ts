import type { IncidentFacts } from "../../incident/facts.ts";
import type { BackMergeFacts } from "../../incident/facts/round-facts.ts";
import { sayIn } from "../../incident/say.ts";
import type { SafeMarkdown } from "../markdown.ts";
import { link } from "../markdown.ts";
import { phrase, reason } from "./incident-view.ts";
import { person } from "./people.ts";

/** Something that a person decided with a command, and that the app did not find out by itself. */
export interface DecisionView {
  readonly text: SafeMarkdown;
  readonly by: SafeMarkdown | null;
  readonly because: SafeMarkdown | null;
  readonly comment: SafeMarkdown;
}

export function decisionViews(facts: IncidentFacts): readonly DecisionView[] {
  return facts.decisions.map(({ text, by, because, url }) => ({
    text: phrase(facts, text),
    by: person(by, facts.mayNamePeople),
    because: because === null ? null : reason(because),
    comment: link(sayIn(facts.locale)("comment"), url, facts.repository.url),
  }));
}

export interface SettledView {
  readonly by: SafeMarkdown | null;
  readonly because: SafeMarkdown;
}

/** A landing that a person settled; null: it is proven, or owed. */
export function settledView(facts: IncidentFacts, { settled }: BackMergeFacts): SettledView | null {
  return settled === undefined
    ? null
    : { by: person(settled.by, facts.mayNamePeople), because: reason(settled.because) };
}
