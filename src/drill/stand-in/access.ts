import { forbidden, notFound } from "./api-error.ts";
import type { Hub } from "./hub.ts";
import { unverified } from "./unverified.ts";
import type { Repository, Role } from "./model.ts";
import type { PermissionLevel, Permissions } from "./model/app-record.ts";
import type { Installation } from "./model/installation.ts";
import type { Viewer } from "./model/viewer.ts";

unverified(
  "access/user-refusal",
  "Status and sentence for a person who may read a repository but not do what was asked.",
);
unverified(
  "access/public-read",
  "An installation token reads a public repository without the permission of the route.",
);

const roles: readonly Role[] = ["pull", "triage", "push", "maintain", "admin"];
const levels: readonly PermissionLevel[] = ["read", "write", "admin"];

export function roleAtLeast(role: Role | null, least: Role): boolean {
  return role !== null && roles.indexOf(role) >= roles.indexOf(least);
}

/** The role of a person in a repository, by login. Public repositories give everybody `pull`. */
export function roleOf(repository: Repository, login: string): Role | null {
  if (repository.owner.login.toLowerCase() === login.toLowerCase()) return "admin";
  return repository.collaborators.get(login.toLowerCase()) ?? (repository.private ? null : "pull");
}

/** True when an app's permissions contain everything that is needed. `metadata: read` comes free. */
export function covers(granted: Permissions, needed: Permissions): boolean {
  return Object.entries(needed).every(([name, level]) => {
    const have = granted[name] ?? (name === "metadata" ? "read" : undefined);
    return have !== undefined && levels.indexOf(have) >= levels.indexOf(level);
  });
}

/** True when the installation includes the repository, whatever the token was narrowed to. */
export function includesRepository(installation: Installation, repository: Repository): boolean {
  if (installation.account.id !== repository.owner.id) return false;
  return installation.repositorySelection === "all" || installation.repositoryIds.has(repository.id);
}

export function canRead(viewer: Viewer, repository: Repository): boolean {
  if (!repository.private) return true;
  switch (viewer.kind) {
    case "anonymous":
    case "app":
      return false;
    case "user":
      return roleOf(repository, viewer.account.login) !== null;
    case "installation":
      return reaches(viewer, repository);
  }
}

/** True when the token of an installation was given for this repository. */
export function reaches(viewer: Viewer & { kind: "installation" }, repository: Repository): boolean {
  if (!includesRepository(viewer.installation, repository)) return false;
  return viewer.repositoryIds === null || viewer.repositoryIds.has(repository.id);
}

/**
 * The role that a viewer's power amounts to, for the `permissions` booleans of a repository object. An app that may
 * write contents counts as `push`.
 */
export function viewerRole(viewer: Viewer, repository: Repository): Role | null {
  switch (viewer.kind) {
    case "anonymous":
    case "app":
      return null;
    case "user":
      return roleOf(repository, viewer.account.login);
    case "installation":
      if (!reaches(viewer, repository)) return null;
      if (covers(viewer.permissions, { administration: "write" })) return "admin";
      return covers(viewer.permissions, { contents: "write" }) ? "push" : "pull";
  }
}

export interface Requirement {
  /** Any one set is enough. */
  readonly permissions: readonly Permissions[];
  /** For users. */
  readonly role: Role;
}

/**
 * Whether the viewer may do something in a repository that it can already see.
 */
export function may(viewer: Viewer, repository: Repository, needed: Requirement): boolean {
  switch (viewer.kind) {
    case "anonymous":
      return needed.role === "pull" && !repository.private;
    case "app":
      return false;
    case "user":
      return roleAtLeast(roleOf(repository, viewer.account.login), needed.role);
    case "installation": {
      const readsPublic =
        !repository.private &&
        needed.permissions.every((set) => Object.values(set).every((it) => it === "read"));
      if (!reaches(viewer, repository)) return readsPublic;
      return readsPublic || needed.permissions.some((set) => covers(viewer.permissions, set));
    }
  }
}

/** Throws what GitHub answers when the viewer may not: 403 for apps with the needed permissions named, 404 or 403 for people. */
export function demand(viewer: Viewer, repository: Repository, needed: Requirement): void {
  if (may(viewer, repository, needed)) return;
  if (viewer.kind === "installation") {
    throw forbidden("Resource not accessible by integration", {
      "x-accepted-github-permissions": acceptedPermissions(needed.permissions),
    });
  }
  // People who may read but not write are mostly told 404 for git data and 403 for issues; 403 with a sentence is the documented one.
  if (viewer.kind === "user" && canRead(viewer, repository)) {
    throw forbidden("Must have admin rights to Repository.");
  }
  throw notFound();
}

/** Value of `X-Accepted-GitHub-Permissions`: alternatives by `;`, what belongs together by `,`. */
export function acceptedPermissions(alternatives: readonly Permissions[]): string {
  return alternatives
    .map((set) =>
      Object.entries(set)
        .map(([name, level]) => `${name}=${level}`)
        .join(","),
    )
    .join("; ");
}

/** Every installation that has the repository and is not suspended. */
export function installationsOn(hub: Hub, repository: Repository): readonly Installation[] {
  return [...hub.installations.values()].filter(
    (it) => it.suspendedAt === null && includesRepository(it, repository),
  );
}
