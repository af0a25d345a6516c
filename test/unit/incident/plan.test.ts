import { describe, expect, it } from "vitest";
import { type Config, configSchema } from "../../../src/config/schema.ts";
import { type Action, actionKey } from "../../../src/incident/action.ts";
import { plan } from "../../../src/incident/plan.ts";
import type { IncidentState, Problem, PullRequestFacts } from "../../../src/incident/state.ts";
import { plainRenderer } from "../../support/plain-renderer.ts";
import {
  aCheckRun,
  aCommit,
  aLabelEvent,
  anOpeningCommit,
  appActor,
  approved,
  aPullRequest,
  aPullRequestEvent,
  aPush,
  aReview,
  aTag,
  at,
  aBranch,
  backMergeBranch,
  carriedBack,
  closed,
  commits,
  fixPushed,
  ghost,
  hotfixBranch,
  incidentId,
  labelled,
  landed,
  leo,
  merged,
  opened,
  ourComment,
  permission,
  released,
  shaOf,
  shopConfig,
  stranger,
  tree,
} from "../../support/state-builder.ts";

function planOf(state: IncidentState, config: Config = shopConfig) {
  return plan(state, { config, render: plainRenderer });
}

/** Kinds of what is planned, with what they are about where one kind is there more than once. */
function keys(state: IncidentState, config: Config = shopConfig): readonly string[] {
  return planOf(state, config).actions.map((action) =>
    action.kind === "post-comment"
      ? `comment ${/kind=([\w%-]+)/u.exec(action.marker)?.[1]}`
      : actionKey(action),
  );
}

/** Without the status comment, whose text in these states is never the renderer's. */
function work(state: IncidentState, config: Config = shopConfig): readonly string[] {
  return keys(state, config).filter((key) => key !== "write-status");
}

function find<Kind extends Action["kind"]>(state: IncidentState, kind: Kind, config: Config = shopConfig) {
  const action = planOf(state, config).actions.find((each) => each.kind === kind);
  if (action === undefined) throw new Error(`no ${kind} is planned`);
  return action as Extract<Action, { kind: Kind }>;
}

function inPull(state: IncidentState, number: number, change: Partial<PullRequestFacts>): IncidentState {
  return {
    ...state,
    pullRequests: state.pullRequests.map((pull) => (pull.number === number ? { ...pull, ...change } : pull)),
  };
}

function inIssue(state: IncidentState, change: Partial<IncidentState["issue"]>): IncidentState {
  return { ...state, issue: { ...state.issue, ...change } };
}

function refusing(state: IncidentState, key: string, over: Partial<Problem> = {}): IncidentState {
  const problem = {
    code: "permission-missing",
    sentence: "No.",
    nextStep: "Grant it.",
    transient: false,
    ...over,
  };
  return { ...state, refusals: { ...state.refusals, [key]: problem } };
}

describe("the straight line", () => {
  it.each([
    [
      "labelled",
      labelled(),
      ["create-branch:hotfix/42-checkout-fails", "create-branch:backmerge/42-develop"],
    ],
    [
      "branches there",
      opened({ pullRequests: [], comments: [] }),
      ["open-pull-request:hotfix/42-checkout-fails->main", "open-pull-request:backmerge/42-develop->develop"],
    ],
    ["pull requests there", opened({ comments: [] }), ["write-status"]],
    ["waiting for the fix", opened(), ["write-status"]],
    ["fix pushed", fixPushed(), ["mark-ready:43", "request-review:43", "assign:43"]],
    ["ready", approved(), ["write-status"]],
    ["merged", merged(), ["create-tag:v1.2.4"]],
    [
      "tagged",
      released({ releases: [], comments: approved().comments }),
      ["publish-release:v1.2.4", "merge-into-branch:backmerge/42-develop"],
    ],
    ["carried", inPull(carriedBack(), 44, { isDraft: true, events: [] }), ["mark-ready:44"]],
    ["ready to be merged back", carriedBack(), ["merge-pull-request:44"]],
    ["landed", landed(), ["commit-documents:develop"]],
    [
      "documents written",
      landed({ documents: closed().documents }),
      ["delete-branch:hotfix/42-checkout-fails", "delete-branch:backmerge/42-develop"],
    ],
    ["tidy", landed({ documents: closed().documents, branches: [] }), ["comment closed"]],
    [
      "told",
      inIssue(closed({ events: [aLabelEvent()] }), { state: "open", closedAt: null }),
      ["close-issue"],
    ],
    ["over", closed(), ["write-status"]],
  ])("when %s: %#", (_, state, expected) => {
    expect(keys(state)).toEqual(expected);
  });

  it("opens branches from production with an empty commit that closes nothing", () => {
    expect(find(labelled(), "create-branch")).toEqual({
      kind: "create-branch",
      branch: hotfixBranch,
      from: commits.base.sha,
      tree: tree.production,
      message: `hotfix: open ${incidentId}\n\nThe first commit of ${hotfixBranch}, which changes nothing\n\nHotfix-Incident: 42`,
    });
  });

  it("opens each branch with a commit of its own, for check runs belong to commits", () => {
    const messages = planOf(labelled()).actions.flatMap((each) =>
      each.kind === "create-branch" ? [each.message] : [],
    );
    expect(new Set(messages).size).toBe(2);
  });

  it("adds a branch and a pull request for each release branch that may be targeted", () => {
    const release = { name: "release/1.3", head: shaOf("r"), tree: shaOf("t"), excludedBecause: null };
    const other = { ...release, name: "release/2.0", excludedBecause: "it would bring unreleased work" };
    const releaseBranches = [release, other];
    expect(work(labelled({ releaseBranches }))).toEqual([
      "create-branch:hotfix/42-checkout-fails",
      "create-branch:backmerge/42-develop",
      "create-branch:backmerge/42-release/1.3",
    ]);
    const branch = anOpeningCommit("backmerge/42-release/1.3", commits.base.sha, commits.base.tree);
    const made = {
      ...opened(),
      branches: [...opened().branches, aBranch("backmerge/42-release/1.3", [branch])],
    };
    expect(work({ ...made, releaseBranches })).toEqual([
      "open-pull-request:backmerge/42-release/1.3->release/1.3",
    ]);
  });

  it("opens the pull request plainly where the fix is there already", () => {
    expect(find(fixPushed({ pullRequests: [] }), "open-pull-request").draft).toBe(false);
    expect(find(opened({ pullRequests: [] }), "open-pull-request").draft).toBe(true);
  });

  it("never closes an issue by what it writes", () => {
    for (const state of [labelled(), opened({ pullRequests: [] }), merged(), released(), landed()]) {
      for (const action of planOf(state).actions) {
        expect("message" in action ? action.message : "").not.toMatch(/#\d|\b(?:fix|close|resolve)[sd]?\b/iu);
      }
    }
  });

  it("writes the same plan twice, and changes nothing in the state", () => {
    for (const state of [labelled(), fixPushed(), merged(), released(), landed(), closed()]) {
      const copy = structuredClone(state);
      expect(planOf(state)).toEqual(planOf(copy));
      expect(state).toEqual(copy);
    }
  });
});

describe("trigger", () => {
  const reader = labelled({
    events: [aLabelEvent({ actor: stranger })],
    permissions: { stranger: permission("pull") },
  });

  it("S11: one comment for somebody who may not, and nothing else", () => {
    expect(keys(reader)).toEqual(["comment not%2Daccepted"]);
    expect(find(reader, "post-comment").body).toContain('"needed":"triage"');
    expect(planOf(reader)).toMatchObject({ commitsToCheck: [], wakeAt: null });
  });

  it("S12: no second one, whoever comes next", () => {
    const told = { ...reader, comments: [ourComment(1, "not-accepted", "No.")] };
    const again = [
      ...told.events,
      aLabelEvent({ kind: "unlabeled", id: "2", actor: leo }),
      aLabelEvent({ id: "3", actor: ghost }),
    ];
    expect(keys(told)).toEqual([]);
    expect(keys({ ...told, events: again })).toEqual([]);
  });

  it("F1: waits for a permission or an event that is not visible yet", () => {
    expect(planOf(labelled({ permissions: {} }))).toEqual({
      actions: [],
      commitsToCheck: [],
      wakeAt: null,
      lookAgain: false,
    });
    expect(planOf(labelled({ events: [] }))).toMatchObject({ actions: [], lookAgain: true });
  });

  it("does nothing about an issue without the label, or in an archived repository", () => {
    expect(keys(inIssue(labelled(), { labels: ["bug"] }))).toEqual([]);
    expect(keys(labelled({ repository: { ...labelled().repository, isArchived: true } }))).toEqual([]);
  });

  it("does not begin on a closed issue, and goes on with one that was begun", () => {
    expect(work(inIssue(labelled(), { state: "closed" }))).toEqual([]);
    expect(work(inIssue(opened({ pullRequests: [] }), { state: "closed" }))).toHaveLength(2);
  });
});

describe("configuration", () => {
  const wrong = (usable: boolean) => ({
    revision: "abc",
    problems: ["line 3: sla must be a number"],
    usable,
  });

  it("writes no code while there is none to go by, and explains", () => {
    const state = labelled({ configuration: wrong(false) });
    expect(keys(state)).toEqual(["write-status"]);
    const told = { ...opened({ pullRequests: [] }), configuration: wrong(false) };
    expect(keys(told)).toEqual(["write-status", "comment configuration"]);
    expect(find(told, "post-comment").body).toContain('"codeIsOff":true');
    expect(planOf({ ...fixPushed(), configuration: wrong(false) }).commitsToCheck).toEqual([]);
  });

  it("goes on by the last valid one, and explains once for each set of problems", () => {
    const state = opened({ pullRequests: [], configuration: wrong(true) });
    expect(work(state)).toContain("open-pull-request:hotfix/42-checkout-fails->main");
    expect(work(state)).toContain("comment configuration");
    const comment = find(state, "post-comment");
    const told = {
      ...state,
      comments: [...state.comments, { ...state.comments[0]!, id: 2, body: comment.body }],
    };
    expect(work(told)).not.toContain("comment configuration");
    const worse = { ...told, configuration: { ...wrong(true), problems: ["line 9"] } };
    expect(work(worse)).toContain("comment configuration");
  });
});

describe("a repository that is not ready", () => {
  it("says that production is missing, and writes no code", () => {
    const state = labelled({ production: null });
    expect(keys(state)).toEqual(["write-status"]);
    expect(find(state, "write-status").body).toContain("production-missing");
    expect(keys({ ...state, comments: opened().comments })).toEqual(["write-status", "comment blocked"]);
  });

  it("says that the repository is empty", () => {
    const state = labelled({
      repository: { ...labelled().repository, isEmpty: true },
      production: null,
      integration: null,
    });
    expect(find(state, "write-status").body).toContain("repository-empty");
  });

  it("brings the fix to production alone where integration is missing, and owes the rest", () => {
    expect(work(labelled({ integration: null }))).toEqual(["create-branch:hotfix/42-checkout-fails"]);
    const state = { ...released({ integration: null }), landings: [] };
    expect(work(state)).not.toContain("commit-documents:main");
    expect(work(state)).not.toContain("close-issue");
  });

  it("is done after production where production is the integration branch too", () => {
    const trunk = { ...shopConfig, branches: { ...shopConfig.branches, integration: "main" } };
    const state = { ...released({ integration: null }), landings: [] };
    expect(find(state, "commit-documents", trunk).branch).toBe("main");
  });
});

describe("review", () => {
  it("is asked of the owners, not of the pusher, the asked or the reviewers", () => {
    expect(find(fixPushed(), "request-review")).toMatchObject({ users: ["leo"], teams: ["payments"] });
    const pushed = fixPushed({ pushes: [aPush({ actor: leo })] });
    expect(find(pushed, "request-review")).toMatchObject({ users: [], teams: ["payments"] });
    const reviewed = inPull(fixPushed(), 43, { reviews: [aReview()], requestedReviewers: ["acme/payments"] });
    expect(work(reviewed)).not.toContain("request-review:43");
  });

  it("leaves out a team of another organisation", () => {
    const config = { ...shopConfig, services: { payment: { paths: [], owners: ["@other/team"] } } };
    expect(work(fixPushed(), config)).toEqual(["mark-ready:43", "assign:43"]);
  });

  it("is asked once: a request that somebody took back stays back", () => {
    const events = [aPullRequestEvent("review_requested", appActor, "14:36:03")];
    expect(work(inPull(fixPushed(), 43, { events }))).toEqual(["mark-ready:43", "assign:43"]);
  });

  it("assigns the last person who pushed, once", () => {
    const state = fixPushed({ pushes: [aPush(), aPush({ actor: leo }), aPush({ actor: appActor })] });
    expect(find(state, "assign")).toEqual({ kind: "assign", issue: 43, logins: ["leo"] });
    expect(work(inPull(state, 43, { assignees: ["ana"] }))).not.toContain("assign:43");
    expect(
      work(inPull(state, 43, { events: [aPullRequestEvent("assigned", appActor, "14:36")] })),
    ).not.toContain("assign:43");
    expect(work(fixPushed({ pushes: [] }))).not.toContain("assign:43");
  });

  it("waits for a change, and says so when it came", () => {
    expect(work(opened())).toEqual([]);
    expect(work(approved({ comments: opened().comments }))).toEqual(["comment ready"]);
  });
});

describe("courtesy", () => {
  const drafted = [
    aPullRequestEvent("ready_for_review", appActor, "14:36"),
    aPullRequestEvent("convert_to_draft", leo, "14:37"),
  ];

  it.each([
    ["the production pull request was closed", inPull(fixPushed(), 43, { state: "closed" })],
    [
      "it was made a draft again",
      inPull(approved(), 43, { isDraft: true, events: [...approved().pullRequests[0]!.events, drafted[1]!] }),
    ],
    ["it was pointed elsewhere", inPull(approved(), 43, { base: "develop" })],
    [
      "the hotfix branch was deleted before it had a pull request",
      opened({ branches: opened().branches.slice(1), pullRequests: opened().pullRequests.slice(1) }),
    ],
    ["the hotfix branch was deleted", opened({ branches: opened().branches.slice(1) })],
    [
      "the hotfix branch was reset to production",
      opened({ branches: [{ ...opened().branches[0]!, commits: [] }, opened().branches[1]!] }),
    ],
    ["the back-merge pull request was closed", inPull(carriedBack(), 44, { state: "closed" })],
    ["it was made a draft again", inPull(carriedBack(), 44, { isDraft: true, events: drafted })],
    [
      "it was made a draft before it was ours to mark",
      inPull(carriedBack(), 44, { isDraft: true, events: [drafted[1]!] }),
    ],
    ["it was pointed elsewhere", inPull(carriedBack(), 44, { base: "other" })],
    [
      "its auto-merge was switched off",
      inPull(carriedBack(), 44, {
        events: [...drafted.slice(0, 1), aPullRequestEvent("auto_merge_disabled", leo, "14:41")],
      }),
    ],
    [
      "changes to it were asked for",
      inPull(carriedBack(), 44, { reviews: [aReview({ state: "changes_requested" })] }),
    ],
    ["the shipped commit was taken out of its branch", { ...carriedBack(), branches: released().branches }],
    ["its branch was deleted", { ...carriedBack(), branches: merged().branches.slice(0, 1) }],
    [
      "the release was deleted",
      {
        ...released({
          releases: [],
          comments: [
            ...approved().comments,
            ourComment(9, "released", "Released.", { round: "1", release: "yes" }),
          ],
        }),
        landings: [],
        pullRequests: released()
          .pullRequests.slice(0, 1)
          .concat(aPullRequest({ number: 44, head: backMergeBranch, base: "develop", state: "closed" })),
      },
    ],
    ["the issue was reopened after the end", inIssue(closed(), { state: "open", closedAt: null })],
    [
      "the status comment was deleted",
      opened({ comments: [ourComment(9, "ready", "Ready.", { round: "1" })] }),
    ],
    [
      "the documents pull request was closed",
      closed({
        documents: [],
        pullRequests: [
          ...closed().pullRequests,
          aPullRequest({ number: 45, head: "hotfix-documents/42", base: "develop", state: "closed" }),
        ],
      }),
    ],
  ])("does nothing about it when %s: %#", (_, state) => {
    expect(work(state)).toEqual([]);
  });

  it("does not write the deleted status comment again", () => {
    expect(keys(opened({ comments: [ourComment(9, "ready", "Ready.", { round: "1" })] }))).toEqual([]);
  });

  it("S20: leaves a person's branch alone and takes another name", () => {
    const theirs = aBranch(hotfixBranch, [aCommit("my own", { parents: [commits.base.sha] })]);
    expect(work(labelled({ branches: [theirs] }))).toEqual([
      "create-branch:hotfix/42-checkout-fails-b",
      "create-branch:backmerge/42-develop",
    ]);
  });

  it("I10: stops when the label goes, and says so once", () => {
    const events = [
      ...fixPushed().events,
      aLabelEvent({ kind: "unlabeled", id: "LE_2", actor: leo, at: at("14:37") }),
    ];
    const state = inIssue(fixPushed({ events }), { labels: ["service:payment"] });
    expect(keys(state)).toEqual(["write-status"]);
    const { body } = find(state, "write-status");
    expect(body).toContain("stopped=LE_2");
    expect(body).toContain("was removed by leo");
    const told = { ...state, comments: [{ ...state.comments[0]!, body }] };
    expect(keys(told)).toEqual([]);
    // Whatever happens then is no longer the app's business.
    expect(keys({ ...told, pullRequests: merged().pullRequests })).toEqual([]);
    const back = inIssue(
      { ...told, events: [...events, aLabelEvent({ id: "LE_3", at: at("15:00") })] },
      { labels: ["incident", "service:payment"] },
    );
    expect(work(back)).toEqual(["mark-ready:43", "request-review:43", "assign:43"]);
    const resumed = { ...back, pullRequests: approved().pullRequests, branches: approved().branches };
    expect(
      find(
        { ...resumed, comments: [...told.comments, ourComment(5, "ready", "", { round: "1" })] },
        "write-status",
      ).body,
    ).not.toContain("stopped=");
  });

  it("I10: never took up anything means nothing to say", () => {
    expect(keys(inIssue(labelled(), { labels: [] }))).toEqual([]);
    expect(keys(inIssue(opened({ comments: [] }), { labels: [] }))).toEqual([]);
  });
});

describe("after the merge", () => {
  it("goes on when the issue was closed by hand", () => {
    expect(work(inIssue(merged(), { state: "closed" }))).toEqual(["create-tag:v1.2.4"]);
    expect(work(inIssue(landed(), { state: "closed" }))).toEqual(["commit-documents:develop"]);
    const done = inIssue(
      landed({ documents: closed().documents, branches: [], comments: closed().comments }),
      { state: "closed" },
    );
    expect(work(done)).toEqual([]);
  });

  it("never tags, releases or closes on a merge that changed nothing", () => {
    const empty = { ...commits.mergeCommit, tree: tree.production };
    const state = inPull(
      merged({
        production: {
          name: "main",
          head: empty.sha,
          tree: empty.tree,
          history: [empty, commits.fix, commits.opening, commits.base],
        },
      }),
      43,
      { mergeCommit: empty },
    );
    const opening = {
      ...state,
      pullRequests: state.pullRequests.map((pull) => ({ ...pull, headSha: commits.opening.sha })),
    };
    expect(work(opening)).toEqual(["comment empty%2Dmerge"]);
  });

  it("F1: looks again when production does not show the merge yet", () => {
    const state = merged({ production: opened().production, landings: [] });
    expect(work(state)).toEqual([]);
    const written = {
      ...state,
      comments: [{ ...state.comments[0]!, body: find(state, "write-status").body }, state.comments[1]!],
    };
    expect(planOf(written)).toMatchObject({ actions: [], lookAgain: true });
  });

  it("S36: adopts a version that is there, and releases it", () => {
    const tags = [aTag("v1.3.0", commits.mergeCommit.sha), ...merged().tags];
    expect(work(merged({ tags }))).toEqual([
      "publish-release:v1.3.0",
      "merge-into-branch:backmerge/42-develop",
    ]);
  });

  it("F23: does not adopt a version on a merge that went wrong", () => {
    const wrong = { ...commits.mergeCommit, tree: shaOf("wrong") };
    const production = {
      name: "main",
      head: wrong.sha,
      tree: wrong.tree,
      history: [wrong, commits.fix, commits.opening, commits.base],
    };
    const tags = [aTag("v1.3.0", wrong.sha), ...merged().tags];
    expect(work(inPull(merged({ tags, production }), 43, { mergeCommit: wrong }))).toEqual([
      "comment blocked",
    ]);
  });

  it("makes no release where configuration leaves that to others", () => {
    for (const release of ["off", "adopt"] as const) {
      const config = { ...shopConfig, release };
      const state = released({ releases: [], comments: approved().comments });
      expect(work(state, config)).toEqual(["merge-into-branch:backmerge/42-develop", "comment released"]);
    }
  });

  it("marks the release latest only if it is", () => {
    const state = released({ releases: [], comments: approved().comments });
    expect(find(state, "publish-release").latest).toBe(true);
    const tags = [...state.tags, aTag("v2.0.0", shaOf("other line"), { onProduction: false })];
    expect(find({ ...state, tags }, "publish-release").latest).toBe(false);
  });

  it("S36, F18: goes to the next name when one turns out to be taken, and to no other when tags are forbidden", () => {
    expect(work(refusing(merged(), "create-tag:v1.2.4", { code: "tag-taken" }))).toEqual([
      "create-tag:v1.2.5",
    ]);
    const forbidden = refusing(merged(), "create-tag:v1.2.4", { code: "rule-violation" });
    expect(work(forbidden)).toEqual(["merge-into-branch:backmerge/42-develop", "comment blocked"]);
    expect(work(refusing(merged(), "create-tag:v1.2.4", { code: "github-busy", transient: true }))).toEqual(
      [],
    );
  });

  it("does not end while a tag is owed", () => {
    const untagged = landed({ tags: merged().tags, releases: [] });
    expect(work(refusing(untagged, "create-tag:v1.2.4", { code: "rule-violation" }))).toEqual([
      "comment blocked",
    ]);
  });

  it.each([
    [{ mergeCommitAllowed: true }, "merge"],
    [{ mergeCommitAllowed: false }, "squash"],
    [{ mergeCommitAllowed: false, squashMergeAllowed: false }, "rebase"],
  ])("merges back as the repository allows: %#", (allowed, method) => {
    const state = carriedBack({ repository: { ...labelled().repository, ...allowed } });
    expect(find(state, "merge-pull-request")).toMatchObject({
      pullRequest: 44,
      headSha: commits.carried.sha,
      method,
    });
  });

  it.each([
    [
      "configuration wants a person",
      carriedBack(),
      { ...shopConfig, merge: { backMerges: "manual" as const } },
    ],
    ["GitHub will do it", inPull(carriedBack(), 44, { autoMergeEnabled: true }), shopConfig],
    [
      "it waits for a review and there is no auto-merge",
      {
        ...inPull(
          carriedBack({
            comments: [
              ...released().comments,
              ourComment(9, "blocked", "", { code: `back-merge-blocked${""}`, round: "1" }),
            ],
          }),
          44,
          { mergeState: "behind", mergeable: "conflicting" },
        ),
      },
      shopConfig,
    ],
  ])("leaves the merge alone when %s", (_, state, config) => {
    expect(work(state, config).filter((key) => key.startsWith("merge"))).toEqual([]);
  });

  it("asks GitHub to merge when it may only do so later", () => {
    const blocked = inPull(carriedBack(), 44, { mergeState: "blocked" });
    expect(work(blocked)).toContain("merge-pull-request:44");
    const alone = { ...blocked, repository: { ...blocked.repository, autoMergeAllowed: false } };
    expect(work(alone)).toEqual(["comment blocked"]);
  });

  it("calls for a person at a conflict, once for each target", () => {
    const conflict = inPull(carriedBack(), 44, { mergeable: "conflicting" });
    expect(work(conflict)).toEqual(["comment conflict"]);
    const told = {
      ...conflict,
      comments: [...conflict.comments, ourComment(9, "conflict", "!", { round: "1", target: "develop" })],
    };
    expect(work(told)).toEqual([]);
    const refused = refusing(released(), "merge-into-branch:backmerge/42-develop", {
      code: "merge-conflict",
    });
    expect(work(refused)).toEqual(["comment conflict"]);
  });

  it("goes on when a person resolved it on the back-merge branch", () => {
    const resolved = aCommit("resolve", { parents: [commits.carried.sha, commits.unfinished.sha] });
    const branches = [
      merged().branches[0]!,
      aBranch(backMergeBranch, [resolved, commits.carried, commits.backMergeOpening]),
    ];
    const state = inPull({ ...carriedBack(), branches }, 44, { headSha: resolved.sha });
    expect(find(state, "merge-pull-request").headSha).toBe(resolved.sha);
  });

  it("leaves a target alone that has the fix already", () => {
    const landings = released().landings.map((landing) => ({ ...landing, proof: "ancestry" as const }));
    expect(work(released({ landings }))).toEqual(["commit-documents:develop", "comment landed"]);
  });
});

describe("the end", () => {
  it("waits until the proofs were read, and not only written", () => {
    const state = landed({ isAdvanced: true });
    expect(planOf(state)).toMatchObject({ actions: [], lookAgain: true });
  });

  it("waits for every target", () => {
    const landings = landed().landings.filter((landing) => landing.target === "main");
    expect(work(landed({ landings }))).toEqual([]);
    const releaseBranches = [
      { name: "release/1.3", head: shaOf("r"), tree: shaOf("t"), excludedBecause: null },
    ];
    expect(work(landed({ releaseBranches }))).toEqual(["create-branch:backmerge/42-release/1.3"]);
  });

  it("never overwrites a document that is there", () => {
    const mine = { path: `incidents/${incidentId}.md`, branch: "develop", text: "edited by a person" };
    expect(find(landed({ documents: [mine] }), "commit-documents").files.map((file) => file.path)).toEqual([
      `retrospectives/${incidentId}.md`,
    ]);
  });

  it("writes documents against the head that was seen, or proposes them", () => {
    expect(find(landed(), "commit-documents")).toMatchObject({
      branch: "develop",
      expectedHead: commits.integrationMerge.sha,
      fallback: { branch: "hotfix-documents/42" },
    });
  });

  it("I7: deletes only what was merged as it is", () => {
    const after = { documents: closed().documents };
    const moved = landed({
      ...after,
      branches: [{ ...landed().branches[0]!, head: shaOf("more") }, landed().branches[1]!],
    });
    expect(work(moved)).toEqual(["delete-branch:backmerge/42-develop"]);
    const restored = inPull(landed(after), 43, {
      events: [
        aPullRequestEvent("head_ref_deleted", appActor, "14:40"),
        aPullRequestEvent("head_ref_restored", leo, "14:41"),
      ],
    });
    expect(work(restored)).toEqual(["delete-branch:backmerge/42-develop"]);
    const theirs = landed({ ...after, branches: [aBranch("hotfix/42-theirs", [commits.fix])] });
    expect(work(theirs)).toEqual(["comment closed"]);
  });

  it("does not close over commits that came after the merge", () => {
    const branches = [{ ...landed().branches[0]!, head: shaOf("more") }];
    expect(work(landed({ documents: closed().documents, branches }))).toEqual([]);
  });

  it("closes although a branch cannot be deleted", () => {
    const state = refusing(
      landed({ documents: closed().documents, branches: landed().branches.slice(0, 1) }),
      `delete-branch:${hotfixBranch}`,
    );
    expect(work(state)).toEqual(["comment closed"]);
  });

  it("closes although comments are refused", () => {
    const state = landed({ documents: closed().documents, branches: [] });
    const comment = find(state, "post-comment");
    expect(work(refusing(state, actionKey(comment)))).toEqual(["close-issue"]);
    expect(work(refusing(state, actionKey(comment), { transient: true }))).toEqual([]);
  });

  it("links the documents where they are", () => {
    const state = landed({ documents: closed().documents, branches: [] });
    expect(find(state, "post-comment").body).toContain(`/blob/develop/incidents/${incidentId}.md`);
    const pull = aPullRequest({ number: 45, head: "hotfix-documents/42", base: "develop" });
    expect(find({ ...state, pullRequests: [...state.pullRequests, pull] }, "post-comment").body).toContain(
      "/pull/45",
    );
  });
});

describe("refusals", () => {
  it("are not planned again in this pass, and the rest goes on", () => {
    const state = refusing(labelled(), `create-branch:${hotfixBranch}`);
    expect(keys(state)).toEqual(["create-branch:backmerge/42-develop"]);
  });

  it("call for a person once for each kind of obstacle", () => {
    const both = refusing(
      refusing(opened({ pullRequests: [] }), `open-pull-request:${hotfixBranch}->main`),
      `open-pull-request:${backMergeBranch}->develop`,
    );
    expect(keys(both)).toEqual(["write-status", "comment blocked"]);
    const told = {
      ...both,
      comments: [...both.comments, ourComment(9, "blocked", "", { code: "permission-missing", round: "1" })],
    };
    expect(work(told)).toEqual([]);
  });

  it("that pass by themselves call for nobody", () => {
    const state = refusing(
      opened({ pullRequests: opened().pullRequests.slice(1) }),
      `open-pull-request:${hotfixBranch}->main`,
      { transient: true },
    );
    expect(keys(state)).toEqual(["write-status"]);
  });

  it("of small things stand in the status comment only", () => {
    expect(work(refusing(refusing(approved(), "request-review:43"), "assign:43"))).toEqual([]);
  });

  it("of the status comment do not hold up what is left to say", () => {
    expect(keys(refusing(approved({ comments: [] }), "write-status"))).toEqual(["comment ready"]);
    expect(keys(refusing(approved({ comments: [] }), "write-status", { transient: true }))).toEqual([]);
  });

  it("F14: look again where somebody took the name in between", () => {
    const state = refusing(
      labelled({ integration: null, comments: opened().comments }),
      `create-branch:${hotfixBranch}`,
      { code: "name-taken" },
    );
    const settled = {
      ...state,
      comments: [
        { ...state.comments[0]!, body: find(state, "write-status").body },
        ourComment(9, "blocked", "", { code: "integration-missing", round: "1" }),
        ourComment(8, "blocked", "", { code: "name-taken", round: "1" }),
      ],
    };
    expect(planOf(settled)).toMatchObject({ actions: [], lookAgain: true });
    const seen = {
      ...settled,
      branches: [aBranch(hotfixBranch, [aCommit("theirs", { parents: [commits.base.sha] })])],
    };
    expect(work(seen)).toEqual([`create-branch:${hotfixBranch}-b`]);
  });
});

describe("commits to check", () => {
  const check = (state: IncidentState) => planOf(state).commitsToCheck;

  it("are the heads of what is in flight, once they hold something", () => {
    expect(check(opened())).toEqual([]);
    expect(check(fixPushed())).toEqual([]);
    expect(check(inPull(fixPushed(), 43, { checkRuns: [] }))).toEqual([commits.fix.sha]);
    expect(check(inPull(carriedBack(), 44, { checkRuns: [] }))).toEqual([commits.carried.sha]);
    expect(check(fixPushed({ pullRequests: [] }))).toEqual([commits.fix.sha]);
  });

  it.each([
    ["unfinished", aCheckRun({ status: "in_progress", conclusion: null })],
    ["another one", aCheckRun({ name: "build" })],
    ["S17: somebody else's of that name", aCheckRun({ isOurs: false })],
  ])("include a head whose check run is %s", (_, run) => {
    expect(check(inPull(fixPushed(), 43, { checkRuns: [run] }))).toEqual([commits.fix.sha]);
  });

  it("S15: include a head that the pull request does not show yet", () => {
    expect(check(inPull(fixPushed(), 43, { headSha: commits.opening.sha }))).toEqual([commits.fix.sha]);
  });

  it("leave out what is merged, closed, not ours or stopped", () => {
    expect(check(merged())).toEqual([]);
    expect(
      check(inPull(inPull(fixPushed(), 43, { checkRuns: [], state: "closed" }), 44, { state: "closed" })),
    ).toEqual([]);
    expect(check(labelled({ branches: [aBranch(hotfixBranch, [commits.fix])] }))).toEqual([]);
    expect(check(inIssue(inPull(fixPushed(), 43, { checkRuns: [] }), { labels: [] }))).toEqual([]);
  });
});

describe("wakeAt", () => {
  it("is the deadline while it can be missed", () => {
    expect(planOf(opened()).wakeAt).toBe(at("15:00"));
    expect(planOf(opened({ deadlines: [{ name: "sla", at: at("15:00"), passed: true }] })).wakeAt).toBeNull();
    expect(planOf(released()).wakeAt).toBeNull();
    expect(planOf(inIssue(opened(), { state: "closed" })).wakeAt).toBeNull();
    expect(planOf(labelled({ deadlines: [] }), configSchema.parse({})).wakeAt).toBeNull();
  });
});
