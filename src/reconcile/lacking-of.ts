import type { LackingPermissions } from "../github/lacking-permissions.ts";
import type { InstallationClient } from "../github/repository-client.ts";

/** `refresh`: by a new token, because one that is known may be older than a permission. */
export async function lackingOf(client: InstallationClient, refresh = false): Promise<LackingPermissions> {
  return (await client.lacking?.(refresh)) ?? { unwritable: [], unreadable: [] };
}
