import { loadTemplates } from "../../src/config/load-templates.ts";
import { type Config, configOf } from "../../src/config/schema.ts";
import { createRenderer } from "../../src/documents/create-renderer.ts";
import { earlierRecord } from "../../src/incident/earlier-incidents.ts";
import type { IncidentFacts } from "../../src/incident/facts.ts";
import { failedRecord } from "../../src/incident/failed-rules.ts";
import { factsOf } from "../../src/incident/facts-of.ts";
import { followUpsOf } from "../../src/incident/follow-ups.ts";
import { mediansRecord } from "../../src/incident/medians.ts";
import { buildMarker } from "../../src/incident/names.ts";
import { openingMessage } from "../../src/incident/opening-commit.ts";
import { plan } from "../../src/incident/plan.ts";
import type { FollowUpIssueFacts, IncidentState } from "../../src/incident/state.ts";
import type { PushFacts } from "../../src/incident/state/branch-facts.ts";
import type { CommentFacts } from "../../src/incident/state/issue-facts.ts";
import type {
  CheckRunFacts,
  PullRequestEventFacts,
  PullRequestFacts,
} from "../../src/incident/state/pull-request-facts.ts";
import { newStatusBody, type StatusRecord, withRecord } from "../../src/incident/status-comment.ts";
import { aCheckRun, aCommit, anApproval, aPullRequest, aSha, aUser } from "./facts-builder.ts";
import { labelled, permission } from "./state-builder.ts";

/**
 * The two scenarios that the product is made for, after people said all that only they know: states as they would be observed, with real commands that the
 * product itself accepted, and the facts that it makes of them.
 */

const REPOSITORY = "https://github.com/acme/shop";
const APP = { login: "hotfix-responder[bot]", kind: "bot" } as const;
const PERMISSIONS = {
  giulia: permission("triage"),
  ana: permission("push"),
  kenji: permission("push"),
  "luca-shop": permission("maintain"),
};

const render = createRenderer(await loadTemplates());

const friday = (time: string) => `2026-11-20T${time}Z`;

/** Facts are made once of a state and a configuration; a test changes what it is about. */
function factsFrom(make: () => { readonly state: IncidentState; readonly config: Config }) {
  let facts: IncidentFacts | null = null;
  return (overrides: Partial<IncidentFacts> = {}): IncidentFacts => {
    if (facts === null) {
      const { state, config } = make();
      facts = factsOf(state, config);
    }
    return { ...facts, ...overrides };
  };
}

/** 11 min 45 s without a checkout: one hotfix, a conflict on the way back, and everything that people can say about it. */
export const checkoutTold = factsFrom(() => {
  const config = configOf({
    timezone: "Europe/Rome",
    services: { payment: { paths: ["src/payment/**"], owners: ["@acme/payments"] } },
  });
  return { config, state: checkoutState(config) };
});

/** A night of two hotfixes in a private repository: the share that failed changed over time, and was a range at first. */
export const timeoutTold = factsFrom(() => {
  const config = configOf({
    services: { payment: { paths: ["src/payment/**"], owners: ["@acme/payments", "@kenji"] } },
  });
  return { config, state: timeoutState(config) };
});

interface Spoken {
  readonly id: number;
  readonly by: string;
  readonly at: string;
  readonly lines: readonly string[];
}

/** The state after the app answered a comment: its reply is the one that it plans. What is refused is a mistake in here. */
function answered(state: IncidentState, config: Config, { id, by, at, lines }: Spoken): IncidentState {
  const number = state.issue.number;
  const said = commentOf(number, { id, author: aUser(by), body: lines.join("\n"), createdAt: at });
  const heard = { ...state, comments: [...state.comments, said], permissions: PERMISSIONS };
  const reply = plan(heard, { config, render }).actions.find(
    (action) => action.kind === "post-comment" && action.marker.includes("kind=reply"),
  );
  if (reply?.kind !== "post-comment") throw new Error(`no answer to ${lines.join("; ")}`);
  const body = commentOf(number, { id: id + 1, author: APP, isOurs: true, body: reply.body, createdAt: at });
  const records = decodeURIComponent(/accepted=([^;\s]*)/u.exec(reply.marker)?.[1] ?? "");
  const accepted = records === "" ? [] : (JSON.parse(records) as readonly unknown[]);
  if (accepted.length !== lines.length) throw new Error(`not all accepted: ${reply.body}`);
  return { ...heard, comments: [...heard.comments, body] };
}

function commentOf(
  number: number,
  comment: Pick<CommentFacts, "id" | "author" | "body" | "createdAt"> & Partial<CommentFacts>,
): CommentFacts {
  return {
    nodeId: `IC_${comment.id}`,
    url: `${REPOSITORY}/issues/${number}#issuecomment-${comment.id}`,
    editedAt: null,
    isOurs: false,
    ...comment,
  };
}

/** Issues of the action items, in the order in which they were asked for, from a number on. */
function withFollowUps(
  state: IncidentState,
  config: Config,
  first: number,
  ends: readonly Partial<FollowUpIssueFacts>[],
): IncidentState {
  const followUps = followUpsOf(state, config).map(({ key }, index): FollowUpIssueFacts => {
    const number = first + index;
    return {
      key,
      number,
      id: number * 10,
      url: `${REPOSITORY}/issues/${number}`,
      state: "open",
      stateReason: null,
      closedAt: null,
      lastClosedAt: null,
      ...ends[index],
    };
  });
  return { ...state, followUps };
}

/** Verdicts of our checks on a commit. */
function ownRuns(
  first: number,
  at: string,
  verdicts: Readonly<Record<string, Partial<CheckRunFacts>>> = {},
): readonly CheckRunFacts[] {
  return ["properties", "scope", "tests (advice)", "migrations", "message (advice)", "review"].map(
    (property, index) =>
      aCheckRun({
        id: first + index,
        name: `hotfix/${property}`,
        title: property === "properties" ? "No forbidden property" : "Passed",
        url: `${REPOSITORY}/runs/${first + index}`,
        startedAt: at,
        completedAt: at,
        ...verdicts[property],
      }),
  );
}

function happened(
  kind: PullRequestEventFacts["kind"],
  actor: PullRequestEventFacts["actor"],
  at: string,
): PullRequestEventFacts {
  return { kind, actor, at };
}

function pushed(
  branch: string,
  actor: PushFacts["actor"],
  [before, after]: readonly [string, string],
  at: string,
  kind: PushFacts["kind"] = "push",
): PushFacts {
  return { branch, actor, before, after, at, kind };
}

interface Declared {
  readonly number: number;
  readonly title: string;
  readonly body: string;
  readonly at: string;
  readonly id: string;
  readonly slug: string;
  readonly record: Partial<StatusRecord>;
}

/** The issue with its label and its status comment. */
function declaredIssue({ number, title, body, at, id, slug, record }: Declared): IncidentState {
  const before = labelled();
  const frozen = { id, slug, acceptedBy: "giulia", event: "LE_1" };
  const status = withRecord(number, frozen, newStatusBody(number, frozen, "status"), {
    stopped: null,
    told: "",
    follow: "",
    earlier: "",
    medians: "",
    ruling: "",
    failed: "",
    ...record,
  });
  return {
    ...before,
    app: { slug: "hotfix-responder", login: APP.login },
    issue: {
      ...before.issue,
      number,
      title,
      body,
      url: `${REPOSITORY}/issues/${number}`,
      author: aUser("giulia"),
      createdAt: at,
      labels: ["incident"],
    },
    events: [{ kind: "labeled", id: "LE_1", actor: aUser("giulia"), at, label: "incident" }],
    comments: [commentOf(number, { id: 30, author: APP, isOurs: true, body: status, createdAt: at })],
    deadlines: [],
  };
}

const EARLIER = [{ id: "PAYMENT-HIGH-003", number: 3, open: [{ issue: 5, due: "2026-11-10" }] }];

const RENAME = aCommit({
  sha: `4b1d${aSha("0").slice(4)}`,
  parents: [`9c77${aSha("1").slice(4)}`],
  message: "Rename the order total to amount\n\nThe cart and the order now agree.",
  committedAt: friday("13:58:02"),
});
const LOGGED = aCommit({
  sha: `9c77${aSha("1").slice(4)}`,
  parents: [aSha("a")],
  message: "Log the payment provider's answer",
  author: "ana",
  committedAt: "2026-11-19T09:12:40Z",
});
const BEFORE = aCommit({
  sha: aSha("a"),
  message: "Show the shipping costs",
  committedAt: "2026-11-18T08:00:00Z",
});

const CHECKOUT_BRANCH = "hotfix/7-checkout-fails-for-everybody";
const FIXED = aSha("f");
const OPENING = aCommit({
  sha: `0be0${aSha("9").slice(4)}`,
  parents: [RENAME.sha],
  message: openingMessage("PAYMENT-CRITICAL-007", 7, CHECKOUT_BRANCH),
  author: APP.login,
  committedAt: friday("14:31:03"),
});
const WRONG_FIX = aCommit({
  sha: `bad0${aSha("3").slice(4)}`,
  parents: [OPENING.sha],
  tree: aSha("d"),
  message: "Fall back to totalAmount",
  author: "ana",
  committedAt: friday("14:34:05"),
});
const FIX = aCommit({
  sha: `c0ff${aSha("2").slice(4)}`,
  parents: [WRONG_FIX.sha],
  tree: FIXED,
  message: "Read the amount of the order\n\ntotalAmount is gone since the rename.",
  author: "ana",
  committedAt: friday("14:38:40"),
});
const MERGE = aCommit({
  sha: `feed${aSha("4").slice(4)}`,
  parents: [RENAME.sha, FIX.sha],
  tree: FIXED,
  message: `Merge pull request #8 from acme/${CHECKOUT_BRANCH}`,
  author: "luca-shop",
  committedAt: friday("14:41:30"),
});

const CHECKOUT_FORM = `### Service

payment

### Severity

critical

### What is broken

Every checkout ends in an error since 14:30.
The log says: Cannot read totalAmount, src/payment/processor.js line 11.

### Impact started

2026-11-20 14:30 UTC

### Users affected

all customers
`;

function checkoutPulls(): readonly PullRequestFacts[] {
  const ready = [
    happened("ready_for_review", APP, friday("14:39:04")),
    happened("review_requested", APP, friday("14:39:05")),
  ];
  const red = {
    properties: { conclusion: "failure", title: "1 use of a forbidden name: totalAmount" },
  };
  return [
    aPullRequest({
      number: 8,
      head: CHECKOUT_BRANCH,
      base: "main",
      headSha: FIX.sha,
      state: "merged",
      isDraft: false,
      closedAt: friday("14:41:30"),
      mergedAt: friday("14:41:30"),
      mergedBy: aUser("luca-shop"),
      mergeCommit: MERGE,
      mergeable: "unknown",
      assignees: ["ana"],
      requestedReviewers: ["acme/payments"],
      reviews: [anApproval("luca-shop", FIX.sha, friday("14:41:10"))],
      checkRuns: ownRuns(120, friday("14:39:02")),
      earlierCheckRuns: ownRuns(110, friday("14:34:15"), red).map((run) => ({
        ...run,
        commit: WRONG_FIX.sha,
      })),
      events: [...ready, happened("merged", aUser("luca-shop"), friday("14:41:30"))],
      changedFiles: 2,
      commits: [OPENING, WRONG_FIX, FIX],
    }),
    aPullRequest({
      number: 9,
      head: "backmerge/7-develop",
      base: "develop",
      headSha: aSha("b"),
      state: "merged",
      isDraft: false,
      closedAt: friday("15:20:41"),
      mergedAt: friday("15:20:41"),
      mergedBy: aUser("ana"),
      checkRuns: ownRuns(130, friday("15:19:30")).slice(0, 1),
      events: [
        happened("ready_for_review", APP, friday("14:42:05")),
        happened("merged", aUser("ana"), friday("15:20:41")),
      ],
      changedFiles: 2,
    }),
  ];
}

function checkoutLanded(): IncidentState {
  const issue = declaredIssue({
    number: 7,
    title: "Checkout fails for everybody",
    body: CHECKOUT_FORM,
    at: friday("14:31:00"),
    id: "PAYMENT-CRITICAL-007",
    slug: "checkout-fails-for-everybody",
    record: {
      earlier: earlierRecord(EARLIER),
      ruling: earlierRecord(EARLIER),
      failed: failedRecord([
        { id: "PAYMENT-HIGH-003", rules: ["totalAmount"] },
        // The index has forgotten it.
        { id: "CART-LOW-002", rules: ["gross_total", "no-float-money"] },
      ]),
      medians: mediansRecord([
        { name: "toAcknowledge", milliseconds: 120_000, count: 3 },
        { name: "toFix", milliseconds: 600_000, count: 3 },
        { name: "toReview", milliseconds: 120_000, count: 3 },
        { name: "toRelease", milliseconds: 30_000, count: 3 },
        { name: "total", milliseconds: 1_800_000, count: 3 },
      ]),
    },
  });
  const conflict = buildMarker({ incident: 7, kind: "conflict", fields: { round: "1", target: "develop" } });
  return {
    ...issue,
    comments: [
      ...issue.comments,
      commentOf(7, {
        id: 31,
        author: aUser("ana"),
        body: "Looking at it.",
        createdAt: friday("14:31:47"),
      }),
      commentOf(7, { id: 33, author: APP, isOurs: true, body: conflict, createdAt: friday("14:42:06") }),
    ],
    production: {
      name: "main",
      head: MERGE.sha,
      tree: MERGE.tree,
      history: [MERGE, FIX, WRONG_FIX, OPENING, RENAME, LOGGED, BEFORE],
    },
    releaseBranches: [
      {
        name: "release/1.3",
        head: aSha("6"),
        tree: aSha("6"),
        excludedBecause: "it was cut from v1.3.0 and would get 12 other commits of main",
      },
    ],
    pullRequests: checkoutPulls(),
    tags: [
      {
        name: "v1.4.3",
        commit: MERGE.sha,
        isAnnotated: true,
        taggedAt: friday("14:41:58"),
        onProduction: true,
      },
      {
        name: "v1.4.2",
        commit: RENAME.sha,
        isAnnotated: true,
        taggedAt: friday("14:05:00"),
        onProduction: true,
      },
      {
        name: "v1.4.1",
        commit: BEFORE.sha,
        isAnnotated: true,
        taggedAt: "2026-11-18T09:00:00Z",
        onProduction: true,
      },
    ],
    releases: [
      {
        tag: "v1.4.3",
        url: `${REPOSITORY}/releases/tag/v1.4.3`,
        author: APP,
        publishedAt: friday("14:42:00"),
        isDraft: false,
      },
    ],
    pushes: [
      pushed(CHECKOUT_BRANCH, APP, [aSha("0"), OPENING.sha], friday("14:31:03"), "branch_creation"),
      pushed(CHECKOUT_BRANCH, aUser("ana"), [OPENING.sha, WRONG_FIX.sha], friday("14:34:10")),
      pushed(CHECKOUT_BRANCH, aUser("ana"), [WRONG_FIX.sha, FIX.sha], friday("14:38:44")),
    ],
    landings: [
      { mergeCommit: MERGE.sha, target: "main", proof: "ancestry" },
      { mergeCommit: MERGE.sha, target: "develop", proof: "ancestry" },
    ],
    suspects: [
      { ...RENAME, touched: ["src/payment/processor.js"], inService: true, lines: 18 },
      { ...LOGGED, inService: true, lines: 412 },
    ],
    lookedUp: [
      {
        commit: RENAME,
        hunks: [
          {
            path: "src/payment/processor.js",
            header: "@@ -10,3 +10,3 @@",
            lines: [
              " function charge(orderData) {",
              "-  return pay(orderData.totalAmount);",
              "+  return pay(orderData.amount);",
              " }",
            ],
          },
        ],
        moreHunks: 2,
      },
    ],
  };
}

function checkoutState(config: Config): IncidentState {
  const giulia = (id: number, at: string, ...lines: readonly string[]): Spoken => ({
    id,
    by: "giulia",
    at: friday(at),
    lines,
  });
  const told = [
    giulia(
      32,
      "14:35:40",
      "/hotfix update Nobody can pay at the moment. We know why, and a correction is on its way.",
    ),
    giulia(
      40,
      "15:02:00",
      "/hotfix impact-started 15:30:15",
      "/hotfix detected 15:30:40",
      "/hotfix verified 15:41:30",
      "/hotfix recovered 15:42:00",
      "/hotfix note at 15:33 The bank confirmed that it saw no payment since 15:30",
      "/hotfix impact revenue=50000/h share=100% tickets=47",
      '/hotfix metric "success rate" before=30% after=97% target=95%',
      '/hotfix metric "p95 latency" before=1200ms target=250ms',
      "/hotfix cause 4b1d000",
    ),
    giulia(
      42,
      "15:05:00",
      '/hotfix action "Check the order\'s fields at the border" owner=ana',
      '/hotfix action "Alert when payments fail for a minute" type=detect horizon=next owner=@acme/payments',
      '/hotfix action "Let people pay by invoice while cards fail" type=mitigate horizon=quarter',
    ),
  ].reduce((state, spoken) => answered(state, config, spoken), checkoutLanded());
  const dropped = "2026-11-27T10:00:00Z";
  const ends = [
    { state: "closed", stateReason: "completed", closedAt: "2026-11-24T09:00:00Z" },
    {},
    { state: "closed", stateReason: "not_planned", closedAt: dropped },
  ] as const;
  return answered(withFollowUps(told, config, 12, ends), config, {
    id: 44,
    by: "giulia",
    at: "2026-11-27T10:05:00Z",
    lines: ["/hotfix not-doing #14 because the bank does not allow it"],
  });
}

const evening = (time: string) => `2026-12-02T${time}Z`;
const night = (time: string) => `2026-12-03T${time}Z`;
const TIMEOUT_BRANCHES = [
  "hotfix/42-70-of-payments-time-out",
  "hotfix/42-70-of-payments-time-out-2",
] as const;

const SHIPPED_BEFORE = aCommit({
  sha: aSha("1"),
  message: "Show the delivery day",
  committedAt: "2026-11-30T10:00:00Z",
});
const LONGER_WAIT = aCommit({
  sha: `dead${aSha("5").slice(4)}`,
  parents: [SHIPPED_BEFORE.sha],
  tree: aSha("2"),
  message: "Wait 10 s for the provider",
  author: "ana",
  committedAt: evening("22:12:00"),
});
const FIRST_MERGE = aCommit({
  sha: aSha("7"),
  parents: [SHIPPED_BEFORE.sha, LONGER_WAIT.sha],
  tree: aSha("2"),
  message: "Merge pull request #43",
  author: "luca-shop",
  committedAt: evening("22:31:00"),
});
const POOL_FIX = aCommit({
  sha: `f00d${aSha("6").slice(4)}`,
  parents: [FIRST_MERGE.sha],
  tree: aSha("3"),
  message: "Give back the connection after a timeout",
  author: "kenji",
  committedAt: night("01:02:00"),
});
const SECOND_MERGE = aCommit({
  sha: aSha("8"),
  parents: [FIRST_MERGE.sha, POOL_FIX.sha],
  tree: aSha("3"),
  message: "Merge pull request #45",
  author: "luca-shop",
  committedAt: night("01:20:00"),
});

const TIMEOUT_FORM = `### Service

payment

### Severity

high

### What is broken

Most payments end with "provider timed out" after ten seconds.
`;

function timeoutPulls(): readonly PullRequestFacts[] {
  const merged = (
    number: number,
    head: string,
    base: string,
    mergedAt: string,
    more: Partial<PullRequestFacts>,
  ): PullRequestFacts =>
    aPullRequest({
      number,
      head,
      base,
      mergedAt,
      closedAt: mergedAt,
      state: "merged",
      isDraft: false,
      mergedBy: aUser("luca-shop"),
      mergeable: "unknown",
      changedFiles: 1,
      ...more,
    });
  const advice = {
    "tests (advice)": { conclusion: "neutral", title: "No test was changed", externalId: "findings=abc123" },
  };
  return [
    merged(43, TIMEOUT_BRANCHES[0], "main", evening("22:31:00"), {
      createdAt: evening("21:50:04"),
      headSha: LONGER_WAIT.sha,
      mergeCommit: FIRST_MERGE,
      reviews: [
        {
          ...anApproval("luca-shop", LONGER_WAIT.sha, evening("22:30:00")),
          url: `${REPOSITORY}/pull/43#pullrequestreview-2`,
        },
      ],
      checkRuns: ownRuns(210, evening("22:14:00")),
      commits: [LONGER_WAIT],
    }),
    merged(44, "backmerge/42-develop", "develop", evening("22:40:00"), {
      createdAt: evening("21:50:06"),
      headSha: aSha("b"),
      checkRuns: ownRuns(220, evening("22:33:00")).slice(0, 1),
    }),
    merged(45, TIMEOUT_BRANCHES[1], "main", night("01:20:00"), {
      createdAt: evening("23:40:00"),
      headSha: POOL_FIX.sha,
      mergeCommit: SECOND_MERGE,
      checkRuns: ownRuns(230, night("01:05:00"), advice),
      commits: [POOL_FIX],
    }),
    merged(46, "backmerge/42.2-develop", "develop", "2026-12-04T03:25:00Z", {
      createdAt: evening("23:40:05"),
      headSha: aSha("c"),
      mergedBy: APP,
      checkRuns: ownRuns(240, night("01:22:00")).slice(0, 1),
      events: [
        happened("closed", aUser("ana"), night("02:00:00")),
        happened("reopened", aUser("ana"), "2026-12-04T03:00:00Z"),
        happened("merged", APP, "2026-12-04T03:25:00Z"),
      ],
    }),
  ];
}

function timeoutLanded(): IncidentState {
  const issue = declaredIssue({
    number: 42,
    title: "70 % of payments time out",
    body: TIMEOUT_FORM,
    at: evening("21:50:00"),
    id: "PAYMENT-HIGH-042",
    slug: "70-of-payments-time-out",
    record: {},
  });
  const [first, second] = TIMEOUT_BRANCHES;
  const tag = (name: string, commit: string, taggedAt: string) => ({
    name,
    commit,
    taggedAt,
    isAnnotated: true,
    onProduction: true,
  });
  const release = (name: string, publishedAt: string) => ({
    tag: name,
    url: `${REPOSITORY}/releases/tag/${name}`,
    author: APP,
    publishedAt,
    isDraft: false,
  });
  return {
    ...issue,
    comments: [
      ...issue.comments,
      commentOf(42, {
        id: 31,
        author: aUser("ana"),
        body: "I have the pager.",
        createdAt: evening("21:58:30"),
      }),
    ],
    production: {
      name: "main",
      head: SECOND_MERGE.sha,
      tree: SECOND_MERGE.tree,
      history: [SECOND_MERGE, POOL_FIX, FIRST_MERGE, LONGER_WAIT, SHIPPED_BEFORE],
    },
    pullRequests: timeoutPulls(),
    tags: [
      tag("v2.0.2", SECOND_MERGE.sha, night("01:20:20")),
      tag("v2.0.1", FIRST_MERGE.sha, evening("22:31:20")),
      tag("v2.0.0", SHIPPED_BEFORE.sha, "2026-11-30T11:00:00Z"),
    ],
    releases: [release("v2.0.2", night("01:20:21")), release("v2.0.1", evening("22:31:21"))],
    deployments: [
      {
        commit: SECOND_MERGE.sha,
        environment: "production",
        creator: aUser("luca-shop"),
        at: night("01:20:30"),
        statuses: [{ state: "success", creator: aUser("luca-shop"), at: night("01:20:50"), url: null }],
      },
    ],
    pushes: [
      pushed(first, APP, [aSha("0"), SHIPPED_BEFORE.sha], evening("21:50:04"), "branch_creation"),
      pushed(first, aUser("ana"), [SHIPPED_BEFORE.sha, LONGER_WAIT.sha], evening("22:12:20")),
      pushed(second, APP, [aSha("0"), FIRST_MERGE.sha], evening("23:40:00"), "branch_creation"),
      pushed(second, aUser("kenji"), [FIRST_MERGE.sha, POOL_FIX.sha], night("01:02:20")),
    ],
    landings: [
      { mergeCommit: FIRST_MERGE.sha, target: "main", proof: "ancestry" },
      { mergeCommit: FIRST_MERGE.sha, target: "develop", proof: "content" },
      { mergeCommit: SECOND_MERGE.sha, target: "main", proof: "ancestry" },
      { mergeCommit: SECOND_MERGE.sha, target: "develop", proof: "ancestry" },
    ],
    suspects: [],
  };
}

function timeoutState(config: Config): IncidentState {
  const spoken: readonly Spoken[] = [
    {
      id: 80,
      by: "luca-shop",
      at: night("01:10:00"),
      lines: ["/hotfix override tests because the provider has no sandbox"],
    },
    {
      id: 82,
      by: "giulia",
      at: night("01:40:00"),
      lines: [
        "/hotfix impact-started 2026-12-02 21:41 UTC",
        "/hotfix recovered 2026-12-03 01:21 UTC",
        "/hotfix impact revenue=833/min share=60-80%",
        '/hotfix impact share=12.5% from="2026-12-02 22:31 UTC"',
        '/hotfix metric "success rate" before=30% after=97% target=99%',
        "/hotfix cause The provider answers after 12 s since its own release; we wait 10 s",
      ],
    },
  ];
  const told = spoken.reduce((state, each) => answered(state, config, each), timeoutLanded());
  return withFollowUps(told, config, 51, []);
}
