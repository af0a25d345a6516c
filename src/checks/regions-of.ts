import type { SgNode, SgRoot } from "@ast-grep/napi";
import { grammarOf, type Language } from "./languages.ts";
import { newRegion, type Region, spanOf } from "./regions.ts";

/** Each has a tree of its own, which costs tens of microseconds and some kilobytes however short it is. */
const MOST_EMBEDDED = 5_000;

/** How many times the length of the file may be parsed again: a script, in a template, with something between braces. */
const MOST_TIMES = 4;

/** The file and the code inside its markup. null: that is so much, or so often one in the other, that parsing it would cost far more than the file's length. */
export function regionsOf(root: SgRoot, language: Language): readonly Region[] | null {
  const grammar = grammarOf(language) ?? "Html";
  const file: Region = { grammar, root: root.root(), offset: 0, role: "file" };
  const regions = [file];
  if (grammar !== "Html") return regions;
  let room = MOST_TIMES * lengthOf(file);
  for (const region of piecesOf(file, language)) {
    room -= lengthOf(region);
    if (regions.length > MOST_EMBEDDED || room < 0) return null;
    regions.push(region);
  }
  return regions;
}

/** In UTF-16 units. */
export function lengthOf({ root }: Region): number {
  const { start, end } = root.range();
  return end.index - start.index;
}

/** One by one, so that no more are parsed than are wanted. */
function* piecesOf(file: Region, language: Language): Iterable<Region> {
  yield* embeddedIn(file);
  if (language === "Svelte") yield* bracesIn(file);
}

function* embeddedIn(file: Region): Iterable<Region> {
  const nodes = file.root.findAll({
    rule: { any: [{ kind: "raw_text" }, { kind: "attribute" }, { kind: "text" }] },
  });
  for (const node of nodes) {
    switch (node.kind()) {
      case "raw_text":
        yield* embeddedElement(node, file);
        break;
      case "attribute":
        yield* attributeCode(node, file);
        break;
      default:
        yield* interpolations(node, file);
        yield* controlFlow(node, file);
    }
  }
}

function* embeddedElement(node: SgNode, file: Region): Iterable<Region> {
  const element = node.parent();
  const offset = spanOf(node, file).start;
  if (element?.kind() === "style_element") {
    yield newRegion(node.text(), "Css", offset, "embedded");
    return;
  }
  const { type = "", lang = "" } = attributesOf(element?.child(0) ?? null);
  if (/template|html/u.test(type)) {
    const template = newRegion(node.text(), "Html", offset, "embedded");
    yield template;
    yield* embeddedIn(template);
    return;
  }
  const language = /^tsx?\b/u.exec(lang)?.[0];
  const grammar = language === "tsx" ? "Tsx" : language === "ts" ? "TypeScript" : "JavaScript";
  yield newRegion(node.text(), grammar, offset, "embedded");
}

/** Attributes of a tag, in lower case; of two with one name the first, as in browsers. */
function attributesOf(tag: SgNode | null): Readonly<Record<string, string>> {
  const attributes: Record<string, string> = {};
  for (const node of tag?.children() ?? []) {
    const name = node.is("attribute") ? node.child(0)?.text().toLowerCase() : undefined;
    if (name !== "type" && name !== "lang") continue;
    attributes[name] ??=
      node
        .find({ rule: { kind: "attribute_value" } })
        ?.text()
        .trim()
        .toLowerCase() ?? "";
  }
  return attributes;
}

/** Event handlers and the bindings of the common template languages hold code. */
const BINDING = /^(?:on[a-z]+$|[:@#[(*.]|v-|bind:|on:|x-|ng-)/iu;

/** Slots are given the names that their content destructures. */
const SLOT = /^(?:#|v-slot(?:$|[:.])|slot-scope$)/iu;

function* attributeCode(node: SgNode, file: Region): Iterable<Region> {
  const name = node.child(0)?.text() ?? "";
  const value = node.find({ rule: { kind: "attribute_value" } });
  if (value === null) return;
  const text = decoded(value.text());
  const offset = spanOf(value, file).start;
  const scheme = /^\s*javascript:/iu.exec(text)?.[0].length;
  if (name.toLowerCase() === "style") yield wrapped("a{", text, "}", "Css", offset);
  else if (SLOT.test(name)) yield wrapped("(", text, ")=>0", "TypeScript", offset);
  else if (name.toLowerCase() === "v-for") yield loop(text, offset);
  else if (BINDING.test(name)) yield newRegion(text, "TypeScript", offset, "expression");
  else if (scheme === undefined) yield* interpolations(value, file);
  else yield newRegion(text.slice(scheme), "JavaScript", offset + scheme, "expression");
}

/** `{ x } in list` and `({ x }, index) in list` are the head of a loop. */
function loop(text: string, offset: number): Region {
  const items = /^(\s*)\(([\s\S]*)\)(\s+(?:in|of)\s)/u.exec(text);
  const head = items === null ? text : `${items[1]!}[${items[2]!}]${items[3]!}${text.slice(items[0].length)}`;
  return wrapped("for(const ", head, ");", "TypeScript", offset);
}

function wrapped(
  before: string,
  text: string,
  after: string,
  grammar: "Css" | "TypeScript",
  offset: number,
): Region {
  return newRegion(`${before}${text}${after}`, grammar, offset - before.length, "wrapped");
}

const ENTITIES: Readonly<Record<string, string>> = {
  "&quot;": '"',
  "&#34;": '"',
  "&apos;": "'",
  "&#39;": "'",
  "&#x27;": "'",
  "&amp;": "&",
  "&lt;": "<",
  "&gt;": ">",
};

/** What the value of an attribute says, as long as before: an entity becomes its character and spaces, outside of the quotes that it may be. */
function decoded(text: string): string {
  if (!text.includes("&")) return text;
  let isInside = false;
  return text.replaceAll(/(?:&(?:quot|apos|amp|lt|gt|#34|#39|#x27);)+/giu, (run) => {
    const plain = run.replaceAll(/&[^;]+;/gu, (entity) => ENTITIES[entity.toLowerCase()] ?? entity);
    const room = " ".repeat(run.length - plain.length);
    const isClosing = isInside;
    for (const character of plain) if (character === '"' || character === "'") isInside = !isInside;
    return isClosing ? plain + room : room + plain;
  });
}

function* interpolations(node: SgNode, file: Region): Iterable<Region> {
  const offset = spanOf(node, file).start;
  const text = node.text();
  for (let open = text.indexOf("{{"); open !== -1; open = text.indexOf("{{", open + 2)) {
    const close = text.indexOf("}}", open + 2);
    const end = close === -1 ? text.length : close;
    yield newRegion(text.slice(open + 2, end), "TypeScript", offset + open + 2, "expression");
    if (close === -1) break;
    open = close;
  }
}

/** `@if (order.x) {` in a template of Angular. */
function* controlFlow(node: SgNode, file: Region): Iterable<Region> {
  const offset = spanOf(node, file).start;
  const text = node.text();
  const opening = /@(?:if|else if|for|switch|case)\s*\(/gu;
  for (let match = opening.exec(text); match !== null; match = opening.exec(text)) {
    const start = opening.lastIndex;
    const end = closingAt(text, start, "(", ")");
    yield newRegion(text.slice(start, end), "TypeScript", offset + start, "expression");
    // Behind it, so that a file of nothing else costs no more than its length.
    opening.lastIndex = end;
  }
}

/** What Svelte has between braces, anywhere but in scripts, styles and comments. */
function* bracesIn(file: Region): Iterable<Region> {
  const text = markupOf(file);
  for (let open = text.indexOf("{"); open !== -1; open = text.indexOf("{", open)) {
    const close = closingAt(text, open + 1, "{", "}");
    const inside = text.slice(open + 1, close);
    open += 1;
    const names = NAMING_BLOCK.exec(inside)?.[0].length ?? 0;
    if (names > 0) {
      yield* namingBlock(inside, names, open);
      open = close;
      continue;
    }
    // `#if`, `:else if`, `@html`, `...`: what follows is the expression.
    const word = /^\s*(?:[#:@](?:else if|[a-z]+)|\.\.\.)?/u.exec(inside)![0].length;
    yield newRegion(inside.slice(word), "TypeScript", open + word, "expression");
    open = close;
  }
}

/** `#each list as { x }, i (key)`, `#await promise then { x }`, `:then { x }`: as far as the names that its content destructures. */
const NAMING_BLOCK = /^\s*(?:#each\s[\s\S]*\sas|#await\s[\s\S]*\s(?:then|catch)|:(?:then|catch))\s*(?=[{[])/u;

function* namingBlock(inside: string, names: number, offset: number): Iterable<Region> {
  const head = inside.slice(0, names).trimEnd();
  const word = /^\s*[#:][a-z]+/u.exec(head)![0].length;
  const list = head.slice(word).replace(/\s(?:as|then|catch)$/u, "");
  yield newRegion(list, "TypeScript", offset + word, "expression");
  const [open, close] = inside[names] === "{" ? (["{", "}"] as const) : (["[", "]"] as const);
  const end = Math.min(closingAt(inside, names + 1, open, close) + 1, inside.length);
  yield wrapped("(", inside.slice(names, end), ")=>0", "TypeScript", offset + names);
  const key = inside.indexOf("(", end);
  if (key !== -1) yield newRegion(inside.slice(key), "TypeScript", offset + key, "expression");
}

/** The text of a file with spaces for its scripts, styles and comments. */
function markupOf(file: Region): string {
  const text = file.root.text();
  let end = 0;
  let markup = "";
  for (const node of file.root.findAll({ rule: { any: [{ kind: "raw_text" }, { kind: "comment" }] } })) {
    const span = spanOf(node, file);
    markup += text.slice(end, span.start) + " ".repeat(span.end - span.start);
    end = span.end;
  }
  return markup + text.slice(end);
}

/** Where what opened before `from` is closed; the end of the text where it is not. */
function closingAt(text: string, from: number, open: string, close: string): number {
  let depth = 1;
  for (let at = from; at < text.length; at += 1) {
    if (text[at] === open) depth += 1;
    else if (text[at] === close) depth -= 1;
    if (depth === 0) return at;
  }
  return text.length;
}
