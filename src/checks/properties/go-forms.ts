import type { SgNode } from "@ast-grep/napi";
import { type Region, spanOf } from "../regions.ts";
import { containingOneOf, exactlyOneOf, type Forms, type Hit } from "./hit.ts";

/** Names in Go as field, method, key of a literal, map key and serialised name in a struct tag. Variables may have any name. */
export const goForms: Forms = {
  candidates: (names) => [
    {
      regex: exactlyOneOf(names),
      any: [
        { kind: "field_identifier" },
        { kind: "identifier" },
        { kind: "interpreted_string_literal_content" },
        { kind: "raw_string_literal_content" },
      ],
    },
    {
      any: [{ kind: "raw_string_literal_content" }, { kind: "interpreted_string_literal" }],
      regex: containingOneOf(names),
      inside: { kind: "field_declaration", stopBy: { kind: "field_declaration_list" } },
    },
  ],
  hitsOf: (node, region, names) => (isTag(node) ? tagHits(node, region, names) : namedHit(node, region)),
};

/** The string behind the type of a field. */
function isTag(node: SgNode): boolean {
  const string = node.kind() === "interpreted_string_literal" ? node : node.parent();
  return string?.parent()?.kind() === "field_declaration";
}

function namedHit(node: SgNode, region: Region): readonly Hit[] {
  const span = { ...spanOf(node, region), name: node.text() };
  const parent = node.parent();
  switch (node.kind()) {
    case "field_identifier":
      return [{ ...span, form: memberForm(parent), rewrite: "name" }];
    case "interpreted_string_literal":
      return [];
    case "raw_string_literal_content":
    case "interpreted_string_literal_content": {
      const form = parent === null ? null : stringForm(parent);
      return form === null ? [] : [{ ...span, form, rewrite: "string" }];
    }
    default:
      if (parent?.kind() === "ERROR") {
        return [{ ...span, form: "name in code that does not parse", rewrite: "none" }];
      }
      return isKey(parent) && !isIndex(parent) ? [{ ...span, form: "object key", rewrite: "name" }] : [];
  }
}

function memberForm(parent: SgNode | null): string {
  switch (parent?.kind()) {
    case "field_declaration":
    case "method_elem":
      return "type member";
    case "method_declaration":
      return "class field";
    default:
      return "member access";
  }
}

function stringForm(string: SgNode): string | null {
  const parent = string.parent();
  if (parent?.kind() === "index_expression") {
    return parent.field("index")?.id() === string.id() ? "computed string key" : null;
  }
  if (isDeleted(parent, string)) return "key of a built-in function";
  return isKey(parent) ? "object key" : null;
}

/** `delete(m, "x")`. */
function isDeleted(list: SgNode | null, string: SgNode): boolean {
  return (
    list?.kind() === "argument_list" &&
    list.parent()?.field("function")?.text() === "delete" &&
    list.namedChildren()[1]?.id() === string.id()
  );
}

/** `x` in `T{x: 1}`. */
function isKey(literalElement: SgNode | null): boolean {
  const keyed = literalElement?.kind() === "literal_element" ? literalElement.parent() : null;
  return keyed?.kind() === "keyed_element" && keyed.child(0)?.id() === literalElement?.id();
}

/** A bare name in `map[K]V{x: 1}` or `[]T{x: 1}` is a variable or a constant. */
function isIndex(literalElement: SgNode | null): boolean {
  const literal = literalElement?.parent()?.parent() ?? null;
  return literal !== null && INDEXED.has(String(typeOf(literal, 0)?.kind()));
}

const INDEXED = new Set(["map_type", "slice_type", "array_type", "implicit_length_array_type"]);

/** Deeper ones nobody writes, and each step up takes time in proportion to the depth. */
const MOST_NESTED = 3;

/** Type of a literal's braces, which inner ones may leave out: `map[string]map[K]V{"a": {x: 1}}`. null: cannot be told. */
function typeOf(literal: SgNode, level: number): SgNode | null {
  const parent = literal.parent();
  if (parent?.kind() === "composite_literal") return parent.field("type");
  if (parent?.kind() !== "literal_element" || level === MOST_NESTED) return null;
  const holder = parent.parent();
  const outer = holder?.kind() === "keyed_element" ? holder.parent() : holder;
  const type = outer?.kind() === "literal_value" ? typeOf(outer, level + 1) : null;
  return type?.field("value") ?? type?.field("element") ?? null;
}

function tagHits(node: SgNode, region: Region, names: ReadonlySet<string>): readonly Hit[] {
  const offset = spanOf(node, region).start;
  return Array.from(node.text().matchAll(/:(\\?")([^",\\]+)/gu)).flatMap((match) => {
    const name = match[2]!;
    const start = offset + match.index + 1 + match[1]!.length;
    return names.has(name)
      ? [{ start, end: start + name.length, name, form: "serialised name", rewrite: "string" as const }]
      : [];
  });
}
