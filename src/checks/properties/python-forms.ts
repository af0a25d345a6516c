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
    case "dotted_name":
      return isValueOfPattern(parent) && parent.child(0)?.id() !== node.id()
        ? { form: "member access", rewrite: "name" }
        : null;
    case "assignment":
    case "augmented_assignment":
    case "pattern_list":
    case "tuple_pattern":
    case "list_pattern":
    case "list_splat_pattern":
      return isAssignedInClass(node) ? { form: "class field", rewrite: "name" } : null;
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

/** `case Order.x:` compares with a member. */
function isValueOfPattern(name: SgNode): boolean {
  return ["case_pattern", "union_pattern"].includes(String(name.parent()?.kind()));
}

/** More nobody writes, and each step up takes time in proportion to the depth. */
const MOST_STEPS = 3;

/** `x = 1`, `a, (b, *x) = ...` or `a = x = 1` in a class. */
function isAssignedInClass(node: SgNode): boolean {
  let child = node;
  let parent = child.parent();
  for (let step = 0; parent !== null && String(parent.kind()).includes("pattern"); step += 1) {
    if (step === MOST_STEPS) return false;
    [child, parent] = [parent, parent.parent()];
  }
  if (parent === null || !String(parent.kind()).endsWith("assignment") || !isField(parent, "left", child))
    return false;
  let statement = parent.parent();
  for (let step = 0; statement?.kind() === "assignment"; step += 1) {
    if (step === MOST_STEPS) return false;
    statement = statement.parent();
  }
  return isClassBody(statement?.parent());
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
  if (string === null) return { form: "string in code that is nested too deeply", rewrite: "none" };
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

/** Up through what leaves the value as it is: parentheses, both ends of `a if c else b`, `a or b`, `k := b`. null: deeper than anybody writes. */
function outermost(string: SgNode, level = 0): SgNode | null {
  const parent = string.parent();
  if (parent === null || !isTransparent(parent, string)) return string;
  return level === MOST_WRAPPERS ? null : outermost(parent, level + 1);
}

const MOST_WRAPPERS = 30;

function isTransparent(parent: SgNode, child: SgNode): boolean {
  switch (parent.kind()) {
    case "parenthesized_expression":
      return true;
    case "conditional_expression":
      return parent.namedChildren()[1]?.id() !== child.id();
    case "boolean_operator":
      return parent.field("operator")?.text() === "or" || isField(parent, "right", child);
    case "named_expression":
      return isField(parent, "value", child);
    default:
      return false;
  }
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
