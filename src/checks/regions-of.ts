import type { SgNode, SgRoot } from "@ast-grep/napi";
import { grammarOf, type Language } from "./languages.ts";
import { newRegion, type Region, spanOf } from "./regions.ts";

/** The file and the code inside its markup. */
export function regionsOf(root: SgRoot, language: Language): readonly Region[] {
  const grammar = grammarOf(language) ?? "Html";
  const file: Region = { grammar, root: root.root(), offset: 0, role: "file" };
  if (grammar !== "Html") return [file];
  return [file, ...embeddedIn(file), ...(language === "Svelte" ? bracesIn(file) : [])];
}

function embeddedIn(file: Region): readonly Region[] {
  const nodes = file.root.findAll({
    rule: { any: [{ kind: "raw_text" }, { kind: "attribute" }, { kind: "text" }] },
  });
  return nodes.flatMap((node) => {
    switch (node.kind()) {
      case "raw_text":
        return embeddedElement(node, file);
      case "attribute":
        return attributeCode(node, file);
      default:
        return [...interpolations(node, file), ...controlFlow(node, file)];
    }
  });
}

function embeddedElement(node: SgNode, file: Region): readonly Region[] {
  const element = node.parent();
  const offset = spanOf(node, file).start;
  if (element?.kind() === "style_element") return [newRegion(node.text(), "Css", offset, "embedded")];
  const tag = element?.child(0)?.text() ?? "";
  if (/\btype\s*=\s*["']?[^"'>]*(?:template|html)/iu.test(tag)) {
    const template = newRegion(node.text(), "Html", offset, "embedded");
    return [template, ...embeddedIn(template)];
  }
  const language = /\blang\s*=\s*["']?(tsx?)\b/iu.exec(tag)?.[1]?.toLowerCase();
  const grammar = language === "tsx" ? "Tsx" : language === "ts" ? "TypeScript" : "JavaScript";
  return [newRegion(node.text(), grammar, offset, "embedded")];
}

/** Event handlers and the bindings of the common template languages hold code. */
const BINDING = /^(?:on[a-z]+$|[:@#[(*]|v-|bind:|on:|x-)/iu;

/** Slots are given the names that their content destructures. */
const SLOT = /^(?:#|v-slot(?:$|[:.])|slot-scope$)/iu;

function attributeCode(node: SgNode, file: Region): readonly Region[] {
  const name = node.child(0)?.text() ?? "";
  const value = node.find({ rule: { kind: "attribute_value" } });
  if (value === null) return [];
  const text = decoded(value.text());
  const offset = spanOf(value, file).start;
  if (name.toLowerCase() === "style") return [wrapped("a{", text, "}", "Css", offset)];
  if (SLOT.test(name)) return [wrapped("(", text, ")=>0", "TypeScript", offset)];
  if (name.toLowerCase() === "v-for") return [loop(text, offset)];
  if (BINDING.test(name)) return [newRegion(text, "TypeScript", offset, "expression")];
  const scheme = /^\s*javascript:/iu.exec(text)?.[0].length;
  if (scheme !== undefined) {
    return [newRegion(text.slice(scheme), "JavaScript", offset + scheme, "expression")];
  }
  return interpolations(value, file);
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

function interpolations(node: SgNode, file: Region): readonly Region[] {
  const offset = spanOf(node, file).start;
  const text = node.text();
  const found: Region[] = [];
  for (let open = text.indexOf("{{"); open !== -1; open = text.indexOf("{{", open + 2)) {
    const close = text.indexOf("}}", open + 2);
    const end = close === -1 ? text.length : close;
    found.push(newRegion(text.slice(open + 2, end), "TypeScript", offset + open + 2, "expression"));
    if (close === -1) break;
    open = close;
  }
  return found;
}

/** `@if (order.x) {` in a template of Angular. */
function controlFlow(node: SgNode, file: Region): readonly Region[] {
  const offset = spanOf(node, file).start;
  const text = node.text();
  const opening = /@(?:if|else if|for|switch|case)\s*\(/gu;
  const found: Region[] = [];
  for (let match = opening.exec(text); match !== null; match = opening.exec(text)) {
    const start = opening.lastIndex;
    const end = closingAt(text, start, "(", ")");
    found.push(newRegion(text.slice(start, end), "TypeScript", offset + start, "expression"));
    // Behind it, so that a file of nothing else costs no more than its length.
    opening.lastIndex = end;
  }
  return found;
}

/** What Svelte has between braces, anywhere but in scripts, styles and comments. */
function bracesIn(file: Region): readonly Region[] {
  const text = markupOf(file);
  const found: Region[] = [];
  for (let open = text.indexOf("{"); open !== -1; open = text.indexOf("{", open)) {
    const close = closingAt(text, open + 1, "{", "}");
    const inside = text.slice(open + 1, close);
    // `#if`, `:else if`, `@html`, `...`: what follows is the expression.
    const word = /^\s*(?:[#:@](?:else if|[a-z]+)|\.\.\.)?/u.exec(inside)![0].length;
    found.push(newRegion(inside.slice(word), "TypeScript", open + 1 + word, "expression"));
    open = close;
  }
  return found;
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
