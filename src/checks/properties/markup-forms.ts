import { type Region, spanOf } from "../regions.ts";
import { exactly, type Hit } from "./hit.ts";

/** What frameworks put around the name of a property in an attribute: `:x`, `v-bind:x.sync`, `[x]`, `[(x)]`, `@x`, `bind:x`. */
const DECORATION =
  /^(?<before>(?:v-bind:|v-on:|v-model:|bind:|on:|[:@#*])?[[(]{0,2})(?<name>[^\])]+?)[)\]]{0,2}(?:\.[a-z.]+)?$/u;

/** Attributes of HTML, decorated or not. Text between tags is text. */
export function htmlHits(region: Region, name: string): readonly Hit[] {
  return region.root.findAll({ rule: { kind: "attribute_name" } }).flatMap((node) => {
    const groups = DECORATION.exec(node.text())?.groups;
    if (groups === undefined || groups.name !== name) return [];
    const start = spanOf(node, region).start + groups.before!.length;
    return [{ start, end: start + name.length, form: "attribute", rewrite: "attribute" as const }];
  });
}

/** Properties of CSS, custom properties where they are read, and attribute selectors. Class names and ids are not properties. */
export function cssHits(region: Region, name: string): readonly Hit[] {
  const regex = exactly(name);
  return region.root
    .findAll({
      rule: {
        regex,
        any: [
          { kind: "property_name" },
          { kind: "feature_name" },
          { kind: "attribute_name" },
          { kind: "plain_value" },
        ],
      },
    })
    .flatMap((node) => {
      if (node.kind() === "plain_value" && !name.startsWith("--")) return [];
      const form = node.kind() === "attribute_name" ? "attribute selector" : "CSS property";
      return [{ ...spanOf(node, region), form, rewrite: "attribute" as const }];
    });
}
