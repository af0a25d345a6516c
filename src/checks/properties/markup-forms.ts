import type { SgNode } from "@ast-grep/napi";
import { spanOf } from "../regions.ts";
import { containingOneOf, exactlyOneOf, type Forms } from "./hit.ts";

/**
 * What frameworks put before the name of a property in an attribute: `:x`, `v-bind:x.sync`, `[x]`, `[(x)]`, `@x`, `bind:x`, `{x}`. Behind `#` it names
 * a slot or a variable, and in `:[x]` it is one.
 */
const BEFORE = /^(?:[vx]-bind:|[vx]-on:|v-model:|bind:|on:|let:|[:@*.]|[[({]{1,2})?/u;

/** What may follow the name. */
const BEHIND = /^[)\]}]{0,2}(?:\.[a-z.]+)?$/u;

/** Attributes of HTML, decorated or not. Text between tags is text. */
export const htmlForms: Forms = {
  candidates: (names) => [{ kind: "attribute_name", regex: containingOneOf(names) }],
  hitsOf(node, region, names) {
    const text = node.text();
    const before = BEFORE.exec(text)![0];
    const name = namedIn(text.slice(before.length), names);
    if (name === null) return [];
    const start = spanOf(node, region).start + before.length;
    // Without a value it also names the variable, which keeps its name.
    const isShorthand = /^(?:\{|:|v-bind:|bind:|let:)/u.test(before) && node.parent()?.child(1) === null;
    const rewrite = isShorthand ? "none" : "attribute";
    return [{ start, end: start + name.length, name, form: "attribute", rewrite }];
  },
};

/** The names are few and the attribute is hostile: each is compared once, so that a long attribute costs its length. */
function namedIn(text: string, names: ReadonlySet<string>): string | null {
  for (const name of names) if (text.startsWith(name) && BEHIND.test(text.slice(name.length))) return name;
  return null;
}

/** Properties of CSS, custom properties where they are read, and attribute selectors. Class names and ids are not properties. */
export const cssForms: Forms = {
  candidates: (names) => [
    {
      regex: exactlyOneOf(names),
      any: [
        { kind: "property_name" },
        { kind: "feature_name" },
        { kind: "attribute_name" },
        { kind: "plain_value" },
      ],
    },
  ],
  hitsOf(node, region) {
    const name = node.text();
    const isRead = node.kind() === "plain_value" && isAttributeRead(node);
    if (node.kind() === "plain_value" && !name.startsWith("--") && !isRead) return [];
    const form =
      node.kind() === "attribute_name" ? "attribute selector" : isRead ? "attribute" : "CSS property";
    return [{ ...spanOf(node, region), name, form, rewrite: "attribute" }];
  },
};

/** The first argument of `attr(x)`. */
function isAttributeRead(node: SgNode): boolean {
  const list = node.parent();
  return (
    list?.kind() === "arguments" &&
    list.namedChildren()[0]?.id() === node.id() &&
    list.parent()?.child(0)?.text().toLowerCase() === "attr"
  );
}
