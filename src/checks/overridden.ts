import { inline, join, link, mention, plain, prose } from "../documents/markdown.ts";
import type { Override } from "../incident/check-decisions.ts";
import type { Verdict } from "./verdict.ts";

/** The verdict where somebody took exactly these findings on themselves: it stands in nobody's way, and says who and why. */
export function overridden(verdict: Verdict, override: Override, repositoryUrl: string): Verdict {
  const where = link("on the incident", override.url, repositoryUrl);
  const by = override.by === null ? where : join([inline("by"), mention(override.by), where], " ");
  return {
    ...verdict,
    conclusion: "neutral",
    title: plain(`Overridden${override.by === null ? "" : ` by ${override.by}`}: ${override.because}`),
    summary: [
      `**Overridden for this incident** ${by.markdown}: ${prose(override.because).markdown}`,
      "What follows is what was overridden. Anything else that this check finds later is not.",
      verdict.summary,
    ]
      .join("\n\n")
      .slice(0, 65_000),
    annotations: verdict.annotations.map((annotation) => ({
      ...annotation,
      annotation_level: annotation.annotation_level === "failure" ? "warning" : annotation.annotation_level,
    })),
  };
}
