import type { Account } from "./account.ts";

export interface ActivityEntry {
  readonly id: number;
  readonly nodeId: string;
  readonly ref: string;
  readonly before: string;
  readonly after: string;
  readonly actor: Account;
  readonly timestamp: Date;
  readonly activityType: ActivityType;
}

export type ActivityType =
  | "push"
  | "force_push"
  | "branch_creation"
  | "branch_deletion"
  | "pr_merge"
  | "merge_queue_merge";
