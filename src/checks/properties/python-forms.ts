import type { SgNode } from "@ast-grep/napi";
import { spanOf } from "../regions.ts";
import { exactlyOneOf, type Forms, type Hit } from "./hit.ts";

type FormOf = Pick<Hit, "form" | "rewrite">;

/** Names in Python as attribute, key, class member and keyword argument. Variables and parameters may have any name. */
export const pythonForms: Forms = {
  candidates: (names) => [
    { regex: exactlyOneOf(names), any: [{ kind: "identifier" }, { kind: "string_content" }] },
  ],
  hitsOf(node, region) {
    const form = node.kind() === "identifier" ? identifierForm(node) : stringForm(node);
    return form === null ? [] : [{ ...spanOf(node, region), name: node.text(), ...form }];
  },
};

function identifierForm(node: SgNode): FormOf | null {
  const parent = node.parent();
  switch (parent?.kind()) {
    case "attribute":
      return isField(parent, "attribute", node) ? { form: "member access", rewrite: "name" } : null;
    case "keyword_argument":
      return isField(parent, "name", node) ? { form: "keyword argument", rewrite: "name" } : null;
    case "keyword_pattern":
      return parent.child(0)?.id() === node.id() ? { form: "destructuring", rewrite: "name" } : null;
    case "assignment":
      return isField(parent, "left", node) && isClassBody(parent.parent()?.parent())
        ? { form: "class field", rewrite: "name" }
        : null;
    case "function_definition": {
      const holder = parent.parent();
      const block = holder?.kind() === "decorated_definition" ? holder.parent() : holder;
      return isField(parent, "name", node) && isClassBody(block)
        ? { form: "class field", rewrite: "name" }
        : null;
    }
    case "ERROR":
      return { form: "name in code that does not parse", rewrite: "none" };
    default:
      return null;
  }
}

function stringForm(content: SgNode): FormOf | null {
  const string = content.parent();
  const parent = string?.parent();
  if (string === null || string?.kind() !== "string" || parent === null || parent === undefined) return null;
  const key = { rewrite: "string" } as const;
  switch (parent.kind()) {
    case "subscript":
      return isField(parent, "subscript", string) ? { form: "computed string key", ...key } : null;
    case "pair":
      return isField(parent, "key", string) ? { form: "object key", ...key } : null;
    case "dict_pattern":
      return isField(parent, "key", string) ? { form: "destructuring", ...key } : null;
    case "comparison_operator":
      return parent.child(0)?.id() === string.id() && ["in", "not in"].includes(parent.child(1)?.text() ?? "")
        ? { form: "key of in", ...key }
        : null;
    default:
      return null;
  }
}

function isClassBody(block: SgNode | null | undefined): boolean {
  return block?.kind() === "block" && block.parent()?.kind() === "class_definition";
}

function isField(parent: SgNode, field: string, node: SgNode): boolean {
  return parent.field(field)?.id() === node.id();
}
