import type { Account } from "./account.ts";
import type { AppRecord, Permissions } from "./app-record.ts";
import type { Installation } from "./installation.ts";

/** Who makes a request, from its `Authorization` header. */
export type Viewer =
  | { readonly kind: "anonymous" }
  | { readonly kind: "app"; readonly app: AppRecord }
  | { readonly kind: "user"; readonly account: Account }
  | {
      readonly kind: "installation";
      readonly account: Account;
      readonly app: AppRecord;
      readonly installation: Installation;
      /** Narrowed by the token request; null means all repositories of the installation. */
      readonly repositoryIds: ReadonlySet<number> | null;
      readonly permissions: Permissions;
    };
