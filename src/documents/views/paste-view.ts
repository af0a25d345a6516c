import type { Paste } from "../../incident/state/problem.ts";
import type { SafeMarkdown } from "../markdown.ts";
import { fileBlock } from "../markdown.ts";

/** A file, or a part of one, to copy. */
export interface PasteView {
  readonly path: string;
  readonly block: SafeMarkdown;
}

/** Each text once. */
export function pasteViews(pastes: readonly Paste[]): readonly PasteView[] {
  const texts = new Map(
    pastes.map(({ path, text }) => [`${path}\n${text}`, { path, block: fileBlock(text) }]),
  );
  return [...texts.values()];
}
