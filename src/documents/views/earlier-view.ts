import type { IncidentFacts } from "../../incident/facts.ts";
import type { FailedRuleFacts } from "../../incident/facts/earlier-incident-facts.ts";
import type { SafeMarkdown } from "../markdown.ts";
import { code, join, link, numberLink } from "../markdown.ts";

/** An earlier incident of the same service, or one whose rule a commit of this hotfix broke, or both. */
export interface EarlierView {
  readonly incident: SafeMarkdown;
  readonly isOfService: boolean;
  /** False: all that is known of it is that a rule names it. */
  readonly isKnown: boolean;
  /** Its action items that were open when this one was declared. */
  readonly open: readonly { readonly issue: SafeMarkdown; readonly due: string }[];
  /** What its rules forbid that a commit of this hotfix has; null: none of them was broken. */
  readonly rules: SafeMarkdown | null;
  readonly hasSeveralRules: boolean;
}

export function earlierViews(facts: IncidentFacts): readonly EarlierView[] {
  const { url } = facts.repository;
  const rulesOf = (id: string): FailedRuleFacts | undefined =>
    facts.failedRules.find((each) => each.id === id);
  const ofService = facts.earlier.map((each) => ({
    ...each,
    url: `${url}/issues/${each.number}`,
    isOfService: true,
    isKnown: true,
    rules: rulesOf(each.id)?.rules ?? [],
  }));
  const others = facts.failedRules
    .filter(({ id }) => !facts.earlier.some((each) => each.id === id))
    .map(({ number, report, ...each }) => ({
      ...each,
      url: number === null ? report : `${url}/issues/${number}`,
      isOfService: false,
      isKnown: number !== null,
    }));
  return [...ofService, ...others].map(({ id, isOfService, isKnown, open, rules, url: target }) => ({
    incident: link(id, target, url),
    isOfService,
    isKnown,
    open: open.map(({ issue, due }) => ({ issue: numberLink(issue, `${url}/issues/${issue}`, url), due })),
    rules: rules.length === 0 ? null : join(rules.map(code), ", "),
    hasSeveralRules: rules.length > 1,
  }));
}
