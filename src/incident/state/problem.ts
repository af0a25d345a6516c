import type { Saying } from "../say.ts";

/** Something the user can mend: design.md section 6, first kind. */
export interface Problem {
  /**
   * Stable, for tests, logs and the documentation: `branch-protected`, `permission-missing`, ... Three of them change what is planned next:
   * `merge-conflict` (of merge-into-branch and merge-pull-request: a person resolves) and `tag-taken` (of create-tag: the name exists elsewhere
   * or is burned, the next version is tried) and `name-taken` (of create-branch: observed again, another name is chosen).
   */
  readonly code: string;
  /** What was not done and why, one sentence, plain text (escaped when rendered). */
  readonly sentence: string;
  /** What a person does next, one sentence, plain text; commands in backticks. */
  readonly nextStep: string;
  /** Both in words that can be said in another language. Absent: they are in that of the repository already. */
  readonly words?: { readonly sentence: Saying; readonly nextStep: Saying };
  /** True: the app will try again by itself; the sentence says so. */
  readonly transient: boolean;
  /** What a person types in a clone to do the same by hand, one command after the other; shown as one block to copy. */
  readonly commands?: readonly ShellCommand[];
  /** What a person puts into a file instead of the app. */
  readonly paste?: Paste;
}

/** Text to copy as it is. */
export interface Paste {
  readonly path: string;
  readonly text: string;
}

/** The program with its options, in our words; then words of anybody, quoted when shown. */
export type ShellCommand = readonly [program: string, ...words: readonly string[]];
