import { parse, parseAsync, type SgNode, type SgRoot } from "@ast-grep/napi";
import type { Grammar } from "./languages.ts";

/** A piece of a file in one grammar: the file itself, or code embedded in markup. */
export interface Region {
  readonly grammar: Grammar;
  readonly root: SgNode;
  /** Where the piece starts in the file, in UTF-16 units. */
  readonly offset: number;
  /**
   * What it is to the file: its whole text, an embedded script or style, an expression in markup, or such an expression inside the code that its
   * place in the markup stands for, so that only what lies within the file counts.
   */
  readonly role: "file" | "embedded" | "expression" | "wrapped";
}

export interface Span {
  readonly start: number;
  readonly end: number;
}

/** Unclosed tags make the HTML grammar quadratic; files with more tags than this are searched as text. */
const MAX_TAGS = 20_000;

/**
 * Nobody writes a file of more characters by hand. The tree of ten times as many takes ten seconds to a minute, in which nobody else is answered, and up to four gigabytes.
 */
const MAX_CHARACTERS = 1_000_000;

export function isTooLong(text: string): boolean {
  return text.length > MAX_CHARACTERS;
}

/** Whether a file can be given to its grammar without a large or hostile one costing too much. */
export function isParseable(text: string, grammar: Grammar): boolean {
  if (isTooLong(text)) return false;
  if (grammar !== "Html") return true;
  let tags = 0;
  for (let at = text.indexOf("<"); at !== -1; at = text.indexOf("<", at + 1)) {
    tags += 1;
    if (tags > MAX_TAGS) return false;
  }
  return true;
}

/** Parses a file by itself. Broken code gives a tree with errors in it, not an exception. */
export function parseFile(text: string, grammar: Grammar): SgRoot {
  return parse(grammar, parseable(text));
}

/** The same on a thread of its own, while this one goes on. */
export function parseFileAside(text: string, grammar: Grammar): Promise<SgRoot> {
  return parseAsync(grammar, parseable(text));
}

/** A NUL ends the text for some grammars; a space of the same length hides nothing. */
function parseable(text: string): string {
  return text.replaceAll("\0", " ");
}

/** Offsets of a node in the file. */
export function spanOf(node: SgNode, within: Region): Span {
  const range = node.range();
  return { start: within.offset + range.start.index, end: within.offset + range.end.index };
}

export function newRegion(text: string, grammar: Grammar, offset: number, role: Region["role"]): Region {
  return { grammar, root: parseFile(text, grammar).root(), offset, role };
}
