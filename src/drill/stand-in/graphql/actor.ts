import { isoTime } from "../hub.ts";
import type { Hub } from "../hub.ts";
import type { Account } from "../model/account.ts";
import { simpleUser } from "../present-account.ts";
import type { Fields } from "./scope.ts";

/** A `User`, `Bot` or `Organization`. GraphQL writes a bot's login without the `[bot]` that REST has. */
export function actorFields(hub: Hub, account: Account): Fields {
  const rest = simpleUser(hub, account);
  return {
    __typename: account.type,
    id: account.nodeId,
    databaseId: account.id,
    login: account.login.replace(/\[bot\]$/, ""),
    url: rest.html_url,
    avatarUrl: rest.avatar_url,
    resourcePath: new URL(String(rest.html_url)).pathname,
    createdAt: isoTime(account.createdAt),
    updatedAt: isoTime(account.createdAt),
    name: account.name,
    email: account.email ?? "",
  };
}

/** Null for an account that is gone. */
export function actorOrNull(hub: Hub, account: Account | null | undefined): Fields | null {
  if (account === null || account === undefined || hub.deletedAccounts.has(account)) return null;
  return actorFields(hub, account);
}

/** Git knows people by their addresses; only of users, not of apps, does GraphQL tell the account. */
export function gitActorFields(
  hub: Hub,
  person: { readonly name: string; readonly email: string; readonly date: Date },
): Fields {
  const account = hub.findAccountByEmail(person.email);
  return {
    name: person.name,
    email: person.email,
    date: isoTime(person.date),
    avatarUrl: `${hub.origin}/avatars/e?email=${encodeURIComponent(person.email)}`,
    user: account?.type === "User" ? actorFields(hub, account) : null,
  };
}
