import type { IncidentFacts } from "../../src/incident/facts.ts";
import type { SuspectFacts } from "../../src/incident/facts/cause-facts.ts";
import type { ImpactFacts } from "../../src/incident/facts/impact-facts.ts";
import type { IncidentDurations, IncidentTimes } from "../../src/incident/facts/incident-times.ts";
import type { BackMergeFacts, RoundFacts } from "../../src/incident/facts/round-facts.ts";
import type { Actor } from "../../src/incident/state/actor.ts";
import type { CommitFacts } from "../../src/incident/state/commit-facts.ts";
import type {
  CheckRunFacts,
  PullRequestFacts,
  ReviewFacts,
} from "../../src/incident/state/pull-request-facts.ts";

/** Facts of an incident for tests of texts: small makers with defaults, and the two scenarios that the product is made for. */

const REPOSITORY = "https://github.com/acme/shop";

export function aUser(login: string): Actor {
  return { login, kind: "user" };
}

export function aSha(digit: string): string {
  return digit.repeat(40).slice(0, 40);
}

export function aCommit(overrides: Partial<CommitFacts> & Pick<CommitFacts, "sha">): CommitFacts {
  return {
    tree: aSha("e"),
    parents: [],
    message: "Change something",
    author: "marco-shop",
    committedAt: "2026-11-20T14:00:00Z",
    url: `${REPOSITORY}/commit/${overrides.sha}`,
    ...overrides,
  };
}

export function aSuspect(overrides: Parameters<typeof aCommit>[0] & Partial<SuspectFacts>): SuspectFacts {
  return { reasons: [], ...overrides, ...aCommit(overrides) };
}

export function aCheckRun(overrides: Partial<CheckRunFacts>): CheckRunFacts {
  return {
    id: 1,
    name: "hotfix",
    status: "completed",
    conclusion: "success",
    title: null,
    url: `${REPOSITORY}/runs/1`,
    startedAt: null,
    completedAt: null,
    isOurs: true,
    ...overrides,
  };
}

export function anApproval(login: string, commit: string, at: string): ReviewFacts {
  return {
    author: aUser(login),
    state: "approved",
    commit,
    at,
    url: `${REPOSITORY}/pull/8#pullrequestreview-1`,
  };
}

export function aPullRequest(
  overrides: Partial<PullRequestFacts> & Pick<PullRequestFacts, "number" | "head" | "base">,
): PullRequestFacts {
  return {
    nodeId: `PR_${overrides.number}`,
    url: `${REPOSITORY}/pull/${overrides.number}`,
    title: "",
    body: "",
    headSha: aSha("c"),
    author: { login: "hotfix-responder[bot]", kind: "bot" },
    state: "open",
    isDraft: true,
    createdAt: "2026-11-20T14:31:04Z",
    closedAt: null,
    mergedAt: null,
    mergedBy: null,
    mergeCommit: null,
    mergeable: "mergeable",
    mergeState: "clean",
    autoMergeEnabled: false,
    assignees: [],
    requestedReviewers: [],
    reviews: [],
    checkRuns: [],
    events: [],
    changedFiles: 0,
    ...overrides,
  };
}

export function aBackMerge(
  overrides: Partial<BackMergeFacts> & Pick<BackMergeFacts, "target">,
): BackMergeFacts {
  return {
    branch: `backmerge/7-${overrides.target}`,
    branchExists: true,
    pullRequest: null,
    state: "waiting",
    proof: null,
    forecast: null,
    ...overrides,
  };
}

export function aRound(overrides: Partial<RoundFacts>): RoundFacts {
  return {
    number: 1,
    hotfixBranch: "hotfix/7-checkout-fails-for-everybody",
    branchExists: true,
    hasFix: false,
    commits: [],
    pullRequest: null,
    checksGreen: null,
    mergeCommit: null,
    isEmptyMerge: false,
    version: null,
    tag: null,
    releaseUrl: null,
    backMerges: [],
    ...overrides,
  };
}

const NO_TIMES: Omit<IncidentTimes, "declared"> = {
  impactStarted: null,
  detected: null,
  acknowledged: null,
  branchCreated: null,
  firstFixPushed: null,
  checksGreen: null,
  approved: null,
  merged: null,
  tagged: null,
  released: null,
  deployed: null,
  recovered: null,
  verified: null,
  landed: null,
  closed: null,
};

const NO_DURATIONS: IncidentDurations = {
  toDetect: null,
  toAcknowledge: null,
  toFix: null,
  toReview: null,
  toRelease: null,
  toDeploy: null,
  toRecover: null,
  toLand: null,
  total: null,
};

const NOTHING_STATED: IncidentFacts["statedTimes"] = {
  impactStarted: null,
  detected: null,
  recovered: null,
  verified: null,
};

function revenue(perHour: number, source: ImpactFacts["source"]): ImpactFacts {
  return {
    revenuePerHour: perHour,
    currency: "EUR",
    perMinute: perHour / 60,
    statedPer: "hour",
    source,
    statedBy: null,
    window: null,
    loss: null,
    range: null,
    pieces: [],
  };
}

const SUSPECT = aCommit({
  sha: `4b1d${aSha("0").slice(4)}`,
  message: "Rename the order total to amount\n\nThe cart and the order now agree.",
  author: "marco-shop",
  committedAt: "2026-11-20T13:58:02Z",
});

/** The checkout outage seconds after its label: branches and draft pull requests exist, nobody has pushed yet. */
export function checkoutDeclared(overrides: Partial<IncidentFacts> = {}): IncidentFacts {
  return {
    id: "PAYMENT-CRITICAL-007",
    number: 7,
    title: "Checkout fails for everybody",
    url: `${REPOSITORY}/issues/7`,
    repository: { owner: "acme", name: "shop", url: REPOSITORY },
    service: "payment",
    severity: "critical",
    phase: "declared",
    description:
      "Every checkout ends in an error since 14:30.\nThe payment page says: Cannot read totalAmount.",
    usersAffected: "all customers",
    declaredBy: aUser("giulia"),
    acceptedBy: "giulia",
    owners: ["acme/payments"],
    branches: { production: "main", integration: "develop" },
    timezone: null,
    statedTimes: NOTHING_STATED,
    corrections: [],
    times: {
      ...NO_TIMES,
      declared: "2026-11-20T14:31:00Z",
      impactStarted: "2026-11-20T14:30:15Z",
      branchCreated: "2026-11-20T14:31:03Z",
    },
    durations: NO_DURATIONS,
    sla: { minutes: 30, deadline: "2026-11-20T15:01:00Z", met: null },
    impact: revenue(50_000, "issue"),
    impactWindow: null,
    shares: [],
    tickets: null,
    metrics: [],
    cause: null,
    deployments: [],
    suspects: [
      { ...SUSPECT, reasons: [] },
      aSuspect({
        sha: `9c77${aSha("1").slice(4)}`,
        message: "Log the payment provider's answer",
        author: "ana",
        committedAt: "2026-11-19T09:12:40Z",
      }),
    ],
    rollbackTag: "v1.4.2",
    goBackTo: "v1.4.1",
    rounds: [
      aRound({
        pullRequest: aPullRequest({ number: 8, head: "hotfix/7-checkout-fails-for-everybody", base: "main" }),
        backMerges: [
          aBackMerge({
            target: "develop",
            pullRequest: aPullRequest({ number: 9, head: "backmerge/7-develop", base: "develop" }),
          }),
        ],
      }),
    ],
    excludedReleases: [],
    timeline: [],
    decisions: [],
    actions: [],
    updates: [],
    draft: null,
    earlier: [],
    failedRules: [],
    ended: null,
    medians: [],
    locale: "en",
    obligations: {
      updates: {
        due: ["2026-11-20T14:36:00Z", "2026-11-20T14:56:00Z", "2026-11-20T15:16:00Z"],
        reminder: null,
        next: "2026-11-20T14:36:00Z",
        onTime: null,
      },
      retrospectiveDue: null,
      targets: { excellent: 15, good: 20, minimum: 30 },
    },
    problems: [],
    noticed: [],
    next: { who: ["acme/payments"], what: "Push the fix to `hotfix/7-checkout-fails-for-everybody`." },
    mayNamePeople: true,
    ...overrides,
  };
}

const FIX = aCommit({
  sha: `c0ff${aSha("2").slice(4)}`,
  message: "Read the amount of the order\n\ntotalAmount is gone since the rename.",
  author: "ana",
  committedAt: "2026-11-20T14:38:40Z",
});
const WRONG_FIX = aCommit({
  sha: `bad0${aSha("3").slice(4)}`,
  message: "Fall back to totalAmount",
  author: "ana",
  committedAt: "2026-11-20T14:34:05Z",
});
const MERGE = aCommit({
  sha: `feed${aSha("4").slice(4)}`,
  parents: [aSha("a"), FIX.sha],
  message: "Merge pull request #8 from acme/hotfix/7-checkout-fails-for-everybody",
  author: "luca-shop",
  committedAt: "2026-11-20T14:41:30Z",
});

/** The same incident after the right fix was pushed: reviewers are at work. */
export function checkoutInReview(overrides: Partial<IncidentFacts> = {}): IncidentFacts {
  const declared = checkoutDeclared();
  return {
    ...declared,
    phase: "in review",
    times: {
      ...declared.times,
      acknowledged: "2026-11-20T14:31:47Z",
      firstFixPushed: "2026-11-20T14:34:10Z",
      checksGreen: "2026-11-20T14:39:02Z",
    },
    rounds: [
      {
        ...declared.rounds[0]!,
        hasFix: true,
        checksGreen: "2026-11-20T14:39:02Z",
        commits: [WRONG_FIX, FIX],
        pullRequest: aPullRequest({
          number: 8,
          head: "hotfix/7-checkout-fails-for-everybody",
          base: "main",
          isDraft: false,
          headSha: FIX.sha,
          assignees: ["ana"],
          requestedReviewers: ["acme/payments"],
          checkRuns: [aCheckRun({}), aCheckRun({ id: 2, name: "ci / unit tests", isOurs: false })],
        }),
      },
    ],
    next: { who: ["acme/payments"], what: "Review #8 and merge it into `main`." },
    ...overrides,
  };
}

/** Shipped, and in conflict with develop. */
export function checkoutReleased(overrides: Partial<IncidentFacts> = {}): IncidentFacts {
  const review = checkoutInReview();
  const round = review.rounds[0]!;
  return {
    ...review,
    phase: "released",
    obligations: { ...review.obligations, updates: { ...review.obligations.updates, next: null } },
    times: {
      ...review.times,
      approved: "2026-11-20T14:41:10Z",
      merged: "2026-11-20T14:41:30Z",
      tagged: "2026-11-20T14:41:58Z",
      released: "2026-11-20T14:42:00Z",
    },
    durations: {
      toDetect: null,
      toAcknowledge: 47_000,
      toFix: 190_000,
      toReview: 440_000,
      toRelease: 30_000,
      toDeploy: null,
      toRecover: null,
      toLand: null,
      total: 660_000,
    },
    sla: { ...review.sla, met: true },
    impact: {
      ...revenue(50_000, "issue"),
      window: {
        from: "2026-11-20T14:30:15Z",
        to: "2026-11-20T14:42:00Z",
        milliseconds: 705_000,
        fromIsDeclaration: false,
        toIs: "release",
      },
      loss: (50_000 * 705_000) / 3_600_000,
    },
    rounds: [
      {
        ...round,
        pullRequest: {
          ...round.pullRequest!,
          state: "merged",
          mergedAt: "2026-11-20T14:41:30Z",
          closedAt: "2026-11-20T14:41:30Z",
          mergedBy: aUser("luca-shop"),
          mergeCommit: MERGE,
          reviews: [anApproval("luca-shop", FIX.sha, "2026-11-20T14:41:10Z")],
        },
        mergeCommit: MERGE.sha,
        version: "1.4.3",
        tag: "v1.4.3",
        releaseUrl: `${REPOSITORY}/releases/tag/v1.4.3`,
        backMerges: [
          aBackMerge({
            target: "develop",
            state: "conflict",
            pullRequest: aPullRequest({
              number: 9,
              head: "backmerge/7-develop",
              base: "develop",
              mergeable: "conflicting",
              mergeState: "dirty",
            }),
          }),
        ],
      },
    ],
    excludedReleases: [
      { name: "release/1.3", because: "it was cut from v1.3.0 and would get 12 other commits of main" },
    ],
    next: { who: ["ana", "luca-shop"], what: "Resolve the conflict on `backmerge/7-develop`." },
    ...overrides,
  };
}

/** Landed everywhere: what the documents are written from. */
export function checkoutLanded(overrides: Partial<IncidentFacts> = {}): IncidentFacts {
  const released = checkoutReleased();
  const round = released.rounds[0]!;
  return {
    ...released,
    phase: "landed",
    times: { ...released.times, landed: "2026-11-20T15:20:41Z" },
    durations: { ...released.durations, toLand: 2_351_000 },
    rounds: [
      {
        ...round,
        branchExists: false,
        backMerges: [
          aBackMerge({
            target: "develop",
            state: "landed",
            proof: "ancestry",
            branchExists: false,
            pullRequest: aPullRequest({
              number: 9,
              head: "backmerge/7-develop",
              base: "develop",
              isDraft: false,
              state: "merged",
              mergedAt: "2026-11-20T15:20:41Z",
              mergedBy: aUser("ana"),
            }),
          }),
        ],
      },
    ],
    timeline: [
      entry("14:30:15", "impact-started", "the impact started, as the issue says", null, "/issues/7"),
      entry("14:31:00", "declared", "label incident was put on the issue", "giulia", "/issues/7"),
      entry(
        "14:31:03",
        "branch-created",
        "branch hotfix/7-checkout-fails-for-everybody was created",
        null,
        null,
      ),
      entry("14:31:47", "acknowledged", "first answer on the issue", "ana", "/issues/7#issuecomment-31"),
      entry(
        "14:34:10",
        "pushed",
        "bad0333 Fall back to totalAmount was pushed",
        "ana",
        `/commit/${WRONG_FIX.sha}`,
      ),
      entry("14:34:15", "check-failed", "check hotfix failed on bad0333: 1 finding", null, "/runs/1"),
      entry(
        "14:38:44",
        "pushed",
        "c0ff222 Read the amount of the order was pushed",
        "ana",
        `/commit/${FIX.sha}`,
      ),
      entry("14:39:02", "checks-green", "all checks passed on c0ff222", null, "/pull/8/checks"),
      entry(
        "14:41:10",
        "approved",
        "pull request #8 was approved",
        "luca-shop",
        "/pull/8#pullrequestreview-1",
      ),
      entry("14:41:30", "merged", "pull request #8 was merged into main", "luca-shop", "/pull/8"),
      entry("14:41:58", "tagged", "the merge commit was tagged v1.4.3", null, "/releases/tag/v1.4.3"),
      entry("14:42:00", "released", "release v1.4.3 was published", null, "/releases/tag/v1.4.3"),
      entry("14:42:06", "conflict", "Pull request #9 conflicts with develop", null, "/pull/9"),
      entry("15:20:41", "landed", "pull request #9 was merged into develop", "ana", "/pull/9"),
    ],
    obligations: {
      updates: { due: ["2026-11-20T14:36:00Z"], reminder: null, next: null, onTime: null },
      retrospectiveDue: "2026-11-23",
      targets: { excellent: 15, good: 20, minimum: 30 },
    },
    next: { who: [], what: "Nothing: the app writes the documents and closes the incident." },
    ...overrides,
  };
}

/** Closed, with everything known: what the closing comment is written from. */
export function checkoutClosed(overrides: Partial<IncidentFacts> = {}): IncidentFacts {
  const landed = checkoutLanded();
  return {
    ...landed,
    phase: "closed",
    times: { ...landed.times, closed: "2026-11-20T15:20:55Z" },
    timeline: [
      ...landed.timeline,
      entry("15:20:55", "closed", "the incident was closed", "hotfix-responder[bot]", "/issues/7"),
    ],
    ...overrides,
  };
}

function entry(time: string, kind: string, text: string, actor: string | null, path: string | null) {
  const at = `2026-11-20T${time}Z`;
  return { at, recordedAt: at, kind, text, actor, url: path === null ? null : `${REPOSITORY}${path}` };
}

const TIMEOUT_FIX = aCommit({
  sha: `dead${aSha("5").slice(4)}`,
  message: "Wait 10 s for the provider",
  author: "ana",
  committedAt: "2026-12-02T22:12:00Z",
});
const POOL_FIX = aCommit({
  sha: `f00d${aSha("6").slice(4)}`,
  message: "Give back the connection after a timeout",
  author: "kenji",
  committedAt: "2026-12-03T01:02:00Z",
});

/**
 * The payment timeout in a public repository: no service, no money, no names, a first fix that did not help, and a deadline that was missed.
 */
export function timeoutLanded(overrides: Partial<IncidentFacts> = {}): IncidentFacts {
  const pull = (number: number, head: string, base: string, mergedAt: string) =>
    aPullRequest({
      number,
      head,
      base,
      mergedAt,
      state: "merged",
      isDraft: false,
      mergedBy: aUser("luca-shop"),
    });
  return {
    ...checkoutDeclared(),
    id: "INCIDENT-HIGH-042",
    number: 42,
    title: "70 % of payments time out",
    url: `${REPOSITORY}/issues/42`,
    service: null,
    severity: "high",
    phase: "landed",
    description: null,
    usersAffected: null,
    declaredBy: aUser("giulia"),
    owners: [],
    times: {
      ...NO_TIMES,
      declared: "2026-12-02T21:50:00Z",
      branchCreated: "2026-12-02T21:50:04Z",
      acknowledged: "2026-12-02T21:58:30Z",
      firstFixPushed: "2026-12-02T22:12:20Z",
      checksGreen: "2026-12-02T22:14:00Z",
      merged: "2026-12-03T01:20:00Z",
      tagged: "2026-12-03T01:20:20Z",
      released: "2026-12-03T01:20:21Z",
      landed: "2026-12-04T03:25:00Z",
    },
    durations: {
      toDetect: null,
      toAcknowledge: 510_000,
      toFix: 1_340_000,
      toReview: 11_260_000,
      toRelease: 21_000,
      toDeploy: null,
      toRecover: null,
      toLand: 93_900_000,
      total: 12_621_000,
    },
    sla: { minutes: 60, deadline: "2026-12-02T22:50:00Z", met: false },
    impact: null,
    suspects: [],
    rollbackTag: null,
    goBackTo: null,
    rounds: [
      aRound({
        hotfixBranch: "hotfix/42-70-of-payments-time-out",
        hasFix: true,
        commits: [TIMEOUT_FIX],
        pullRequest: pull(43, "hotfix/42-70-of-payments-time-out", "main", "2026-12-02T22:31:00Z"),
        mergeCommit: aSha("7"),
        version: "0.0.1",
        tag: "v0.0.1",
        releaseUrl: `${REPOSITORY}/releases/tag/v0.0.1`,
        backMerges: [
          aBackMerge({
            target: "develop",
            branch: "backmerge/42-develop",
            state: "landed",
            proof: "content",
            pullRequest: pull(44, "backmerge/42-develop", "develop", "2026-12-02T22:40:00Z"),
          }),
        ],
      }),
      aRound({
        number: 2,
        hotfixBranch: "hotfix/42-70-of-payments-time-out-2",
        hasFix: true,
        commits: [POOL_FIX],
        pullRequest: pull(45, "hotfix/42-70-of-payments-time-out-2", "main", "2026-12-03T01:20:00Z"),
        mergeCommit: aSha("8"),
        version: "0.0.2",
        tag: "v0.0.2",
        releaseUrl: `${REPOSITORY}/releases/tag/v0.0.2`,
        backMerges: [
          aBackMerge({
            target: "develop",
            branch: "backmerge/42.2-develop",
            state: "landed",
            proof: "pull-request",
            pullRequest: pull(46, "backmerge/42.2-develop", "develop", "2026-12-04T03:25:00Z"),
          }),
        ],
      }),
    ],
    timeline: [
      {
        at: "2026-12-02T21:50:00Z",
        recordedAt: "2026-12-02T21:50:00Z",
        kind: "declared",
        text: "label incident was put on the issue",
        actor: "giulia",
        url: null,
      },
      {
        at: "2026-12-02T22:31:00Z",
        recordedAt: "2026-12-02T22:31:00Z",
        kind: "merged",
        text: "pull request #43 was merged into main",
        actor: "luca-shop",
        url: `${REPOSITORY}/pull/43`,
      },
      {
        at: "2026-12-03T01:20:00Z",
        recordedAt: "2026-12-03T01:20:00Z",
        kind: "merged",
        text: "pull request #45 was merged into main",
        actor: "luca-shop",
        url: `${REPOSITORY}/pull/45`,
      },
      {
        at: "2026-12-04T03:25:00Z",
        recordedAt: "2026-12-04T03:25:00Z",
        kind: "landed",
        text: "pull request #46 was merged into develop",
        actor: null,
        url: `${REPOSITORY}/pull/46`,
      },
    ],
    obligations: {
      updates: { due: [], reminder: null, next: null, onTime: null },
      retrospectiveDue: "2026-12-11",
      targets: { excellent: 15, good: 20, minimum: 30 },
    },
    noticed: ["pull request #46 was closed by hand and opened again"],
    next: { who: [], what: "Nothing: the app writes the documents and closes the incident." },
    mayNamePeople: false,
    ...overrides,
  };
}
