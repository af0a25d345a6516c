import {
  isMap,
  isScalar,
  isSeq,
  type Node,
  type Pair,
  parseDocument,
  type Scalar,
  type YAMLMap,
  type YAMLSeq,
} from "yaml";
import type { RuleList } from "./edited.ts";

/** Where in a file a list of `checks` stands, or would stand. */
export type ForbidPlace =
  | { readonly kind: "list"; readonly list: YAMLSeq<Node>; readonly key: Scalar; readonly isJson: boolean }
  /** The key is there, and nothing or a written `null` behind it. */
  | {
      readonly kind: "empty";
      readonly of: "forbid" | "checks";
      readonly key: Scalar;
      readonly value: Node | null;
    }
  /** `checks` is there without it. */
  | { readonly kind: "checks"; readonly map: YAMLMap; readonly key: Scalar; readonly isJson: boolean }
  /** Not even `checks`. `map` null: the file holds no key at all. */
  | { readonly kind: "root"; readonly map: YAMLMap | null }
  /** Something that only a person can tell how to change: an alias, or what is no list. */
  | { readonly kind: "other" };

type Entry = Pair<Scalar, Node | null>;

/** `source`: valid by `readYaml`, without a byte order mark. */
export function forbidPlace(source: string, list: RuleList = "forbid"): ForbidPlace {
  const { contents: root } = parseDocument(source, { schema: "core", keepSourceTokens: true });
  if (root === null || isEmpty(root)) return { kind: "root", map: null };
  if (!isMap(root)) return { kind: "other" };
  const isJson = root.flow === true;
  const checks = entryOf(root, "checks");
  if (checks === undefined) return { kind: "root", map: root };
  if (isEmpty(checks.value)) return { kind: "empty", of: "checks", key: checks.key, value: checks.value };
  if (!isMap(checks.value)) return { kind: "other" };
  const forbid = entryOf(checks.value, list);
  if (forbid === undefined) return { kind: "checks", map: checks.value, key: checks.key, isJson };
  if (isEmpty(forbid.value)) return { kind: "empty", of: "forbid", key: forbid.key, value: forbid.value };
  return isSeq(forbid.value)
    ? { kind: "list", list: forbid.value as YAMLSeq<Node>, key: forbid.key, isJson }
    : { kind: "other" };
}

function entryOf(map: YAMLMap, name: string): Entry | undefined {
  return map.items.find(({ key }) => isScalar(key) && key.value === name) as Entry | undefined;
}

function isEmpty(value: unknown): boolean {
  return value === null || (isScalar(value) && value.value === null);
}
