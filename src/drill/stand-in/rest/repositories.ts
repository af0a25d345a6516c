import { roleOf, viewerRole } from "../access.ts";
import { notFound } from "../api-error.ts";
import { isoTime } from "../hub.ts";
import type { Hub } from "../hub.ts";
import type { Repository, Role } from "../model.ts";
import type { Account } from "../model/account.ts";
import type { ActivityEntry } from "../model/activity-entry.ts";
import { paginate } from "../pagination.ts";
import { simpleUser } from "../present-account.ts";
import { fullRepository, rolePermissions } from "../present-repository.ts";
import type { JsonObject, RepositoryContext, Reply } from "../router.ts";
import { unverified } from "../unverified.ts";

unverified("activity/etag", "The activity list has an etag, and 304 answers a read that sends it back.");
unverified("activity/permission", "The activity list needs contents: read of an app.");
unverified(
  "collaborators/none",
  "Somebody without any access has the permission `none` and the role name `none`.",
);

const BASE = "/repos/{owner}/{repo}";
const COLLABORATORS = "https://docs.github.com/rest/collaborators/collaborators";

export function registerRepositories(hub: Hub): void {
  const { router } = hub;
  router.repository({
    method: "GET",
    path: BASE,
    docs: "https://docs.github.com/rest/repos/repos#get-a-repository",
    handler: ({ repository, viewer }) => ({
      status: 200,
      body: fullRepository(hub, repository, viewerRole(viewer, repository)),
    }),
  });
  router.repository({
    method: "GET",
    path: `${BASE}/collaborators`,
    role: "push",
    docs: `${COLLABORATORS}#list-repository-collaborators`,
    handler: (context) =>
      paginate(context, collaboratorsOf(hub, context.repository), ([account, role]) =>
        collaboratorBody(hub, account, role),
      ),
  });
  router.repository({
    method: "GET",
    path: `${BASE}/collaborators/{username}`,
    role: "push",
    docs: `${COLLABORATORS}#check-if-a-user-is-a-repository-collaborator`,
    handler: ({ repository, params }) => {
      const login = (params.username ?? "").toLowerCase();
      const known = repository.collaborators.has(login) || repository.owner.login.toLowerCase() === login;
      if (!known) throw notFound();
      return { status: 204 };
    },
  });
  router.repository({
    method: "GET",
    path: `${BASE}/collaborators/{username}/permission`,
    docs: `${COLLABORATORS}#get-repository-permissions-for-a-user`,
    handler: ({ repository, params }) => {
      const account = hub.findAccount(params.username ?? "");
      if (account === undefined) throw notFound();
      return { status: 200, body: permissionBody(hub, repository, account) };
    },
  });
  router.repository({
    method: "GET",
    path: `${BASE}/activity`,
    permissions: [{ contents: "read" }],
    docs: "https://docs.github.com/rest/repos/repos#list-repository-activities",
    handler: listActivity,
  });
}

function collaboratorsOf(hub: Hub, repository: Repository): readonly (readonly [Account, Role])[] {
  const owner = repository.owner.type === "User" ? [[repository.owner, "admin"] as const] : [];
  const others = [...repository.collaborators].flatMap(([login, role]) => {
    const account = hub.findAccount(login);
    return account === undefined ? [] : [[account, role] as const];
  });
  return [...owner, ...others];
}

function collaboratorBody(hub: Hub, account: Account, role: Role | null): JsonObject {
  return { ...simpleUser(hub, account), permissions: rolePermissions(role), role_name: roleName(role) };
}

function permissionBody(hub: Hub, repository: Repository, account: Account): JsonObject {
  const role = roleOf(repository, account.login);
  return {
    permission: legacyPermission(role),
    user: collaboratorBody(hub, account, role),
    role_name: roleName(role),
  };
}

/** Roles as the collaborator endpoints name them. */
function roleName(role: Role | null): string {
  switch (role) {
    case null:
      return "none";
    case "pull":
      return "read";
    case "push":
      return "write";
    case "triage":
    case "maintain":
    case "admin":
      return role;
  }
}

/** The old four words: triage counts as read and maintain as write. */
function legacyPermission(role: Role | null): string {
  switch (role) {
    case null:
      return "none";
    case "pull":
    case "triage":
      return "read";
    case "push":
    case "maintain":
      return "write";
    case "admin":
      return "admin";
  }
}

const periods: Readonly<Record<string, number>> = {
  day: 86_400_000,
  week: 7 * 86_400_000,
  month: 31 * 86_400_000,
  quarter: 92 * 86_400_000,
  year: 366 * 86_400_000,
};

/** Newest first unless `direction=asc`; pages by cursor. */
function listActivity(context: RepositoryContext): Reply {
  const { hub, repository, query } = context;
  const ref = query.get("ref");
  const fullRef = ref === null || ref.startsWith("refs/") ? ref : `refs/heads/${ref}`;
  const [actor, type, period] = [query.get("actor"), query.get("activity_type"), query.get("time_period")];
  const oldest = hub.now().getTime() - (periods[period ?? ""] ?? Number.POSITIVE_INFINITY);
  const matching = repository.activity
    .filter((it) => fullRef === null || it.ref === fullRef)
    .filter((it) => actor === null || it.actor.login.toLowerCase() === actor.toLowerCase())
    .filter((it) => type === null || it.activityType === type)
    .filter((it) => it.timestamp.getTime() >= oldest);
  const ordered = query.get("direction") === "asc" ? matching : matching.toReversed();
  return cursorPage(context, ordered);
}

function cursorPage(context: RepositoryContext, ordered: readonly ActivityEntry[]): Reply {
  const { hub, query } = context;
  const perPage = Math.min(Number(query.get("per_page") ?? "30") || 30, 100);
  const position = (name: string): number => {
    const cursor = query.get(name);
    return cursor === null ? -1 : ordered.findIndex((it) => cursorOf(it) === cursor);
  };
  const before = position("before");
  const start = before >= 0 ? Math.max(0, before - perPage) : position("after") + 1;
  const end = before >= 0 ? before : start + perPage;
  const page = ordered.slice(start, end);
  const links: string[] = [];
  const last = page.at(-1);
  if (last !== undefined && end < ordered.length)
    links.push(cursorLink(context, "after", cursorOf(last), "next"));
  const first = page.at(0);
  if (first !== undefined && start > 0) links.push(cursorLink(context, "before", cursorOf(first), "prev"));
  const body = page.map((it) => activityBody(hub, it));
  return { status: 200, body, headers: links.length === 0 ? {} : { link: links.join(", ") } };
}

function cursorOf(entry: ActivityEntry): string {
  return Buffer.from(`activity:${entry.id}`).toString("base64url");
}

function cursorLink(
  context: RepositoryContext,
  name: "after" | "before",
  cursor: string,
  rel: string,
): string {
  const query = new URLSearchParams(context.query);
  query.delete("after");
  query.delete("before");
  query.set(name, cursor);
  return `<${context.apiRoot}${context.path}?${query.toString()}>; rel="${rel}"`;
}

function activityBody(hub: Hub, entry: ActivityEntry): JsonObject {
  return {
    id: entry.id,
    node_id: entry.nodeId,
    before: entry.before,
    after: entry.after,
    ref: entry.ref,
    timestamp: isoTime(entry.timestamp),
    activity_type: entry.activityType,
    actor: simpleUser(hub, entry.actor),
  };
}
