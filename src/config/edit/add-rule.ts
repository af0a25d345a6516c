import { isScalar, type Node } from "yaml";
import type { ForbidRule } from "../schema/forbid-rule-schema.ts";
import { type Edited, verified } from "./edited.ts";
import { type ForbidPlace, forbidPlace } from "./forbid-place.ts";
import { startOf } from "./start-of.ts";
import { applied, blockEntry, columnOf, endOf, flowEntry, nextLine, type TextEdit } from "./yaml-text.ts";

/**
 * The configuration file with one more rule in `checks.forbid`, every other byte as it was; only a written `null` or `~` gives way to the list.  Whatever is not sure to be right is left to a person.
 */
export function addRule(text: string, rule: ForbidRule): Edited {
  const mark = text.startsWith("\uFEFF") ? "\uFEFF" : "";
  const source = text.slice(mark.length);
  return verified(
    text,
    (lists) => [...lists, rule],
    () => {
      const lineEnd = /\r\n|\n/u.exec(source)?.[0] ?? "\n";
      return placesFor(source, rule, forbidPlace(source), lineEnd).map(
        (edit) => mark + applied(source, edit),
      );
    },
  );
}

/** Edits that should do, the best first: the one that proves right is taken. */
function placesFor(
  source: string,
  rule: ForbidRule,
  place: ForbidPlace,
  lineEnd: string,
): readonly TextEdit[] {
  switch (place.kind) {
    case "list":
      return place.list.flow === true
        ? [inFlowList(source, rule, place, lineEnd)]
        : behindLastEntry(source, rule, place.list.items, lineEnd);
    case "empty": {
      const column = columnOf(source, startOf(place.key)) ?? 0;
      return behindKey(source, place, lineEnd, wrapped(rule, place.of, column + 2, lineEnd));
    }
    case "checks":
      return place.map.flow === true
        ? [
            inFlowMap(
              source,
              startOf(place.map),
              flowList("forbid", rule, place.isJson),
              place.map.items.length,
            ),
          ]
        : underChecks(source, rule, place, lineEnd);
    case "root":
      return atEnd(source, rule, place, lineEnd);
    case "other":
      return [];
  }
}

function inFlowList(
  source: string,
  rule: ForbidRule,
  { list, isJson }: Extract<ForbidPlace, { kind: "list" }>,
  lineEnd: string,
): TextEdit {
  const last = list.items.at(-1);
  if (last === undefined) return insertion(startOf(list) + 1, flowEntry(rule, isJson));
  const column = columnOf(source, startOf(last));
  const gap = column === null ? " " : `${lineEnd}${" ".repeat(column)}`;
  return insertion(endOf(last), `,${gap}${flowEntry(rule, isJson || source[startOf(last) + 1] === '"')}`);
}

function behindLastEntry(
  source: string,
  rule: ForbidRule,
  entries: readonly Node[],
  lineEnd: string,
): readonly TextEdit[] {
  const last = entries.at(-1)!;
  const dash = source.lastIndexOf("-", startOf(last) - 1);
  const column = columnOf(source, dash);
  if (column === null) return [];
  const end = endOf(last);
  const at = source[end - 1] === "\n" ? end : nextLine(source, end);
  const block = blockEntry(rule, column, lineEnd);
  return [behindComments(source, at, column), at].map((each) => lineInsertion(source, each, block, lineEnd));
}

/** Comment lines that are further right than the dashes belong to the entry above them. */
export function behindComments(source: string, from: number, column: number): number {
  let at = from;
  for (;;) {
    const indented = /^ */u.exec(source.slice(at, at + 200))![0].length;
    if (indented <= column || source[at + indented] !== "#") return at;
    at = nextLine(source, at);
  }
}

function underChecks(
  source: string,
  rule: ForbidRule,
  { map, key }: Extract<ForbidPlace, { kind: "checks" }>,
  lineEnd: string,
): readonly TextEdit[] {
  const first = map.items[0]?.key as Node | undefined;
  const column = first === undefined ? null : columnOf(source, startOf(first));
  if (column === null) return [];
  const block = [`${" ".repeat(column)}forbid:`, blockEntry(rule, column + 2, lineEnd)].join(lineEnd);
  return [lineInsertion(source, nextLine(source, endOf(key)), block, lineEnd)];
}

/** Behind `forbid:` or `checks:`, a comment on its line kept; what is written as null gives way. */
function behindKey(
  source: string,
  { key, value }: Extract<ForbidPlace, { kind: "empty" }>,
  lineEnd: string,
  block: string,
): readonly TextEdit[] {
  const written = isScalar(value) && (value.source ?? "") !== "" ? value.range : null;
  if (written == null) return [lineInsertion(source, nextLine(source, endOf(key)), block, lineEnd)];
  const end = nextLine(source, written[1]);
  const rest = source.slice(written[1], end).replace(/\r?\n$/u, "");
  const tail = source.slice(written[1] + rest.length, end);
  const text = `${rest.trimEnd() === "" ? "" : rest}${lineEnd}${block}${tail}`;
  const start = written[0] - (/ *$/u.exec(source.slice(0, written[0]))?.[0].length ?? 0);
  return [{ start, end, text }];
}

function atEnd(
  source: string,
  rule: ForbidRule,
  { map }: Extract<ForbidPlace, { kind: "root" }>,
  lineEnd: string,
): readonly TextEdit[] {
  if (map?.flow === true) {
    const list = flowList("forbid", rule, true);
    return [inFlowMap(source, startOf(map), `"checks": { ${list} }`, map.items.length)];
  }
  const first = map?.items[0]?.key as Node | undefined;
  const column = first === undefined ? 0 : columnOf(source, startOf(first));
  if (column === null) return [];
  const pad = " ".repeat(column);
  const block = [`${pad}checks:`, wrapped(rule, "checks", column + 2, lineEnd)].join(lineEnd);
  const ending = /^\.\.\.(?:\s|$)/mu.exec(source)?.index ?? source.length;
  return [lineInsertion(source, ending, block, lineEnd)];
}

/** What stands below `of:`, its children at `column`. */
function wrapped(rule: ForbidRule, of: "forbid" | "checks", column: number, lineEnd: string): string {
  return of === "forbid"
    ? blockEntry(rule, column, lineEnd)
    : [`${" ".repeat(column)}forbid:`, blockEntry(rule, column + 2, lineEnd)].join(lineEnd);
}

function flowList(key: string, rule: ForbidRule, json: boolean): string {
  return `${json ? JSON.stringify(key) : key}: [${flowEntry(rule, json)}]`;
}

function inFlowMap(source: string, at: number, entry: string, entries: number): TextEdit {
  const isOnOwnLine = /^\{[ \t]*\r?\n/u.exec(source.slice(at));
  const lead = isOnOwnLine === null ? " " : "";
  return insertion(at + 1, `${lead}${entry}${entries === 0 ? (isOnOwnLine === null ? " " : "") : ","}`);
}

function lineInsertion(source: string, at: number, block: string, lineEnd: string): TextEdit {
  const isOpen = at > 0 && source[at - 1] !== "\n";
  return insertion(at, isOpen ? `${lineEnd}${block}` : `${block}${lineEnd}`);
}

function insertion(at: number, text: string): TextEdit {
  return { start: at, end: at, text };
}
