import { diff3MergeRegions } from "node-diff3";

/** One file on the three sides of a merge; null where it does not exist there. */
export interface FileSides {
  readonly path: string;
  readonly base: string | null;
  readonly hotfix: string | null;
  readonly target: string | null;
}

/** Lines are numbered from 1; an empty side has length 0. */
export interface ConflictHunk {
  readonly hotfixLine: number;
  readonly targetLine: number;
  readonly hotfix: readonly string[];
  readonly target: readonly string[];
}

export type FileMerge =
  | { readonly path: string; readonly kind: "clean"; readonly text: string | null }
  | {
      readonly path: string;
      readonly kind: "conflict";
      readonly hunks: readonly ConflictHunk[];
      readonly withMarkers: string;
    }
  /** One side changed what the other deleted, or both made different files of one name. */
  | { readonly path: string; readonly kind: "deleted-or-added"; readonly sentence: string }
  /** Not text, or too large to compare here. */
  | { readonly path: string; readonly kind: "not-compared"; readonly sentence: string };

/** Above this, one file is not compared: diff3 takes time quadratic in the differing lines. */
const MOST_LINES = 20_000;

/**
 * Three-way merge of one file, as git would do it line by line, without rename detection. Where equal lines repeat, git may see another line as the
 * deleted one and call a conflict what is clean here: good for telling people what to expect, not for committing.
 */
export function mergeFile(sides: FileSides): FileMerge {
  const { path, base, hotfix, target } = sides;
  if (hotfix === target || base === hotfix) return { path, kind: "clean", text: target };
  if (base === target) return { path, kind: "clean", text: hotfix };
  if (hotfix === null || target === null) {
    const [deleted, changed] = hotfix === null ? ["the hotfix", "the target"] : ["the target", "the hotfix"];
    return { path, kind: "deleted-or-added", sentence: `${deleted} deleted it and ${changed} changed it` };
  }
  if ([base, hotfix, target].some((text) => text?.includes("\0"))) {
    return { path, kind: "not-compared", sentence: "it is not text and both sides changed it" };
  }
  const [ours, origin, theirs] = [lines(hotfix), lines(base ?? ""), lines(target)];
  if (Math.max(ours.length, origin.length, theirs.length) > MOST_LINES) {
    return {
      path,
      kind: "not-compared",
      sentence: `it has more than ${MOST_LINES} lines and both sides changed it`,
    };
  }
  return mergeLines(path, ours, origin, theirs);
}

interface Region {
  readonly stable: boolean;
  readonly bufferContent?: readonly string[];
  readonly aStart?: number;
  readonly bStart?: number;
  readonly aContent?: readonly string[];
  readonly oContent?: readonly string[];
  readonly bContent?: readonly string[];
}

function mergeLines(
  path: string,
  ours: readonly string[],
  origin: readonly string[],
  theirs: readonly string[],
): FileMerge {
  const merged: string[] = [];
  const hunks: ConflictHunk[] = [];
  for (const region of diff3MergeRegions([...ours], [...origin], [...theirs]) as readonly Region[]) {
    if (region.stable) {
      merged.push(...(region.bufferContent ?? []));
      continue;
    }
    const hotfix = region.aContent ?? [];
    const target = region.bContent ?? [];
    if (sameLines(hotfix, target) || sameLines(target, region.oContent ?? [])) {
      merged.push(...hotfix);
    } else if (sameLines(hotfix, region.oContent ?? [])) {
      merged.push(...target);
    } else {
      hunks.push({
        hotfixLine: (region.aStart ?? 0) + 1,
        targetLine: (region.bStart ?? 0) + 1,
        hotfix,
        target,
      });
      merged.push("<<<<<<< hotfix", ...hotfix, "=======", ...target, ">>>>>>> target");
    }
  }
  const text = merged.join("\n");
  return hunks.length === 0
    ? { path, kind: "clean", text }
    : { path, kind: "conflict", hunks, withMarkers: text };
}

/** The last, empty element stands for the final newline, so that joining gives the file back. */
function lines(text: string): readonly string[] {
  return text.split("\n");
}

function sameLines(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && one.every((line, index) => line === other[index]);
}
