import type { IncidentFacts } from "../../incident/facts.ts";
import { join, numberLink } from "../markdown.ts";
import type { SafeMarkdown } from "../markdown.ts";
import type { TurningPoint } from "../renderer.ts";

/** What is listed by number; the others are counted. Each number takes about 70 characters of a comment's 65,536. */
const MOST_LISTED = 500;

export interface HeldBackView {
  readonly count: number;
  /** How many of those declared at once are opened. */
  readonly opened: number;
  readonly groups: readonly {
    readonly severity: string;
    readonly issues: SafeMarkdown;
    readonly count: number;
  }[];
  readonly more: number;
}

export function heldBackView(
  { repository }: IncidentFacts,
  { held, opened, unread }: Extract<TurningPoint, { kind: "held-back" }>,
): HeldBackView {
  const listed = held.slice(0, MOST_LISTED);
  const severities = [...new Set(listed.map(({ severity }) => severity))];
  return {
    count: held.length,
    opened,
    groups: severities.map((severity) => {
      const issues = listed.filter((each) => each.severity === severity);
      const links = issues.map(({ number }) =>
        numberLink(number, `${repository.url}/issues/${number}`, repository.url),
      );
      return { severity, issues: join(links, ", "), count: issues.length };
    }),
    more: held.length - listed.length + unread,
  };
}
