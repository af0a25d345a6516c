import picomatch from "picomatch";
import { resolveVersionFile } from "../incident/resolve-version-file.ts";
import type { ConflictLines, VersionFileKind } from "../incident/state/forecast-facts.ts";
import { mergeFile } from "./merge-file.ts";

/** One file at one commit. */
export interface SideFile {
  readonly oid: string;
  /** As git writes it, octal digits: `100644`, `100755`, `120000` for a link, `160000` for a submodule. */
  readonly mode: string;
  /** null: not read as text (binary, too large, not UTF-8, or no file at all). */
  readonly text: string | null;
}

/** null: the file does not exist there. */
export interface ThreeSides {
  readonly path: string;
  readonly base: SideFile | null;
  readonly hotfix: SideFile | null;
  readonly target: SideFile | null;
}

/** A file as a tree holds it: an object that exists, or a text that has to become one. null: no such file. */
export type MergedContent =
  | { readonly mode: string; readonly oid: string }
  | { readonly mode: string; readonly text: string }
  | null;

export type MergedSides =
  | { readonly path: string; readonly kind: "clean"; readonly content: MergedContent }
  | {
      readonly path: string;
      readonly kind: "conflict";
      /** The policy that settles it, with what it makes of the file; null: people resolve it. */
      readonly settled: { readonly as: VersionFileKind; readonly content: MergedContent } | null;
      readonly hunks: readonly ConflictLines[];
      /** Why there are no hunks; null where there are. */
      readonly sentence: string | null;
      /** With conflict markers; null where markers cannot show it. */
      readonly draft: MergedContent;
    };

/** Merges one file of which the fix's side has a change. `kindOf` names the policy for a path. */
export function mergeSides(
  sides: ThreeSides,
  kindOf: (path: string) => VersionFileKind | null = () => null,
): MergedSides {
  const { path, base, hotfix, target } = sides;
  if (isSame(hotfix, target) || isSame(base, hotfix)) return { path, kind: "clean", content: target };
  if (isSame(base, target)) return { path, kind: "clean", content: hotfix };
  if (hotfix === null || target === null) {
    const [gone, changed] = hotfix === null ? ["the hotfix", "the target"] : ["the target", "the hotfix"];
    return unmerged(path, `${gone} deleted or renamed it and ${changed} changed it`);
  }
  const mode = base?.mode === hotfix.mode ? target.mode : hotfix.mode;
  if (mode !== target.mode && target.mode !== base?.mode) {
    return unmerged(path, "both sides changed what kind of file it is");
  }
  if ([base, hotfix, target].some((side) => side !== null && side.text === null)) {
    return unmerged(path, "both sides changed it, and it is not text or too large to compare");
  }
  return mergeTexts(sides, mode, kindOf(path));
}

function mergeTexts(sides: ThreeSides, mode: string, kind: VersionFileKind | null): MergedSides {
  const { path } = sides;
  const base = sides.base?.text ?? null;
  const hotfix = sides.hotfix?.text ?? "";
  const target = sides.target?.text ?? "";
  const merge = mergeFile({ path, base, hotfix, target });
  if (merge.kind === "clean") return { path, kind: "clean", content: { mode, text: merge.text ?? "" } };
  const settledText =
    kind === null || base === null ? null : resolveVersionFile(kind, { base, hotfix, target });
  const settled =
    kind === null || settledText === null ? null : { as: kind, content: { mode, text: settledText } };
  if (merge.kind !== "conflict") return { ...unmerged(path, merge.sentence), settled };
  return {
    path,
    kind: "conflict",
    settled,
    sentence: null,
    draft: { mode, text: merge.withMarkers },
    hunks: merge.hunks.map((hunk) => ({
      hotfix: { line: hunk.hotfixLine, lines: hunk.hotfix.length },
      target: { line: hunk.targetLine, lines: hunk.target.length },
    })),
  };
}

function unmerged(path: string, sentence: string): Extract<MergedSides, { kind: "conflict" }> {
  return { path, kind: "conflict", settled: null, hunks: [], sentence, draft: null };
}

function isSame(one: SideFile | null, other: SideFile | null): boolean {
  return one?.oid === other?.oid && one?.mode === other?.mode;
}

/** The policy for a path: the first glob that matches. */
export function versionFileKinds(
  versionFiles: readonly { readonly path: string; readonly kind: VersionFileKind }[],
): (path: string) => VersionFileKind | null {
  const known = versionFiles.map(({ path, kind }) => ({ matches: picomatch(path), kind }));
  return (path) => known.find(({ matches }) => matches(path))?.kind ?? null;
}

/** A row of equals signs alone is also a heading: only the first and the last marker together make a conflict. */
export function hasConflictMarkers(text: string): boolean {
  return /^<{7}(?: |$)/mu.test(text) && /^>{7}(?: |$)/mu.test(text);
}
