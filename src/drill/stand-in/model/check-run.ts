import type { AppRecord } from "./app-record.ts";

export interface CheckRun {
  readonly id: number;
  readonly nodeId: string;
  readonly app: AppRecord;
  readonly suite: CheckSuite;
  readonly headSha: string;
  name: string;
  externalId: string;
  detailsUrl: string | null;
  status: CheckStatus;
  conclusion: CheckConclusion | null;
  startedAt: Date | null;
  completedAt: Date | null;
  output: { title: string | null; summary: string | null; text: string | null };
  readonly annotations: CheckAnnotation[];
  actions: readonly CheckAction[];
}

export interface CheckSuite {
  readonly id: number;
  readonly nodeId: string;
  readonly app: AppRecord;
  readonly headSha: string;
  readonly headBranch: string | null;
  readonly before: string | null;
  status: CheckStatus;
  conclusion: CheckConclusion | null;
  readonly createdAt: Date;
  updatedAt: Date;
}

export type CheckStatus = "queued" | "in_progress" | "completed";

export type CheckConclusion =
  | "action_required"
  | "cancelled"
  | "failure"
  | "neutral"
  | "success"
  | "skipped"
  | "stale"
  | "timed_out";

export interface CheckAnnotation {
  readonly path: string;
  readonly startLine: number;
  readonly endLine: number;
  readonly startColumn: number | null;
  readonly endColumn: number | null;
  readonly annotationLevel: "notice" | "warning" | "failure";
  readonly title: string | null;
  readonly message: string;
  readonly rawDetails: string | null;
}

export interface CheckAction {
  readonly label: string;
  readonly description: string;
  readonly identifier: string;
}
