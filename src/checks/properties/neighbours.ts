import type { SgNode } from "@ast-grep/napi";
import type { Hit } from "./hit.ts";

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

  /** Is what the use would be called taken where it stands? */
  hold({ form, name }: Hit, node: SgNode, use: string): boolean {
    if (!NAMING_FORMS.has(form) || !this.#text.includes(use)) return false;
    let place: SgNode | null = node;
    for (let step = 0; place !== null && !PLACES.has(String(place.kind())); step += 1) {
      this.#stepsLeft -= 1;
      if (this.#stepsLeft < 0) return true;
      if (step === MOST_STEPS_UP) return false;
      place = place.parent();
    }
    return place !== null && this.#namesIn(place).has(node.text().replace(name, () => use));
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
