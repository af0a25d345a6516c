import type { TreeEntry } from "./commit-state.ts";
import type { ChangedFile } from "./provenance.ts";
import { decodeSource, isBinary } from "./source-text.ts";

/** A changed file as a comparison lists it. */
export interface ComparedFile extends ChangedFile {
  readonly additions: number;
  readonly deletions: number;
  /** Whether only the trees tell what became of its mode: it is gone, or changed into something else. */
  readonly isModeUnknown: boolean;
}

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
  /** Text at the commit; null for what is removed, binary, or was not read. */
  readonly text: string | null;
}

/**
 * Changes from what was read of them. `before`: the tree at the merge base, where it was needed. `contents`: bytes by blob id, of files whose
 * patch does not tell enough.
 */
export function changesOf(
  files: readonly ComparedFile[],
  entries: ReadonlyMap<string, TreeEntry>,
  before: ReadonlyMap<string, TreeEntry> | null,
  contents: ReadonlyMap<string, Uint8Array>,
): readonly Change[] {
  return files.map((file) => {
    const entry = file.status === "removed" ? undefined : entries.get(file.path);
    const mode = entry?.mode ?? null;
    const bytes = contents.get(entry?.oid ?? "");
    const hasNoText = bytes !== undefined && isBinary(bytes);
    return {
      ...file,
      mode,
      previousMode:
        file.previousPath === null ? null : (before?.get(file.previousPath)?.mode ?? mode ?? "100644"),
      size: entry?.size ?? 0,
      isBinary: hasNoText,
      text: hasNoText ? null : bytes === undefined ? wholePatch(file) : decodeSource(bytes).text,
    };
  });
}

/** The patch of an added file holds all of it. */
function wholePatch({ status, addedLines }: ComparedFile): string | null {
  return status === "added" && addedLines !== null ? [...addedLines.values(), ""].join("\n") : null;
}

/** Lines that the change wrote, with their numbers from 1. All lines of a file whose patch GitHub did not send. */
export function writtenLines(change: Change): readonly { readonly line: number; readonly text: string }[] {
  if (change.addedLines !== null) return [...change.addedLines].map(([line, text]) => ({ line, text }));
  return (change.text ?? "")
    .split("\n")
    .map((text, index) => ({ line: index + 1, text: text.replace(/\r$/u, "") }));
}
