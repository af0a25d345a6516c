import type { SgNode } from "@ast-grep/napi";
import { type Region, spanOf } from "../regions.ts";
import { exactly, type Hit } from "./hit.ts";

/** Finds a name in Go as field, method, key of a literal, map key and serialised name in a struct tag. Variables may have any name. */
export function goHits(region: Region, name: string): readonly Hit[] {
  const regex = exactly(name);
  const named = region.root.findAll({
    rule: {
      regex,
      any: [
        { kind: "field_identifier" },
        { kind: "identifier" },
        { kind: "interpreted_string_literal_content" },
      ],
    },
  });
  return [...named.flatMap((node) => namedHit(node, region)), ...tagHits(region, name)];
}

function namedHit(node: SgNode, region: Region): readonly Hit[] {
  const span = spanOf(node, region);
  const parent = node.parent();
  switch (node.kind()) {
    case "field_identifier":
      return [{ ...span, form: memberForm(parent), rewrite: "name" }];
    case "interpreted_string_literal_content": {
      const form = parent === null ? null : stringForm(parent);
      return form === null ? [] : [{ ...span, form, rewrite: "string" }];
    }
    default:
      if (parent?.kind() === "ERROR") {
        return [{ ...span, form: "name in code that does not parse", rewrite: "none" }];
      }
      return isKey(parent) ? [{ ...span, form: "object key", rewrite: "name" }] : [];
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
  return isKey(parent) ? "object key" : null;
}

/** `x` in `T{x: 1}`. */
function isKey(literalElement: SgNode | null): boolean {
  const keyed = literalElement?.kind() === "literal_element" ? literalElement.parent() : null;
  return keyed?.kind() === "keyed_element" && keyed.child(0)?.id() === literalElement?.id();
}

function tagHits(region: Region, name: string): readonly Hit[] {
  const tags = region.root.findAll({
    rule: { kind: "raw_string_literal_content", inside: { kind: "field_declaration", stopBy: "end" } },
  });
  return tags.flatMap((node) =>
    Array.from(node.text().matchAll(/:"(?<key>[^",]+)/gu)).flatMap((match) => {
      if (match.groups!.key !== name) return [];
      const start = spanOf(node, region).start + match.index + 2;
      return [{ start, end: start + name.length, form: "serialised name", rewrite: "string" as const }];
    }),
  );
}
