import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { ShopWorld } from "../support/shop-world.ts";

const shop = { owner: "acme", repo: "shop" };

describe("files and history through REST", () => {
  let world: ShopWorld;
  beforeEach(async () => {
    world = await ShopWorld.open();
  });
  afterEach(() => world.close());

  it("reads files and folders of any ref", async () => {
    await world.commit("alice", "Add", { "src/a.ts": "export const a = 1;\n", "src/b/c.ts": "c\n" });
    await world.push("alice", "HEAD:feature/x");
    const octokit = world.asApp();
    const { data: file } = await octokit.rest.repos.getContent({
      ...shop,
      path: "src/a.ts",
      ref: "feature/x",
    });
    expect(file).toMatchObject({ type: "file", path: "src/a.ts", encoding: "base64", size: 20 });
    const { data: root } = await octokit.rest.repos.getContent({ ...shop, path: "" });
    expect(root).toMatchObject([{ name: "README.md", type: "file" }]);
    const { data: folder } = await octokit.rest.repos.getContent({ ...shop, path: "src", ref: "feature/x" });
    expect(folder).toMatchObject([{ name: "a.ts" }, { name: "b", type: "dir" }]);
    await expect(octokit.rest.repos.getContent({ ...shop, path: "src/a.ts" })).rejects.toMatchObject({
      status: 404,
    });
    const raw = await octokit.rest.repos.getContent({
      ...shop,
      path: "README.md",
      mediaType: { format: "raw" },
    });
    expect(raw.data as unknown).toBe("# Shop\n");
  });

  it("creates, updates and deletes a file, and refuses whoever did not see the last version", async () => {
    const octokit = world.asApp();
    const path = "incidents/X-1.md";
    const put = (
      text: string,
      sha?: string,
    ): ReturnType<typeof octokit.rest.repos.createOrUpdateFileContents> =>
      octokit.rest.repos.createOrUpdateFileContents({
        ...shop,
        path,
        message: "Report",
        content: Buffer.from(text).toString("base64"),
        ...(sha === undefined ? {} : { sha }),
      });
    const created = await put("one");
    expect(created.status).toBe(201);
    const sha = created.data.content?.sha ?? "";
    await expect(put("two")).rejects.toMatchObject({ status: 422 });
    await expect(put("two", "1".repeat(40))).rejects.toMatchObject({ status: 409 });
    const updated = await put("two", sha);
    expect(updated.status).toBe(200);
    expect(updated.data.commit.verification?.verified).toBe(true);
    await expect(
      octokit.rest.repos.deleteFile({ ...shop, path, message: "Drop", sha }),
    ).rejects.toMatchObject({ status: 409 });
    await octokit.rest.repos.deleteFile({
      ...shop,
      path,
      message: "Drop",
      sha: updated.data.content?.sha ?? "",
    });
    await expect(octokit.rest.repos.getContent({ ...shop, path })).rejects.toMatchObject({ status: 404 });
    await expect(
      octokit.rest.repos.createOrUpdateFileContents({
        ...shop,
        path: ".git/config",
        message: "x",
        content: "",
      }),
    ).rejects.toMatchObject({ status: 422 });
  });

  it("makes the first commit of an empty repository through the contents API", async () => {
    await world.standIn.createRepository({ owner: "acme", name: "bare" });
    const octokit = world.asApp();
    await octokit.rest.repos.createOrUpdateFileContents({
      owner: "acme",
      repo: "bare",
      path: "README.md",
      message: "First",
      content: "aGk=",
    });
    const { data } = await octokit.rest.repos.getBranch({ owner: "acme", repo: "bare", branch: "main" });
    expect(data.commit.commit.message).toBe("First");
  });

  it("lists commits of a path since a time, newest first", async () => {
    const first = await world.commit("alice", "Pay", { "src/pay.ts": "1\n" });
    await world.commit("alice", "Other", { "other.ts": "1\n" });
    const third = await world.commit("alice", "Pay more", { "src/pay.ts": "2\n" });
    await world.push("alice", "HEAD:main");
    const octokit = world.asApp();
    const { data } = await octokit.rest.repos.listCommits({
      ...shop,
      sha: "main",
      path: "src/pay.ts",
      per_page: 5,
    });
    expect(data.map((commit) => commit.sha)).toEqual([third, first]);
    expect(data[0]?.author?.login).toBe("alice");
    const { data: none } = await octokit.rest.repos.listCommits({ ...shop, since: "2035-01-01T00:00:00Z" });
    expect(none).toEqual([]);
    await expect(octokit.rest.repos.listCommits({ ...shop, sha: "nope" })).rejects.toMatchObject({
      status: 404,
    });
    await expect(octokit.rest.repos.getCommit({ ...shop, ref: "nope" })).rejects.toMatchObject({
      status: 422,
    });
  });

  it("shows what a commit changed, renames and patches included", async () => {
    await world.commit("alice", "Long", { "a.txt": "one\ntwo\nthree\nfour\nfive\nsix\n" });
    await world.git("alice", "mv", "a.txt", "b.txt");
    const sha = await world.commit("alice", "Rename", {
      "README.md": "# Shop 2\n",
      "b.txt": "one\ntwo\nthree\nfour\nfive\n6\n",
    });
    await world.push("alice", "HEAD:main");
    const { data } = await world.asApp().rest.repos.getCommit({ ...shop, ref: sha });
    expect(data.stats).toEqual({ total: 4, additions: 2, deletions: 2 });
    expect(data.files?.map((it) => [it.status, it.filename, it.previous_filename, it.patch])).toEqual([
      ["modified", "README.md", undefined, "@@ -1 +1 @@\n-# Shop\n+# Shop 2"],
      ["renamed", "b.txt", "a.txt", "@@ -3,4 +3,4 @@ two\n three\n four\n five\n-six\n+6"],
    ]);
  });

  it("compares two branches from their merge base", async () => {
    await world.commit("alice", "On main", { "main.txt": "m\n" });
    await world.push("alice", "HEAD:main");
    await world.git("alice", "switch", "--quiet", "-c", "side", "HEAD~1");
    const side = await world.commit("alice", "On side", { "side.txt": "s\n" });
    await world.push("alice", "HEAD:side");
    const octokit = world.asApp();
    const { data } = await octokit.rest.repos.compareCommitsWithBasehead({
      ...shop,
      basehead: "main...side",
    });
    expect(data).toMatchObject({ status: "diverged", ahead_by: 1, behind_by: 1, total_commits: 1 });
    expect(data.commits.map((it) => it.sha)).toEqual([side]);
    expect(data.files?.map((it) => it.filename)).toEqual(["side.txt"]);
    const same = await octokit.rest.repos.compareCommitsWithBasehead({ ...shop, basehead: "main...main" });
    expect(same.data).toMatchObject({ status: "identical", commits: [], files: [] });
    const heads = await octokit.rest.repos.listBranchesForHeadCommit({ ...shop, commit_sha: side });
    expect(heads.data.map((branch) => branch.name)).toEqual(["side"]);
  });

  it("merges for real: 201 once, 204 when it is there already, 409 on conflict, 404 without the branch", async () => {
    await world.push("alice", "HEAD:develop");
    await world.commit("alice", "Fix", { "README.md": "# Shop fixed\n" });
    await world.push("alice", "HEAD:main");
    const octokit = world.asApp();
    const merge = (base: string, head: string): ReturnType<typeof octokit.rest.repos.merge> =>
      octokit.rest.repos.merge({ ...shop, base, head, commit_message: "Carry the fix" });
    const merged = await merge("develop", "main");
    expect(merged.status).toBe(201);
    expect(merged.data.parents).toHaveLength(2);
    expect((await merge("develop", "main")).status).toBe(204);
    await expect(merge("gone", "main")).rejects.toMatchObject({
      status: 404,
      response: { data: { message: "Base does not exist" } },
    });
    await world.git("alice", "switch", "--quiet", "-c", "clash", "HEAD~1");
    await world.commit("alice", "Clash", { "README.md": "# Other\n" });
    await world.push("alice", "HEAD:clash");
    await expect(merge("develop", "clash")).rejects.toMatchObject({
      status: 409,
      response: { data: { message: "Merge conflict" } },
    });
  });
});
