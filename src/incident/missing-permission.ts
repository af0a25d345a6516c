import type { Problem } from "./state.ts";

/** What of app.yml the app cannot do without, and what stops where an owner has not granted it. */
export const NEEDED_PERMISSIONS = {
  contents: { name: "Contents", stops: "no branch, tag, release or document can be made" },
  pull_requests: { name: "Pull requests", stops: "no pull request can be opened, marked ready or merged" },
  issues: { name: "Issues", stops: "nothing can be written here" },
  checks: { name: "Checks", stops: "the commits that are pushed are not checked" },
} as const;

export type NeededPermission = keyof typeof NEEDED_PERMISSIONS;

export function missingPermission(permission: NeededPermission, owner: string): Problem {
  const { name, stops } = NEEDED_PERMISSIONS[permission];
  return {
    code: "permission-missing",
    sentence: `The installation of this app lacks the permission ${name} (read and write), so ${stops}`,
    nextStep: `An owner of ${owner} opens Settings, GitHub Apps, Configure (of the repository or of ${owner}) and accepts the permission; the app goes on at once`,
    transient: false,
  };
}
