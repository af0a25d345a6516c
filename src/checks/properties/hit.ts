import type { Span } from "../regions.ts";

/** A place where a forbidden name is used as code. */
export interface Hit extends Span {
  /** In words, for people: `member access`. */
  readonly form: string;
  /** How the name can be exchanged there: as a name, inside a string, as `new: old` for a shorthand, or not by a machine. */
  readonly rewrite: "name" | "string" | "shorthand" | "attribute" | "none";
}

/** Regular expression (of the parser: linear time) that matches exactly this text. */
export function exactly(text: string): string {
  return `^${text.replace(/[\\^$.*+?()[\]{}|#&~\-\s]/gu, (character) => `\\x{${character.codePointAt(0)!.toString(16)}}`)}$`;
}
