import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { ShopWorld } from "../support/shop-world.ts";

const shop = { owner: "acme", repo: "shop" };

describe("git data through REST", () => {
  let world: ShopWorld;
  beforeEach(async () => {
    world = await ShopWorld.open();
  });
  afterEach(() => world.close());

  it("makes a verified empty commit for an app that names no author, and a branch at it", async () => {
    const octokit = world.asApp();
    const { data: main } = await octokit.rest.git.getRef({ ...shop, ref: "heads/main" });
    const { data: base } = await octokit.rest.git.getCommit({ ...shop, commit_sha: main.object.sha });
    const { data: commit } = await octokit.rest.git.createCommit({
      ...shop,
      message: "Open the hotfix",
      tree: base.tree.sha,
      parents: [base.sha],
    });
    expect(commit.author.name).toBe("hotfix-responder[bot]");
    expect(commit.verification).toMatchObject({ verified: true, reason: "valid" });
    const { data: ref } = await octokit.rest.git.createRef({
      ...shop,
      ref: "refs/heads/hotfix/7-x",
      sha: commit.sha,
    });
    expect(ref).toMatchObject({ ref: "refs/heads/hotfix/7-x", object: { type: "commit", sha: commit.sha } });
    await world.git("alice", "fetch", "--quiet");
    expect(await world.git("alice", "log", "-1", "--format=%an|%cn|%s", "origin/hotfix/7-x")).toBe(
      "hotfix-responder[bot]|GitHub|Open the hotfix",
    );
  });

  it("leaves a commit unsigned when an author is named", async () => {
    const octokit = world.asApp();
    const { data: main } = await octokit.rest.repos.getCommit({ ...shop, ref: "main" });
    const author = { name: "Somebody", email: "some@body.example", date: "2026-01-02T03:04:05Z" };
    const { data } = await octokit.rest.git.createCommit({
      ...shop,
      message: "x",
      tree: main.commit.tree.sha,
      parents: [main.sha],
      author,
    });
    expect(data.committer).toEqual(author);
    expect(data.verification.verified).toBe(false);
  });

  it("F14: says which way a ref call failed", async () => {
    const octokit = world.asApp();
    const { data: main } = await octokit.rest.git.getRef({ ...shop, ref: "heads/main" });
    const { sha } = main.object;
    const create = (ref: string, at = sha): Promise<unknown> =>
      octokit.rest.git.createRef({ ...shop, ref, sha: at });
    await expect(create("refs/heads/main")).rejects.toMatchObject({
      status: 422,
      response: { data: { message: "Reference already exists", status: "422" } },
    });
    await expect(create("refs/heads/main/x")).rejects.toMatchObject({
      status: 422,
      response: { data: { message: "Reference update failed" } },
    });
    await expect(create("refs/heads/y", "1".repeat(40))).rejects.toMatchObject({
      status: 422,
      response: { data: { message: "Object does not exist" } },
    });
    await expect(create(`refs/heads/${"a".repeat(40)}`)).rejects.toMatchObject({ status: 422 });
    await expect(create("refs/heads/a..b")).rejects.toMatchObject({ status: 422 });
    await expect(octokit.rest.git.updateRef({ ...shop, ref: "heads/gone", sha })).rejects.toMatchObject({
      status: 422,
      response: { data: { message: "Reference does not exist" } },
    });
    await expect(octokit.rest.git.deleteRef({ ...shop, ref: "heads/gone" })).rejects.toMatchObject({
      status: 422,
    });
    await expect(octokit.rest.git.getRef({ ...shop, ref: "heads/gone" })).rejects.toMatchObject({
      status: 404,
    });
  });

  it("moves a ref forward only, unless forced", async () => {
    const first = await world.git("alice", "rev-parse", "HEAD");
    const second = await world.commit("alice", "Second");
    await world.push("alice", "HEAD:feature");
    const octokit = world.asApp();
    await expect(
      octokit.rest.git.updateRef({ ...shop, ref: "heads/feature", sha: first }),
    ).rejects.toMatchObject({
      status: 422,
      response: { data: { message: "Update is not a fast forward" } },
    });
    await octokit.rest.git.updateRef({ ...shop, ref: "heads/feature", sha: first, force: true });
    await octokit.rest.git.updateRef({ ...shop, ref: "heads/feature", sha: second });
    const { data: activity } = await octokit.rest.repos.listActivities({ ...shop, ref: "feature" });
    expect(activity.map((it) => [it.activity_type, it.actor?.login])).toEqual([
      ["push", "hotfix-responder[bot]"],
      ["force_push", "hotfix-responder[bot]"],
      ["branch_creation", "alice"],
    ]);
  });

  it("finds branches by prefix, and follows Link from page to page", async () => {
    const octokit = world.asApp();
    const { data: main } = await octokit.rest.git.getRef({ ...shop, ref: "heads/main" });
    for (const n of [1, 2, 3]) {
      await octokit.rest.git.createRef({ ...shop, ref: `refs/heads/hotfix/${n}-x`, sha: main.object.sha });
    }
    const { data: refs } = await octokit.rest.git.listMatchingRefs({ ...shop, ref: "heads/hotfix/" });
    expect(refs.map((ref) => ref.ref)).toEqual([1, 2, 3].map((n) => `refs/heads/hotfix/${n}-x`));
    const page = await octokit.rest.repos.listBranches({ ...shop, per_page: 2, page: 2 });
    expect(page.headers.link).toMatch(/page=1>; rel="prev".*page=1>; rel="first"/);
  });

  it("writes trees, blobs and annotated tags, and reads them back", async () => {
    const octokit = world.asApp();
    const { data: main } = await octokit.rest.repos.getCommit({ ...shop, ref: "main" });
    const { data: blob } = await octokit.rest.git.createBlob({
      ...shop,
      content: "aGk=",
      encoding: "base64",
    });
    const { data: tree } = await octokit.rest.git.createTree({
      ...shop,
      base_tree: main.commit.tree.sha,
      tree: [
        { path: "src/deep/a.txt", mode: "100644", type: "blob", sha: blob.sha },
        { path: "run.sh", mode: "100755", type: "blob", content: "#!/bin/sh\n" },
        { path: "README.md", mode: "100644", type: "blob", sha: null },
      ],
    });
    const { data: whole } = await octokit.rest.git.getTree({ ...shop, tree_sha: tree.sha, recursive: "1" });
    expect(whole.tree.map((it) => [it.path, it.mode, it.type, it.size])).toEqual([
      ["run.sh", "100755", "blob", 10],
      ["src", "040000", "tree", undefined],
      ["src/deep", "040000", "tree", undefined],
      ["src/deep/a.txt", "100644", "blob", 2],
    ]);
    const { data: read } = await octokit.rest.git.getBlob({ ...shop, file_sha: blob.sha });
    expect(Buffer.from(read.content, "base64").toString()).toBe("hi");
    const { data: tag } = await octokit.rest.git.createTag({
      ...shop,
      tag: "v1.0.0",
      message: "First",
      object: main.sha,
      type: "commit",
    });
    await octokit.rest.git.createRef({ ...shop, ref: "refs/tags/v1.0.0", sha: tag.sha });
    const { data: again } = await octokit.rest.git.getTag({ ...shop, tag_sha: tag.sha });
    expect(again).toMatchObject({ tag: "v1.0.0", object: { type: "commit", sha: main.sha } });
    expect(again.tagger.name).toBe("hotfix-responder[bot]");
    await world.git("alice", "fetch", "--quiet", "--tags");
    expect(await world.git("alice", "describe", main.sha)).toBe("v1.0.0");
    const { data: tags } = await octokit.rest.repos.listTags(shop);
    expect(tags.map((it) => [it.name, it.commit.sha])).toEqual([["v1.0.0", main.sha]]);
  });

  it("S26: says truncated instead of listing a huge tree", async () => {
    world.standIn.hub.treeEntryLimit = 1;
    await world.commit("alice", "More", { "a.txt": "a", "b.txt": "b" });
    await world.push("alice", "HEAD:main");
    const { data } = await world.asApp().rest.git.getTree({ ...shop, tree_sha: "main", recursive: "1" });
    expect(data).toMatchObject({ truncated: true, tree: [{ path: "README.md" }] });
  });

  it("answers 409 for git data of an empty repository", async () => {
    await world.standIn.createRepository({ owner: "acme", name: "bare" });
    const octokit = world.asApp();
    await expect(
      octokit.rest.git.createRef({ owner: "acme", repo: "bare", ref: "refs/heads/x", sha: "1".repeat(40) }),
    ).rejects.toMatchObject({ status: 409, response: { data: { message: "Git Repository is empty." } } });
    await expect(octokit.rest.repos.listCommits({ owner: "acme", repo: "bare" })).rejects.toMatchObject({
      status: 409,
    });
  });
});
