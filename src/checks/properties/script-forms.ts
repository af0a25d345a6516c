import type { SgNode } from "@ast-grep/napi";
import { spanOf } from "../regions.ts";
import { exactlyOneOf, type Forms, type Hit } from "./hit.ts";

/** Names in JavaScript, TypeScript, JSX and TSX, in every form in which code can name a property. */
export const scriptForms: Forms = {
  candidates: (names) => [
    {
      regex: exactlyOneOf(names),
      any: [
        { kind: "property_identifier" },
        { kind: "shorthand_property_identifier" },
        { kind: "shorthand_property_identifier_pattern" },
        { kind: "string_fragment" },
        { kind: "identifier" },
      ],
    },
  ],
  hitsOf(node, region) {
    const form = formOf(node);
    return form === null ? [] : [{ ...spanOf(node, region), name: node.text(), ...form }];
  },
};

type FormOf = Pick<Hit, "form" | "rewrite">;

function formOf(node: SgNode): FormOf | null {
  switch (node.kind()) {
    case "property_identifier":
      return isTypeOfModule(node) ? null : { form: propertyForm(node), rewrite: "name" };
    case "shorthand_property_identifier":
      return { form: "shorthand property", rewrite: "shorthand" };
    case "shorthand_property_identifier_pattern":
      return { form: "destructuring", rewrite: "shorthand" };
    case "string_fragment": {
      const form = keyForm(node);
      return form === null ? null : { form, rewrite: "string" };
    }
    default:
      return identifierForm(node);
  }
}

function propertyForm(node: SgNode): string {
  const parent = node.parent();
  switch (parent?.kind()) {
    case "member_expression":
      return parent.children().some((child) => child.kind() === "optional_chain")
        ? "optional chaining"
        : "member access";
    case "jsx_attribute":
      return "JSX attribute";
    default:
      return memberForm(parent) ?? "property";
  }
}

/** What is named by what stands there: a key, a member, a field; null: none of them. */
function memberForm(holder: SgNode | null): string | null {
  switch (holder?.kind()) {
    case "pair":
      return "object key";
    case "pair_pattern":
      return "destructuring";
    case "property_signature":
    case "method_signature":
    case "enum_body":
    case "enum_assignment":
      return "type member";
    case "public_field_definition":
    case "field_definition":
    case "abstract_method_signature":
      return "class field";
    case "method_definition":
      return holder.parent()?.kind() === "object" ? "object key" : "class field";
    default:
      return null;
  }
}

/** `import("x").T` names a type. */
function isTypeOfModule(node: SgNode): boolean {
  const object = node.parent()?.field("object");
  return object?.kind() === "call_expression" && object.field("function")?.kind() === "import";
}

/** A plain identifier is a variable, which may have any name; only where it also declares a class field it names a property. */
function identifierForm(node: SgNode): FormOf | null {
  const parent = node.parent();
  switch (parent?.kind()) {
    case "required_parameter":
    case "optional_parameter":
      return parent
        .children()
        .some((child) =>
          ["accessibility_modifier", "readonly", "override_modifier"].some((kind) => child.is(kind)),
        )
        ? { form: "class field", rewrite: "none" }
        : null;
    case "jsx_namespace_name":
      return isLast(parent, node) ? { form: "JSX attribute", rewrite: "name" } : null;
    case "ERROR":
      return { form: "name in code that does not parse", rewrite: "none" };
    default:
      return null;
  }
}

/** A string is code where it is a key; everywhere else it is only text. */
function keyForm(fragment: SgNode): string | null {
  const string = fragment.parent();
  if (string === null || !isWhole(string, fragment)) return null;
  let node = string;
  let parent = node.parent();
  for (let level = 0; parent !== null && isTransparent(parent, node); level += 1) {
    // Each step up takes time in proportion to the depth; nobody wraps a key this often, so that it is told rather than missed.
    if (level === MOST_WRAPPERS) return "string in code that is nested too deeply";
    node = parent;
    parent = node.parent();
  }
  switch (parent?.kind()) {
    case "subscript_expression":
      return isField(parent, "index", node) ? "computed string key" : null;
    case "pair":
    case "pair_pattern":
      return isField(parent, "key", node) ? memberForm(parent) : null;
    case "computed_property_name":
      return memberForm(parent.parent());
    case "property_signature":
    case "method_signature":
    case "enum_assignment":
    case "public_field_definition":
    case "method_definition":
    case "abstract_method_signature":
      return isField(parent, "name", node) ? memberForm(parent) : null;
    case "enum_body":
      return memberForm(parent);
    case "field_definition":
      return isField(parent, "property", node) ? memberForm(parent) : null;
    case "lookup_type":
      return sameNode(parent.namedChildren().at(-1), node) ? "type member" : null;
    case "mapped_type_clause":
      return "type member";
    case "type_arguments":
      return isMemberPicker(parent, node) ? "type member" : null;
    case "binary_expression":
      return isField(parent, "left", node) && parent.field("operator")?.text() === "in" ? "key of in" : null;
    case "arguments":
      return isReflection(parent, node) ? "key of a built-in function" : null;
    default:
      return null;
  }
}

const MOST_WRAPPERS = 30;

const WHOLE = new Set(["string", "template_string", "template_literal_type"]);

/** `"x"` and `` `x` `` with nothing else inside. */
function isWhole(string: SgNode, fragment: SgNode): boolean {
  if (!WHOLE.has(String(string.kind()))) return false;
  const [one, other] = [string.range(), fragment.range()];
  return one.start.index === other.start.index - 1 && one.end.index === other.end.index + 1;
}

/** Wrappers that leave the value of a key as it is. */
function isTransparent(parent: SgNode, child: SgNode): boolean {
  switch (parent.kind()) {
    case "parenthesized_expression":
    case "as_expression":
    case "satisfies_expression":
    case "non_null_expression":
    case "literal_type":
    case "union_type":
    case "parenthesized_type":
      return true;
    case "type_assertion":
      return true;
    case "ternary_expression":
      return !isField(parent, "condition", child);
    case "binary_expression": {
      const operator = parent.field("operator")?.text() ?? "";
      return ["||", "??"].includes(operator) || (operator === "&&" && isField(parent, "right", child));
    }
    case "assignment_expression":
      return isField(parent, "right", child);
    case "sequence_expression":
      return isLast(parent, child);
    default:
      return false;
  }
}

const OBJECT_FUNCTIONS = new Set(["hasOwn", "defineProperty", "getOwnPropertyDescriptor"]);
const REFLECT_FUNCTIONS = new Set([
  "get",
  "set",
  "has",
  "deleteProperty",
  "defineProperty",
  "getOwnPropertyDescriptor",
]);
const OWN_FUNCTIONS = new Set(["hasOwnProperty", "propertyIsEnumerable"]);

/** Functions of the language itself that take the name of a property: `Object.hasOwn(o, "x")`, `Reflect.get(o, "x")`, `o.hasOwnProperty("x")`. */
function isReflection(list: SgNode, node: SgNode): boolean {
  const callee = list.parent()?.field("function");
  if (callee?.kind() !== "member_expression") return false;
  const [first, second] = firstTwo(list);
  const name = callee.field("property")?.text() ?? "";
  if (sameNode(first, node)) return OWN_FUNCTIONS.has(name);
  if (!sameNode(second, node)) return false;
  const holder = callee.field("object");
  const object = holder?.text();
  return (
    // `Object.prototype.hasOwnProperty.call(o, "x")`
    (name === "call" && OWN_FUNCTIONS.has(holder?.field("property")?.text() ?? "")) ||
    (object === "Object" && OBJECT_FUNCTIONS.has(name)) ||
    (object === "Reflect" && REFLECT_FUNCTIONS.has(name))
  );
}

/** The keys of `Pick<T, "x">`, `Omit<T, "x">` and `Record<"x", T>` are names of members. */
function isMemberPicker(typeArguments: SgNode, node: SgNode): boolean {
  const name = typeArguments.parent()?.field("name")?.text() ?? "";
  const [first, second] = firstTwo(typeArguments);
  return name === "Record"
    ? sameNode(first, node)
    : ["Pick", "Omit"].includes(name) && sameNode(second, node);
}

/** Of a list that may be as long as the file, which is not read again for each of its members. */
function firstTwo(list: SgNode): readonly SgNode[] {
  const found: SgNode[] = [];
  for (let index = 0; index < MOST_LOOKED_AT && found.length < 2; index += 1) {
    const child = list.child(index);
    if (child === null) break;
    if (child.isNamed() && !child.is("comment")) found.push(child);
  }
  return found;
}

const MOST_LOOKED_AT = 100;

function isLast(parent: SgNode, node: SgNode): boolean {
  return parent.range().end.index === node.range().end.index;
}

function isField(parent: SgNode, field: string, node: SgNode): boolean {
  return sameNode(parent.field(field), node);
}

function sameNode(one: SgNode | null | undefined, other: SgNode): boolean {
  return one?.id() === other.id();
}
