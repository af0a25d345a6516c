import { Document, isMap, isSeq, type Node, type Pair, visit } from "yaml";
import type { ForbidRule } from "../schema/forbid-rule-schema.ts";

/** One change of a text: `text` in the place of what stands from `start` to `end`. */
export interface TextEdit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

export function applied(source: string, { start, end, text }: TextEdit): string {
  return source.slice(0, start) + text + source.slice(end);
}

/** As an entry of a block list, its dash `column` spaces from the left. Ends without a line end. */
export function blockEntry(rule: ForbidRule, column: number, lineEnd: string): string {
  const pad = " ".repeat(column);
  return linesOf(rule)
    .map((line, index) => `${pad}${index === 0 ? "- " : "  "}${line}`)
    .join(lineEnd);
}

/** As one line for a flow list. `json`: for a file that is written that way. */
export function flowEntry(rule: ForbidRule, json: boolean): string {
  if (json) return JSON.stringify(rule);
  const document = documentOf(rule);
  if (isMap(document.contents)) document.contents.flow = true;
  return document.toString({ lineWidth: 0 }).trimEnd();
}

function linesOf(rule: ForbidRule): readonly string[] {
  return documentOf(rule).toString({ lineWidth: 0, flowCollectionPadding: false }).trimEnd().split("\n");
}

/** Lists on one line, as people write globs; text that spans lines in quotes, so that an entry has one line for each key. */
function documentOf(rule: ForbidRule): Document {
  const document = new Document(rule, { version: "1.2" });
  visit(document, {
    Seq(_, list) {
      list.flow = true;
    },
    Scalar(_, scalar) {
      if (typeof scalar.value === "string" && /[^\x20-\x7E]|\s\s/u.test(scalar.value))
        scalar.type = "QUOTE_DOUBLE";
    },
  });
  return document;
}

/** Where the line of this place begins. */
export function lineStart(source: string, at: number): number {
  return source.lastIndexOf("\n", at - 1) + 1;
}

/** Behind the line end that follows, or the end of the text. */
export function nextLine(source: string, at: number): number {
  const end = source.indexOf("\n", at);
  return end === -1 ? source.length : end + 1;
}

/** How far from the left something stands; null: other things stand before it on its line. */
export function columnOf(source: string, at: number): number | null {
  const before = source.slice(lineStart(source, at), at);
  return /^ *$/u.test(before) ? before.length : null;
}

/** Where the last character of a value stands, comments and line ends behind it left out. */
export function endOf(node: Node | null): number {
  if (isMap(node) && node.flow !== true) {
    const last = node.items.at(-1) as Pair<Node | null, Node | null> | undefined;
    return last === undefined
      ? (node.range?.[1] ?? 0)
      : Math.max(endOf(last.key), last.value === null ? 0 : endOf(last.value));
  }
  if (isSeq(node) && node.flow !== true) {
    return endOf((node.items.at(-1) as Node | undefined) ?? null) || (node.range?.[1] ?? 0);
  }
  return node?.range?.[1] ?? 0;
}
