import type { Config } from "../config/schema.ts";
import type { Evaluation } from "./evaluation.ts";
import type { ChangedFile } from "./provenance.ts";
import type { RuleSet } from "./rule-set.ts";

/** What the check for forbidden code concludes from. */
export interface VerdictInput {
  readonly evaluation: Evaluation;
  readonly ruleSet: RuleSet;
  /** null: no comparison with the target. */
  readonly changes: ReadonlyMap<string, ChangedFile> | null;
  readonly failOn: Config["checks"]["failOn"];
  /** What kept the app from looking at the whole tree, one plain sentence each. Any of them forbids "passed". */
  readonly limits: readonly string[];
  /** For links to the lines. */
  readonly repositoryUrl: string;
  readonly sha: string;
  /** What the commit is on, in words: `this hotfix`, the target of a back-merge, or `this pull request`. */
  readonly subject:
    | { readonly kind: "hotfix" | "pull-request" }
    | { readonly kind: "back-merge"; readonly target: string };
}

/** Of a back-merge too: what people answer for there is the hotfix. */
export function subjectName({ kind }: VerdictInput["subject"]): string {
  return kind === "pull-request" ? "this pull request" : "this hotfix";
}
