import { describe, expect, it } from "vitest";
import { type Action, actionKey, type Outcome, type OutcomeValue } from "../../../src/incident/action.ts";
import { advance } from "../../../src/incident/advance.ts";
import { factsOf } from "../../../src/incident/facts-of.ts";
import type { IncidentState } from "../../../src/incident/state.ts";
import {
  appActor,
  approved,
  at,
  backMergeBranch,
  carriedBack,
  closed,
  commits,
  fixPushed,
  hotfixBranch,
  labelled,
  landed,
  merged,
  opened,
  released,
  shaOf,
  shopConfig,
  tree,
} from "../../support/state-builder.ts";

function after(state: IncidentState, action: Action, value: OutcomeValue): IncidentState {
  return advance(state, { action, ok: true, value });
}

const createHotfix: Action = {
  kind: "create-branch",
  branch: hotfixBranch,
  from: commits.base.sha,
  tree: tree.production,
  message: commits.opening.message,
};

describe("advance", () => {
  it("shows a new branch as the next observation does", () => {
    const state = after(labelled(), createHotfix, {
      kind: "branch",
      head: commits.opening.sha,
      at: at("14:30:03"),
    });
    const [branch] = opened().branches;
    expect(state.branches).toEqual([
      { ...branch, commits: [{ ...commits.opening, committedAt: at("14:30:03") }] },
    ]);
    expect(state.pushes).toEqual(opened().pushes);
  });

  it("shows a new pull request as the next observation does", () => {
    const [expected] = opened().pullRequests;
    const state = after(
      opened({ pullRequests: [] }),
      { kind: "open-pull-request", head: hotfixBranch, base: "main", title: "Hotfix", body: "", draft: true },
      {
        kind: "pull-request",
        number: 43,
        nodeId: "PR_43",
        url: expected!.url,
        isDraft: true,
        headSha: commits.opening.sha,
        at: at("14:30:04"),
      },
    );
    expect(state.pullRequests).toEqual([{ ...expected, mergeable: "unknown", mergeState: "unknown" }]);
  });

  it("believes GitHub when there are no drafts", () => {
    const state = after(
      opened({ pullRequests: [] }),
      { kind: "open-pull-request", head: hotfixBranch, base: "main", title: "", body: "", draft: true },
      { kind: "pull-request", number: 43, nodeId: "", url: "", isDraft: false, headSha: commits.opening.sha },
    );
    expect(state.pullRequests[0]?.isDraft).toBe(false);
  });

  it("keeps what people wrote when the status comment is written again", () => {
    const write: Action = { kind: "write-status", commentId: 9001, body: "new" };
    const state = after(approved(), write, { kind: "done", at: at("14:39") });
    expect(state.comments.map((comment) => comment.body)).toEqual(["new", approved().comments[1]?.body]);
    expect(state.comments[0]?.editedAt).toBe(at("14:39"));
  });

  it("adds new comments as ours", () => {
    const value: OutcomeValue = { kind: "comment", id: 7, nodeId: "IC_7", url: "u", at: at("14:31") };
    const states = [
      after(labelled(), { kind: "write-status", commentId: null, body: "b" }, value),
      after(labelled(), { kind: "post-comment", on: 42, marker: "m", body: "b" }, value),
    ];
    for (const state of states) {
      expect(state.comments).toEqual([
        {
          id: 7,
          nodeId: "IC_7",
          url: "u",
          author: appActor,
          body: "b",
          createdAt: at("14:31"),
          editedAt: null,
          isOurs: true,
        },
      ]);
    }
  });

  it("leaves the evidence that something was done once", () => {
    const state = [
      { kind: "mark-ready", pullRequest: 43, nodeId: "PR_43" },
      { kind: "request-review", pullRequest: 43, users: ["leo"], teams: ["payments"] },
      { kind: "assign", issue: 43, logins: ["ana"] },
    ].reduce(
      (now, action) => after(now, action as Action, { kind: "done", at: at("14:36:03") }),
      fixPushed(),
    );
    const [pull] = state.pullRequests;
    expect(pull).toMatchObject({
      isDraft: false,
      assignees: ["ana"],
      requestedReviewers: ["leo", "acme/payments"],
    });
    expect(pull?.events).toEqual(approved().pullRequests[0]?.events);
  });

  it("assigns the issue itself too", () => {
    const state = after(labelled(), { kind: "assign", issue: 42, logins: ["leo"] }, { kind: "done" });
    expect(state.issue.assignees).toEqual(["leo"]);
  });

  it("shows tag and release with GitHub's time, or none", () => {
    const tag: Action = { kind: "create-tag", tag: "v1.2.4", commit: commits.mergeCommit.sha, message: "" };
    expect(after(merged(), tag, { kind: "done", at: at("14:40:05") }).tags).toEqual(released().tags);
    expect(after(merged(), tag, { kind: "done" }).tags[0]?.taggedAt).toBeNull();
    const release: Action = { kind: "publish-release", tag: "v1.2.4", name: "", body: "", latest: true };
    const url = released().releases[0]!.url;
    const value: OutcomeValue = { kind: "release", url, at: at("14:40:08") };
    expect(after(released({ releases: [] }), release, value).releases).toEqual(released().releases);
  });

  it("shows the shipped commit in the back-merge branch and its pull request", () => {
    const action: Action = {
      kind: "merge-into-branch",
      branch: backMergeBranch,
      commit: commits.mergeCommit.sha,
      message: commits.carried.message,
    };
    const state = after(released(), action, { kind: "merge", sha: commits.carried.sha });
    expect(state.branches[1]?.commits.map((commit) => commit.parents)).toEqual(
      carriedBack().branches[1]?.commits.map((commit) => commit.parents),
    );
    expect(state.pullRequests[1]).toMatchObject({
      headSha: commits.carried.sha,
      mergeable: "unknown",
      checkRuns: [],
    });
    const nothing = after(released(), action, { kind: "merge", sha: null });
    expect(nothing.branches[1]?.head).toBe(commits.backMergeOpening.sha);
    expect(nothing.branches[1]?.commits[0]?.parents).toContain(commits.mergeCommit.sha);
  });

  it("never takes a merged pull request for a landed fix", () => {
    const action: Action = {
      kind: "merge-pull-request",
      pullRequest: 44,
      nodeId: "PR_44",
      headSha: commits.carried.sha,
      method: "merge",
    };
    const sha = commits.integrationMerge.sha;
    const state = after(carriedBack(), action, { kind: "merge-pull-request", merged: true, sha });
    expect(state.pullRequests[1]).toMatchObject({ state: "merged", mergedAt: null, mergedBy: appActor });
    expect(state.integration?.head).toBe(sha);
    expect(state.landings).toEqual(carriedBack().landings);
    expect(factsOf(state, shopConfig).phase).toBe("released");
    const waiting = after(carriedBack(), action, { kind: "merge-pull-request", merged: false, sha: null });
    expect(waiting.pullRequests[1]).toMatchObject({ state: "open", autoMergeEnabled: true });
  });

  it("shows documents where they were written, directly or by pull request", () => {
    const action: Action = {
      kind: "commit-documents",
      branch: "develop",
      expectedHead: commits.integrationMerge.sha,
      files: [{ path: "incidents/X.md", text: "x" }],
      message: "docs",
      fallback: { branch: "hotfix-documents/42", title: "Documents", body: "" },
    };
    const direct = after(landed(), action, { kind: "documents", sha: shaOf("docs"), pullRequest: null });
    expect(direct.documents).toEqual([{ path: "incidents/X.md", branch: "develop", text: "x" }]);
    expect(direct.integration?.head).toBe(shaOf("docs"));
    const proposed = after(landed(), action, { kind: "documents", sha: shaOf("docs"), pullRequest: 45 });
    expect(proposed.documents[0]?.branch).toBe("hotfix-documents/42");
    expect(proposed.integration?.head).toBe(commits.integrationMerge.sha);
    expect(proposed.pullRequests.at(-1)).toMatchObject({
      number: 45,
      head: "hotfix-documents/42",
      base: "develop",
    });
  });

  it("shows branches gone and the issue closed", () => {
    const gone = after(
      landed(),
      { kind: "delete-branch", branch: hotfixBranch, expectedHead: commits.fix.sha },
      { kind: "done", at: at("14:40:50") },
    );
    expect(gone.branches.map((branch) => branch.name)).toEqual([backMergeBranch]);
    expect(gone.pullRequests[0]?.events.at(-1)).toEqual(closed().pullRequests[0]?.events.at(-1));
    const over = after(
      landed(),
      { kind: "close-issue", reason: "completed" },
      { kind: "done", at: at("14:41") },
    );
    expect(over.issue).toEqual(closed().issue);
    expect(over.events.at(-1)).toMatchObject({ kind: "closed", actor: appActor, at: at("14:41") });
  });

  it("marks what was not read back, and only that", () => {
    expect(after(labelled(), createHotfix, { kind: "branch", head: shaOf("x") }).isAdvanced).toBe(true);
    expect(
      after(
        labelled(),
        { kind: "post-comment", on: 42, marker: "", body: "" },
        { kind: "comment", id: 1, nodeId: "", url: "" },
      ).isAdvanced,
    ).toBeUndefined();
  });

  it("keeps a refusal under the action's key and changes nothing else", () => {
    const problem = { code: "branch-protected", sentence: "No.", nextStep: "Ask.", transient: false };
    const outcome: Outcome = { action: createHotfix, ok: false, problem };
    expect(advance(labelled(), outcome)).toEqual({
      ...labelled(),
      refusals: { [actionKey(createHotfix)]: problem },
    });
  });
});
