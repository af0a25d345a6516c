import type { Account } from "./account.ts";
import type { AppRecord, Permissions } from "./app-record.ts";

export interface Installation {
  readonly id: number;
  readonly app: AppRecord;
  readonly account: Account;
  repositorySelection: "all" | "selected";
  /** Only read when the selection is `selected`. */
  readonly repositoryIds: Set<number>;
  /** What the owner approved; may lag behind `app.permissions`. */
  permissions: Permissions;
  events: readonly string[];
  suspendedAt: Date | null;
  suspendedBy: Account | null;
  readonly createdAt: Date;
  updatedAt: Date;
}
