import type { IncidentState } from "../../src/incident/state.ts";
import type { Actor } from "../../src/incident/state/actor.ts";
import type { CommitFacts } from "../../src/incident/state/commit-facts.ts";
import type { IssueEventFacts } from "../../src/incident/state/issue-facts.ts";
import type { PullRequestFacts } from "../../src/incident/state/pull-request-facts.ts";
import { statusCommentOf } from "../../src/incident/status-comment.ts";
import {
  aComment,
  aCommit,
  ana,
  appActor,
  aPush,
  at,
  hotfixBranch,
  leo,
  permission,
  shaOf,
} from "../support/state-builder.ts";
import { fc } from "../support/fast-check.ts";

/** Something that a person does to the repository or the issue. Where it is impossible, nothing happens. */
export interface Move {
  readonly name: string;
  readonly make: (state: IncidentState) => IncidentState;
  /** How a counterexample names it, so that it can be played again. */
  readonly toString: () => string;
}

const person: Actor = leo;
const when = at("14:50");
const ours = /^(?:hotfix|backmerge)\/42/u;

/** `which` picks one of several; any number will do. */
export const move: fc.Arbitrary<Move> = fc
  .tuple(
    fc.constantFrom(
      "push-fix",
      "push-fix",
      "merge-production",
      "merge-production",
      "squash-production",
      "rebase-production",
      "merge-back",
      "close-pull",
      "reopen-pull",
      "delete-branch",
      "force-push",
      "push-to-back-merge",
      "redraft",
      "mark-ready",
      "retarget",
      "switch-off-auto-merge",
      "remove-label",
      "put-label-back",
      "close-issue",
      "reopen-issue",
      "retitle",
      "edit-status",
      "delete-status",
      "delete-comment",
      "delete-release",
      "take-name",
      "lose-integration",
      "add-release-branch",
      "exclude-release-branch",
      "break-configuration",
      "mend-configuration",
      "miss-deadline",
      "command",
      "delete-reply",
    ),
    fc.nat(5),
  )
  .map(([name, which]) => moveNamed(name, which));

export function moveNamed(name: string, which = 0): Move {
  return { name, make: (state) => moves[name]!(state, which), toString: () => `${name} ${which}` };
}

const moves: Readonly<Record<string, (state: IncidentState, which: number) => IncidentState>> = {
  "push-fix": (state, which) => {
    const branch = state.branches.find((each) => each.name === hotfixBranch);
    if (branch === undefined) return state;
    const fix = aCommit(`fix ${which}`, { parents: [branch.head] });
    const pushed = { ...branch, head: fix.sha, tree: fix.tree, commits: [fix, ...branch.commits] };
    return {
      ...withBranch(state, pushed),
      pushes: [...state.pushes, aPush({ before: branch.head, after: fix.sha })],
    };
  },
  "merge-production": (state) => mergeProduction(state, (base, pull) => [base, pull.headSha]),
  "squash-production": (state) => mergeProduction(state, (base) => [base]),
  "rebase-production": (state) => mergeProduction(state, (base) => [base]),
  "merge-back": (state, which) => {
    const pull = pick(
      openPulls(state).filter((each) => each.head.startsWith("backmerge/") && each.base === "develop"),
      which,
    );
    const trunk = state.integration;
    if (pull === undefined || trunk === null || pull.isDraft) return state;
    const commit = aCommit(`merge of #${pull.number}`, { parents: [trunk.head, pull.headSha] });
    return {
      ...withPull(state, pull.number, mergedBy(commit)),
      integration: { ...trunk, head: commit.sha, tree: commit.tree, history: [commit, ...trunk.history] },
    };
  },
  "close-pull": (state, which) => {
    const pull = pick(openPulls(state), which);
    return pull === undefined ? state : closePull(state, pull);
  },
  "reopen-pull": (state, which) => {
    const pull = pick(
      state.pullRequests.filter((each) => each.state === "closed" && hasBranch(state, each.head)),
      which,
    );
    return pull === undefined
      ? state
      : withPull(state, pull.number, {
          state: "open",
          closedAt: null,
          events: [...pull.events, event("reopened")],
        });
  },
  "delete-branch": (state, which) => {
    const branch = pick(
      state.branches.filter((each) => ours.test(each.name)),
      which,
    );
    if (branch === undefined) return state;
    const pulls = openPulls(state).filter((pull) => pull.head === branch.name);
    const closed = pulls.reduce(closePull, state);
    return {
      ...closed,
      branches: closed.branches.filter((each) => each.name !== branch.name),
      pullRequests: closed.pullRequests.map((pull) =>
        pull.head === branch.name ? { ...pull, events: [...pull.events, event("head_ref_deleted")] } : pull,
      ),
      pushes: branch.name.startsWith("hotfix/")
        ? [...closed.pushes, aPush({ branch: branch.name, kind: "branch_deletion", actor: person })]
        : closed.pushes,
    };
  },
  "force-push": (state, which) => {
    const branch = pick(
      state.branches.filter((each) => ours.test(each.name)),
      which,
    );
    if (branch === undefined || state.production === null) return state;
    const commit = aCommit(`other history ${which}`, { parents: [state.production.head] });
    return withBranch(state, { ...branch, head: commit.sha, tree: commit.tree, commits: [commit] });
  },
  "push-to-back-merge": (state, which) => {
    const branch = pick(
      state.branches.filter((each) => each.name.startsWith("backmerge/")),
      which,
    );
    if (branch === undefined) return state;
    const commit = aCommit(`resolution ${which}`, { parents: [branch.head] });
    return withBranch(state, {
      ...branch,
      head: commit.sha,
      tree: commit.tree,
      commits: [commit, ...branch.commits],
    });
  },
  redraft: (state, which) => {
    const pull = pick(
      openPulls(state).filter((each) => !each.isDraft),
      which,
    );
    return pull === undefined
      ? state
      : withPull(state, pull.number, { isDraft: true, events: [...pull.events, event("convert_to_draft")] });
  },
  "mark-ready": (state, which) => {
    const pull = pick(
      openPulls(state).filter((each) => each.isDraft),
      which,
    );
    return pull === undefined
      ? state
      : withPull(state, pull.number, { isDraft: false, events: [...pull.events, event("ready_for_review")] });
  },
  retarget: (state, which) => {
    const pull = pick(openPulls(state), which);
    return pull === undefined
      ? state
      : withPull(state, pull.number, {
          base: "elsewhere",
          events: [...pull.events, event("base_ref_changed")],
        });
  },
  "switch-off-auto-merge": (state, which) => {
    const pull = pick(openPulls(state), which);
    return pull === undefined
      ? state
      : withPull(state, pull.number, {
          autoMergeEnabled: false,
          events: [...pull.events, event("auto_merge_disabled")],
        });
  },
  "remove-label": (state) => {
    if (!state.issue.labels.includes("incident")) return state;
    return withEvent(
      {
        ...state,
        issue: { ...state.issue, labels: state.issue.labels.filter((label) => label !== "incident") },
      },
      { kind: "unlabeled", label: "incident" },
    );
  },
  "put-label-back": (state) => {
    if (state.issue.labels.includes("incident")) return state;
    return withEvent(
      { ...state, issue: { ...state.issue, labels: [...state.issue.labels, "incident"] } },
      { kind: "labeled", label: "incident" },
    );
  },
  "close-issue": (state) =>
    state.issue.state === "closed"
      ? state
      : withEvent(
          { ...state, issue: { ...state.issue, state: "closed", stateReason: "completed", closedAt: when } },
          { kind: "closed" },
        ),
  "reopen-issue": (state) =>
    state.issue.state === "open"
      ? state
      : withEvent(
          { ...state, issue: { ...state.issue, state: "open", stateReason: "reopened", closedAt: null } },
          { kind: "reopened" },
        ),
  retitle: (state, which) => ({ ...state, issue: { ...state.issue, title: `Title ${which}` } }),
  "edit-status": (state, which) => {
    const status = statusCommentOf(state);
    if (status === null) return state;
    const edits = [
      `Call the hotline!\n\n${status.body}`,
      `${status.body}\n\nSee the wiki.`,
      status.body.replace("phase", "nonsense"),
      status.body.replaceAll("\n", "\r\n"),
      status.body.replace(/<!-- hotfix:begin[^>]*-->/u, ""),
      status.body.replace(/<!-- hotfix:incident[^>]*-->\n?/u, ""),
    ];
    const body = edits[which]!;
    return {
      ...state,
      comments: state.comments.map((each) =>
        each.id === status.id ? { ...each, body, editedAt: when } : each,
      ),
    };
  },
  "delete-status": (state) => {
    const status = statusCommentOf(state);
    if (status === null) return state;
    return withEvent(
      { ...state, comments: state.comments.filter((each) => each.id !== status.id) },
      { kind: "comment-deleted", author: appActor },
    );
  },
  command: (state, which) => {
    const id = Math.max(9000, ...state.comments.map((each) => each.id)) + 1;
    const lines = [
      "/hotfix again",
      "/hotfix abort because it was nothing",
      "/hotfix resolved because the flag is off\n/hotfix why",
      "/hotfix skip develop because it is frozen\n/hotfix severity high",
      "/hotfix landed develop because by hand\n/hotfix status",
      "/hotfix start",
    ];
    return {
      ...state,
      comments: [...state.comments, aComment(id, { author: person, body: lines[which]!, createdAt: when })],
      permissions: { ...state.permissions, [person.login]: permission("maintain") },
    };
  },
  "delete-reply": (state) => {
    const reply = state.comments.findLast((each) => each.isOurs && each.body.includes("kind=reply"));
    return reply === undefined
      ? state
      : withEvent(
          { ...state, comments: state.comments.filter((each) => each.id !== reply.id) },
          { kind: "comment-deleted", author: appActor },
        );
  },
  "delete-comment": (state, which) => {
    const status = statusCommentOf(state);
    const comment = pick(
      state.comments.filter((each) => each.isOurs && each.id !== status?.id),
      which,
    );
    if (comment === undefined) return state;
    return withEvent(
      { ...state, comments: state.comments.filter((each) => each.id !== comment.id) },
      { kind: "comment-deleted", author: appActor },
    );
  },
  "delete-release": (state) => ({ ...state, releases: [] }),
  "take-name": (state) => {
    if (hasBranch(state, hotfixBranch) || state.production === null) return state;
    const commit = aCommit("a person's own fix", { parents: [state.production.head] });
    return {
      ...state,
      branches: [
        ...state.branches,
        { name: hotfixBranch, head: commit.sha, tree: commit.tree, commits: [commit] },
      ],
    };
  },
  "lose-integration": (state) => ({ ...state, integration: null }),
  "add-release-branch": (state, which) => {
    const name = `release/1.${which}`;
    return state.releaseBranches.some((each) => each.name === name)
      ? state
      : {
          ...state,
          releaseBranches: [
            ...state.releaseBranches,
            { name, head: shaOf(name), tree: shaOf(`tree of ${name}`), excludedBecause: null },
          ],
        };
  },
  "exclude-release-branch": (state) => ({
    ...state,
    releaseBranches: state.releaseBranches.map((each) => ({ ...each, excludedBecause: "it is released" })),
  }),
  "break-configuration": (state) => ({
    ...state,
    configuration: { revision: "defaults", problems: ["line 3: sla must be a number"], usable: false },
  }),
  "mend-configuration": (state) => ({
    ...state,
    configuration: { revision: "abc", problems: [], usable: true },
  }),
  "miss-deadline": (state) => ({
    ...state,
    deadlines: state.deadlines.map((deadline) => ({ ...deadline, passed: true })),
  }),
};

function mergeProduction(
  state: IncidentState,
  parents: (base: string, pull: PullRequestFacts) => readonly string[],
): IncidentState {
  const pull = openPulls(state).find((each) => each.base === "main" && !each.isDraft);
  const branch = state.branches.find((each) => each.name === pull?.head);
  if (pull === undefined || branch === undefined || state.production === null) return state;
  const trunk = state.production;
  const commit = aCommit(`merge of #${pull.number}`, {
    tree: branch.tree,
    parents: parents(trunk.head, pull),
    committedAt: when,
  });
  const brought = commit.parents.length > 1 ? branch.commits : [];
  return {
    ...withPull(state, pull.number, mergedBy(commit)),
    production: {
      ...trunk,
      head: commit.sha,
      tree: commit.tree,
      history: [commit, ...brought, ...trunk.history],
    },
    branches: state.branches.map((each) =>
      each.name === branch.name && commit.parents.length > 1 ? { ...each, commits: [] } : each,
    ),
  };
}

function mergedBy(commit: CommitFacts): Partial<PullRequestFacts> {
  return { state: "merged", mergeCommit: commit, mergedAt: when, closedAt: when, mergedBy: person };
}

function openPulls(state: IncidentState): readonly PullRequestFacts[] {
  return state.pullRequests.filter((pull) => pull.state === "open");
}

function closePull(state: IncidentState, pull: PullRequestFacts): IncidentState {
  return withPull(state, pull.number, {
    state: "closed",
    closedAt: when,
    events: [...pull.events, event("closed")],
  });
}

function withPull(state: IncidentState, number: number, change: Partial<PullRequestFacts>): IncidentState {
  return {
    ...state,
    pullRequests: state.pullRequests.map((pull) => (pull.number === number ? { ...pull, ...change } : pull)),
  };
}

/** The branch moved, and with it what its open pull request shows. */
function withBranch(state: IncidentState, branch: IncidentState["branches"][number]): IncidentState {
  return {
    ...state,
    branches: state.branches.map((each) => (each.name === branch.name ? branch : each)),
    pullRequests: state.pullRequests.map((pull) =>
      pull.head === branch.name && pull.state === "open"
        ? { ...pull, headSha: branch.head, changedFiles: 1 }
        : pull,
    ),
  };
}

function hasBranch(state: IncidentState, name: string): boolean {
  return state.branches.some((each) => each.name === name);
}

type EventDraft =
  | { readonly kind: "labeled" | "unlabeled"; readonly label: string }
  | { readonly kind: "closed" | "reopened" }
  | { readonly kind: "comment-deleted"; readonly author: Actor };

function withEvent(state: IncidentState, draft: EventDraft): IncidentState {
  const full: IssueEventFacts = { ...draft, id: `E_${state.events.length}`, actor: ana, at: when };
  return { ...state, events: [...state.events, full] };
}

function event(kind: PullRequestFacts["events"][number]["kind"]): PullRequestFacts["events"][number] {
  return { kind, actor: person, at: when };
}

function pick<Item>(items: readonly Item[], which: number): Item | undefined {
  return items[which % Math.max(1, items.length)];
}
