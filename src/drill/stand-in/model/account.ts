export interface Account {
  readonly id: number;
  readonly nodeId: string;
  readonly login: string;
  readonly type: AccountType;
  name: string | null;
  email: string | null;
  readonly createdAt: Date;
}

export type AccountType = "User" | "Organization" | "Bot";
