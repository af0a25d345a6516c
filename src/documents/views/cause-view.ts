import type { IncidentFacts } from "../../incident/facts.ts";
import type { SuspectFacts, SuspectReason } from "../../incident/facts/cause-facts.ts";
import type { SafeMarkdown } from "../markdown.ts";
import { code, fence, join, link } from "../markdown.ts";
import type { CommitView } from "./incident-view.ts";
import { capped, commitView, reason } from "./incident-view.ts";
import type { StatementView } from "./statement-view.ts";
import { statementView } from "./statement-view.ts";

/** What a person confirmed to be the cause. */
export interface CauseView {
  readonly said: StatementView;
  /** Their own words; null where they named a commit. */
  readonly text: SafeMarkdown | null;
  readonly commit: CommitView | null;
  /** The version that brought it to production. */
  readonly carriedBy: SafeMarkdown | null;
  /** The lines in question. */
  readonly hunks: readonly { readonly path: string; readonly lines: SafeMarkdown }[];
  readonly moreHunks: number;
}

export interface SuspectView extends CommitView {
  readonly reasons: readonly ReasonView[];
}

/** Why a commit is suspected; templates word the kind. Unused fields are empty. */
export interface ReasonView {
  readonly kind: SuspectReason["kind"];
  readonly what: SafeMarkdown;
  readonly after: string | null;
  readonly milliseconds: number;
  readonly count: number;
}

const MOST_PATHS = 3;
const MOST_HUNK_LINES = 60;
const MOST_HUNKS = 10;

export function causeView(facts: IncidentFacts): CauseView | null {
  const { cause } = facts;
  if (cause === null) return null;
  const said = statementView(facts, cause);
  if (cause.kind === "text") {
    return { said, text: reason(cause.text), commit: null, carriedBy: null, hunks: [], moreHunks: 0 };
  }
  const { carriedBy } = cause;
  const hunks = capped(cause.hunks, MOST_HUNKS);
  return {
    said,
    text: null,
    commit: commitView(facts, cause.commit),
    carriedBy: carriedBy === null ? null : link(code(carriedBy.tag), carriedBy.url, facts.repository.url),
    hunks: hunks.shown.map(({ path, header, lines }) => ({ path, lines: diff(header, lines) })),
    moreHunks: cause.moreHunks + hunks.more,
  };
}

/** The lines themselves are what is looked at, so a hunk that is too long shows its beginning and says so. */
function diff(header: string, lines: readonly string[]): SafeMarkdown {
  const { shown, more } = capped(lines, MOST_HUNK_LINES);
  // A line of a person that holds a line end must not begin one of its own.
  const whole = [header, ...shown].map((line) =>
    line.replaceAll(/[\n\v\f\r\u0085\u2028\u2029]+/gu, " ").replaceAll("\t", "    "),
  );
  return fence([...whole, ...(more > 0 ? [`… +${more}`] : [])].join("\n"), "diff");
}

export function suspectView(facts: IncidentFacts, suspect: SuspectFacts): SuspectView {
  return { ...commitView(facts, suspect), reasons: suspect.reasons.map(reasonView) };
}

function reasonView(each: SuspectReason): ReasonView {
  const none = { kind: each.kind, what: join([], ""), after: null, milliseconds: 0, count: 0 };
  switch (each.kind) {
    case "named": {
      const paths = capped(each.paths, MOST_PATHS);
      return { ...none, what: join(paths.shown.map(code), ", "), count: paths.more };
    }
    case "mentioned":
      return none;
    case "service":
      return { ...none, what: code(each.service) };
    case "shipped-last":
      return { ...none, what: code(each.tag), after: each.after };
    case "recent":
      return { ...none, milliseconds: each.milliseconds };
    case "large":
      return { ...none, count: each.lines };
  }
}
