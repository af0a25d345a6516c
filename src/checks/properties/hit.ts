import type { NapiConfig, SgNode } from "@ast-grep/napi";
import type { Region, Span } from "../regions.ts";

/** A place where a forbidden name is used as code. */
export interface Hit extends Span {
  readonly name: string;
  /** In words, for people: `member access`. */
  readonly form: string;
  /** How the name can be exchanged there: as a name, inside a string, as `new: old` for a shorthand, or not by a machine. */
  readonly rewrite: "name" | "string" | "shorthand" | "attribute" | "none";
  /** Whether another name means something else there already. Left out: never. */
  readonly isTaken?: (use: string) => boolean;
}

/** What a grammar knows about names. */
export interface Forms {
  /** Finds every node that may be a use of one of the names. One traversal of the tree serves all rules. */
  readonly candidates: (names: readonly string[]) => readonly Matcher[];
  /** What such a node is: a use, several, or none. */
  readonly hitsOf: (node: SgNode, region: Region, names: ReadonlySet<string>) => readonly Hit[];
}

export type Matcher = NapiConfig["rule"];

/** Regular expression (of the parser: linear time) for a text that is exactly one of these. */
export function exactlyOneOf(texts: readonly string[]): string {
  return `^(?:${texts.map(literal).join("|")})$`;
}

/** Regular expression for a text with one of these in it. */
export function containingOneOf(texts: readonly string[]): string {
  return `(?:${texts.map(literal).join("|")})`;
}

function literal(text: string): string {
  return text.replace(
    /[\\^$.*+?()[\]{}|#&~\-\s]/gu,
    (character) => `\\x{${character.codePointAt(0)!.toString(16)}}`,
  );
}
