import type { Account } from "./account.ts";

export interface AppRecord {
  readonly id: number;
  readonly nodeId: string;
  readonly slug: string;
  readonly name: string;
  readonly clientId: string;
  readonly owner: Account;
  /** The account `<slug>[bot]` that acts when the app acts. */
  readonly bot: Account;
  readonly publicKey: string;
  readonly hookId: number;
  webhookUrl: string;
  webhookSecret: string;
  permissions: Permissions;
  events: readonly string[];
  readonly createdAt: Date;
  updatedAt: Date;
}

/** App permissions by their names in the API: `{ contents: "write", metadata: "read" }`. */
export type Permissions = Readonly<Record<string, PermissionLevel>>;

export type PermissionLevel = "read" | "write" | "admin";
