import { withoutButtonAdvice } from "./apply-fix-button.ts";
import type { Verdict } from "./verdict.ts";

/** For a check that a merge queue waits for where there is nothing that it would look at: a queue must never hang on this app. */
export function groupVerdict(because: "no-hotfix" | "not-asked"): Verdict {
  const title =
    because === "no-hotfix"
      ? "Nothing of a hotfix in this group"
      : "Not asked of this group by the configuration";
  return {
    conclusion: "success",
    title,
    summary: [
      `**Passed: ${title.charAt(0).toLowerCase()}${title.slice(1)}.**`,
      "**What to do:** Nothing. The branch rules wait for this check, so the merge queue gets its answer.",
    ].join("\n\n"),
    annotations: [],
    blockers: [],
  };
}

/** Of the group's own code. Its branch is the queue's, so that there is nothing to commit a fix to. */
export function withoutButton({ isFixable: _isFixable, ...verdict }: Verdict): Verdict {
  return { ...verdict, summary: withoutButtonAdvice(verdict.summary) };
}

/** What was said of the head of the pull request holds for the group: its change is the same. Places are the head's, so they are not annotated again. */
export function carriedVerdict(judged: Verdict, head: string): Verdict {
  const { conclusion, title, blockers } = judged;
  const [first = "", ...rest] = withoutButtonAdvice(judged.summary).split("\n\n");
  const sentence = `Judged on \`${head.slice(0, 7)}\`, the head of the hotfix in this group.`;
  const summary = [first, sentence, ...rest].join("\n\n");
  return { conclusion, title, summary, blockers, annotations: [] };
}
