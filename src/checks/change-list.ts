import type { ChangedFile } from "./provenance.ts";

/** A file that differs between the merge base and the commit, with what the properties of a change look at. */
export interface Change extends ChangedFile {
  /** Git's modes; null on the side where the file does not exist. */
  readonly mode: string | null;
  readonly previousMode: string | null;
  readonly additions: number;
  readonly deletions: number;
  /** Bytes at the commit; 0 for a removed file. */
  readonly size: number;
  readonly isBinary: boolean;
  /** Text at the commit; null for what is removed, binary, or too large to be read. */
  readonly text: string | null;
}

/** Lines that the change wrote, with their numbers from 1. All lines of a file whose patch GitHub did not send. */
export function writtenLines(change: Change): readonly { readonly line: number; readonly text: string }[] {
  if (change.text === null) return [];
  const lines = change.text
    .split("\n")
    .map((text, index) => ({ line: index + 1, text: text.replace(/\r$/u, "") }));
  const { addedLines } = change;
  return addedLines === null ? lines : lines.filter(({ line }) => addedLines.has(line));
}
