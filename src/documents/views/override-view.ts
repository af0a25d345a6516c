import { code, numberLink, type SafeMarkdown } from "../markdown.ts";
import type { OverridePoint } from "../renderer.ts";
import { reason } from "./incident-view.ts";
import { person } from "./people.ts";

export interface OverrideView {
  readonly check: SafeMarkdown;
  /** null: may not be named. */
  readonly by: SafeMarkdown | null;
  readonly because: SafeMarkdown;
  /** The incident, as a link to the comment that decided it. */
  readonly incident: SafeMarkdown;
  readonly found: SafeMarkdown;
}

export function overrideView(point: OverridePoint): OverrideView {
  return {
    check: code(point.check),
    by: person(point.by, point.mayNamePeople),
    because: reason(point.because),
    incident: numberLink(point.incident, point.url, point.repositoryUrl),
    found: reason(point.found.replace(/\.$/u, "")),
  };
}
