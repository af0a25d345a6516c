import type { CommitFacts, HunkFacts } from "../state/commit-facts.ts";
import type { StatementFacts } from "./statement-facts.ts";

export type CauseFacts =
  | (StatementFacts & { readonly kind: "text"; readonly text: string })
  | (StatementFacts & {
      readonly kind: "commit";
      readonly commit: CommitFacts;
      /** First version that contained it; null: none, or not known. */
      readonly carriedBy: { readonly tag: string; readonly url: string } | null;
      /** Lines in question, in the order of the diff. */
      readonly hunks: readonly HunkFacts[];
      /** Hunks that are left out. */
      readonly moreHunks: number;
    });

export interface SuspectFacts extends CommitFacts {
  /** Weightiest first; empty: it is only the newest. */
  readonly reasons: readonly SuspectReason[];
}

export type SuspectReason =
  /** The text names these files or lines, and the commit changed them. */
  | { readonly kind: "named"; readonly paths: readonly string[] }
  /** The text names the commit. */
  | { readonly kind: "mentioned" }
  /** Changed files of the service that fails. */
  | { readonly kind: "service"; readonly service: string }
  /** First released with `tag`, the newest version before the incident; `after` is the one before that. */
  | { readonly kind: "shipped-last"; readonly tag: string; readonly after: string | null }
  /** Its commit date is less than a day before the impact started. When it reached production, a commit does not tell. */
  | { readonly kind: "recent"; readonly milliseconds: number }
  | { readonly kind: "large"; readonly lines: number };
