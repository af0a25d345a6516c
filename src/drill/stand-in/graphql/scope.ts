import { canRead, may, reaches } from "../access.ts";
import type { Hub } from "../hub.ts";
import type { Commit } from "../git-formats.ts";
import type { Issue, Repository, Role } from "../model.ts";
import type { Permissions } from "../model/app-record.ts";
import type { Viewer } from "../model/viewer.ts";
import type { Context } from "../router.ts";
import { forbidden } from "./problem.ts";

/** What a field's value is read with: who asks, and of which repository. */
export interface Scope {
  readonly hub: Hub;
  readonly viewer: Viewer;
  readonly context: Context;
  readonly repository: Repository;
  readonly types: Types;
}

/** Types that refer to each other in circles; made in one place, `types.ts`. */
export interface Types {
  readonly commit: (scope: Scope, commit: Commit) => Fields;
  readonly issue: (scope: Scope, issue: Issue) => Fields;
  readonly pullRequest: (scope: Scope, issue: Issue) => Fields;
  /** `name`: full name. Null where there is no such ref. */
  readonly ref: (scope: Scope, name: string) => Fields | null;
  readonly repository: (scope: Scope) => Fields;
}

/**
 * One object of the answer, field by field. A function is called with the field's arguments. A field that is missing is not implemented.
 */
export type Fields = { readonly [field: string]: unknown };

/** Throws FORBIDDEN, which leaves null in its place, as GitHub does for parts that an installation may not see. */
export function demandRead(scope: Scope, permission: string): void {
  if (mayDo(scope, { [permission]: "read" }, "pull")) return;
  throw forbidden();
}

export function demandWrite(scope: Scope, permissions: Permissions, role: Role): void {
  if (mayDo(scope, permissions, role)) return;
  throw forbidden();
}

function mayDo({ viewer, repository }: Scope, permissions: Permissions, role: Role): boolean {
  return may(viewer, repository, { permissions: [permissions], role });
}

/** A repository that the viewer may know of; undefined like one that does not exist. */
export function visibleRepository(context: Context, owner: string, name: string): Repository | undefined {
  const found = context.hub.findRepository(owner, name);
  return found !== undefined && isVisible(context.viewer, found) ? found : undefined;
}

export function isVisible(viewer: Viewer, repository: Repository): boolean {
  if (viewer.kind === "installation") return reaches(viewer, repository) || !repository.private;
  return canRead(viewer, repository);
}
