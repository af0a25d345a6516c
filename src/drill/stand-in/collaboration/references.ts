import type { Issue, Repository } from "../model.ts";
import { fullName } from "../present-repository.ts";
import type { Hub } from "../hub.ts";
import { type Act, recordEvent } from "./act.ts";

/** docs: issues/tracking-your-work-with-issues/linking-a-pull-request-to-an-issue */
const KEYWORD = "(?:close[sd]?|fix(?:e[sd])?|resolve[sd]?)";

/** Where a reference is looked up. */
interface Place {
  readonly hub: Hub;
  readonly repository: Repository;
}

/** Code does not refer to anything. */
function withoutCode(text: string): string {
  return text
    .replace(/<!--[\s\S]*?-->/g, "")
    .replace(/^(`{3,}|~{3,})[\s\S]*?^\1[`~]*\s*$/gm, "")
    .replace(/(`+)(?!`)[\s\S]*?[^`]\1(?!`)/g, "");
}

function numbers(place: Place, text: string, before: string): ReadonlySet<number> {
  const name = fullName(place.repository).replace(/[.*+?^$()|[\]\\]/g, "\\$&");
  const url = `${place.hub.origin.replace(/[.*+?^$()|[\]\\]/g, "\\$&")}/${name}/(?:issues|pull)/`;
  const pattern = new RegExp(`${before}(?:${name}#|#|GH-|${url})(\\d+)\\b`, "gi");
  return new Set([...withoutCode(text).matchAll(pattern)].map((match) => Number(match[1])));
}

/** Issues that a merged pull request's body, or a commit on the default branch, closes. */
export function closedBy(place: Place, text: string): readonly Issue[] {
  return issuesOf(place, numbers(place, text, `(?<![\\w-])${KEYWORD}:?\\s+`));
}

/** Issues and pull requests that a text mentions. */
export function mentionedIn(place: Place, text: string): readonly Issue[] {
  return issuesOf(place, numbers(place, text, "(?<![\\w/&#-])"));
}

function issuesOf(place: Place, found: ReadonlySet<number>): readonly Issue[] {
  return [...found].flatMap((number) => place.repository.issues.get(number) ?? []);
}

/** Puts `cross-referenced` into the history of what the text of `source` mentions, once for each source. */
export function recordReferences(act: Act, source: Issue, text: string): void {
  for (const target of mentionedIn(act, text)) {
    if (target === source) continue;
    const known = target.events.some(
      (event) => event.event === "cross-referenced" && event.data.source === source,
    );
    if (!known) recordEvent(act, target, "cross-referenced", { source });
  }
}
