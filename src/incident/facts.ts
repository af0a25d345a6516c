import type { Config } from "../config/schema.ts";
import type { ProposalKind } from "./names.ts";
import type { Actor } from "./state/actor.ts";
import type { CommitFacts, HunkFacts, Sha } from "./state/commit-facts.ts";
import type { DeploymentFacts } from "./state/deployment-facts.ts";
import type { ForecastFacts } from "./state/forecast-facts.ts";
import type { Instant } from "./state/instant.ts";
import type { Problem } from "./state/problem.ts";
import type { PullRequestFacts } from "./state/pull-request-facts.ts";

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
  /** IANA name of the zone in which people give clock times; null: UTC. */
  readonly timezone: string | null;
  readonly times: IncidentTimes;
  /** Who said when, of the times that only people know. null: nobody, or (impactStarted) the issue form. */
  readonly statedTimes: Readonly<Record<StatedTime, StatementFacts | null>>;
  /** What people said first and then said otherwise, oldest first. */
  readonly corrections: readonly CorrectionFacts[];
  readonly durations: IncidentDurations;
  readonly sla: {
    readonly minutes: number;
    readonly deadline: Instant;
    /** null while open and the deadline has not passed. */
    readonly met: boolean | null;
  };
  /** null where no revenue is known, or may not be published (design decision 13). */
  readonly impact: ImpactFacts | null;
  /** How long it hurt, known or not what it cost; null while it has no end. */
  readonly impactWindow: ImpactWindow | null;
  /** How much of the service failed, piece by piece of the window, oldest first. One piece of 100 % where nobody said. Empty without a window. */
  readonly shares: readonly ShareFacts[];
  /** Support tickets, as somebody said. */
  readonly tickets: number | null;
  /** In the order in which they were first named. */
  readonly metrics: readonly MetricFacts[];
  /** Likeliest first. */
  readonly suspects: readonly SuspectFacts[];
  /** What a person confirmed with `/hotfix cause`; null: nobody did. */
  readonly cause: CauseFacts | null;
  /** Of what shipped, oldest first. */
  readonly deployments: readonly DeploymentFacts[];
  /** Newest version tag on production before the first hotfix: compare with it, roll back to it. */
  readonly rollbackTag: string | null;
  /** Oldest first; the last one is current. At least one once accepted. */
  readonly rounds: readonly RoundFacts[];
  /** Release branches that are not targets, with the reason. */
  readonly excludedReleases: readonly { readonly name: string; readonly because: string }[];
  readonly timeline: readonly TimelineEntry[];
  /** What people decided with commands and what still holds, oldest first. */
  readonly decisions: readonly DecisionFacts[];
  /** Pull requests to the default branch that people asked for beside the hotfix, oldest first. Absent: none. */
  readonly proposals?: readonly ProposalFacts[];
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
  /** Earlier incidents whose rules a commit of the hotfix broke, in the order in which it did. */
  readonly failedRules: readonly FailedRuleFacts[];
  /** Our newest comment with the report as it stood then; null: nobody asked for it. */
  readonly draft: string | null;
  /** What the severity asks of people. */
  readonly obligations: ObligationFacts;
  /** Of what enough earlier incidents are known; never changes after the declaration. */
  readonly medians: readonly MedianFacts[];
  /** Refusals and configuration problems that stand now. */
  readonly problems: readonly Problem[];
  /** What people did that the app let stand ("the pull request to develop was closed by @ana"), plain sentences. */
  readonly noticed: readonly string[];
  readonly next: NextStep;
  /** Language of every sentence in here that is not of people. */
  readonly locale: Config["locale"];
  /** False in a public repository unless configuration allows it. */
  readonly mayNamePeople: boolean;
}

export interface ProposalFacts {
  readonly kind: ProposalKind;
  /** Of the rule, or the path of the file. */
  readonly name: string;
  readonly number: number;
  readonly url: string;
  /** `withdrawn`: closed by the app, because somebody took the rule back. */
  readonly state: "open" | "merged" | "closed" | "withdrawn";
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
  /** What a person said last, else the form ("since when") where it can be read as a time. */
  readonly impactStarted: Instant | null;
  /** When somebody or something noticed it, as a person said. */
  readonly detected: Instant | null;
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
  /** First success of a deployment of what shipped last to the production environment. */
  readonly deployed: Instant | null;
  /** When customers were served again, as a person said. May be later than `verified`: somebody saw it work before it worked for all. */
  readonly recovered: Instant | null;
  /** When somebody saw that it works again, as a person said. */
  readonly verified: Instant | null;
  /** When the last target was merged. */
  readonly landed: Instant | null;
  readonly closed: Instant | null;
}

/** Milliseconds; null where an end is missing. */
export interface IncidentDurations {
  /** impact started -> detected, or declared where nobody said when it was detected */
  readonly toDetect: number | null;
  /** declared -> acknowledged */
  readonly toAcknowledge: number | null;
  /** declared -> first fix pushed */
  readonly toFix: number | null;
  /** first fix pushed -> merged */
  readonly toReview: number | null;
  /** merged -> released */
  readonly toRelease: number | null;
  /** released (or tagged) -> deployed */
  readonly toDeploy: number | null;
  /** impact started (or declared where that is not known) -> recovered (or verified where only that is known) */
  readonly toRecover: number | null;
  /** merged -> landed */
  readonly toLand: number | null;
  /** declared -> released: "time to release" while recovery is not verified */
  readonly total: number | null;
}

export type StatedTime = "impactStarted" | "detected" | "recovered" | "verified";

/** That a person said something with a command. */
export interface StatementFacts {
  /** Login. */
  readonly by: string;
  /** When they said it. */
  readonly at: Instant;
  /** Their comment. */
  readonly url: string;
}

export interface CorrectionFacts extends StatementFacts {
  readonly what: StatedTime;
  readonly from: Instant;
  readonly to: Instant;
}

/** Money. No figure in here is rounded, and none is made of one that was. */
export interface ImpactFacts {
  readonly revenuePerHour: number;
  readonly currency: string;
  /** revenuePerHour / 60. */
  readonly perMinute: number;
  /** How the figure was given; the other one is computed. */
  readonly statedPer: "hour" | "minute";
  readonly source: "command" | "issue" | "service" | "configuration";
  /** Of source `command`. */
  readonly statedBy: StatementFacts | null;
  /** The incident's `impactWindow`. */
  readonly window: ImpactWindow | null;
  /** Sum of the pieces; null without a window. */
  readonly loss: number | null;
  /** null where nothing that is known is uncertain. */
  readonly range: LossRange | null;
  /** How `loss` is made up, oldest first: rate x share x time of each. */
  readonly pieces: readonly (ShareFacts & { readonly loss: number })[];
}

export interface ImpactWindow {
  readonly from: Instant;
  readonly to: Instant;
  readonly milliseconds: number;
  /** Nobody said when the impact started: it may have been earlier. */
  readonly fromIsDeclaration: boolean;
  /**
   * `recovery`: the time given as recovered, or as verified where only that was given. `release`: neither was, so recovery is unverified and the
   * release stands for it.
   */
  readonly toIs: "recovery" | "release";
}

/** The same rate and share are taken for the least and the most; only what people left open differs. */
export interface LossRange {
  readonly low: number;
  readonly high: number;
  /**
   * What is open. `start`: it began between the stated start and the detection (or declaration); `end`: it ended between the times given as recovered
   * and as verified; `share`: a share was given as a range.
   */
  readonly because: readonly ("start" | "end" | "share")[];
}

/** A part of the window in which the share was the same. Shares are from 0 to 1. */
export interface ShareFacts {
  readonly from: Instant;
  readonly to: Instant;
  readonly milliseconds: number;
  /** The middle where a range was given. */
  readonly share: number;
  readonly least: number;
  readonly most: number;
  /** null: nobody said, the whole is taken. */
  readonly statedBy: StatementFacts | null;
}

export interface MetricFacts extends StatementFacts {
  readonly name: string;
  readonly before: Quantity | null;
  readonly after: Quantity | null;
  readonly target: Quantity | null;
  /** null: no target, no value after, or nothing tells which way is better. */
  readonly met: boolean | null;
}

/** `97 %`, `1,200 ms`: the number, and its unit as it was written, which may be empty. */
export interface Quantity {
  readonly value: number;
  readonly unit: string;
}

export interface SuspectFacts extends CommitFacts {
  /** Weightiest first; empty: it is only the newest. */
  readonly reasons: readonly SuspectReason[];
}

export type SuspectReason =
  /** The issue's text names these files or lines, and the commit changed them. */
  | { readonly kind: "named"; readonly paths: readonly string[] }
  /** The issue's text names the commit. */
  | { readonly kind: "mentioned" }
  /** Changed files of the service that fails. */
  | { readonly kind: "service"; readonly service: string }
  /** First released with `tag`, the newest version before the incident; `after` is the one before that. */
  | { readonly kind: "shipped-last"; readonly tag: string; readonly after: string | null }
  /** Its commit date is less than a day before the impact started. When it reached production, a commit does not tell. */
  | { readonly kind: "recent"; readonly milliseconds: number }
  | { readonly kind: "large"; readonly lines: number };

export type CauseFacts =
  | (StatementFacts & { readonly kind: "text"; readonly text: string })
  | (StatementFacts & {
      readonly kind: "commit";
      readonly commit: CommitFacts;
      /** First version that contained it; null: none, or not known. */
      readonly carriedBy: { readonly tag: string; readonly url: string } | null;
      /** Lines in question, in the order of the diff. */
      readonly hunks: readonly HunkFacts[];
      /** Hunks that are left out. */
      readonly moreHunks: number;
    });

export interface RoundFacts {
  readonly number: number;
  readonly hotfixBranch: string;
  readonly branchExists: boolean;
  /** A commit with a change was pushed. */
  readonly hasFix: boolean;
  /** Commits of people on the hotfix, oldest first, without opening commits. */
  readonly commits: readonly CommitFacts[];
  readonly pullRequest: PullRequestFacts | null;
  /** When the last check of its newest commit that blocks turned green; null while one has not. */
  readonly checksGreen: Instant | null;
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
  /** Name of the command: `override`. */
  readonly command: string;
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

export interface FailedRuleFacts {
  /** The incident that the rules name as their reason: `PAYMENT-CRITICAL-042`. */
  readonly id: string;
  /** Of its issue; null: what the index knew of it was not kept when this one was declared. */
  readonly number: number | null;
  /** Where its report is, on the integration branch. */
  readonly report: string;
  /** Its action items that were open then. */
  readonly open: EarlierIncidentFacts["open"];
  /** What they forbid, or their ids: raw, from the configuration. Never empty. */
  readonly rules: readonly string[];
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

/** How long earlier incidents of this repository took, as the index told when this one was declared. */
export interface MedianFacts {
  readonly name: Exclude<keyof IncidentDurations, "toDetect" | "toDeploy" | "toRecover">;
  readonly milliseconds: number;
  /** Earlier incidents that it is of. */
  readonly count: number;
}

export interface TimelineEntry {
  /** When it happened; the order of the timeline. */
  readonly at: Instant;
  /** When it became known: later than `at` where a person said it afterwards. */
  readonly recordedAt: Instant;
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
