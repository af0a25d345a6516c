import { join, link, mention, plain, prose } from "../documents/markdown.ts";
import type { Override } from "../incident/check-decisions.ts";
import type { CommitState } from "./commit-state.ts";
import { MAX_SUMMARY } from "./verdict-summary.ts";
import type { Verdict } from "./verdict.ts";

type Where = Pick<CommitState, "repositoryUrl" | "mayNamePeople">;

/** The verdict where somebody took exactly these findings on themselves: it stands in nobody's way, and says who and why. */
export function overridden(verdict: Verdict, override: Override, where: Where): Verdict {
  return {
    ...verdict,
    conclusion: "neutral",
    title: plain(`Overridden${nameOf(override, where)}: ${override.because}`),
    summary: [
      `**Overridden for this incident** ${sourceOf(override, where)}: ${prose(override.because).markdown}`,
      "What follows is what was overridden. Anything else that this check finds later is not.",
      verdict.summary,
    ]
      .join("\n\n")
      .slice(0, MAX_SUMMARY),
    annotations: verdict.annotations.map((annotation) => ({
      ...annotation,
      annotation_level: annotation.annotation_level === "failure" ? "warning" : annotation.annotation_level,
    })),
  };
}

/** The verdict where somebody took other findings of this check on themselves: it is its own, and says that this is no mistake. */
export function notCovered(verdict: Verdict, override: Override, where: Where): Verdict {
  const [first = "", ...rest] = verdict.summary.split("\n\n");
  const sentence = `The override ${sourceOf(override, where)} does not cover this: it was for what the check showed then.`;
  return { ...verdict, summary: [first, sentence, ...rest].join("\n\n").slice(0, MAX_SUMMARY) };
}

/** Markdown: `by @olga [on the incident](...)`. */
function sourceOf({ by, url }: Override, { repositoryUrl, mayNamePeople }: Where): string {
  const place = link("on the incident", url, repositoryUrl);
  return by !== null && mayNamePeople ? `by ${join([mention(by), place], " ").markdown}` : place.markdown;
}

function nameOf({ by }: Override, { mayNamePeople }: Where): string {
  return by !== null && mayNamePeople ? ` by ${by}` : "";
}
