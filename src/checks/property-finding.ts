/** One complaint about a change as a whole, or about a file of it. */
export interface PropertyFinding {
  /** Stable, for tests and the documentation: `too-many-files`. */
  readonly code: string;
  readonly level: "failure" | "warning";
  /** null: about the change as a whole. */
  readonly path: string | null;
  /** From 1; null: about the file as a whole. */
  readonly line: number | null;
  /** What is wrong, one sentence, plain text; names in backticks. */
  readonly sentence: string;
  /** What a person does next, one sentence, plain text. */
  readonly nextStep: string;
  /** What to write, to be copied as it is; hostile. */
  readonly text?: string;
}
