/** Classic branch protection of one branch. */
export interface Protection {
  readonly requirePullRequest: boolean;
  readonly requiredApprovals: number;
  readonly dismissStaleReviews: boolean;
  readonly requireCodeOwners: boolean;
  readonly requiredChecks: readonly RequiredCheck[];
  /** Required checks must run on a head that contains the base ("up to date before merging"). */
  readonly strictChecks: boolean;
  readonly enforceAdmins: boolean;
  readonly restrictDeletions: boolean;
  readonly blockForcePushes: boolean;
  readonly requireLinearHistory: boolean;
  /** Only through rulesets on real GitHub: creating a matching ref is refused. */
  readonly blockCreations: boolean;
  /** Logins or app slugs that may push although a pull request is required. */
  readonly bypass: readonly string[];
}

export interface RequiredCheck {
  readonly context: string;
  /** Null: any app may set it. */
  readonly appId: number | null;
}
