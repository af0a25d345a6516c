import type { SgNode } from "@ast-grep/napi";
import { spanOf } from "../regions.ts";
import { exactlyOneOf, type Forms, type Hit } from "./hit.ts";
import { isField } from "./is-field.ts";

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
      if (isField(parent, "attribute", node)) return { form: "member access", rewrite: "name" };
      return isAccessorOf(parent) ? { form: "class field", rewrite: "name" } : null;
    case "keyword_argument":
      return isField(parent, "name", node) ? { form: "keyword argument", rewrite: "name" } : null;
    case "keyword_pattern":
      return parent.child(0)?.id() === node.id() ? { form: "destructuring", rewrite: "name" } : null;
    case "assignment":
    case "augmented_assignment":
      return isField(parent, "left", node) && isClassBody(parent.parent()?.parent())
        ? { form: "class field", rewrite: "name" }
        : null;
    case "pattern_list": {
      const assignment = parent.parent();
      return assignment?.kind() === "assignment" &&
        isField(assignment, "left", parent) &&
        isClassBody(assignment.parent()?.parent())
        ? { form: "class field", rewrite: "name" }
        : null;
    }
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

/** `@x.setter` in a class: the decorator is that of the property `x`. */
function isAccessorOf(attribute: SgNode): boolean {
  const decorator = attribute.parent();
  return (
    decorator?.kind() === "decorator" &&
    ["getter", "setter", "deleter"].includes(attribute.field("attribute")?.text() ?? "") &&
    isClassBody(decorator.parent()?.parent())
  );
}

function stringForm(content: SgNode): FormOf | null {
  const own = content.parent();
  // Bytes are another key than the text.
  if (own?.kind() !== "string" || /^[^"']*b/iu.test(own.text())) return null;
  const string = outermost(own);
  const parent = string.parent();
  if (parent === null) return null;
  const key = { rewrite: "string" } as const;
  switch (parent.kind()) {
    case "subscript":
      // `frame[rows, "x"]` has several.
      return isField(parent, "value", string) ? null : { form: "computed string key", ...key };
    case "argument_list":
      return isAttributeFunction(parent, string) ? { form: "key of a built-in function", ...key } : null;
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

/** Up through what leaves the value as it is: parentheses, and both ends of `a if c else b`. */
function outermost(string: SgNode): SgNode {
  const parent = string.parent();
  const isValue =
    parent?.kind() === "parenthesized_expression" ||
    (parent?.kind() === "conditional_expression" && parent.namedChildren()[1]?.id() !== string.id());
  return isValue ? outermost(parent) : string;
}

const ATTRIBUTE_FUNCTIONS = new Set(["getattr", "setattr", "hasattr", "delattr"]);

/** `getattr(order, "x")`. */
function isAttributeFunction(list: SgNode, string: SgNode): boolean {
  const name = list.parent()?.field("function")?.text() ?? "";
  return ATTRIBUTE_FUNCTIONS.has(name) && list.namedChildren()[1]?.id() === string.id();
}

/** Also below an `if`, `try`, `for` or `with` of the class. */
function isClassBody(block: SgNode | null | undefined): boolean {
  if (block?.kind() !== "block") return false;
  const holder = block.parent();
  if (holder?.kind() === "class_definition") return true;
  return CONDITIONAL.has(String(holder?.kind())) && isClassBody(clauseHolder(holder!));
}

const CONDITIONAL = new Set([
  "if_statement",
  "elif_clause",
  "else_clause",
  "try_statement",
  "except_clause",
  "finally_clause",
  "for_statement",
  "while_statement",
  "with_statement",
]);

/** The block that an `if`, with all its clauses, stands in. */
function clauseHolder(clause: SgNode): SgNode | null | undefined {
  const parent = clause.parent();
  return parent !== null && CONDITIONAL.has(String(parent.kind())) ? clauseHolder(parent) : parent;
}
