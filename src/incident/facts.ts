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
  /** What is to be done so that it does not come again, oldest first: `/hotfix action`, and what an override owes. */
  readonly actions: readonly ActionFacts[];
  /** Stakeholder updates that were sent, oldest first. */
  readonly updates: readonly UpdateFacts[];
  /** Earlier incidents of the same service with what is still open of them, as the index told when this one was declared; newest first. */
  readonly earlier: readonly EarlierIncidentFacts[];
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

export type ActionType = "prevent" | "mitigate" | "detect" | "process";

export type ActionHorizon = "sprint" | "next" | "quarter";

/** Something that people promised, or owe. Each becomes one issue of its own. */
export interface ActionFacts {
  /** Names it for ever: the comment and the line that it comes from. */
  readonly key: string;
  /** Raw, from a person; of an override ours. */
  readonly text: string;
  readonly type: ActionType;
  readonly horizon: ActionHorizon;
  /** `2026-12-01` */
  readonly due: string;
  /** `login` or `org/team`; null: nobody yet. */
  readonly owner: string | null;
  /** Login of who asked for it. */
  readonly by: string;
  readonly at: Instant;
  /** Their comment. */
  readonly url: string;
  /** null: not opened yet, or not to be opened. */
  readonly issue: { readonly number: number; readonly url: string } | null;
  /** `gone`: its issue was deleted or moved away. */
  readonly state: "open" | "done" | "not-doing" | "gone";
  /** Why it is not done; null also where it was closed as not planned and nobody said why. */
  readonly because: string | null;
  /** When its issue was closed. */
  readonly closedAt: Instant | null;
}

/** One stakeholder update that somebody sent with `/hotfix update`. */
export interface UpdateFacts {
  /** When their comment was written. */
  readonly at: Instant;
  /** Raw, from a person. */
  readonly text: string;
  /** Login. */
  readonly by: string;
  /** Their comment. */
  readonly url: string;
}

export interface EarlierIncidentFacts {
  /** `PAYMENT-CRITICAL-007` */
  readonly id: string;
  readonly number: number;
  /** Its action items that were open then. */
  readonly open: readonly { readonly issue: number; readonly due: string }[];
}

export interface ObligationFacts {
  readonly updates: {
    /** When stakeholders are told, oldest first; empty where the severity asks for no updates. */
    readonly due: readonly Instant[];
    /** The newest of them that has come without an update, while the fix is not out; null: none. */
    readonly reminder: Instant | null;
    /** The first that is still to come and for which nothing was sent. */
    readonly next: Instant | null;
    /** How many of those until the release were kept: an update was sent after the one before and not later. null: nothing was due. */
    readonly onTime: { readonly met: number; readonly due: number } | null;
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
