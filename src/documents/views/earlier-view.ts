import type { IncidentFacts } from "../../incident/facts.ts";
import type { SafeMarkdown } from "../markdown.ts";
import { link, numberLink } from "../markdown.ts";

/** An earlier incident of the same service. */
export interface EarlierView {
  readonly incident: SafeMarkdown;
  /** Its action items that were open when this one was declared. */
  readonly open: readonly { readonly issue: SafeMarkdown; readonly due: string }[];
}

export function earlierViews(facts: IncidentFacts): readonly EarlierView[] {
  const { url } = facts.repository;
  return facts.earlier.map(({ id, number, open }) => ({
    incident: link(id, `${url}/issues/${number}`, url),
    open: open.map(({ issue, due }) => ({ issue: numberLink(issue, `${url}/issues/${issue}`, url), due })),
  }));
}
