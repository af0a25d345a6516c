/** Prefixes of GraphQL node ids, as GitHub writes them. */
export type NodeKind =
  | "U"
  | "O"
  | "BOT"
  | "A"
  | "R"
  | "I"
  | "PR"
  | "IC"
  | "LA"
  | "PRR"
  | "PRRC"
  | "CR"
  | "CS"
  | "RE"
  | "EV"
  | "REF"
  | "C"
  | "T"
  | "B"
  | "TA"
  | "SC"
  | "DE"
  | "DES"
  | "RRS"
  | "RRU"
  | "ACT";

/** `key` is a database id, or `<repository id>:<name or oid>` for git objects and refs. */
export function nodeId(kind: NodeKind, key: number | string): string {
  return `${kind}_${Buffer.from(String(key)).toString("base64url")}`;
}

export function readNodeId(id: string): { readonly kind: string; readonly key: string } | undefined {
  const split = id.lastIndexOf("_", id.indexOf("_"));
  if (split < 1) return undefined;
  return { kind: id.slice(0, split), key: Buffer.from(id.slice(split + 1), "base64url").toString() };
}
