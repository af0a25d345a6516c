import type { Subject } from "./commit-state.ts";

/** What the button of the check run is called in the webhook that a click sends. */
export const APPLY_FIX = "apply-fix";

/** How the paragraph about the button begins. */
export const BUTTON_ADVICE = '**Quickest:** press "Apply fix" on this page; the app replaces';

/** Elsewhere the app changes nobody's branch. */
export function hasButton({ kind }: Pick<Subject, "kind">): boolean {
  return kind !== "pull-request";
}

/** Markdown without the paragraph about the button. */
export function withoutButtonAdvice(summary: string): string {
  return summary
    .split("\n\n")
    .filter((paragraph) => !paragraph.startsWith(BUTTON_ADVICE))
    .join("\n\n");
}
