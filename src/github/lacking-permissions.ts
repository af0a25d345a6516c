import type { ActionKind } from "../incident/action.ts";
import { NEEDED_PERMISSIONS, type NeededPermission } from "../incident/missing-permission.ts";

/** What the installation was not granted. */
export interface LackingPermissions {
  /** May not write. */
  readonly unwritable: readonly NeededPermission[];
  /** Not even read; these are among the unwritable ones too. */
  readonly unreadable: readonly NeededPermission[];
  /** Not asked for by app.yml: an owner may add it. Absent: it was not granted, or the host does not say. */
  readonly mayWriteWorkflows?: true;
}

/** @param granted of a token: `{ contents: "write", ... }`; a host that names none is taken to grant all */
export function lackingPermissions(granted: Readonly<Record<string, string>>): LackingPermissions {
  const needed = Object.keys(NEEDED_PERMISSIONS) as readonly NeededPermission[];
  if (Object.keys(granted).length === 0) return { unwritable: [], unreadable: [] };
  return {
    ...(granted["workflows"] === "write" && { mayWriteWorkflows: true }),
    unwritable: needed.filter((permission) => granted[permission] !== "write"),
    unreadable: needed.filter((permission) => granted[permission] === undefined),
  };
}

/** What an action asks of the installation, so that it is not tried in vain. */
export const PERMISSION_OF: Readonly<Record<ActionKind, NeededPermission>> = {
  "create-branch": "contents",
  "open-pull-request": "pull_requests",
  "write-status": "issues",
  "write-digest": "issues",
  "post-comment": "issues",
  "mark-ready": "pull_requests",
  "request-review": "pull_requests",
  assign: "issues",
  "create-tag": "contents",
  "publish-release": "contents",
  "merge-into-branch": "contents",
  "commit-merge": "contents",
  "report-conflicts": "checks",
  "report-forecast": "checks",
  "merge-pull-request": "contents",
  "commit-documents": "contents",
  "propose-change": "pull_requests",
  "withdraw-proposal": "pull_requests",
  "delete-branch": "contents",
  "close-issue": "issues",
  "open-follow-up": "issues",
  "close-follow-up": "issues",
};
