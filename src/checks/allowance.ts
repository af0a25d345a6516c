import type { SgNode } from "@ast-grep/napi";
import type { Grammar } from "./languages.ts";
import type { LineIndex } from "./line-index.ts";
import { containingOneOf, type Matcher } from "./properties/hit.ts";
import type { Span } from "./regions.ts";

/** Finds comments with one of the phrases. Kinds that a grammar does not know make its rules throw, so they are named per grammar. */
export function commentMatchers(grammar: Grammar, phrases: readonly string[]): readonly Matcher[] {
  if (phrases.length === 0) return [];
  const regex = containingOneOf(phrases);
  return commentKinds(grammar).map((kind) => ({ kind, regex }));
}

export function isComment(node: SgNode): boolean {
  return String(node.kind()).endsWith("comment");
}

function commentKinds(grammar: Grammar): readonly string[] {
  switch (grammar) {
    case "java":
      return ["line_comment", "block_comment"];
    case "Css":
      return ["comment", "js_comment"];
    case "JavaScript":
    case "TypeScript":
    case "Tsx":
      return ["comment", "html_comment"];
    case "Html":
    case "python":
    case "go":
      return ["comment"];
  }
}

/**
 * Lines (from 1) that an `unless` comment allows: the lines it stands on and, if it stands there alone, the line below it. A comment
 * behind code speaks for that code only.
 */
export function allowedLines(
  text: string,
  lines: LineIndex,
  comments: readonly Span[],
  unless: string,
): ReadonlySet<number> {
  const allowed = new Set<number>();
  for (const comment of comments) {
    if (!hasPhrase(text.slice(comment.start, comment.end), unless)) continue;
    const first = lines.lineAt(comment.start);
    const last = lines.lineAt(comment.end);
    for (let line = first; line <= last; line += 1) allowed.add(line);
    if (standsAlone(text, lines, comment)) allowed.add(last + 1);
  }
  return allowed;
}

/** For text without a grammar: the phrase anywhere on a line, or on the line above where that begins like a comment. */
export function isAllowedWord(text: string, lines: LineIndex, line: number, unless: string): boolean {
  const lineText = (number: number): string => {
    const { start, end } = lines.rangeOf(number);
    return text.slice(start, end);
  };
  if (hasPhrase(lineText(line), unless)) return true;
  if (line === 1) return false;
  const above = lineText(line - 1).trim();
  return COMMENT.test(above) && hasPhrase(above, unless);
}

/** How a comment begins in languages that people write. */
const COMMENT =
  /^(?:[#*;%'!]|\/\/|\/\*|\(\*|@\*|--|-#|::|<!--|<%(?:--|#)|"""|\{-|\{\{(?:!|--)|\{[#*]|\{%-?\s*comment\b|rem\b)/iu;

/** The phrase as words of its own: "Invalid usage" is not "valid usage". */
function hasPhrase(text: string, phrase: string): boolean {
  for (let at = text.indexOf(phrase); at !== -1; at = text.indexOf(phrase, at + 1)) {
    const before = text.charAt(at - 1) + phrase.charAt(0);
    const after = phrase.charAt(phrase.length - 1) + text.charAt(at + phrase.length);
    if (!TWO_WORD_CHARACTERS.test(before) && !TWO_WORD_CHARACTERS.test(after)) return true;
  }
  return false;
}

const TWO_WORD_CHARACTERS = /^[\p{L}\p{N}_]{2}$/u;

/** Nothing but white space, and the braces that JSX needs around a comment, shares its lines. */
function standsAlone(text: string, lines: LineIndex, comment: Span): boolean {
  const { start } = lines.rangeOf(lines.lineAt(comment.start));
  const { end } = lines.rangeOf(lines.lineAt(comment.end));
  return isBare(text, comment.start - 1, start - 1, -1, "{") && isBare(text, comment.end, end, 1, "}");
}

/** Whether there is white space and at most one brace. It goes away from the comment: a long line is not read again for each of its comments. */
function isBare(text: string, from: number, to: number, step: 1 | -1, brace: string): boolean {
  let braces = 0;
  for (let at = from; (to - at) * step > 0; at += step) {
    const character = text.charAt(at);
    if (character === brace && braces === 0) braces += 1;
    else if (character.trim() !== "") return false;
  }
  return true;
}
