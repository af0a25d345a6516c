import { saying } from "../../src/incident/say.ts";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { observeIncident } from "../../src/github/observe-incident.ts";
import { ConfigurationCache } from "../../src/github/read-configuration.ts";
import { openShop } from "../support/observed-shop.ts";
import type { ObservedShop, ObservedShopOptions } from "../support/observed-shop.ts";

const at = { owner: "acme", repo: "shop" };
const FORM = "### Service\n\npayment\n\n### Severity\n\ncritical\n";
const PAYMENT = `services:
  payment:
    paths: ["src/payment/**"]
`;
const FIXED = "export const read = (order) => order.amount;\n";

/** Worlds cost seconds: the tests of one group share one, each with its own incidents. */
let shop: ObservedShop;

function inOneShop(options: ObservedShopOptions = {}): void {
  beforeAll(async () => {
    shop = await openShop(options);
  });
  afterEach(() => {
    expect(shop.standIn.violations).toEqual([]);
  });
  afterAll(() => shop.close());
}

/** Hotfix branch and back-merge branch with their pull requests, and a fix pushed. */
async function aHotfix(text = FIXED) {
  const issue = await shop.declare();
  const hotfix = `hotfix/${issue}-checkout-fails`;
  const backMerge = `backmerge/${issue}-develop`;
  const { state } = await shop.observe(issue);
  const pull = await shop.open(issue, hotfix, "main", state);
  const backPull = await shop.open(issue, backMerge, "develop", state);
  const fix = await shop.push(hotfix, { [`src/payment/processor-${issue}.js`]: text });
  return { issue, hotfix, backMerge, pull, backPull, fix, path: `src/payment/processor-${issue}.js` };
}

async function merge(pull: number, method: "merge" | "squash" | "rebase" = "merge"): Promise<string> {
  const olga = shop.person("olga").octokit;
  const { data } = await olga.rest.pulls.get({ ...at, pull_number: pull });
  if (data.draft === true) {
    await olga.graphql(
      "mutation Ready($id: ID!) { markPullRequestReadyForReview(input: { pullRequestId: $id }) { clientMutationId } }",
      { id: data.node_id },
    );
  }
  const merged = await olga.rest.pulls.merge({ ...at, pull_number: pull, merge_method: method });
  await shop.standIn.idle();
  return merged.data.sha;
}

function tag(issue: number, name: string, commit: string) {
  return shop.apply(issue, { kind: "create-tag", tag: name, commit, message: name });
}

describe("observing a new incident", () => {
  inOneShop({ files: { ".github/hotfix.yml": PAYMENT } });

  it("takes two trips and shows the issue, who labelled it and what they may do", async () => {
    const issue = await shop.declare("Checkout fails", FORM);
    await shop.observe(issue);
    const { trips, calls, state, config } = await shop.counted(issue);
    expect({ trips, calls: calls.length }).toEqual({ trips: 2, calls: 3 });
    expect(Object.keys(config.services)).toEqual(["payment"]);
    expect(state.configuration).toMatchObject({ usable: true, problems: [] });
    expect(state.issue).toMatchObject({ number: issue, title: "Checkout fails", state: "open" });
    expect(state.events).toMatchObject([
      { kind: "labeled", label: "incident", actor: { login: "sara", kind: "user" } },
    ]);
    expect(state.permissions["sara"]).toEqual({
      pull: true,
      triage: true,
      push: false,
      maintain: false,
      admin: false,
    });
    expect(state.app).toMatchObject({ slug: "hotfix-responder", login: "hotfix-responder[bot]" });
  });

  it("shows both trunks, and tags with the highest version first and whether production has them", async () => {
    const { state } = await shop.observe(await shop.declare());
    expect(state.production?.history.map(({ message }) => message.trim())).toEqual([
      "feat: cart",
      "feat: payment",
    ]);
    expect(state.production?.history[0]?.parents).toEqual([state.production?.history[1]?.sha]);
    expect(state.integration?.history[0]?.message.trim()).toBe("feat: unfinished");
    const [cart, payment] = state.production!.history;
    expect(state.tags).toMatchObject([
      { name: "v1.4.2", commit: cart!.sha, isAnnotated: false, onProduction: true },
      { name: "v1.4.1", commit: payment!.sha, isAnnotated: true, onProduction: true },
    ]);
    expect(Date.parse(state.tags[1]!.taggedAt!)).not.toBeNaN();
  });

  it("suspects only the commits that touch the service's paths", async () => {
    const issue = await shop.declare("Checkout fails", FORM);
    const { state } = await shop.observe(issue);
    expect(state.suspects.map(({ message }) => message.trim())).toEqual(["feat: payment"]);
  });

  it("marks the deadline against the clock that it is given, and lets the clock in nowhere else", async () => {
    const issue = await shop.declare();
    const early = (await shop.observe(issue, 0)).state;
    const late = (await shop.observe(issue, Date.parse("2100-01-01T00:00:00Z"))).state;
    expect(early.deadlines).toContainEqual(expect.objectContaining({ name: "sla", passed: false }));
    expect(early.deadlines.filter(({ passed }) => passed)).toEqual([]);
    expect(late.deadlines.filter(({ passed }) => !passed)).toEqual([]);
    expect({ ...late, deadlines: [] }).toEqual({ ...early, deadlines: [] });
  });

  it("says that the branches are missing in an empty repository, without failing", async () => {
    await shop.standIn.createRepository({ owner: "acme", name: "empty", private: true });
    shop.standIn.addCollaborator("acme/empty", "sara", "triage");
    const { rest } = shop.person("sara").octokit;
    const where = { owner: "acme", repo: "empty" };
    const { data } = await rest.issues.create({ ...where, title: "Down" });
    await rest.issues.addLabels({ ...where, issue_number: data.number, labels: ["incident"] });
    const observation = await observeIncident({ ...(await shop.client()), repo: "empty" }, data.number, {
      now: Date.now,
      hints: shop.hints,
      configurationCache: new ConfigurationCache(Date.now),
    });
    expect(observation?.state).toMatchObject({ production: null, integration: null, tags: [], suspects: [] });
    expect(observation?.state.repository.isEmpty).toBe(true);
  });

  it("gives null for an issue that is not there", async () => {
    const dependencies = {
      now: Date.now,
      hints: shop.hints,
      configurationCache: new ConfigurationCache(Date.now),
    };
    expect(await observeIncident(await shop.client(), 999, dependencies)).toBeNull();
    expect(await observeIncident({ ...(await shop.client()), repo: "gone" }, 1, dependencies)).toBeNull();
  });

  it("reads more than a hundred comments, none of which is ours", async () => {
    const issue = await shop.declare();
    const { rest } = shop.person("sara").octokit;
    for (let i = 0; i < 105; i += 1) {
      await rest.issues.createComment({ ...at, issue_number: issue, body: `Comment ${i}` });
    }
    const { state } = await shop.observe(issue);
    expect(state.comments).toHaveLength(105);
    expect(state.comments[104]?.body).toBe("Comment 104");
    expect(state.comments.some(({ isOurs }) => isOurs)).toBe(false);
  });
});

describe("observing where branches have other names", () => {
  inOneShop({
    branches: { production: "live", integration: "next" },
    files: { ".github/hotfix.yml": "branches: { production: live, integration: next }\n" },
  });

  it("asks again with the right names, and remembers them", async () => {
    const issue = await shop.declare();
    const first = await shop.counted(issue);
    const second = await shop.counted(issue);
    expect([first.trips, second.trips]).toEqual([3, 2]);
    expect([second.state.production?.name, second.state.integration?.name]).toEqual(["live", "next"]);
    expect(second.state.suspects.map(({ message }) => message.trim())).toEqual([
      "feat: cart",
      "feat: payment",
    ]);
  });
});

describe("observing a hotfix under way", () => {
  inOneShop();

  it("shows the branches with their commits beyond production, newest first, and who pushed", async () => {
    const { issue, hotfix, backMerge, fix } = await aHotfix();
    const { state, trips } = await shop.counted(issue);
    // The forecast of a fix that was not looked at yet takes one more.
    expect(trips).toBe(3);
    expect((await shop.counted(issue)).trips).toBe(2);
    expect(state.branches.map(({ name }) => name)).toEqual([backMerge, hotfix]);
    const branch = state.branches[1]!;
    expect(branch.head).toBe(fix);
    expect(branch.commits.map(({ message }) => message.split("\n")[0])).toEqual([
      "fix: read the amount",
      `hotfix: open INCIDENT-CRITICAL-${String(issue).padStart(3, "0")}`,
    ]);
    expect(branch.commits[1]).toMatchObject({
      tree: state.production!.tree,
      parents: [state.production!.head],
    });
    expect(state.pushes).toMatchObject([
      { kind: "branch_creation", branch: hotfix, actor: { login: "hotfix-responder[bot]", kind: "bot" } },
      { kind: "push", branch: hotfix, after: fix, actor: { login: "ben", kind: "user" } },
    ]);
  });

  it("shows pull requests with draft state, commits and author", async () => {
    const { issue, hotfix, backMerge, pull, backPull, fix } = await aHotfix();
    const { state } = await shop.observe(issue);
    expect(state.pullRequests).toMatchObject([
      { number: pull, head: hotfix, base: "main", headSha: fix, state: "open", isDraft: true },
      { number: backPull, head: backMerge, base: "develop", state: "open", isDraft: true },
    ]);
    expect(state.pullRequests[0]?.author).toEqual({ login: "hotfix-responder[bot]", kind: "bot" });
    expect(state.pullRequests[0]?.commits?.map(({ sha }) => sha).at(-1)).toBe(fix);
  });

  it("writes nothing when it looks", async () => {
    const { issue } = await aHotfix();
    const { calls } = await shop.counted(issue);
    expect(calls.filter(({ createsContent }) => createsContent)).toEqual([]);
  });

  it("takes nothing that belongs to an incident whose number ends alike", async () => {
    const { issue, hotfix, backMerge } = await aHotfix();
    const ben = shop.person("ben");
    await ben.git("push", "--quiet", "origin", `origin/main:refs/heads/hotfix/1${issue}-x`);
    await ben.git("push", "--quiet", "origin", `origin/main:refs/heads/backmerge/1${issue}-develop`);
    const { state } = await shop.observe(issue);
    expect(state.branches.map(({ name }) => name)).toEqual([backMerge, hotfix]);
  });

  it("shows check runs of the head with whose they are, reviews and requested reviewers", async () => {
    const world = await aHotfix();
    const client = await shop.client();
    await client.octokit.rest.checks.create({
      ...at,
      name: "Hotfix properties",
      head_sha: world.fix,
      status: "completed",
      conclusion: "success",
      output: { title: "Fine", summary: "Fine" },
    });
    const { rest } = shop.person("olga").octokit;
    await rest.pulls.createReview({ ...at, pull_number: world.pull, event: "APPROVE" });
    await rest.pulls.requestReviewers({ ...at, pull_number: world.pull, reviewers: ["ben"] });
    const { state } = await shop.observe(world.issue);
    const [pull] = state.pullRequests;
    expect(pull?.checkRuns).toMatchObject([
      { name: "Hotfix properties", status: "completed", conclusion: "success", title: "Fine", isOurs: true },
    ]);
    expect(pull?.reviews).toMatchObject([
      { author: { login: "olga", kind: "user" }, state: "approved", commit: world.fix },
    ]);
    expect(pull?.requestedReviewers).toEqual(["ben"]);
    expect(pull?.events.map(({ kind }) => kind)).toContain("review_requested");
  });

  it("still shows a pull request whose branch a person deleted, and that they did", async () => {
    const world = await aHotfix();
    await shop.person("olga").octokit.rest.git.deleteRef({ ...at, ref: `heads/${world.backMerge}` });
    await shop.standIn.idle();
    const { state } = await shop.observe(world.issue);
    expect(state.branches.map(({ name }) => name)).toEqual([world.hotfix]);
    expect(state.pullRequests.map(({ number, state: is }) => [number, is])).toEqual([
      [world.pull, "open"],
      [world.backPull, "closed"],
    ]);
  });
});

describe("observing what was merged", () => {
  inOneShop();

  it.each(["merge", "squash", "rebase"] as const)(
    "shows the merge commit of a %s, on production and missing on integration, in two trips",
    async (method) => {
      const world = await aHotfix();
      const merged = await merge(world.pull, method);
      const { state, trips } = await shop.counted(world.issue);
      expect(trips).toBe(2);
      expect(state.pullRequests[0]).toMatchObject({
        state: "merged",
        mergedBy: { login: "olga" },
        mergeCommit: { sha: merged },
      });
      expect(state.landings).toEqual([
        { mergeCommit: merged, target: "main", proof: "ancestry" },
        { mergeCommit: merged, target: "develop", proof: "missing" },
      ]);
    },
  );

  it("proves the landing by ancestry after the back-merge was merged", async () => {
    const world = await aHotfix();
    const merged = await merge(world.pull);
    const carry = {
      kind: "merge-into-branch",
      branch: world.backMerge,
      commit: merged,
      message: "Carry",
    } as const;
    await shop.apply(world.issue, carry);
    await merge(world.backPull);
    const { state } = await shop.observe(world.issue);
    expect(state.landings[1]).toEqual({ mergeCommit: merged, target: "develop", proof: "ancestry" });
  });

  it("proves the landing by the pull request when the back-merge was squashed", async () => {
    const world = await aHotfix();
    const merged = await merge(world.pull);
    const carry = {
      kind: "merge-into-branch",
      branch: world.backMerge,
      commit: merged,
      message: "Carry",
    } as const;
    await shop.apply(world.issue, carry);
    await merge(world.backPull, "squash");
    const { state, trips } = await shop.counted(world.issue);
    expect(trips).toBe(2);
    expect(state.landings[1]).toEqual({ mergeCommit: merged, target: "develop", proof: "pull-request" });
  });

  it("proves the landing by content when a person carried the fix over alone", async () => {
    const world = await aHotfix();
    const merged = await merge(world.pull);
    await tag(world.issue, "v1.4.3", merged);
    await shop
      .person("olga")
      .octokit.rest.pulls.update({ ...at, pull_number: world.backPull, state: "closed" });
    const missing = (await shop.observe(world.issue)).state.landings[1];
    expect(missing?.proof).toBe("missing");
    await shop.push("develop", {
      [world.path]: FIXED,
    });
    const { state } = await shop.observe(world.issue);
    expect(state.landings[1]).toEqual({ mergeCommit: merged, target: "develop", proof: "content" });
    expect((await shop.counted(world.issue)).trips).toBe(2);
  });

  it("does not take other content at the same path for the fix", async () => {
    const world = await aHotfix();
    const merged = await merge(world.pull);
    await tag(world.issue, "v1.4.4", merged);
    await shop
      .person("olga")
      .octokit.rest.pulls.update({ ...at, pull_number: world.backPull, state: "closed" });
    await shop.push("develop", { [world.path]: "export const read = () => 1;\n" });
    const { state } = await shop.observe(world.issue);
    expect(state.landings[1]?.proof).toBe("missing");
  });

  it("shows the tag on the merge commit and its release", async () => {
    const world = await aHotfix();
    const merged = await merge(world.pull);
    await tag(world.issue, "v1.4.5", merged);
    const release = {
      kind: "publish-release",
      tag: "v1.4.5",
      name: "v1.4.5",
      body: "Notes",
      latest: true,
    } as const;
    await shop.apply(world.issue, release);
    const { state } = await shop.observe(world.issue);
    expect(state.tags[0]).toMatchObject({
      name: "v1.4.5",
      commit: merged,
      isAnnotated: true,
      onProduction: true,
    });
    expect(state.releases).toMatchObject([
      { tag: "v1.4.5", author: { login: "hotfix-responder[bot]", kind: "bot" }, isDraft: false },
    ]);
  });

  it("finds pull requests that a hundred newer ones hide, by what our comments say, and where they landed", async () => {
    const { issue, hotfix, backMerge, pull, backPull } = await aHotfix();
    const merged = await merge(pull);
    const { rest } = shop.person("olga").octokit;
    await shop.apply(issue, {
      kind: "write-status",
      commentId: null,
      body: `<!-- hotfix:incident=${issue};kind=status -->\nBranches \`${hotfix}\` and \`${backMerge}\`.`,
    });
    for (const branch of [hotfix, backMerge]) await rest.git.deleteRef({ ...at, ref: `heads/${branch}` });
    const { data: develop } = await rest.repos.getBranch({ ...at, branch: "develop" });
    const { data: main } = await rest.repos.getBranch({ ...at, branch: "main" });
    await rest.git.createRef({ ...at, ref: "refs/heads/topic", sha: develop.commit.sha });
    await Promise.all(
      Array.from({ length: 101 }, async (_, index) => {
        await rest.git.createRef({ ...at, ref: `refs/heads/base-${index}`, sha: main.commit.sha });
        await rest.pulls.create({ ...at, head: "topic", base: `base-${index}`, title: "Topic" });
      }),
    );
    const { state } = await shop.observe(issue);
    expect(state.pullRequests.map(({ number, state: is }) => [number, is])).toEqual([
      [pull, "merged"],
      [backPull, "closed"],
    ]);
    expect(state.landings).toContainEqual({ mergeCommit: merged, target: "main", proof: "ancestry" });
  });

  it("shows our documents on the integration branch, and those of an open documents pull request", async () => {
    const world = await aHotfix();
    await merge(world.pull);
    const id = `INCIDENT-CRITICAL-${String(world.issue).padStart(3, "0")}`;
    const path = `incidents/${id}.md`;
    const commit = async () =>
      ({
        kind: "commit-documents",
        branch: "develop",
        expectedHead: (await shop.observe(world.issue)).state.integration!.head,
        files: [{ path, text: "# Report\n" }],
        message: "docs: report",
        fallback: { branch: `hotfix-documents/${world.issue}`, title: "Documents", body: "Body" },
      }) as const;
    shop.standIn.protect("acme/shop", "develop", { requirePullRequest: true });
    const value = await shop.apply(world.issue, await commit());
    const first = (await shop.observe(world.issue)).state;
    expect(first.documents).toEqual([
      { path, branch: `hotfix-documents/${world.issue}`, text: "# Report\n" },
    ]);
    expect(first.pullRequests.at(-1)).toMatchObject({
      head: `hotfix-documents/${world.issue}`,
      base: "develop",
      state: "open",
    });
    if (value.kind !== "documents" || value.pullRequest === null) throw new Error("no pull request");
    await merge(value.pullRequest);
    const second = (await shop.observe(world.issue)).state;
    expect(second.documents).toEqual([{ path, branch: "develop", text: "# Report\n" }]);
  });
});

describe("observing release branches", () => {
  inOneShop({ releases: ["release/1.4", "release/1.5"] });

  it("takes one that is not released and holds all of production as a target, also after the hotfix was merged", async () => {
    const { issue, pull } = await aHotfix();
    const expected = [
      { name: "release/1.4", excludedBecause: saying("it is released already as {tag}", { tag: "v1.4.2" }) },
      { name: "release/1.5", excludedBecause: null },
    ];
    expect((await shop.observe(issue)).state.releaseBranches).toMatchObject(expected);
    const merged = await merge(pull);
    const { state } = await shop.observe(issue);
    expect(state.releaseBranches).toMatchObject(expected);
    expect(state.landings).toContainEqual({ mergeCommit: merged, target: "release/1.5", proof: "missing" });
  });

  it("leaves out one into which production would bring more than the hotfix", async () => {
    await shop.push("main", { "src/other.js": "export {};\n" }, "feat: other");
    const { state } = await shop.observe(await shop.declare());
    expect(state.releaseBranches[1]).toMatchObject({
      name: "release/1.5",
      excludedBecause: saying("merging {production} into it would bring more than this hotfix", {
        production: "main",
      }),
    });
  });
});
