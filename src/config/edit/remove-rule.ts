import type { Node } from "yaml";
import { isMapping } from "../read-yaml.ts";
import { behindComments } from "./add-rule.ts";
import { type Edited, ownList, type RuleList, verified } from "./edited.ts";
import { type ForbidPlace, forbidPlace } from "./forbid-place.ts";
import { startOf } from "./start-of.ts";
import { applied, columnOf, endOf, lineStart, nextLine, type TextEdit } from "./yaml-text.ts";

/**
 * The configuration file without the rules of a name: what the short form forbids, or the id of the full one. The comments right above each of them
 * and on its lines go with it; every other byte stays.
 */
export function removeRules(text: string, name: string): Edited {
  let current = text;
  for (const [list, key] of [
    ["forbid", "forbid"],
    ["rules", "id"],
  ] as const) {
    const isNamed = (entry: unknown): boolean => isMapping(entry) && entry[key] === name;
    for (;;) {
      const index = ownList(current, list).findIndex(isNamed);
      if (index === -1) break;
      const edited = withoutEntry(current, list, index);
      if (!edited.ok) return edited;
      current = edited.text;
    }
  }
  return current === text
    ? { ok: false, why: "the file itself has no such rule" }
    : { ok: true, text: current };
}

function withoutEntry(text: string, list: RuleList, index: number): Edited {
  return verified(
    text,
    (entries) => entries.toSpliced(index, 1),
    () => {
      const mark = text.startsWith("\uFEFF") ? "\uFEFF" : "";
      const source = text.slice(mark.length);
      return without(source, forbidPlace(source, list), index).map((each) => mark + each);
    },
    list,
  );
}

function without(source: string, place: ForbidPlace, index: number): readonly string[] {
  if (place.kind !== "list") return [];
  const entries = place.list.items;
  const cut = place.list.flow === true ? fromFlow(entries, index) : fromBlock(source, entries[index]!);
  if (cut === null) return [];
  const rest = applied(source, cut);
  if (entries.length > 1 || place.list.flow === true) return [rest];
  // What is left is a list, and no empty value that something else could take the place of.
  const key = endOf(place.key);
  const colon = source.indexOf(":", key) + 1;
  return [applied(rest, { start: colon, end: colon, text: " []" })];
}

function fromFlow(entries: readonly Node[], index: number): TextEdit {
  const entry = entries[index]!;
  const next = entries[index + 1];
  const previous = entries[index - 1];
  if (next !== undefined) return cutOf(startOf(entry), startOf(next));
  return cutOf(previous === undefined ? startOf(entry) : endOf(previous), endOf(entry));
}

function fromBlock(source: string, entry: Node): TextEdit | null {
  const dash = source.lastIndexOf("-", startOf(entry) - 1);
  const column = columnOf(source, dash);
  if (column === null) return null;
  const end = endOf(entry);
  const behind = behindComments(source, source[end - 1] === "\n" ? end : nextLine(source, end), column);
  let start = lineStart(source, dash);
  while (start > 0) {
    const above = lineStart(source, start - 1);
    const line = source.slice(above, start);
    if (!/^ *#/u.test(line) || line.indexOf("#") !== column) break;
    start = above;
  }
  // Without a line end behind it, the one before it goes.
  const isLast = behind === source.length && source[behind - 1] !== "\n";
  const from = isLast && start > 0 ? start - (source[start - 2] === "\r" ? 2 : 1) : start;
  return cutOf(from, behind);
}

function cutOf(start: number, end: number): TextEdit {
  return { start, end, text: "" };
}
