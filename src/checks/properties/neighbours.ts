import type { SgNode } from "@ast-grep/napi";
import type { Hit } from "./hit.ts";
import { isField } from "./is-field.ts";
import { wordHits } from "./word-hits.ts";

/** Forms that give a place its names, of which each may stand there once. */
const NAMING_FORMS = new Set([
  "object key",
  "shorthand property",
  "destructuring",
  "type member",
  "class field",
  "JSX attribute",
  "attribute",
  "CSS property",
  "keyword argument",
  "annotation member",
]);

/** Literals, bodies and tags, as the grammars call them. */
const PLACES = new Set([
  "object",
  "object_pattern",
  "class_body",
  "interface_body",
  "object_type",
  "enum_body",
  "jsx_opening_element",
  "jsx_self_closing_element",
  "start_tag",
  "self_closing_tag",
  "block",
  "dictionary",
  "dict_pattern",
  "argument_list",
  "class_pattern",
  "formal_parameters",
  "annotation_argument_list",
  "enum_body_declarations",
  "field_declaration_list",
  "literal_value",
  "interface_type",
]);

/** From a name to its place: `x`, literal element, keyed element, literal. */
const MOST_STEPS_UP = 4;

/** What a use would be called, and the node that it was found in. */
export interface Replacement {
  readonly hit: Hit;
  readonly node: SgNode;
  readonly use: string;
}

/** Why a replacement would make two of one name: it is there already, or another name there would become it as well. */
export type Taken = "already" | "as-well";

/** Where a name must be the only one of its kind, and what it would be there. */
interface Claim {
  /** Equal for two that would be one and the same. */
  readonly key: string;
  readonly isTaken: boolean;
}

/** What stands beside a use, so that a replacement never makes a second member, key or attribute of one name. One for each file. */
export class Neighbours {
  readonly #text: string;
  readonly #names = new Map<number, ReadonlySet<string>>();
  #stepsLeft: number;

  /** `steps`: how often it may go up in the tree, which costs up to the length of the file each time. Behind that everything counts as taken. */
  constructor(text: string, steps: number) {
    this.#text = text;
    this.#stepsLeft = steps;
  }

  /** For each of the replacements of a file, in their order: null where it can be made. */
  taken(wanted: readonly (Replacement | null)[]): readonly (Taken | null)[] {
    const names = new Map<string, Set<string>>();
    for (const each of wanted) if (each !== null) addTo(names, each.use, each.hit.name);
    const claims = wanted.map((each) =>
      each !== null && (names.get(each.use)!.size > 1 || this.#text.includes(each.use))
        ? this.#claimOf(each)
        : null,
    );
    const claimants = new Map<string, Set<string>>();
    for (const [index, claim] of claims.entries()) {
      if (claim !== null) addTo(claimants, claim.key, wanted[index]!.hit.name);
    }
    return claims.map((claim) => {
      if (claim === null) return null;
      if (claim.isTaken) return "already";
      return claimants.get(claim.key)!.size > 1 ? "as-well" : null;
    });
  }

  #claimOf({ hit, node, use }: Replacement): Claim | null {
    if (!NAMING_FORMS.has(hit.form)) return this.#targetClaim(hit, node, use);
    let place: SgNode | null = node;
    for (let step = 0; place !== null && !PLACES.has(String(place.kind())); step += 1) {
      if (!this.#mayStep()) return { key: "", isTaken: true };
      if (step === MOST_STEPS_UP) return null;
      place = place.parent();
    }
    if (place === null) return null;
    const name = node.text().replace(hit.name, () => use);
    return { key: `${place.id()} ${name}`, isTaken: this.#namesIn(place).has(name) };
  }

  /** What is assigned to: where `order.amount` stands somewhere, `order.totalAmount = 1` would overwrite it. */
  #targetClaim(hit: Hit, node: SgNode, use: string): Claim | null {
    if (!this.#mayStep(STEPS_OF_TARGET)) return { key: "", isTaken: true };
    const target = targetOf(node);
    if (target === null) return null;
    const renamed = `${target.slice(0, target.lastIndexOf(hit.name))}${use}`;
    return { key: renamed, isTaken: wordHits(this.#text, renamed).length > 0 };
  }

  #mayStep(steps = 1): boolean {
    this.#stepsLeft -= steps;
    return this.#stepsLeft >= 0;
  }

  #namesIn(place: SgNode): ReadonlySet<string> {
    const known = this.#names.get(place.id());
    if (known !== undefined) return known;
    const names = new Set<string>();
    for (const entry of place.children()) collectNames(entry, names, 0);
    this.#names.set(place.id(), names);
    return names;
  }
}

function addTo(sets: Map<string, Set<string>>, key: string, value: string): void {
  const set = sets.get(key) ?? new Set<string>();
  sets.set(key, set.add(value));
}

/** Up to the assignment, and once through the text. */
const STEPS_OF_TARGET = 5;

/** What stands to the left of `=`, as it is written. Longer ones nobody writes. */
const LONGEST_TARGET = 200;

/** `order.x` or `order["x` where the name `x` is assigned to; null: it is only read. */
function targetOf(node: SgNode): string | null {
  const named = /^string_|literal_content$/u.test(String(node.kind())) ? node.parent() : node;
  const member = named?.parent() ?? null;
  const around = member?.parent() ?? null;
  // Go has lists to the left, also of one.
  const target = around?.kind() === "expression_list" ? around : member;
  const assignment = target?.parent() ?? null;
  if (member === null || target === null || assignment === null) return null;
  if (!ASSIGNMENTS.has(String(assignment.kind())) || !isField(assignment, "left", target)) return null;
  const length = node.range().end.index - member.range().start.index;
  return length > LONGEST_TARGET ? null : member.text().slice(0, length);
}

const ASSIGNMENTS = new Set(["assignment", "assignment_expression", "assignment_statement"]);

const NAME_FIELDS = ["name", "key", "property", "left", "declarator", "definition"] as const;
/** `class { x: int }` in Python: statement, assignment, list of names. */
const MOST_STEPS_DOWN = 4;

/** What an entry is called: `x` in `x: 1`, `"x": 1`, `x = 1`, `x, y int`. */
function collectNames(entry: SgNode, names: Set<string>, depth: number): void {
  const text = /identifier|_name$|^string_(?:fragment|content)$|literal_content$/u.test(String(entry.kind()));
  if (entry.isLeaf() && text) names.add(entry.text());
  if (entry.isLeaf() || depth > MOST_STEPS_DOWN) return;
  const named = NAME_FIELDS.flatMap((field) => entry.fieldChildren(field));
  const held = named.length > 0 ? named : isList(entry) ? entry.children() : firstOf(entry);
  for (const each of held) collectNames(each, names, depth + 1);
}

/** Strings begin with their quote. */
function isList(entry: SgNode): boolean {
  return /string|^pattern_list$/u.test(String(entry.kind()));
}

function firstOf(entry: SgNode): readonly SgNode[] {
  const first = entry.child(0);
  return first === null ? [] : [first];
}
