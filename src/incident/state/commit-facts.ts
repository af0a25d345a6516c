import type { Instant } from "./instant.ts";

export interface CommitFacts {
  readonly sha: Sha;
  readonly tree: Sha;
  readonly parents: readonly Sha[];
  readonly message: string;
  /** GitHub login of the author where known, else the name in the commit. */
  readonly author: string;
  readonly committedAt: Instant;
  readonly url: string;
}

/** 40 hexadecimal digits. */
export type Sha = string;

/** What tells of a commit whether it may be the cause. */
export interface SuspectCommitFacts extends CommitFacts {
  /** Paths that the text names and that the commit changed. Absent: none. */
  readonly touched?: readonly string[];
  /** It changed files of the service. */
  readonly inService?: true;
  /** Added and removed together. Absent: not read. */
  readonly lines?: number;
}

export interface LookedUpCommitFacts {
  readonly commit: CommitFacts;
  /** The first ones, in the order of the diff. */
  readonly hunks: readonly HunkFacts[];
  readonly moreHunks: number;
}

export interface HunkFacts {
  readonly path: string;
  /** `@@ -10,4 +10,6 @@` */
  readonly header: string;
  /** Each begins with a blank, `+` or `-`. Raw text of people. */
  readonly lines: readonly string[];
}
