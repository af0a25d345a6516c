import type { Node } from "yaml";

/** Where a node begins in the text of the file. */
export function startOf(node: Node): number {
  return node.range?.[0] ?? 0;
}
