import type { Account } from "./account.ts";

export interface Deployment {
  readonly id: number;
  readonly nodeId: string;
  readonly creator: Account;
  readonly sha: string;
  readonly ref: string;
  readonly environment: string;
  readonly description: string | null;
  readonly createdAt: Date;
  /** Oldest first. */
  readonly statuses: DeploymentStatus[];
}

export interface DeploymentStatus {
  readonly id: number;
  readonly nodeId: string;
  readonly creator: Account;
  readonly state: "error" | "failure" | "inactive" | "in_progress" | "queued" | "pending" | "success";
  readonly description: string;
  readonly logUrl: string;
  readonly createdAt: Date;
}
