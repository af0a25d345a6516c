import type { Protection } from "./model/protection.ts";

/** What `protect` takes; required checks may be given by name. */
export type ProtectOptions = Partial<Omit<Protection, "requiredChecks">> & {
  readonly requiredChecks?: readonly (string | Protection["requiredChecks"][number])[];
};

export function protectionFrom(options: ProtectOptions): Protection {
  return {
    requirePullRequest: false,
    requiredApprovals: 0,
    dismissStaleReviews: false,
    requireCodeOwners: false,
    strictChecks: false,
    enforceAdmins: false,
    restrictDeletions: true,
    blockForcePushes: true,
    requireLinearHistory: false,
    blockCreations: false,
    bypass: [],
    ...options,
    requiredChecks: (options.requiredChecks ?? []).map((check) =>
      typeof check === "string" ? { context: check, appId: null } : check,
    ),
  };
}
