import type { Actor, CommitFacts, ForecastFacts, Instant, Problem, PullRequestFacts, Sha } from "./state.ts";

/**
 * What an incident *is*, derived from its state by `factsOf`: the one input of every text that the app writes (status comment, pull
 * requests, release notes, documents) and of `why`. Text from people is raw here; `documents/` escapes it. No clock: every time was observed.
 */
export interface IncidentFacts {
  /** `PAYMENT-CRITICAL-042`, frozen when first written. */
  readonly id: string;
  readonly number: number;
  readonly title: string;
  readonly url: string;
  readonly repository: { readonly owner: string; readonly name: string; readonly url: string };
  readonly service: string | null;
  readonly severity: string;
  readonly phase: Phase;
  /** What the declaration said, from the issue form; null where not given. */
  readonly description: string | null;
  readonly usersAffected: string | null;
  readonly declaredBy: Actor | null;
  /** Whose permission counted, frozen in the status comment. */
  readonly acceptedBy: string | null;
  /** Users and teams of the service, `login` or `org/team`. */
  readonly owners: readonly string[];
  readonly branches: { readonly production: string; readonly integration: string };
  readonly times: IncidentTimes;
  readonly durations: IncidentDurations;
  readonly sla: {
    readonly minutes: number;
    readonly deadline: Instant;
    /** null while open and the deadline has not passed. */
    readonly met: boolean | null;
  };
  /** null where no revenue is known, or may not be published (design decision 13). */
  readonly impact: ImpactFacts | null;
  readonly suspects: readonly CommitFacts[];
  /** Newest version tag on production before the first hotfix: compare with it, roll back to it. */
  readonly rollbackTag: string | null;
  /** Oldest first; the last one is current. At least one once accepted. */
  readonly rounds: readonly RoundFacts[];
  /** Release branches that are not targets, with the reason. */
  readonly excludedReleases: readonly { readonly name: string; readonly because: string }[];
  readonly timeline: readonly TimelineEntry[];
  /** What people decided with commands and what still holds, oldest first. */
  readonly decisions: readonly DecisionFacts[];
  /** Set where a person ended it: nothing more is done (abort), or nothing but documents (resolved). */
  readonly ended: {
    readonly kind: "abort" | "resolved";
    readonly by: string;
    readonly because: string;
    readonly at: Instant;
    /** Open pull requests and branches that are left as they are: `#8`, `hotfix/7-checkout-fails`. */
    readonly left: readonly string[];
  } | null;
  /** What the severity asks of people. */
  readonly obligations: ObligationFacts;
  /** Refusals and configuration problems that stand now. */
  readonly problems: readonly Problem[];
  /** What people did that the app let stand ("the pull request to develop was closed by @ana"), plain sentences. */
  readonly noticed: readonly string[];
  readonly next: NextStep;
  /** False in a public repository unless configuration allows it. */
  readonly mayNamePeople: boolean;
}

/** Derived each time, never stored (design.md section 3). */
export type Phase =
  | "declared"
  | "fixing"
  | "in review"
  | "merged"
  | "released"
  | "deployed"
  | "verified"
  | "landed"
  | "closed";

/** Each is null until observed. `recovered` and `deployed` are never guessed. */
export interface IncidentTimes {
  /** From the form ("since when"), where it can be read as a time. */
  readonly impactStarted: Instant | null;
  /** The label that counts. */
  readonly declared: Instant;
  /** First act of a person on the incident after the declaration. */
  readonly acknowledged: Instant | null;
  readonly branchCreated: Instant | null;
  readonly firstFixPushed: Instant | null;
  readonly checksGreen: Instant | null;
  readonly approved: Instant | null;
  readonly merged: Instant | null;
  readonly tagged: Instant | null;
  readonly released: Instant | null;
  /** When the last target was merged. */
  readonly landed: Instant | null;
  readonly closed: Instant | null;
}

/** Milliseconds; null where an end is missing. */
export interface IncidentDurations {
  /** declared -> acknowledged */
  readonly toAcknowledge: number | null;
  /** declared -> first fix pushed */
  readonly toFix: number | null;
  /** first fix pushed -> merged */
  readonly toReview: number | null;
  /** merged -> released */
  readonly toRelease: number | null;
  /** merged -> landed */
  readonly toLand: number | null;
  /** declared -> released: "time to release" while recovery is not verified */
  readonly total: number | null;
}

export interface ImpactFacts {
  readonly revenuePerHour: number;
  readonly currency: string;
  /** revenuePerHour / 60, not rounded. */
  readonly perMinute: number;
  readonly source: "issue" | "service" | "configuration";
  /** From impact start (or declaration) to release; null until both are known. */
  readonly window: {
    readonly from: Instant;
    readonly to: Instant;
    readonly milliseconds: number;
    readonly fromIsDeclaration: boolean;
  } | null;
  /** revenuePerHour x window, not rounded. */
  readonly loss: number | null;
}

export interface RoundFacts {
  readonly number: number;
  readonly hotfixBranch: string;
  readonly branchExists: boolean;
  /** A commit with a change was pushed. */
  readonly hasFix: boolean;
  /** Commits of people on the hotfix, oldest first, without opening commits. */
  readonly commits: readonly CommitFacts[];
  readonly pullRequest: PullRequestFacts | null;
  readonly mergeCommit: Sha | null;
  /** The merge left production's tree as it was: never tagged, released or closed on. */
  readonly isEmptyMerge: boolean;
  readonly version: string | null;
  readonly tag: string | null;
  readonly releaseUrl: string | null;
  readonly backMerges: readonly BackMergeFacts[];
}

export interface BackMergeFacts {
  readonly target: string;
  readonly branch: string;
  readonly branchExists: boolean;
  readonly pullRequest: PullRequestFacts | null;
  readonly state: "waiting" | "conflict" | "ready" | "blocked" | "merged" | "landed" | "closed";
  readonly proof: "ancestry" | "content" | "pull-request" | "settled" | null;
  /** Who settled with `/hotfix landed` what cannot be proven, and why. Absent: nobody did, or it is proven. */
  readonly settled?: { readonly by: string; readonly because: string; readonly url: string };
  /** What merging the fix there gives as things stand; null: not looked yet, or nothing to merge. */
  readonly forecast: ForecastFacts | null;
}

/** What a person decided with a command, and what it means, in one plain sentence. */
export interface DecisionFacts {
  readonly text: string;
  /** Login. */
  readonly by: string;
  readonly because: string | null;
  /** Their comment. */
  readonly url: string;
}

export interface ObligationFacts {
  readonly updates: {
    /** When stakeholders are told, oldest first; empty where the severity asks for no updates. */
    readonly due: readonly Instant[];
    /** The newest of them that has come, while the fix is not out; null: none. */
    readonly reminder: Instant | null;
    readonly next: Instant | null;
  };
  /** `2026-11-23`; null until landed, or where the severity asks for none. */
  readonly retrospectiveDue: string | null;
  /** Minutes from declaration to resolution. */
  readonly targets: { readonly excellent: number; readonly good: number; readonly minimum: number };
}

export interface TimelineEntry {
  readonly at: Instant;
  /** Stable word for tests and charts: `declared`, `branch-created`, `pushed`, `check-failed`, ... */
  readonly kind: string;
  /** Plain text, one sentence without a full stop; may hold text of people, not yet escaped. */
  readonly text: string;
  readonly actor: string | null;
  readonly url: string | null;
}

export interface NextStep {
  /** Logins and teams to mention, without `@`; empty: nobody, the app or GitHub is at work. */
  readonly who: readonly string[];
  /** One plain sentence in the imperative. */
  readonly what: string;
}
