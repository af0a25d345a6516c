import type { CommitFacts, Sha } from "./commit-facts.ts";

/** What merging would give, worked out file by file from the blobs of three commits. Renames are not followed. */
export interface ForecastFacts {
  readonly target: string;
  /** The side with the fix: head of the hotfix or of the back-merge branch, or the shipped commit while the back-merge branch lacks it. */
  readonly hotfix: Sha;
  /** The other side: head of the target, or of the back-merge branch while that lacks the shipped commit. */
  readonly into: Sha;
  /** Files of the fix's side in which conflict markers stand. */
  readonly markers: readonly string[];
  readonly outcome: ForecastOutcome;
}

export type ForecastOutcome =
  | { readonly kind: "clean" }
  | { readonly kind: "conflicts"; readonly files: readonly ConflictFacts[] }
  /** `because` completes "not known, because ...". */
  | { readonly kind: "unknown"; readonly because: string };

export interface ConflictFacts {
  readonly path: string;
  /** The kind of version file by whose policy the app resolves it; null: people do. */
  readonly settledAs: VersionFileKind | null;
  /** Why it cannot be merged where there are no lines to show; null where `hunks` says it. */
  readonly sentence: string | null;
  readonly hunks: readonly ConflictLines[];
  /** Newest commits of the other side that changed the file since the merge base, newest first. */
  readonly commits: readonly CommitFacts[];
}

/** One conflict, counted from 1 on each side; `lines` is 0 where the side has nothing there. */
export interface ConflictLines {
  readonly hotfix: { readonly line: number; readonly lines: number };
  readonly target: { readonly line: number; readonly lines: number };
}

/** A kind of file whose conflict has one right answer. */
export type VersionFileKind = "package" | "package-lock" | "changelog";
