import { describe, expect, it } from "vitest";
import { inIssue, inPull, plannedAction, plannedKeys, plannedWork } from "../../support/planned.ts";
import {
  aBranch,
  aCommit,
  aLabelEvent,
  appActor,
  approved,
  aPullRequest,
  aPullRequestEvent,
  aPush,
  aReview,
  at,
  backMergeBranch,
  carriedBack,
  closed,
  commits,
  fixPushed,
  hotfixBranch,
  labelled,
  leo,
  merged,
  opened,
  ourComment,
  released,
  shopConfig,
} from "../../support/state-builder.ts";

describe("review", () => {
  it("is asked of the owners, not of the pusher, the asked or the reviewers", () => {
    expect(plannedAction(fixPushed(), "request-review")).toMatchObject({
      users: ["leo"],
      teams: ["payments"],
    });
    const pushed = fixPushed({ pushes: [aPush({ actor: leo })] });
    expect(plannedAction(pushed, "request-review")).toMatchObject({ users: [], teams: ["payments"] });
    const reviewed = inPull(fixPushed(), 43, { reviews: [aReview()], requestedReviewers: ["acme/payments"] });
    expect(plannedWork(reviewed)).not.toContain("request-review:43");
  });

  it("leaves out a team of another organisation", () => {
    const config = { ...shopConfig, services: { payment: { paths: [], owners: ["@other/team"] } } };
    expect(plannedWork(fixPushed(), config)).toEqual(["mark-ready:43", "assign:43"]);
  });

  it("is asked once: a request that somebody took back stays back", () => {
    const events = [aPullRequestEvent("review_requested", appActor, "14:36:03")];
    expect(plannedWork(inPull(fixPushed(), 43, { events }))).toEqual(["mark-ready:43", "assign:43"]);
  });

  it("assigns the last person who pushed, once", () => {
    const state = fixPushed({ pushes: [aPush(), aPush({ actor: leo }), aPush({ actor: appActor })] });
    expect(plannedAction(state, "assign")).toEqual({ kind: "assign", issue: 43, logins: ["leo"] });
    expect(plannedWork(inPull(state, 43, { assignees: ["ana"] }))).not.toContain("assign:43");
    expect(
      plannedWork(inPull(state, 43, { events: [aPullRequestEvent("assigned", appActor, "14:36")] })),
    ).not.toContain("assign:43");
    expect(plannedWork(fixPushed({ pushes: [] }))).not.toContain("assign:43");
  });

  it("waits for a change, and says so when it came", () => {
    expect(plannedWork(opened())).toEqual([]);
    expect(plannedWork(approved({ comments: opened().comments }))).toEqual(["comment ready"]);
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
    expect(plannedWork(state)).toEqual([]);
  });

  it("does not write the deleted status comment again", () => {
    expect(plannedKeys(opened({ comments: [ourComment(9, "ready", "Ready.", { round: "1" })] }))).toEqual([]);
  });

  it("S20: leaves a person's branch alone and takes another name", () => {
    const theirs = aBranch(hotfixBranch, [aCommit("my own", { parents: [commits.base.sha] })]);
    expect(plannedWork(labelled({ branches: [theirs] }))).toEqual([
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
    expect(plannedKeys(state)).toEqual(["write-status"]);
    const { body } = plannedAction(state, "write-status");
    expect(body).toContain("stopped=LE_2");
    expect(body).toContain("was removed by leo");
    const told = { ...state, comments: [{ ...state.comments[0]!, body }] };
    expect(plannedKeys(told)).toEqual([]);
    // Whatever happens then is no longer the app's business.
    expect(plannedKeys({ ...told, pullRequests: merged().pullRequests })).toEqual([]);
    const back = inIssue(
      { ...told, events: [...events, aLabelEvent({ id: "LE_3", at: at("15:00") })] },
      { labels: ["incident", "service:payment"] },
    );
    expect(plannedWork(back)).toEqual(["mark-ready:43", "request-review:43", "assign:43"]);
    const resumed = { ...back, pullRequests: approved().pullRequests, branches: approved().branches };
    expect(
      plannedAction(
        { ...resumed, comments: [...told.comments, ourComment(5, "ready", "", { round: "1" })] },
        "write-status",
      ).body,
    ).not.toContain("stopped=");
  });

  it("I10: never took up anything means nothing to say", () => {
    expect(plannedKeys(inIssue(labelled(), { labels: [] }))).toEqual([]);
    expect(plannedKeys(inIssue(opened({ comments: [] }), { labels: [] }))).toEqual([]);
  });
});
