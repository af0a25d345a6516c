import type { SgNode } from "@ast-grep/napi";
import type { Region, Span } from "../regions.ts";
import { exactlyOneOf, type Matcher } from "./hit.ts";

const BODIES: Matcher[] = [
  { kind: "class_body" },
  { kind: "interface_body" },
  { kind: "enum_body_declarations" },
];

/**
 * Is this bare name in Java a field, constant or record component of a type around it? Where the same method also declares a variable of that
 * name, it is taken for the variable.
 */
export function isOwnField(node: SgNode, region: Region): boolean {
  const at = node.range().start.index;
  const { owners, hiding } = scopesOf(region, node.text());
  const owner = owners.filter((each) => contains(each, at)).at(-1);
  return owner !== undefined && !hiding.some((each) => each.start > owner.start && contains(each, at));
}

/** Is this bare name a variable of the method that it is in? */
export function isVariable(node: SgNode, region: Region): boolean {
  const at = node.range().start.index;
  return scopesOf(region, node.text()).hiding.some((each) => contains(each, at));
}

/** Would the field, under another name, be taken for a variable of the method that it is read in, or for another field of a type around it? */
export function isHidden(node: SgNode, region: Region, name: string): boolean {
  const at = node.range().start.index;
  const { owners, hiding } = scopesOf(region, name);
  return [...owners, ...hiding].some((each) => contains(each, at));
}

/** What a name means where, in the order of the text. */
interface Scopes {
  /** Bodies of types that have a field of that name. */
  readonly owners: readonly Span[];
  /** Methods, constructors, initializers and fields that have a variable of that name, however deep. */
  readonly hiding: readonly Span[];
}

/** Found from above, once for each name: going up from each use would take its depth each time. */
const KNOWN = new WeakMap<Region, Map<string, Scopes>>();

function scopesOf(region: Region, name: string): Scopes {
  const known = KNOWN.get(region) ?? new Map<string, Scopes>();
  KNOWN.set(region, known);
  const scopes = known.get(name) ?? { owners: ownersOf(region, name), hiding: hidingOf(region, name) };
  known.set(name, scopes);
  return scopes;
}

function ownersOf({ root }: Region, name: string): readonly Span[] {
  const named = { kind: "identifier", regex: exactlyOneOf([name]) };
  const field = { has: { kind: "variable_declarator", has: { ...named, field: "name" } } };
  const fields = [
    { kind: "field_declaration", ...field },
    { kind: "constant_declaration", ...field },
  ];
  const bodies = root.findAll({ rule: { any: BODIES, has: { any: fields } } }).map(rangeOf);
  const component = [
    { kind: "formal_parameter", has: named },
    { kind: "spread_parameter", has: { kind: "variable_declarator", has: named } },
  ];
  const components = { kind: "formal_parameters", has: { any: component } };
  const records = root.findAll({ rule: { kind: "record_declaration", has: components } }).map(rangeOf);
  const enums = root.findAll({ rule: { kind: "enum_body", has: { kind: "enum_constant", has: named } } });
  return [...bodies, ...records, ...enums.map(rangeOf)].toSorted((one, other) => one.start - other.start);
}

/** Their own members are looked at for themselves. */
const NO_CODE = new Set([
  "class_declaration",
  "record_declaration",
  "interface_declaration",
  "enum_declaration",
]);

function hidingOf({ root }: Region, name: string): readonly Span[] {
  const variables = root
    .findAll({ rule: { any: declaring(exactlyOneOf([name])) } })
    .map((node) => node.range().start.index)
    .toSorted((one, other) => one - other);
  if (variables.length === 0) return [];
  return root
    .findAll({ rule: { any: BODIES } })
    .flatMap((body) => body.children().filter((member) => !NO_CODE.has(String(member.kind()))))
    .map(rangeOf)
    .filter(({ start, end }) => {
      const first = firstFrom(variables, start);
      return first !== undefined && first < end;
    });
}

/** What declares a variable; of fields only what their initializers declare. */
function declaring(regex: string): Matcher[] {
  const name = { kind: "identifier", regex };
  return [
    { kind: "formal_parameter", has: { ...name, field: "name" } },
    {
      kind: "local_variable_declaration",
      has: { kind: "variable_declarator", has: { ...name, field: "name" } },
    },
    { kind: "spread_parameter", has: { kind: "variable_declarator", has: { ...name, field: "name" } } },
    { kind: "enhanced_for_statement", has: { ...name, field: "name" } },
    { kind: "catch_formal_parameter", has: { ...name, field: "name" } },
    { kind: "resource", has: { ...name, field: "name" } },
    { kind: "instanceof_expression", has: { ...name, field: "name" } },
    { kind: "lambda_expression", has: { ...name, field: "parameters" } },
    { kind: "inferred_parameters", has: name },
    { kind: "type_pattern", has: name },
    { kind: "record_pattern_component", has: name },
  ];
}

/** The first of these ascending numbers that is no smaller. */
function firstFrom(numbers: readonly number[], least: number): number | undefined {
  let [low, high] = [0, numbers.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (numbers[middle]! < least) low = middle + 1;
    else high = middle;
  }
  return numbers[low];
}

function contains({ start, end }: Span, at: number): boolean {
  return start <= at && at < end;
}

function rangeOf(node: SgNode): Span {
  const { start, end } = node.range();
  return { start: start.index, end: end.index };
}
