import { spanOf } from "../regions.ts";
import { containingOneOf, exactlyOneOf, type Forms } from "./hit.ts";

/** What frameworks put around the name of a property in an attribute: `:x`, `v-bind:x.sync`, `[x]`, `[(x)]`, `@x`, `bind:x`. */
const DECORATION =
  /^(?<before>(?:v-bind:|v-on:|v-model:|bind:|on:|[:@#*])?[[(]{0,2})(?<name>[^\])]+?)[)\]]{0,2}(?:\.[a-z.]+)?$/u;

/** Attributes of HTML, decorated or not. Text between tags is text. */
export const htmlForms: Forms = {
  candidates: (names) => [{ kind: "attribute_name", regex: containingOneOf(names) }],
  hitsOf(node, region, names) {
    const groups = DECORATION.exec(node.text())?.groups;
    const name = groups?.name ?? "";
    if (!names.has(name)) return [];
    const start = spanOf(node, region).start + groups!.before!.length;
    return [{ start, end: start + name.length, name, form: "attribute", rewrite: "attribute" }];
  },
};

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
    if (node.kind() === "plain_value" && !name.startsWith("--")) return [];
    const form = node.kind() === "attribute_name" ? "attribute selector" : "CSS property";
    return [{ ...spanOf(node, region), name, form, rewrite: "attribute" }];
  },
};
