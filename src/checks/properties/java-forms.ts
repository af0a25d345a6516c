import type { SgNode } from "@ast-grep/napi";
import { spanOf } from "../regions.ts";
import { exactlyOneOf, type Forms, type Hit } from "./hit.ts";
import { isField } from "./is-field.ts";
import { isHidden, isOwnField, isVariable } from "./java-own-field.ts";

type FormOf = Pick<Hit, "form" | "rewrite">;

/** Annotations whose string is the name of a property in the serialised form. */
const SERIALISED_NAME = new Set([
  "JsonProperty",
  "JsonAlias",
  "JsonGetter",
  "JsonSetter",
  "JsonPropertyOrder",
  "JsonIgnoreProperties",
  "Json",
  "JsonbProperty",
  "SerializedName",
  "XmlElement",
  "XmlAttribute",
]);
/** Their members that hold such a name. */
const NAMING = new Set(["value", "name", "alternate"]);

const FIELDS = new Set(["field_declaration", "constant_declaration"]);

/** Names in Java as field (also without its object, in its own type), method, record component, enum constant and annotation member. Variables may have any name. */
export const javaForms: Forms = {
  candidates: (names) => [
    { regex: exactlyOneOf(names), any: [{ kind: "identifier" }, { kind: "string_fragment" }] },
  ],
  hitsOf(node, region) {
    const hit = { ...spanOf(node, region), name: node.text() };
    const form = node.kind() === "identifier" ? identifierForm(node) : stringForm(node);
    if (form !== null) return [{ ...hit, ...form }];
    if (node.parent()?.kind() === "switch_label" && !isVariable(node, region)) {
      return [{ ...hit, form: "type member", rewrite: "name" }];
    }
    const isValue = node.kind() === "identifier" && !NO_VALUES.has(String(node.parent()?.kind()));
    if (!isValue || !isOwnField(node, region)) return [];
    const isTaken = (use: string) => isHidden(node, region, use);
    return [{ ...hit, form: "member access", rewrite: "name", isTaken }];
  },
};

/** Kinds whose names are those of packages, types, annotations and jump targets. */
const NO_VALUES = new Set([
  "scoped_identifier",
  "marker_annotation",
  "annotation",
  "labeled_statement",
  "break_statement",
  "continue_statement",
  "class_declaration",
  "record_declaration",
  "interface_declaration",
  "enum_declaration",
  "annotation_type_declaration",
  "constructor_declaration",
  "compact_constructor_declaration",
  "import_declaration",
  "package_declaration",
]);

function identifierForm(node: SgNode): FormOf | null {
  const parent = node.parent();
  const named = { rewrite: "name" } as const;
  switch (parent?.kind()) {
    case "field_access":
      return isField(parent, "field", node) ? { form: "member access", ...named } : null;
    case "method_invocation":
      return isField(parent, "name", node) ? { form: "member access", ...named } : null;
    case "method_reference":
      return parent.children().at(-1)?.id() === node.id() ? { form: "member access", ...named } : null;
    case "variable_declarator": {
      const holder = parent.parent();
      const isMember = FIELDS.has(String(holder?.kind())) || isComponent(holder);
      return isField(parent, "name", node) && isMember ? { form: "class field", ...named } : null;
    }
    case "method_declaration":
    case "annotation_type_element_declaration":
      return isField(parent, "name", node) ? { form: "class field", ...named } : null;
    case "formal_parameter":
      return isField(parent, "name", node) && isComponent(parent) ? { form: "class field", ...named } : null;
    case "enum_constant":
      return isField(parent, "name", node) ? { form: "type member", ...named } : null;
    case "element_value_pair":
      return isField(parent, "key", node) ? { form: "annotation member", ...named } : null;
    case "ERROR":
      return { form: "name in code that does not parse", rewrite: "none" };
    default:
      return null;
  }
}

/** Of a record, also `int... x`. */
function isComponent(parameter: SgNode | null): boolean {
  return (
    ["formal_parameter", "spread_parameter"].includes(String(parameter?.kind())) &&
    parameter?.parent()?.parent()?.kind() === "record_declaration"
  );
}

function stringForm(fragment: SgNode): FormOf | null {
  const holder = fragment.parent()?.parent();
  const whole = holder?.kind() === "element_value_array_initializer" ? holder.parent() : holder;
  const list =
    whole?.kind() === "element_value_pair" && NAMING.has(whole.field("key")?.text() ?? "")
      ? whole.parent()
      : whole;
  const annotation = list?.kind() === "annotation_argument_list" ? list.parent() : null;
  return SERIALISED_NAME.has(annotation?.field("name")?.text().split(".").at(-1) ?? "")
    ? { form: "serialised name", rewrite: "string" }
    : null;
}
