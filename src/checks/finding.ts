/** One complaint of a property, at a place. */
export interface Finding {
  /** Stable within a configuration: `forbid totalAmount`. */
  readonly rule: string;
  /** As in the tree, unescaped. */
  readonly path: string;
  readonly place: Place;
  /** What stands there, in words: `member access`. */
  readonly form: string;
  /** How it was recognised. `word`: the file's language has no grammar here, so a mention in a comment counts as well. */
  readonly precision: "code" | "word";
  /** One sentence, plain text: what is wrong and what to write instead. */
  readonly message: string;
  /** Why the rule exists, plain text; null where configuration does not say. */
  readonly because: string | null;
  /** The line as it stands, cut to a readable length around the place. Plain text, hostile. */
  readonly excerpt: string;
  /** What mends it; null where a person must decide. */
  readonly fix: Fix | null;
  /** It warns and never fails, wherever it is. */
  readonly isAdvice?: true;
}

/** All counted from 1, columns in characters (code points); `endColumn` is the column after the last character. */
export interface Place {
  readonly line: number;
  readonly endLine: number;
  readonly column: number;
  readonly endColumn: number;
}

/** Replaces `[start, end)`, in UTF-16 units of the decoded text without its byte order mark. */
export interface Fix {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** Something about a file that the reader of a verdict must know. */
export interface Note {
  readonly path: string;
  /** One sentence, plain text. */
  readonly sentence: string;
  /** True: the file was not (wholly) looked at, so that the verdict may not say "passed". */
  readonly incomplete: boolean;
}
