import type { IncidentFacts } from "../incident/facts.ts";
import type { BackMergeFacts, RoundFacts } from "../incident/facts/round-facts.ts";
import type { CommitFacts } from "../incident/state/commit-facts.ts";
import type { PullRequestFacts } from "../incident/state/pull-request-facts.ts";

/** An incident in which everything is there that a template may name: templates are tried with it before they are used. */
export function sampleIncident(): IncidentFacts {
  const url = "https://github.com/acme/shop";
  return {
    id: "PAYMENT-HIGH-007",
    number: 7,
    title: "Payments time out",
    url: `${url}/issues/7`,
    repository: { owner: "acme", name: "shop", url },
    service: "payment",
    severity: "high",
    phase: "landed",
    description: "Seven of ten payments end in a timeout.",
    usersAffected: "70 % of buyers",
    declaredBy: { login: "dana", kind: "user" },
    acceptedBy: "dana",
    owners: ["acme/payments"],
    branches: { production: "main", integration: "develop" },
    timezone: null,
    statedTimes: { impactStarted: null, detected: null, recovered: null, verified: null },
    corrections: [],
    times: {
      impactStarted: "2026-03-02T09:00:00Z",
      detected: null,
      declared: "2026-03-02T09:05:00Z",
      acknowledged: "2026-03-02T09:06:00Z",
      branchCreated: "2026-03-02T09:05:02Z",
      firstFixPushed: "2026-03-02T09:20:00Z",
      checksGreen: "2026-03-02T09:21:00Z",
      approved: "2026-03-02T09:25:00Z",
      merged: "2026-03-02T09:26:00Z",
      tagged: "2026-03-02T09:26:20Z",
      released: "2026-03-02T09:26:30Z",
      deployed: null,
      recovered: null,
      verified: null,
      landed: "2026-03-02T09:40:00Z",
      closed: null,
    },
    durations: {
      toDetect: null,
      toAcknowledge: 60_000,
      toFix: 900_000,
      toReview: 360_000,
      toRelease: 30_000,
      toDeploy: null,
      toRecover: null,
      toLand: 840_000,
      total: 1_290_000,
    },
    sla: { minutes: 60, deadline: "2026-03-02T10:05:00Z", met: true },
    impact: {
      revenuePerHour: 50_000,
      currency: "EUR",
      perMinute: 50_000 / 60,
      statedPer: "hour",
      source: "service",
      statedBy: null,
      window: {
        from: "2026-03-02T09:00:00Z",
        to: "2026-03-02T09:26:30Z",
        milliseconds: 1_590_000,
        fromIsDeclaration: false,
        toIs: "release",
      },
      loss: (50_000 * 1_590_000) / 3_600_000,
      range: null,
      pieces: [],
    },
    impactWindow: null,
    shares: [],
    tickets: null,
    metrics: [],
    cause: null,
    deployments: [],
    suspects: [{ ...commit(url, "1", "Shorten the timeout", "2026-03-01T17:00:00Z"), reasons: [] }],
    rollbackTag: "v2.0.0",
    goBackTo: "v1.9.0",
    rounds: [round(url)],
    excludedReleases: [{ name: "release/1.9", because: "it is released already" }],
    timeline: [
      {
        at: "2026-03-02T09:05:00Z",
        recordedAt: "2026-03-02T09:05:00Z",
        kind: "declared",
        text: "Incident declared",
        actor: "dana",
        url: `${url}/issues/7`,
      },
      {
        at: "2026-03-02T09:26:00Z",
        recordedAt: "2026-03-02T09:26:00Z",
        kind: "merged",
        text: "#8 merged into main",
        actor: "dana",
        url: `${url}/pull/8`,
      },
    ],
    decisions: [],
    actions: [
      {
        key: "901.1a2b3c4d",
        text: "Test the payment provider's slowest answer",
        type: "prevent",
        horizon: "sprint",
        due: "2026-03-16",
        owner: "dana",
        by: "dana",
        at: "2026-03-02T09:50:00Z",
        url: `${url}/issues/7#issuecomment-901`,
        issue: { number: 12, url: `${url}/issues/12` },
        state: "open",
        because: null,
        closedAt: null,
      },
    ],
    draft: `${url}/issues/7#issuecomment-903`,
    updates: [
      {
        at: "2026-03-02T09:09:00Z",
        text: "Payments fail; we are working on it.",
        by: "dana",
        url: `${url}/issues/7#issuecomment-902`,
      },
    ],
    earlier: [{ id: "PAYMENT-HIGH-003", number: 3, open: [{ issue: 5, due: "2026-03-10" }] }],
    failedRules: [
      {
        id: "CART-LOW-002",
        number: 2,
        report: `${url}/blob/develop/incidents/CART-LOW-002.md`,
        open: [{ issue: 4, due: "2026-03-11" }],
        rules: ["grossTotal"],
      },
    ],
    ended: null,
    medians: [],
    locale: "en",
    obligations: {
      updates: {
        due: ["2026-03-02T09:10:00Z"],
        reminder: "2026-03-02T09:10:00Z",
        next: "2026-03-02T09:30:00Z",
        onTime: { met: 1, due: 1 },
      },
      retrospectiveDue: "2026-03-09",
      targets: { excellent: 15, good: 20, minimum: 30 },
    },
    problems: [
      {
        code: "branch-protected",
        sentence: "`develop` is protected.",
        nextStep: "Merge #9.",
        transient: false,
      },
    ],
    noticed: ["#9 was turned back into a draft"],
    next: { who: ["dana"], what: "Merge #9." },
    mayNamePeople: true,
  };
}

function round(url: string): RoundFacts {
  const fix = commit(url, "2", "Wait longer for the payment provider", "2026-03-02T09:19:00Z");
  const backMerge: BackMergeFacts = {
    target: "develop",
    branch: "backmerge/7-develop",
    branchExists: true,
    pullRequest: pullRequest(url, 9, "backmerge/7-develop", "develop", null),
    state: "landed",
    proof: "ancestry",
    forecast: null,
  };
  return {
    number: 1,
    hotfixBranch: "hotfix/7-payments-time-out",
    branchExists: true,
    hasFix: true,
    commits: [fix],
    pullRequest: pullRequest(url, 8, "hotfix/7-payments-time-out", "main", "2026-03-02T09:26:00Z"),
    checksGreen: "2026-03-02T09:21:00Z",
    mergeCommit: "3".repeat(40),
    isEmptyMerge: false,
    version: "2.0.1",
    tag: "v2.0.1",
    releaseUrl: `${url}/releases/tag/v2.0.1`,
    backMerges: [backMerge],
  };
}

function commit(url: string, digit: string, message: string, committedAt: string): CommitFacts {
  const sha = digit.repeat(40);
  return { sha, tree: sha, parents: [], message, author: "dana", committedAt, url: `${url}/commit/${sha}` };
}

function pullRequest(
  url: string,
  number: number,
  head: string,
  base: string,
  mergedAt: string | null,
): PullRequestFacts {
  return {
    nodeId: `PR_${number}`,
    number,
    url: `${url}/pull/${number}`,
    title: "",
    body: "",
    head,
    base,
    headSha: "2".repeat(40),
    author: { login: "hotfix-responder[bot]", kind: "bot" },
    state: mergedAt === null ? "open" : "merged",
    isDraft: false,
    createdAt: "2026-03-02T09:05:04Z",
    closedAt: mergedAt,
    mergedAt,
    mergedBy: mergedAt === null ? null : { login: "dana", kind: "user" },
    mergeCommit: mergedAt === null ? null : commit(url, "3", `Merge pull request #${number}`, mergedAt),
    mergeable: "mergeable",
    mergeState: "clean",
    autoMergeEnabled: false,
    assignees: ["dana"],
    requestedReviewers: ["acme/payments"],
    reviews: [],
    checkRuns: [],
    events: [],
    changedFiles: 1,
  };
}
