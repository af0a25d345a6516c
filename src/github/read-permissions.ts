import type { PermissionFacts } from "../incident/state.ts";
import { statusOf } from "./http-status.ts";
import type { RepositoryClient } from "./repository-client.ts";

const NONE: PermissionFacts = { pull: false, triage: false, push: false, maintain: false, admin: false };

/** Live permissions of people, by login. Needs Metadata:read only. The booleans count: custom roles have names that match nothing. */
export async function readPermissions(
  client: RepositoryClient,
  logins: readonly string[],
): Promise<Record<string, PermissionFacts>> {
  const entries = logins.map(async (login) => [login, await readPermission(client, login)] as const);
  return Object.fromEntries(await Promise.all(entries));
}

async function readPermission(client: RepositoryClient, login: string): Promise<PermissionFacts> {
  const { owner, repo } = client;
  try {
    const { data } = await client.octokit.rest.repos.getCollaboratorPermissionLevel({
      owner,
      repo,
      username: login,
    });
    const permissions = data.user?.permissions;
    if (permissions === undefined) return legacyPermission(data.permission);
    return {
      pull: permissions.pull,
      triage: permissions.triage ?? permissions.push,
      push: permissions.push,
      maintain: permissions.maintain ?? permissions.admin,
      admin: permissions.admin,
    };
  } catch (error) {
    // Not a collaborator, or no such account any more.
    if (statusOf(error) === 404) return NONE;
    throw error;
  }
}

/** An old enterprise host sends only the one word; it calls a maintainer `write` and triage `read`. */
function legacyPermission(word: string): PermissionFacts {
  switch (word) {
    case "admin":
      return { pull: true, triage: true, push: true, maintain: true, admin: true };
    case "write":
      return { ...NONE, pull: true, triage: true, push: true };
    case "read":
      return { ...NONE, pull: true };
    default:
      return NONE;
  }
}
