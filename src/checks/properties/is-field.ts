import type { SgNode } from "@ast-grep/napi";

/** Whether `node` is what `parent` has under this name of the grammar. */
export function isField(parent: SgNode, field: string, node: SgNode): boolean {
  return parent.field(field)?.id() === node.id();
}
