import type { Config } from "../config/schema.ts";
import type { ActionFacts } from "./facts/action-facts.ts";
import type { CauseFacts, SuspectFacts } from "./facts/cause-facts.ts";
import type { EarlierIncidentFacts, FailedRuleFacts } from "./facts/earlier-incident-facts.ts";
import type { ImpactFacts, ImpactWindow, ShareFacts } from "./facts/impact-facts.ts";
import type { IncidentDurations, IncidentTimes, StatedTime } from "./facts/incident-times.ts";
import type { MetricFacts } from "./facts/metric-facts.ts";
import type { ObligationFacts } from "./facts/obligation-facts.ts";
import type { RoundFacts } from "./facts/round-facts.ts";
import type { CorrectionFacts, StatementFacts } from "./facts/statement-facts.ts";
import type { ProposalKind } from "./names.ts";
import type { Actor } from "./state/actor.ts";
import type { DeploymentFacts } from "./state/deployment-facts.ts";
import type { Instant } from "./state/instant.ts";
import type { Problem } from "./state/problem.ts";

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
  /** Newest version tag on production before the first hotfix: compare with it, and roll back to it if the hotfix makes things worse. */
  readonly rollbackTag: string | null;
  /** What to go back to now; while nothing has shipped, no version that runs already. */
  readonly goBackTo: string | null;
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
  /** `withdrawn`: closed by the app, because somebody took the rule back. `conflicting`: open, and not the app's to mend. */
  readonly state: "open" | "conflicting" | "merged" | "closed" | "withdrawn";
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
