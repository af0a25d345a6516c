import type { Account } from "./account.ts";

export interface Review {
  readonly id: number;
  readonly nodeId: string;
  readonly author: Account;
  body: string;
  state: "APPROVED" | "CHANGES_REQUESTED" | "COMMENTED" | "DISMISSED" | "PENDING";
  readonly commitId: string;
  submittedAt: Date | null;
}

export interface ReviewComment {
  readonly id: number;
  readonly nodeId: string;
  readonly author: Account;
  readonly reviewId: number | null;
  readonly path: string;
  readonly line: number | null;
  readonly side: "LEFT" | "RIGHT";
  readonly commitId: string;
  readonly inReplyTo: number | null;
  body: string;
  readonly createdAt: Date;
  updatedAt: Date;
}
