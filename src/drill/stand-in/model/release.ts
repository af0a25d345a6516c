import type { Account } from "./account.ts";

export interface Release {
  readonly id: number;
  readonly nodeId: string;
  readonly author: Account;
  tagName: string;
  targetCommitish: string;
  name: string | null;
  body: string | null;
  draft: boolean;
  prerelease: boolean;
  immutable: boolean;
  /** `make_latest` as asked; which release is latest is derived. */
  makeLatest: "true" | "false" | "legacy";
  readonly createdAt: Date;
  publishedAt: Date | null;
}
