import type { Issue } from "../model.ts";
import { fullName } from "../present-repository.ts";
import { type Act, recordEvent } from "./act.ts";

/** docs: issues/tracking-your-work-with-issues/linking-a-pull-request-to-an-issue */
const KEYWORD = "(?:close[sd]?|fix(?:e[sd])?|resolve[sd]?)";

/** Code does not refer to anything. */
function withoutCode(text: string): string {
  return text
    .replace(/<!--[\s\S]*?-->/g, "")
    .replace(/^(`{3,}|~{3,})[\s\S]*?^\1[`~]*\s*$/gm, "")
    .replace(/(`+)(?!`)[\s\S]*?[^`]\1(?!`)/g, "");
}

function numbers(act: Act, text: string, before: string): ReadonlySet<number> {
  const name = fullName(act.repository).replace(/[.*+?^$()|[\]\\]/g, "\\$&");
  const url = `${act.hub.origin.replace(/[.*+?^$()|[\]\\]/g, "\\$&")}/${name}/(?:issues|pull)/`;
  const pattern = new RegExp(`${before}(?:${name}#|#|GH-|${url})(\\d+)\\b`, "gi");
  return new Set([...withoutCode(text).matchAll(pattern)].map((match) => Number(match[1])));
}

/** Issues that a merged pull request's body, or a commit on the default branch, closes. */
export function closedBy(act: Act, text: string): readonly Issue[] {
  return issuesOf(act, numbers(act, text, `(?<![\\w-])${KEYWORD}:?\\s+`));
}

/** Issues and pull requests that a text mentions. */
export function mentionedIn(act: Act, text: string): readonly Issue[] {
  return issuesOf(act, numbers(act, text, "(?<![\\w/&#-])"));
}

function issuesOf(act: Act, found: ReadonlySet<number>): readonly Issue[] {
  return [...found].flatMap((number) => act.repository.issues.get(number) ?? []);
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
