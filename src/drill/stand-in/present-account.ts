import type { Hub } from "./hub.ts";
import { isoTime, isoTimeOrNull } from "./hub.ts";
import type { Account } from "./model/account.ts";
import type { AppRecord } from "./model/app-record.ts";
import type { Installation } from "./model/installation.ts";
import { nodeId } from "./node-id.ts";
import type { JsonObject } from "./router.ts";

/** The schema `simple-user`. */
export function simpleUser(hub: Hub, account: Account): JsonObject {
  if (hub.deletedAccounts.has(account)) return simpleUser(hub, ghostOf(account));
  const url = `${hub.apiUrl}/users/${encodeURIComponent(account.login)}`;
  const page = account.type === "Bot" ? `apps/${account.login.replace(/\[bot\]$/, "")}` : account.login;
  return {
    login: account.login,
    id: account.id,
    node_id: account.nodeId,
    avatar_url: `${hub.origin}/avatars/u/${account.id}?v=4`,
    gravatar_id: "",
    url,
    html_url: `${hub.origin}/${page}`,
    followers_url: `${url}/followers`,
    following_url: `${url}/following{/other_user}`,
    gists_url: `${url}/gists{/gist_id}`,
    starred_url: `${url}/starred{/owner}{/repo}`,
    subscriptions_url: `${url}/subscriptions`,
    organizations_url: `${url}/orgs`,
    repos_url: `${url}/repos`,
    events_url: `${url}/events{/privacy}`,
    received_events_url: `${url}/received_events`,
    type: account.type,
    user_view_type: "public",
    site_admin: false,
  };
}

/** What is left of an account that was deleted: the one that GitHub shows for all of them. */
function ghostOf(account: Account): Account {
  return { ...account, id: 10_137, nodeId: nodeId("U", 10_137), login: "ghost", type: "User", name: null };
}

export function simpleUserOrNull(hub: Hub, account: Account | null | undefined): JsonObject | null {
  return account === null || account === undefined ? null : simpleUser(hub, account);
}

/** The schema `public-user`. */
export function publicUser(hub: Hub, account: Account): JsonObject {
  return {
    ...simpleUser(hub, account),
    name: account.name,
    company: null,
    blog: "",
    location: null,
    email: null,
    hireable: null,
    bio: null,
    twitter_username: null,
    public_repos: 0,
    public_gists: 0,
    followers: 0,
    following: 0,
    created_at: isoTime(account.createdAt),
    updated_at: isoTime(account.createdAt),
  };
}

/** The schema `integration`: the app itself, also `performed_via_github_app` and `app` of check runs. */
export function integration(hub: Hub, app: AppRecord): JsonObject {
  return {
    id: app.id,
    client_id: app.clientId,
    slug: app.slug,
    node_id: app.nodeId,
    owner: simpleUser(hub, app.owner),
    name: app.name,
    description: null,
    external_url: `${hub.origin}/${app.slug}`,
    html_url: `${hub.origin}/apps/${app.slug}`,
    created_at: isoTime(app.createdAt),
    updated_at: isoTime(app.updatedAt),
    permissions: app.permissions,
    events: app.events,
  };
}

export function integrationOrNull(hub: Hub, app: AppRecord | null): JsonObject | null {
  return app === null ? null : integration(hub, app);
}

/** The schema `installation`. */
export function installationBody(hub: Hub, installation: Installation): JsonObject {
  const { app, account } = installation;
  const path = account.type === "Organization" ? `organizations/${account.login}/settings` : "settings";
  return {
    id: installation.id,
    client_id: app.clientId,
    account: simpleUser(hub, account),
    repository_selection: installation.repositorySelection,
    access_tokens_url: `${hub.apiUrl}/app/installations/${installation.id}/access_tokens`,
    repositories_url: `${hub.apiUrl}/installation/repositories`,
    html_url: `${hub.origin}/${path}/installations/${installation.id}`,
    app_id: app.id,
    app_slug: app.slug,
    target_id: account.id,
    target_type: account.type,
    permissions: installation.permissions,
    events: installation.events,
    created_at: isoTime(installation.createdAt),
    updated_at: isoTime(installation.updatedAt),
    single_file_name: null,
    has_multiple_single_files: false,
    single_file_paths: [],
    suspended_by: simpleUserOrNull(hub, installation.suspendedBy),
    suspended_at: isoTimeOrNull(installation.suspendedAt),
  };
}

/** The block `installation` of webhooks that are not about the installation. */
export function installationBlock(installation: Installation): JsonObject {
  return { id: installation.id, node_id: nodeId("A", `installation:${installation.id}`) };
}

/** The block `organization` of webhooks, and of a repository owned by one. */
export function organizationBlock(hub: Hub, account: Account): JsonObject {
  const url = `${hub.apiUrl}/orgs/${account.login}`;
  return {
    login: account.login,
    id: account.id,
    node_id: account.nodeId,
    url,
    repos_url: `${url}/repos`,
    events_url: `${url}/events`,
    hooks_url: `${url}/hooks`,
    issues_url: `${url}/issues`,
    members_url: `${url}/members{/member}`,
    public_members_url: `${url}/public_members{/member}`,
    avatar_url: `${hub.origin}/avatars/u/${account.id}?v=4`,
    description: null,
  };
}
