import type { IncidentFacts } from "../../incident/facts.ts";
import type { ActionFacts } from "../../incident/facts/action-facts.ts";
import { sayIn } from "../../incident/say.ts";
import type { SafeMarkdown } from "../markdown.ts";
import { inline, link, numberLink, shorten, visibleText } from "../markdown.ts";
import type { IncidentView } from "./incident-view.ts";
import { incidentView, reason } from "./incident-view.ts";
import { mentions, person } from "./people.ts";

/** One action item; templates word type, horizon and state. */
export interface ActionView {
  readonly text: string;
  readonly type: ActionFacts["type"];
  readonly horizon: ActionFacts["horizon"];
  readonly due: string;
  /** Named without notifying; null: nobody, or nobody may be named. */
  readonly owner: SafeMarkdown | null;
  readonly hasOwner: boolean;
  readonly by: SafeMarkdown | null;
  readonly comment: SafeMarkdown;
  readonly issue: SafeMarkdown | null;
  readonly state: ActionFacts["state"];
  readonly because: SafeMarkdown | null;
}

const TEXT_LENGTH = 160;

export function actionView(facts: IncidentFacts, action: ActionFacts): ActionView {
  const { owner, issue } = action;
  const mayName = facts.mayNamePeople || owner?.includes("/") === true;
  return {
    text: shorten(visibleText(action.text), TEXT_LENGTH),
    type: action.type,
    horizon: action.horizon,
    due: action.due,
    owner: owner === null || !mayName ? null : inline(owner),
    hasOwner: owner !== null,
    by: person(action.by, facts.mayNamePeople),
    comment: link(sayIn(facts.locale)("comment"), action.url, facts.repository.url),
    issue: issue === null ? null : numberLink(issue.number, issue.url, facts.repository.url),
    state: action.state,
    because: action.because === null ? null : reason(action.because),
  };
}

/** What the issue of an action item is written from. */
export type FollowUpView = IncidentView &
  Omit<ActionView, "issue"> & {
    /** Mentioned; null as above. */
    readonly owner: SafeMarkdown | null;
    readonly whole: string;
    readonly missingLabel: string | null;
  };

export function followUpView(
  facts: IncidentFacts,
  action: ActionFacts,
  missingLabel: string | null,
): FollowUpView {
  const { issue: _own, ...view } = actionView(facts, action);
  // The one text that notifies them: a team cannot be assigned, nor everybody whom people name.
  const owner = action.owner === null ? null : mentions([action.owner], facts.mayNamePeople);
  return { ...incidentView(facts), ...view, owner, whole: action.text, missingLabel };
}
