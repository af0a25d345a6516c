import { createHash } from "node:crypto";
import { type Config, configOf } from "../../src/config/schema.ts";
import { buildMarker, INCIDENT_TRAILER } from "../../src/incident/names.ts";
import type { AppFacts, IncidentState, PermissionFacts } from "../../src/incident/state.ts";
import type { Actor } from "../../src/incident/state/actor.ts";
import type { BranchFacts, PushFacts, TrunkFacts } from "../../src/incident/state/branch-facts.ts";
import type { CommitFacts, Sha } from "../../src/incident/state/commit-facts.ts";
import type { Instant } from "../../src/incident/state/instant.ts";
import type { CommentFacts, IssueEventFacts } from "../../src/incident/state/issue-facts.ts";
import type {
  CheckRunFacts,
  PullRequestEventFacts,
  PullRequestFacts,
  ReviewFacts,
} from "../../src/incident/state/pull-request-facts.ts";
import type { TagFacts } from "../../src/incident/state/release-facts.ts";

/**
 * States of one incident as `observe` would give them, for tests of everything that reads a state. The story is the shop's Friday:
 * issue 42, label at 14:30, production `main` at v1.2.3, integration `develop` with unfinished work. Each stage is a whole state and
 * takes overrides: `merged()`, `merged({ integration: null })`. Pieces: `aCommit`, `aPullRequest`, `aComment`, ...
 */

export const number = 42;
export const incidentId = "PAYMENT-CRITICAL-042";
export const documentPaths = [
  `incidents/${incidentId}.md`,
  `retrospectives/${incidentId}.md`,
  `communication/${incidentId}.md`,
  `communication/${incidentId}-public.md`,
];
export const slug = "checkout-fails";
export const hotfixBranch = `hotfix/${number}-${slug}`;
export const backMergeBranch = `backmerge/${number}-develop`;

export const appFacts: AppFacts = { slug: "hotfix-responder", login: "hotfix-responder[bot]" };
export const appActor: Actor = { login: appFacts.login, kind: "bot" };
/** Declares, pushes the fix. */
export const ana: Actor = { login: "ana", kind: "user" };
/** Reviews and merges. */
export const leo: Actor = { login: "leo", kind: "user" };
export const stranger: Actor = { login: "stranger", kind: "user" };
export const ghost: Actor = { login: "ghost", kind: "ghost" };

export const repositoryUrl = "https://github.com/acme/shop";
export const issueUrl = `${repositoryUrl}/issues/${number}`;

/** Configuration of the shop. Other configurations: `configOf({ ... })`. */
export const shopConfig: Config = configOf({
  services: {
    payment: {
      paths: ["src/payment/**"],
      owners: ["@leo", "@acme/payments"],
      revenuePerHour: 50_000,
      currency: "EUR",
    },
  },
  checks: { forbid: [{ forbid: "totalAmount", use: "amount", in: ["src/**"], unless: "Valid usage" }] },
});

/** A commit or tree SHA for a name: the same name gives the same SHA. */
export function shaOf(name: string): Sha {
  return createHash("sha1").update(name).digest("hex");
}

/** `at("14:31")` or `at("14:31:05")`: that time on the Friday. */
export function at(clock: string): Instant {
  return `2026-11-20T${clock.length === 5 ? `${clock}:00` : clock}Z`;
}

export const tree = {
  production: shaOf("tree of production"),
  fix: shaOf("tree with the fix"),
  integration: shaOf("tree of integration"),
} as const;

export function aCommit(name: string, overrides: Partial<CommitFacts> = {}): CommitFacts {
  const sha = shaOf(name);
  return {
    sha,
    tree: shaOf(`tree of ${name}`),
    parents: [],
    message: name,
    author: ana.login,
    committedAt: at("12:00"),
    url: `${repositoryUrl}/commit/${sha}`,
    ...overrides,
  };
}

/** The empty commit that lets pull requests exist before the fix. */
export function anOpeningCommit(branch: string, parent: Sha, parentTree: Sha): CommitFacts {
  return aCommit(`opening of ${branch}`, {
    tree: parentTree,
    parents: [parent],
    message: `hotfix: open ${incidentId}\n\n${INCIDENT_TRAILER}: ${number}`,
    author: appFacts.login,
    committedAt: at("14:30:02"),
  });
}

/** `history`: newest first. */
export function aTrunk(name: string, history: readonly CommitFacts[]): TrunkFacts {
  const head = history[0]!;
  return { name, head: head.sha, tree: head.tree, history };
}

export function aBranch(name: string, commits: readonly CommitFacts[]): BranchFacts {
  return { name, head: commits[0]!.sha, tree: commits[0]!.tree, commits };
}

export function aComment(id: number, overrides: Partial<CommentFacts> = {}): CommentFacts {
  return {
    id,
    nodeId: `IC_${id}`,
    url: `${issueUrl}#issuecomment-${id}`,
    author: ana,
    body: "Looking into it.",
    createdAt: at("14:31"),
    editedAt: null,
    isOurs: false,
    ...overrides,
  };
}

/** A comment of the app with a marker. Frozen fields are those of the story. */
export function ourComment(
  id: number,
  kind: string,
  text: string,
  fields: Readonly<Record<string, string>> = {},
): CommentFacts {
  const marker = buildMarker({
    incident: number,
    kind,
    fields: { ...fields, id: incidentId, slug, by: ana.login, event: "LE_1" },
  });
  return aComment(id, {
    author: appActor,
    isOurs: true,
    body: `${marker}\n${text}`,
    createdAt: at("14:30:05"),
  });
}

export function aStatusComment(section = "status", id = 9001): CommentFacts {
  return ourComment(id, "status", `<!-- hotfix:begin status -->\n${section}\n<!-- hotfix:end status -->`);
}

export function aLabelEvent(overrides: Partial<Extract<IssueEventFacts, { label: string }>> = {}) {
  return {
    kind: "labeled",
    id: "LE_1",
    actor: ana,
    at: at("14:30"),
    label: "incident",
    ...overrides,
  } as const satisfies IssueEventFacts;
}

export function permission(
  level: "none" | "pull" | "triage" | "push" | "maintain" | "admin",
): PermissionFacts {
  const levels = ["none", "pull", "triage", "push", "maintain", "admin"];
  const has = (name: string) => levels.indexOf(name) <= levels.indexOf(level);
  return {
    pull: has("pull"),
    triage: has("triage"),
    push: has("push"),
    maintain: has("maintain"),
    admin: has("admin"),
  };
}

export function aPush(overrides: Partial<PushFacts> = {}): PushFacts {
  return {
    branch: hotfixBranch,
    actor: ana,
    before: commits.opening.sha,
    after: commits.fix.sha,
    at: at("14:36"),
    kind: "push",
    ...overrides,
  };
}

export function aReview(overrides: Partial<ReviewFacts> = {}): ReviewFacts {
  return {
    author: leo,
    state: "approved",
    commit: commits.fix.sha,
    at: at("14:38"),
    url: `${repositoryUrl}/pull/43#pullrequestreview-1`,
    ...overrides,
  };
}

export function aCheckRun(overrides: Partial<CheckRunFacts> = {}): CheckRunFacts {
  return {
    id: 501,
    name: "hotfix/properties",
    status: "completed",
    conclusion: "success",
    title: "No forbidden property",
    url: `${repositoryUrl}/runs/501`,
    startedAt: at("14:36:02"),
    completedAt: at("14:36:04"),
    isOurs: true,
    ...overrides,
  };
}

/** Our check runs on a commit that is right; `first` replaces the one of the same name. */
export function ownCheckRuns(first: CheckRunFacts = aCheckRun()): readonly CheckRunFacts[] {
  const others = ["scope", "tests (advice)", "migrations", "message (advice)", "review"].map(
    (property, index) => aCheckRun({ id: 510 + index, name: `hotfix/${property}`, title: "Passed" }),
  );
  return [first, ...others.filter(({ name }) => name !== first.name)];
}

export function aTag(name: string, commit: Sha, overrides: Partial<TagFacts> = {}): TagFacts {
  return { name, commit, isAnnotated: true, taggedAt: at("10:00"), onProduction: true, ...overrides };
}

export function aPullRequestEvent(
  kind: PullRequestEventFacts["kind"],
  actor: Actor,
  clock: string,
): PullRequestEventFacts {
  return { kind, actor, at: at(clock) };
}

export function aPullRequest(overrides: Partial<PullRequestFacts> = {}): PullRequestFacts {
  const id = overrides.number ?? 43;
  return {
    nodeId: `PR_${id}`,
    number: id,
    url: `${repositoryUrl}/pull/${id}`,
    title: "Hotfix",
    body: "",
    head: hotfixBranch,
    base: "main",
    headSha: commits.opening.sha,
    author: appActor,
    state: "open",
    isDraft: true,
    createdAt: at("14:30:04"),
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

const base = aCommit("v1.2.3 on production", { tree: tree.production, committedAt: at("10:00") });
const unfinished = aCommit("unfinished work", { tree: tree.integration, parents: [base.sha] });
const opening = anOpeningCommit(hotfixBranch, base.sha, tree.production);
const backMergeOpening = anOpeningCommit(backMergeBranch, base.sha, tree.production);
const fix = aCommit("hotfix: read amount", {
  tree: tree.fix,
  parents: [opening.sha],
  committedAt: at("14:35:50"),
});
const mergeCommit = aCommit("Merge pull request #43", {
  tree: tree.fix,
  parents: [base.sha, fix.sha],
  author: leo.login,
  committedAt: at("14:40"),
});
const carried = aCommit("merge the tag into the back-merge branch", {
  tree: tree.fix,
  parents: [backMergeOpening.sha, mergeCommit.sha],
  author: appFacts.login,
  committedAt: at("14:40:10"),
});
const integrationMerge = aCommit("Merge pull request #44", {
  parents: [unfinished.sha, carried.sha],
  author: appFacts.login,
  committedAt: at("14:40:20"),
});

/** The commits of the story. */
export const commits = {
  base,
  unfinished,
  opening,
  backMergeOpening,
  fix,
  mergeCommit,
  carried,
  integrationMerge,
} as const;

const productionPullRequest = aPullRequest();
const backMergePullRequest = aPullRequest({
  number: 44,
  head: backMergeBranch,
  base: "develop",
  headSha: backMergeOpening.sha,
});

/** 14:30: the label is there, nothing was done yet. The labeler has push permission. */
export function labelled(overrides: Partial<IncidentState> = {}): IncidentState {
  return {
    app: appFacts,
    repository: {
      id: 7001,
      owner: "acme",
      name: "shop",
      url: repositoryUrl,
      defaultBranch: "main",
      isPrivate: true,
      isArchived: false,
      isEmpty: false,
      autoMergeAllowed: true,
      mergeCommitAllowed: true,
      squashMergeAllowed: true,
      rebaseMergeAllowed: true,
      deleteBranchOnMerge: false,
    },
    configuration: { revision: "defaults", problems: [], usable: true },
    issue: {
      nodeId: "I_42",
      number,
      title: "Checkout fails",
      body: "All payments fail.",
      url: issueUrl,
      state: "open",
      stateReason: null,
      isLocked: false,
      author: ana,
      createdAt: at("14:29"),
      closedAt: null,
      labels: ["incident", "service:payment"],
      assignees: [],
    },
    events: [aLabelEvent()],
    comments: [],
    permissions: { ana: permission("push") },
    production: aTrunk("main", [base]),
    integration: aTrunk("develop", [unfinished, base]),
    releaseBranches: [],
    branches: [],
    pullRequests: [],
    tags: [aTag("v1.2.3", base.sha), aTag("v1.2.2", shaOf("v1.2.2"))],
    releases: [],
    pushes: [],
    landings: [],
    forecasts: [],
    suspects: [base],
    documents: [],
    deadlines: [{ name: "sla", at: at("15:00"), passed: false }],
    refusals: {},
    ...overrides,
  };
}

/** 14:30:05: branches, draft pull requests and the status comment are there. */
export function opened(overrides: Partial<IncidentState> = {}): IncidentState {
  return labelled({
    comments: [aStatusComment()],
    branches: [aBranch(hotfixBranch, [opening]), aBranch(backMergeBranch, [backMergeOpening])],
    pullRequests: [productionPullRequest, backMergePullRequest],
    pushes: [
      aPush({
        actor: appActor,
        before: "0".repeat(40),
        after: opening.sha,
        at: at("14:30:03"),
        kind: "branch_creation",
      }),
    ],
    ...overrides,
  });
}

/** 14:36: the fix is pushed, its check is green, the pull request is still a draft. */
export function fixPushed(overrides: Partial<IncidentState> = {}): IncidentState {
  const before = opened();
  return {
    ...before,
    branches: [aBranch(hotfixBranch, [fix, opening]), aBranch(backMergeBranch, [backMergeOpening])],
    pullRequests: [
      { ...productionPullRequest, headSha: fix.sha, changedFiles: 1, checkRuns: ownCheckRuns() },
      backMergePullRequest,
    ],
    pushes: [...before.pushes, aPush()],
    ...overrides,
  };
}

/** 14:38: ready, review requested from the owners, assigned to the pusher, approved. */
export function approved(overrides: Partial<IncidentState> = {}): IncidentState {
  const before = fixPushed();
  return {
    ...before,
    comments: [...before.comments, ourComment(9002, "ready", "Ready.", { round: "1" })],
    pullRequests: before.pullRequests.map((each) =>
      each.number === 43
        ? {
            ...each,
            isDraft: false,
            assignees: [ana.login],
            requestedReviewers: ["acme/payments"],
            reviews: [aReview()],
            events: [
              aPullRequestEvent("ready_for_review", appActor, "14:36:03"),
              aPullRequestEvent("review_requested", appActor, "14:36:03"),
              aPullRequestEvent("assigned", appActor, "14:36:03"),
            ],
          }
        : each,
    ),
    ...overrides,
  };
}

/** 14:40: the pull request to production is merged by a person with a merge commit; nothing is tagged yet. */
export function merged(overrides: Partial<IncidentState> = {}): IncidentState {
  const before = approved();
  return {
    ...before,
    production: aTrunk("main", [mergeCommit, fix, opening, base]),
    branches: [
      { ...aBranch(hotfixBranch, [fix]), commits: [] },
      aBranch(backMergeBranch, [backMergeOpening]),
    ],
    pullRequests: before.pullRequests.map((each) =>
      each.number === 43
        ? {
            ...each,
            state: "merged",
            closedAt: at("14:40"),
            mergedAt: at("14:40"),
            mergedBy: leo,
            mergeCommit,
            mergeable: "unknown",
            events: [
              ...each.events,
              aPullRequestEvent("merged", leo, "14:40"),
              aPullRequestEvent("closed", leo, "14:40"),
            ],
          }
        : each,
    ),
    landings: [
      { mergeCommit: mergeCommit.sha, target: "main", proof: "ancestry" },
      { mergeCommit: mergeCommit.sha, target: "develop", proof: "missing" },
    ],
    ...overrides,
  };
}

/** 14:40:08: tagged v1.2.4 and released. */
export function released(overrides: Partial<IncidentState> = {}): IncidentState {
  const before = merged();
  return {
    ...before,
    comments: [...before.comments, ourComment(9003, "released", "Released.", { round: "1" })],
    tags: [aTag("v1.2.4", mergeCommit.sha, { taggedAt: at("14:40:05") }), ...before.tags],
    releases: [
      {
        tag: "v1.2.4",
        url: `${repositoryUrl}/releases/tag/v1.2.4`,
        author: appActor,
        publishedAt: at("14:40:08"),
        isDraft: false,
      },
    ],
    ...overrides,
  };
}

/** 14:40:12: the tagged commit is in the back-merge branch and its pull request is ready. */
export function carriedBack(overrides: Partial<IncidentState> = {}): IncidentState {
  const before = released();
  return {
    ...before,
    branches: before.branches.map((each) =>
      each.name === backMergeBranch ? aBranch(backMergeBranch, [carried, backMergeOpening]) : each,
    ),
    pullRequests: before.pullRequests.map((each) =>
      each.number === 44
        ? {
            ...each,
            headSha: carried.sha,
            isDraft: false,
            changedFiles: 1,
            checkRuns: [aCheckRun({ id: 502, startedAt: at("14:40:13"), completedAt: at("14:40:14") })],
            events: [aPullRequestEvent("ready_for_review", appActor, "14:40:12")],
          }
        : each,
    ),
    ...overrides,
  };
}

/** 14:40:20: merged into integration and proven there; documents are not written yet. */
export function landed(overrides: Partial<IncidentState> = {}): IncidentState {
  const before = carriedBack();
  return {
    ...before,
    comments: [...before.comments, ourComment(9004, "landed", "Landed.", { round: "1" })],
    integration: aTrunk("develop", [
      integrationMerge,
      carried,
      backMergeOpening,
      mergeCommit,
      fix,
      opening,
      unfinished,
      base,
    ]),
    pullRequests: before.pullRequests.map((each) =>
      each.number === 44
        ? {
            ...each,
            state: "merged",
            closedAt: at("14:40:20"),
            mergedAt: at("14:40:20"),
            mergedBy: appActor,
            mergeCommit: integrationMerge,
            events: [...each.events, aPullRequestEvent("merged", appActor, "14:40:20")],
          }
        : each,
    ),
    landings: [
      { mergeCommit: mergeCommit.sha, target: "main", proof: "ancestry" },
      { mergeCommit: mergeCommit.sha, target: "develop", proof: "ancestry" },
    ],
    ...overrides,
  };
}

/** 14:41: documents are on integration, own branches are gone, the issue is closed by the app. */
export function closed(overrides: Partial<IncidentState> = {}): IncidentState {
  const before = landed();
  return {
    ...before,
    comments: [...before.comments, ourComment(9005, "closed", "Closed.")],
    issue: { ...before.issue, state: "closed", stateReason: "completed", closedAt: at("14:41") },
    events: [...before.events, { kind: "closed", id: "CE_1", actor: appActor, at: at("14:41") }],
    branches: [],
    pullRequests: before.pullRequests.map((each) => ({
      ...each,
      events: [...each.events, aPullRequestEvent("head_ref_deleted", appActor, "14:40:50")],
    })),
    documents: documentPaths.map((path) => ({
      path,
      branch: "develop",
      text: "document",
    })),
    ...overrides,
  };
}
