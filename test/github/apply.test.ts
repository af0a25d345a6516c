import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { applyAction } from "../../src/github/apply.ts";
import type { ActionOf } from "../../src/github/action-of.ts";
import type { Action, Outcome } from "../../src/incident/action.ts";
import { openingMessage } from "../../src/incident/opening-commit.ts";
import type { IncidentState } from "../../src/incident/state.ts";
import { scriptedGitHub } from "../support/scripted-github.ts";
import type { ScriptedGitHub } from "../support/scripted-github.ts";
import { labelled, incidentId, number, ourComment, shaOf } from "../support/state-builder.ts";

const from = shaOf("head of main");
const tree = shaOf("tree of main");
const opening = shaOf("opening commit");
const message = openingMessage(incidentId, number, "hotfix/7-checkout-fails");

const createBranch: Action = {
  kind: "create-branch",
  branch: "hotfix/42-checkout-fails",
  from,
  tree,
  message,
};

const openPull: ActionOf<"open-pull-request"> = {
  kind: "open-pull-request",
  head: "hotfix/42-checkout-fails",
  base: "main",
  title: "Hotfix",
  body: "Body",
  draft: true,
};

const createTag: Action = { kind: "create-tag", tag: "v1.2.4", commit: from, message: "v1.2.4" };

const merge: Action = {
  kind: "merge-pull-request",
  pullRequest: 44,
  nodeId: "PR_44",
  headSha: opening,
  method: "merge",
};

const commitDocuments: Action = {
  kind: "commit-documents",
  branch: "develop",
  expectedHead: from,
  files: [{ path: "incidents/X.md", text: "# X\n" }],
  message: "docs: report\n\nHotfix-Incident: 42",
  fallback: { branch: "hotfix-documents/42", title: "Documents", body: "Body" },
};

const release: Action = {
  kind: "publish-release",
  tag: "v1.2.4",
  name: "v1.2.4",
  body: "Notes",
  latest: true,
};

let github: ScriptedGitHub;
let state: IncidentState;

beforeEach(() => {
  github = scriptedGitHub();
  state = labelled();
});
afterEach(() => {
  github.finish();
});

function apply(action: Action): Promise<Outcome> {
  return applyAction(github.client, state, action);
}

async function problemOf(action: Action) {
  const outcome = await apply(action);
  if (outcome.ok) throw new Error(`expected a problem, got ${JSON.stringify(outcome.value)}`);
  return outcome.problem;
}

async function valueOf(action: Action) {
  const outcome = await apply(action);
  if (!outcome.ok) throw new Error(`expected success, got ${JSON.stringify(outcome.problem)}`);
  return outcome.value;
}

const reply = (status: number, body: unknown = {}, headers: Record<string, string> = {}) => ({
  status,
  body,
  headers,
});
const refusal = (status: number, text: string, errors?: unknown[]) =>
  reply(status, errors === undefined ? { message: text } : { message: text, errors });
const noRef = { repository: { id: "R_1", ref: null } };
const refAt = (oid: string) => ({ repository: { id: "R_1", ref: { target: { oid } } } });

describe("creating a branch", () => {
  const committed = reply(201, { sha: opening, committer: { date: "2026-11-20T14:30:02Z" } });

  it("makes the empty commit without author or committer, so that GitHub signs it, then the ref", async () => {
    github.on("POST ./git/commits", committed);
    github.on("POST ./git/refs", reply(201));
    expect(await valueOf(createBranch)).toEqual({
      kind: "branch",
      head: opening,
      at: "2026-11-20T14:30:02Z",
    });
    expect(github.sent.map((request) => request.body)).toEqual([
      { message, tree, parents: [from] },
      { ref: "refs/heads/hotfix/42-checkout-fails", sha: opening },
    ]);
  });

  it("F14: takes 'already exists' for success when our opening commit is on the branch", async () => {
    github.on("POST ./git/commits", committed);
    github.on("POST ./git/refs", refusal(422, "Reference already exists"));
    github.onGraphql("QUERY RefHead", refAt("a".repeat(40)));
    github.on(
      `GET ./commits?sha=${"a".repeat(40)}&per_page=30`,
      reply(200, [
        { sha: "a".repeat(40), commit: { message: "fix: amount", tree: { sha: tree } }, parents: [] },
        { sha: "b".repeat(40), commit: { message, tree: { sha: tree } }, parents: [{ sha: from }] },
      ]),
    );
    expect(await valueOf(createBranch)).toEqual({ kind: "branch", head: "a".repeat(40) });
  });

  it("S20: leaves alone a branch of that name which a person made", async () => {
    github.on("POST ./git/commits", committed);
    github.on("POST ./git/refs", refusal(422, "Reference already exists"));
    github.onGraphql("QUERY RefHead", refAt("a".repeat(40)));
    github.on(
      /^GET .*\/commits\?/u,
      reply(200, [{ sha: "a".repeat(40), commit: { message: "wip", tree: { sha: tree } }, parents: [] }]),
    );
    expect(await problemOf(createBranch)).toMatchObject({ code: "name-taken", transient: false });
  });

  it("F14: finds the branch in the way behind a generic 422", async () => {
    github.on("POST ./git/commits", committed);
    github.on("POST ./git/refs", refusal(422, "Reference update failed"));
    github.onGraphql("QUERY RefHead", noRef);
    github.on("GET ./git/matching-refs/heads/hotfix", reply(200, [{ ref: "refs/heads/hotfix" }]));
    const problem = await problemOf(createBranch);
    expect(problem.code).toBe("name-taken");
    expect(problem.sentence).toContain("because hotfix exists");
  });

  it("F14: names the rules behind a generic 422 with nothing in the way", async () => {
    github.on("POST ./git/commits", committed);
    github.on("POST ./git/refs", refusal(422, "Reference update failed"));
    github.onGraphql("QUERY RefHead", noRef);
    github.on(/matching-refs/u, reply(200, [{ ref: "refs/heads/hotfix/41-x" }]));
    github.on("GET ./rules/branches/hotfix/42-checkout-fails", reply(200, [{ type: "merge_queue" }]));
    const problem = await problemOf(createBranch);
    expect(problem.code).toBe("rule-violation");
    expect(problem.sentence).toContain("merge_queue");
  });

  it("F1: tries again when the ref exists on one server of GitHub only", async () => {
    github.on("POST ./git/commits", committed);
    github.on("POST ./git/refs", refusal(422, "Reference already exists"));
    github.onGraphql("QUERY RefHead", noRef);
    expect(await problemOf(createBranch)).toMatchObject({ code: "github-lagging", transient: true });
  });

  it("F19: gives the push line for a person when workflow files differ from the default branch", async () => {
    github.on("POST ./git/commits", committed);
    github.on("POST ./git/refs", refusal(403, "Resource not accessible by integration"));
    github.onGraphql("QUERY WorkflowDrift", {
      repository: { defaultBranchRef: { name: "develop" }, there: { oid: "1" }, here: { oid: "2" } },
    });
    const problem = await problemOf(createBranch);
    expect(problem.code).toBe("workflow-drift");
    expect(problem.commands).toEqual([
      ["git fetch", "origin"],
      ["git switch --create", "hotfix/42-checkout-fails", from],
      [
        "git commit --allow-empty",
        "-m",
        "hotfix: open PAYMENT-CRITICAL-042",
        "-m",
        "The first commit of hotfix/7-checkout-fails, which changes nothing",
        "-m",
        "Hotfix-Incident: 42",
      ],
      ["git push", "origin", "hotfix/42-checkout-fails"],
    ]);
  });

  it("names the missing permission when the workflow files agree", async () => {
    github.on("POST ./git/commits", committed);
    github.on(
      "POST ./git/refs",
      reply(
        403,
        { message: "Resource not accessible by integration" },
        { "x-accepted-github-permissions": "contents=write; contents=write,workflows=write" },
      ),
    );
    github.onGraphql("QUERY WorkflowDrift", {
      repository: { defaultBranchRef: { name: "main" }, there: { oid: "1" }, here: { oid: "1" } },
    });
    const problem = await problemOf(createBranch);
    expect(problem.code).toBe("permission-missing");
    expect(problem.sentence).toContain("contents: write");
  });

  it("explains an empty repository", async () => {
    github.on("POST ./git/commits", refusal(409, "Git Repository is empty."));
    expect((await problemOf(createBranch)).code).toBe("repository-empty");
  });

  it("explains an archived repository", async () => {
    github.on("POST ./git/commits", refusal(403, "Repository was archived so is read-only."));
    expect(await problemOf(createBranch)).toMatchObject({ code: "archived", transient: false });
  });

  it("F3: does not believe that an unanswered write did nothing", async () => {
    github.on("POST ./git/commits", "no answer");
    expect(await problemOf(createBranch)).toMatchObject({ code: "github-unavailable", transient: true });
  });
});

describe("opening a pull request", () => {
  const created = {
    number: 44,
    node_id: "PR_44",
    html_url: "https://github.com/acme/shop/pull/44",
    draft: true,
    created_at: "2026-11-20T14:30:03Z",
    head: { sha: opening },
  };
  const found = `GET ./pulls?state=open&head=acme:hotfix/42-checkout-fails&base=main&per_page=1`;

  it("opens a draft", async () => {
    github.on("POST ./pulls", reply(201, created));
    expect(await valueOf(openPull)).toMatchObject({ kind: "pull-request", number: 44, isDraft: true });
  });

  it("opens a plain one where the repository has no drafts", async () => {
    github.on("POST ./pulls", refusal(422, "Draft pull requests are not supported in this repository."));
    github.on("POST ./pulls", reply(201, { ...created, draft: false }));
    expect(await valueOf(openPull)).toMatchObject({ number: 44, isDraft: false });
    expect(github.sent[1]?.body["draft"]).toBe(false);
  });

  it("finds the one that is open already, whose number the refusal does not tell", async () => {
    const text = "A pull request already exists for acme:hotfix/42-checkout-fails.";
    const errors = [{ resource: "PullRequest", code: "custom", message: text }];
    github.on("POST ./pulls", refusal(422, "Validation Failed", errors));
    github.on(found, reply(200, [created]));
    expect(await valueOf(openPull)).toMatchObject({ number: 44 });
  });

  it("F3: finds the one whose creation was not answered", async () => {
    github.on("POST ./pulls", reply(502));
    github.on(found, reply(200, [created]));
    expect(await valueOf(openPull)).toMatchObject({ number: 44 });
  });

  it.each(["No commits between main and hotfix/42-checkout-fails", "Head sha can't be blank"])(
    "F2: tries again when pull requests do not see the new branch yet (%s)",
    async (text) => {
      const errors = [{ resource: "PullRequest", code: "custom", message: text }];
      github.on("POST ./pulls", refusal(422, "Validation Failed", errors));
      github.on(found, reply(200, []));
      github.onGraphql("QUERY RefHead", refAt(opening));
      github.onGraphql("QUERY RefHead", refAt(from));
      if (text.startsWith("No")) github.on(/\/compare\//u, reply(200, { status: "ahead", ahead_by: 1 }));
      expect(await problemOf(openPull)).toMatchObject({ code: "github-lagging", transient: true });
    },
  );

  it("says that there is nothing to merge when the base has it all", async () => {
    const errors = [{ resource: "PullRequest", code: "custom", message: "No commits between main and x" }];
    github.on("POST ./pulls", refusal(422, "Validation Failed", errors));
    github.on(found, reply(200, []));
    github.onGraphql("QUERY RefHead", refAt(opening));
    github.onGraphql("QUERY RefHead", refAt(from));
    github.on(/\/compare\//u, reply(200, { status: "behind", ahead_by: 0 }));
    expect(await problemOf(openPull)).toMatchObject({ code: "nothing-to-merge", transient: false });
  });

  it("names a base branch that is missing", async () => {
    const errors = [{ resource: "PullRequest", field: "base", code: "invalid" }];
    github.on("POST ./pulls", refusal(422, "Validation Failed", errors));
    github.on(found, reply(200, []));
    github.onGraphql("QUERY RefHead", refAt(opening));
    github.onGraphql("QUERY RefHead", noRef);
    expect(await problemOf(openPull)).toMatchObject({ code: "base-missing", transient: false });
  });

  it("throws what it does not know, because that is a bug of ours", async () => {
    github.on("POST ./pulls", refusal(422, "body is too long (maximum is 65536 characters)"));
    github.on(found, reply(200, []));
    await expect(apply(openPull)).rejects.toMatchObject({ status: 422 });
  });
});

describe("writing comments", () => {
  const marker = "<!-- hotfix:incident=42;kind=ready";
  const post: Action = { kind: "post-comment", on: 42, marker, body: `${marker} -->\nReady` };
  const written = {
    id: 9,
    node_id: "IC_9",
    html_url: "https://github.com/acme/shop/issues/42#issuecomment-9",
    created_at: "2026-11-20T14:31:00Z",
    user: { login: "hotfix-responder[bot]", type: "Bot" },
    body: `${marker} -->\nReady`,
  };

  it("F3: does not write a second one when the answer to the first was lost", async () => {
    github.on("POST ./issues/42/comments", reply(502));
    github.on("GET ./issues/42/comments?per_page=100", reply(200, [written]));
    expect(await valueOf(post)).toMatchObject({ kind: "comment", id: 9 });
  });

  it("F3: leaves it to the next pass when the comment cannot be seen after a lost answer", async () => {
    github.on("POST ./issues/42/comments", "no answer");
    github.on(/^GET .*comments/u, reply(200, []));
    expect(await problemOf(post)).toMatchObject({ code: "github-unavailable", transient: true });
  });

  it("S22: takes no comment of a person for ours, even with our marker in it", async () => {
    const copied = { ...written, user: { login: "hotfix-responder", type: "User" } };
    github.on("POST ./issues/42/comments", reply(502));
    github.on(/^GET .*comments/u, reply(200, [copied]));
    expect((await problemOf(post)).transient).toBe(true);
  });

  it("does not call GitHub when the issue has the comment", async () => {
    state = labelled({ comments: [{ ...ourComment(9, "ready", "Ready"), body: `${marker} -->` }] });
    expect(await valueOf(post)).toMatchObject({ kind: "comment", id: 9 });
    expect(github.sent).toEqual([]);
  });

  it("looks through the comments of a pull request first", async () => {
    github.on("GET ./issues/44/comments?per_page=100", reply(200, [written]));
    expect(await valueOf({ ...post, on: 44 })).toMatchObject({ id: 9 });
  });

  it("lets a status comment that a person deleted stay deleted", async () => {
    github.on("PATCH ./issues/comments/9", refusal(404, "Not Found"));
    const action: Action = { kind: "write-status", commentId: 9, body: "status" };
    expect(await problemOf(action)).toMatchObject({ code: "comment-gone", transient: false });
  });

  it("explains a locked conversation", async () => {
    github.on("POST ./issues/42/comments", refusal(403, "Unable to create comment because issue is locked."));
    expect((await problemOf(post)).code).toBe("issue-locked");
  });

  it("explains a deleted issue", async () => {
    github.on("POST ./issues/42/comments", refusal(410, "This issue was deleted"));
    expect((await problemOf(post)).code).toBe("gone");
  });
});

describe("tagging", () => {
  const made = reply(201, { sha: "e".repeat(40), tagger: { date: "2026-11-20T14:42:00Z" } });
  const ref = (sha: string, type = "tag") => reply(200, { object: { sha, type } });

  it("makes the tag object first and points the ref at it, not at the commit", async () => {
    github.on("POST ./git/tags", made);
    github.on("POST ./git/refs", reply(201));
    expect(await valueOf(createTag)).toEqual({ kind: "done", at: "2026-11-20T14:42:00Z" });
    expect(github.sent[0]?.body).toEqual({ tag: "v1.2.4", message: "v1.2.4", object: from, type: "commit" });
    expect(github.sent[1]?.body).toEqual({ ref: "refs/tags/v1.2.4", sha: "e".repeat(40) });
  });

  it("F14: is content with a tag that is on our commit", async () => {
    github.on("POST ./git/tags", made);
    github.on("POST ./git/refs", refusal(422, "Reference already exists"));
    github.on("GET ./git/ref/tags/v1.2.4", ref("f".repeat(40)));
    github.on(`GET ./git/tags/${"f".repeat(40)}`, reply(200, { object: { sha: from } }));
    expect(await valueOf(createTag)).toEqual({ kind: "done" });
  });

  it("F17 I1: leaves a tag on another commit where it is, and lets the next version be taken", async () => {
    github.on("POST ./git/tags", made);
    github.on("POST ./git/refs", refusal(422, "Reference already exists"));
    github.on("GET ./git/ref/tags/v1.2.4", ref("f".repeat(40), "commit"));
    expect(await problemOf(createTag)).toMatchObject({ code: "tag-taken", transient: false });
    expect(github.sent.filter(({ what }) => what.startsWith("PATCH"))).toEqual([]);
  });

  it("F18: takes a name that a deleted immutable release burned for taken", async () => {
    github.on("POST ./git/tags", made);
    github.on("POST ./git/refs", refusal(422, "tag_name was used by an immutable release"));
    github.on("GET ./git/ref/tags/v1.2.4", refusal(404, "Not Found"));
    expect((await problemOf(createTag)).code).toBe("tag-taken");
  });

  it("F3: looks for the tag when the answer was lost", async () => {
    github.on("POST ./git/tags", made);
    github.on("POST ./git/refs", "no answer");
    github.on("GET ./git/ref/tags/v1.2.4", ref(from, "commit"));
    expect(await valueOf(createTag)).toEqual({ kind: "done" });
  });

  it("reads the rule from a ruleset's refusal", async () => {
    const text =
      "Repository rule violations found\n\nCannot create ref due to creations being restricted.\n\n";
    github.on("POST ./git/tags", made);
    github.on("POST ./git/refs", refusal(422, text));
    github.on("GET ./git/ref/tags/v1.2.4", refusal(404, "Not Found"));
    const problem = await problemOf(createTag);
    expect(problem.code).toBe("rule-violation");
    expect(problem.sentence).toContain("creations being restricted");
  });

  it("F19: gives the commands for a person when workflow files differ", async () => {
    github.on("POST ./git/tags", made);
    github.on("POST ./git/refs", refusal(404, "Not Found"));
    github.onGraphql("QUERY WorkflowDrift", {
      repository: { defaultBranchRef: { name: "develop" }, there: { oid: "1" }, here: null },
    });
    const problem = await problemOf(createTag);
    expect(problem).toMatchObject({ code: "workflow-drift", transient: false });
    expect(problem.commands).toEqual([
      ["git fetch", "origin"],
      ["git tag --annotate", "-m", "v1.2.4", "v1.2.4", from],
      ["git push", "origin", "refs/tags/v1.2.4"],
    ]);
  });
});

describe("publishing a release", () => {
  const published = {
    tag_name: "v1.2.4",
    html_url: "https://github.com/acme/shop/releases/tag/v1.2.4",
    published_at: "2026-11-20T14:42:10Z",
    draft: false,
    author: { login: "hotfix-responder[bot]", type: "Bot" },
  };

  it("sends the tagged commit along, so that a tag that has gone is not made on the default branch", async () => {
    state = labelled({
      tags: [{ name: "v1.2.4", commit: from, isAnnotated: true, taggedAt: null, onProduction: true }],
    });
    github.on("POST ./releases", reply(201, published));
    expect(await valueOf(release)).toMatchObject({ kind: "release", url: published.html_url });
    expect(github.sent[0]?.body).toMatchObject({ target_commitish: from, make_latest: "true" });
  });

  it("F3 F16: finds the release that is there when the answer was lost", async () => {
    github.on("POST ./releases", reply(502));
    github.on("GET ./releases/tags/v1.2.4", reply(200, published));
    expect(await valueOf(release)).toMatchObject({ url: published.html_url });
  });

  it("F16: is content with a release that exists", async () => {
    const errors = [{ resource: "Release", code: "already_exists", field: "tag_name" }];
    github.on("POST ./releases", refusal(422, "Validation Failed", errors));
    github.on("GET ./releases/tags/v1.2.4", reply(200, published));
    expect(await valueOf(release)).toMatchObject({ url: published.html_url });
  });

  it("F18: explains a name that an immutable release burned", async () => {
    const errors = [
      { field: "tag_name", code: "custom", message: "tag_name was used by an immutable release" },
    ];
    github.on("POST ./releases", refusal(422, "Validation Failed", errors));
    github.on("GET ./releases/tags/v1.2.4", refusal(404, "Not Found"));
    expect(await problemOf(release)).toMatchObject({ code: "tag-burned", transient: false });
  });

  it("F19: does not take the 404 of workflow drift for lag", async () => {
    github.on("POST ./releases", refusal(404, "Not Found"));
    github.on("GET ./git/ref/tags/v1.2.4", reply(200, { object: { sha: from, type: "commit" } }));
    github.onGraphql("QUERY WorkflowDrift", {
      repository: { defaultBranchRef: { name: "develop" }, there: { oid: "1" }, here: { oid: "2" } },
    });
    expect(await problemOf(release)).toMatchObject({ code: "workflow-drift", transient: false });
  });

  it("F1: waits for a tag that is not visible yet", async () => {
    github.on("POST ./releases", refusal(404, "Not Found"));
    github.on("GET ./git/ref/tags/v1.2.4", refusal(404, "Not Found"));
    expect(await problemOf(release)).toMatchObject({ code: "github-lagging", transient: true });
  });
});

describe("merging a commit into a back-merge branch", () => {
  const action: Action = {
    kind: "merge-into-branch",
    branch: "backmerge/42-develop",
    commit: from,
    message: "Merge v1.2.4",
  };

  it("gives the new head", async () => {
    const commit = { committer: { date: "2026-11-20T14:43:00Z" } };
    github.on("POST ./merges", reply(201, { sha: opening, commit }));
    expect(await valueOf(action)).toEqual({ kind: "merge", sha: opening, at: "2026-11-20T14:43:00Z" });
  });

  it("is content when it was merged before", async () => {
    github.on("POST ./merges", { status: 204 });
    expect(await valueOf(action)).toEqual({ kind: "merge", sha: null });
  });

  it("gives the commands for a conflict", async () => {
    github.on("POST ./merges", refusal(409, "Merge conflict"));
    const problem = await problemOf(action);
    expect(problem).toMatchObject({ code: "merge-conflict", transient: false });
    expect(problem.nextStep).toContain(`git switch backmerge/42-develop && git merge ${from}`);
  });

  it("F15: does not call a refusal for want of a permission a conflict", async () => {
    github.on("POST ./merges", refusal(409, "You must have admin permission to do this"));
    expect((await problemOf(action)).code).toBe("permission-missing");
  });

  it("leaves a branch alone that a person deleted", async () => {
    github.on("POST ./merges", refusal(404, "Base does not exist"));
    github.onGraphql("QUERY RefHead", noRef);
    expect(await problemOf(action)).toMatchObject({ code: "branch-gone", transient: false });
  });
});

describe("merging a pull request", () => {
  const pull = (changes: Record<string, unknown> = {}) =>
    reply(200, {
      merged: false,
      merge_commit_sha: null,
      head: { sha: opening },
      mergeable: true,
      mergeable_state: "blocked",
      ...changes,
    });

  it("S15: binds the merge to the head that was looked at", async () => {
    github.on("PUT ./pulls/44/merge", reply(200, { sha: from, merged: true }));
    expect(await valueOf(merge)).toEqual({ kind: "merge-pull-request", merged: true, sha: from });
    expect(github.sent[0]?.body).toEqual({ sha: opening, merge_method: "merge" });
  });

  it("asks GitHub to merge later where something is still required", async () => {
    github.on("PUT ./pulls/44/merge", refusal(405, "At least 1 approving review is required"));
    github.on("GET ./pulls/44", pull());
    github.onGraphql("MUTATION EnableAutoMerge", { enablePullRequestAutoMerge: {} });
    expect(await valueOf(merge)).toEqual({ kind: "merge-pull-request", merged: false, sha: null });
  });

  it("merges after all when auto-merge is refused because nothing stands in the way any more", async () => {
    github.on("PUT ./pulls/44/merge", refusal(405, "Required status check is expected"));
    github.on("GET ./pulls/44", pull());
    github.onGraphql("MUTATION EnableAutoMerge", null, [{ message: "Pull request is in clean status" }]);
    github.on("PUT ./pulls/44/merge", reply(200, { sha: from, merged: true }));
    expect(await valueOf(merge)).toMatchObject({ merged: true, sha: from });
  });

  it("says what is missing where auto-merge is not allowed", async () => {
    github.on("PUT ./pulls/44/merge", refusal(405, "At least 1 approving review is required"));
    github.on("GET ./pulls/44", pull());
    github.onGraphql("MUTATION EnableAutoMerge", null, [
      { type: "UNPROCESSABLE", message: "Auto merge is not allowed for this repository" },
    ]);
    const problem = await problemOf(merge);
    expect(problem.code).toBe("not-mergeable");
    expect(problem.sentence).toContain("1 approving review");
  });

  it("F7: tries again when the base moved in the same moment", async () => {
    github.on(
      "PUT ./pulls/44/merge",
      refusal(405, "Base branch was modified. Review and try the merge again."),
    );
    github.on("GET ./pulls/44", pull());
    expect(await problemOf(merge)).toMatchObject({ code: "base-moved", transient: true });
  });

  it("S15: does not merge a head that it has not seen", async () => {
    github.on(
      "PUT ./pulls/44/merge",
      refusal(409, "Head branch was modified. Review and try the merge again."),
    );
    github.on("GET ./pulls/44", pull({ head: { sha: "9".repeat(40) } }));
    expect(await problemOf(merge)).toMatchObject({ code: "head-moved", transient: true });
  });

  it("F15: does not call a refusal for want of a permission a conflict", async () => {
    github.on("PUT ./pulls/44/merge", refusal(409, "You do not have permission to merge this"));
    github.on("GET ./pulls/44", pull());
    expect((await problemOf(merge)).code).toBe("permission-missing");
  });

  it("calls a conflict a conflict", async () => {
    github.on("PUT ./pulls/44/merge", refusal(405, "Pull Request is not mergeable"));
    github.on("GET ./pulls/44", pull({ mergeable: false, mergeable_state: "dirty" }));
    expect(await problemOf(merge)).toMatchObject({ code: "merge-conflict", transient: false });
  });

  it("F8: waits while GitHub does not know yet", async () => {
    github.on("PUT ./pulls/44/merge", refusal(405, "Pull Request is not mergeable"));
    github.on("GET ./pulls/44", pull({ mergeable: null, mergeable_state: "unknown" }));
    expect(await problemOf(merge)).toMatchObject({ code: "mergeability-unknown", transient: true });
  });

  it("F3: sees that a merge without an answer was done", async () => {
    github.on("PUT ./pulls/44/merge", reply(502));
    github.on("GET ./pulls/44", pull({ merged: true, merge_commit_sha: from }));
    expect(await valueOf(merge)).toEqual({ kind: "merge-pull-request", merged: true, sha: from });
  });
});

describe("committing documents", () => {
  const blobs = (oid: string | null, text: string | null) => ({
    repository: {
      ref: oid === null ? null : { target: { oid } },
      file0: text === null ? null : { __typename: "Blob", oid: "1", text },
    },
  });
  const isProtected = [
    { type: "BRANCH_PROTECTION_RULE_VIOLATION", message: "Changes must be made through a PR" },
  ];

  it("commits all files at once, bound to the head", async () => {
    github.onGraphql("MUTATION CreateCommit", { createCommitOnBranch: { commit: { oid: opening } } });
    expect(await valueOf(commitDocuments)).toEqual({ kind: "documents", sha: opening, pullRequest: null });
    expect(github.sent[0]?.body["input"]).toEqual({
      branch: { repositoryNameWithOwner: "acme/shop", branchName: "develop" },
      expectedHeadOid: from,
      message: { headline: "docs: report", body: "Hotfix-Incident: 42" },
      fileChanges: {
        additions: [{ path: "incidents/X.md", contents: Buffer.from("# X\n").toString("base64") }],
      },
    });
  });

  it("goes through a branch and a pull request where direct commits are refused", async () => {
    github.onGraphql("MUTATION CreateCommit", null, isProtected);
    github.onGraphql("QUERY Blobs", blobs(from, null));
    github.onGraphql("QUERY Blobs", blobs(null, null));
    github.on("POST ./git/refs", reply(201));
    github.onGraphql("MUTATION CreateCommit", { createCommitOnBranch: { commit: { oid: opening } } });
    github.on(
      "POST ./pulls",
      reply(201, { number: 50, node_id: "PR_50", html_url: "u", created_at: "t", head: { sha: opening } }),
    );
    expect(await valueOf(commitDocuments)).toEqual({ kind: "documents", sha: opening, pullRequest: 50 });
  });

  it("F3: goes on from a branch that an earlier pass left with the commit on it", async () => {
    github.onGraphql("MUTATION CreateCommit", null, isProtected);
    github.onGraphql("QUERY Blobs", blobs(from, null));
    github.onGraphql("QUERY Blobs", blobs(opening, "# X\n"));
    github.on(
      "POST ./pulls",
      reply(201, { number: 50, node_id: "PR_50", html_url: "u", created_at: "t", head: { sha: opening } }),
    );
    expect(await valueOf(commitDocuments)).toMatchObject({ sha: opening, pullRequest: 50 });
  });

  it("F6: looks at the branch again when it has moved, and tries again if the files are not on it", async () => {
    const stale = [{ type: "STALE_DATA", message: 'Expected branch to point to "x" but it did not.' }];
    github.onGraphql("MUTATION CreateCommit", null, stale);
    github.onGraphql("QUERY Blobs", blobs(opening, "# older\n"));
    expect(await problemOf(commitDocuments)).toMatchObject({ code: "branch-moved", transient: true });
  });

  it("F3 F6: is content when the commit whose answer was lost is there", async () => {
    github.onGraphql("MUTATION CreateCommit", null, [{ type: "STALE_DATA", message: "stale" }]);
    github.onGraphql("QUERY Blobs", blobs(opening, "# X\n"));
    expect(await valueOf(commitDocuments)).toMatchObject({ sha: opening });
  });

  it.each(["../../.github/workflows/x.yml", ".github/x.md", "/etc/x.md", "a/.git/x.md", "incidents/x.yml"])(
    "S25: never writes to %s",
    async (path) => {
      const action = { ...commitDocuments, files: [{ path, text: "x" }] };
      await expect(apply(action as Action)).rejects.toThrow(/not a path of a document/u);
      expect(github.sent).toEqual([]);
    },
  );
});

describe("the other writes", () => {
  it("deletes a branch only while its head is the one that was merged (I7)", async () => {
    github.onGraphql("QUERY RefHead", refAt(opening));
    github.onGraphql("MUTATION UpdateRefs", { updateRefs: {} });
    const action: Action = { kind: "delete-branch", branch: "hotfix/42-x", expectedHead: opening };
    expect(await valueOf(action)).toEqual({ kind: "done" });
    expect(github.sent[1]?.body["refUpdates"]).toEqual([
      { name: "refs/heads/hotfix/42-x", beforeOid: opening, afterOid: "0".repeat(40) },
    ]);
  });

  it("I7: keeps a branch that somebody has pushed to", async () => {
    github.onGraphql("QUERY RefHead", refAt(from));
    const action: Action = { kind: "delete-branch", branch: "hotfix/42-x", expectedHead: opening };
    expect(await problemOf(action)).toMatchObject({ code: "branch-moved", transient: false });
  });

  it("is content with a branch that is gone", async () => {
    github.onGraphql("QUERY RefHead", noRef);
    const action: Action = { kind: "delete-branch", branch: "hotfix/42-x", expectedHead: opening };
    expect(await valueOf(action)).toEqual({ kind: "done" });
  });

  it("is content with a pull request that is ready already", async () => {
    github.onGraphql("MUTATION MarkReady", null, [{ type: "UNPROCESSABLE", message: "not a draft" }]);
    github.on("GET ./pulls/44", reply(200, { draft: false }));
    const action: Action = { kind: "mark-ready", pullRequest: 44, nodeId: "PR_44" };
    expect(await valueOf(action)).toEqual({ kind: "done" });
  });

  it("asks the reviewers one by one when GitHub refuses the list, and names who was refused", async () => {
    github.on("POST ./pulls/44/requested_reviewers", refusal(422, "not a collaborator"));
    github.on("POST ./pulls/44/requested_reviewers", reply(201));
    github.on("POST ./pulls/44/requested_reviewers", refusal(422, "not a collaborator"));
    const action: Action = { kind: "request-review", pullRequest: 44, users: ["leo"], teams: ["gone"] };
    const problem = await problemOf(action);
    expect(problem.code).toBe("reviewer-refused");
    expect(problem.sentence).toMatch(/from gone$/u);
  });

  it("says whom GitHub left out without a word when assigning", async () => {
    github.on("POST ./issues/42/assignees", reply(201, { assignees: [{ login: "Ana" }] }));
    const action: Action = { kind: "assign", issue: 42, logins: ["ana", "stranger"] };
    expect((await problemOf(action)).sentence).toBe("stranger cannot be assigned");
  });

  it("closes the issue as completed", async () => {
    github.on("PATCH ./issues/42", reply(200, { closed_at: "2026-11-20T15:00:00Z" }));
    const action: Action = { kind: "close-issue", reason: "completed" };
    expect(await valueOf(action)).toEqual({ kind: "done", at: "2026-11-20T15:00:00Z" });
    expect(github.sent[0]?.body).toEqual({ state: "closed", state_reason: "completed" });
  });

  it("reports a missing permission that GraphQL tells with status 200 (F4)", async () => {
    github.onGraphql("MUTATION MarkReady", null, [
      { type: "FORBIDDEN", message: "Resource not accessible by integration" },
    ]);
    github.on("GET ./pulls/44", reply(200, { draft: true }));
    const action: Action = { kind: "mark-ready", pullRequest: 44, nodeId: "PR_44" };
    expect(await problemOf(action)).toMatchObject({ code: "permission-missing", transient: false });
  });
});
