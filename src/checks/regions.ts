import { parse, type SgNode, type SgRoot } from "@ast-grep/napi";
import type { Grammar } from "./languages.ts";

/** A piece of a file in one grammar: the file itself, or code embedded in markup. */
export interface Region {
  readonly grammar: Grammar;
  readonly root: SgNode;
  /** Where the piece starts in the file, in UTF-16 units. */
  readonly offset: number;
  /** What it is to the file: its whole text, an embedded script or style, or an expression in markup. */
  readonly role: "file" | "embedded" | "expression";
}

export interface Span {
  readonly start: number;
  readonly end: number;
}

/** Unclosed tags make the HTML grammar quadratic; files with more tags than this are searched as text. */
const MAX_TAGS = 20_000;

/** Whether a file can be given to its grammar without a hostile one costing more than its size. */
export function isParseable(text: string, grammar: Grammar): boolean {
  if (grammar !== "Html") return true;
  let tags = 0;
  for (let at = text.indexOf("<"); at !== -1; at = text.indexOf("<", at + 1)) {
    tags += 1;
    if (tags > MAX_TAGS) return false;
  }
  return true;
}

/** Parses a file by itself. Broken code gives a tree with errors in it, not an exception. */
export function parseFile(text: string, grammar: Grammar): SgRoot {
  // A NUL ends the text for some grammars; a space of the same length hides nothing.
  return parse(grammar, text.replaceAll("\0", " "));
}

/** The file and the code inside its markup. */
export function regionsOf(root: SgRoot, grammar: Grammar): readonly Region[] {
  const file: Region = { grammar, root: root.root(), offset: 0, role: "file" };
  return grammar === "Html" ? [file, ...embeddedIn(file)] : [file];
}

/** Offsets of a node in the file. */
export function spanOf(node: SgNode, within: Region): Span {
  const range = node.range();
  return { start: within.offset + range.start.index, end: within.offset + range.end.index };
}

function region(text: string, grammar: Grammar, offset: number, role: Region["role"]): Region {
  return { grammar, root: parseFile(text, grammar).root(), offset, role };
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
        return boundAttribute(node, file);
      default:
        return interpolations(node, file);
    }
  });
}

function embeddedElement(node: SgNode, file: Region): readonly Region[] {
  const element = node.parent();
  const offset = spanOf(node, file).start;
  if (element?.kind() === "style_element") return [region(node.text(), "Css", offset, "embedded")];
  const tag = element?.child(0)?.text() ?? "";
  if (/\btype\s*=\s*["']?[^"'>]*(?:template|html)/iu.test(tag)) {
    const template = region(node.text(), "Html", offset, "embedded");
    return [template, ...embeddedIn(template)];
  }
  const language = /\blang\s*=\s*["']?(tsx?)\b/iu.exec(tag)?.[1]?.toLowerCase();
  const grammar = language === "tsx" ? "Tsx" : language === "ts" ? "TypeScript" : "JavaScript";
  return [region(node.text(), grammar, offset, "embedded")];
}

/** Event handlers and the bindings of the common template languages hold code. */
const BINDING = /^(?:on[a-z]+$|[:@#[(*]|v-|bind:|on:|x-)/iu;

function boundAttribute(node: SgNode, file: Region): readonly Region[] {
  const name = node.child(0)?.text() ?? "";
  if (!BINDING.test(name)) return [];
  const value = node.find({ rule: { kind: "attribute_value" } });
  return value === null ? [] : [region(value.text(), "TypeScript", spanOf(value, file).start, "expression")];
}

function interpolations(node: SgNode, file: Region): readonly Region[] {
  const offset = spanOf(node, file).start;
  const text = node.text();
  const found: Region[] = [];
  for (let open = text.indexOf("{{"); open !== -1; open = text.indexOf("{{", open + 2)) {
    const close = text.indexOf("}}", open + 2);
    const end = close === -1 ? text.length : close;
    found.push(region(text.slice(open + 2, end), "TypeScript", offset + open + 2, "expression"));
    if (close === -1) break;
    open = close;
  }
  return found;
}
