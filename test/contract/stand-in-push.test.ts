import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Delivery } from "../../src/drill/stand-in/model/delivery.ts";
import { ShopWorld } from "../support/shop-world.ts";

const run = promisify(execFile);

describe("git over http", () => {
  let world: ShopWorld;
  beforeEach(async () => {
    world = await ShopWorld.open();
  });
  afterEach(() => world.close());

  /** Webhooks that a change of refs causes; check suites go their own way. */
  const news = (): readonly Delivery[] =>
    world.standIn.deliveries.filter((it) => ["push", "create", "delete"].includes(it.event));
  const events = (): readonly string[] =>
    news().map((it) => `${it.event} ${(it.payload as { ref: string }).ref}`);

  it("clones, pushes, fetches and deletes, and tells the app", async () => {
    await world.commit("alice", "Fix", { "src/pay.ts": "ok\n" });
    await world.push("alice", "HEAD:hotfix/7-x", "HEAD:refs/tags/v1");
    await world.push("alice", ":hotfix/7-x");
    expect(events().slice(2)).toEqual([
      "create hotfix/7-x",
      "push refs/heads/hotfix/7-x",
      "create v1",
      "push refs/tags/v1",
      "delete hotfix/7-x",
      "push refs/heads/hotfix/7-x",
    ]);
    const push = news()[3]?.payload;
    expect(push).toMatchObject({
      created: true,
      deleted: false,
      forced: false,
      pusher: { name: "alice" },
      commits: [{ message: "Fix", added: ["src/pay.ts"], modified: [], author: { username: "alice" } }],
      sender: { login: "alice" },
      installation: { id: world.installation },
    });
    await run("git", ["-C", world.standIn.repository("acme/shop").git.path, "fsck", "--strict"]);
  });

  it("marks a forced push, and records it in the activity list", async () => {
    await world.commit("alice", "One");
    await world.push("alice", "HEAD:feature");
    await world.git("alice", "reset", "--quiet", "--hard", "HEAD~1");
    await world.commit("alice", "Other");
    await expect(world.push("alice", "HEAD:feature")).rejects.toMatchObject({
      stderr: expect.stringContaining("rejected"),
    });
    await world.push("alice", "--force", "HEAD:feature");
    expect(news().at(-1)?.payload).toMatchObject({ forced: true });
    expect(world.standIn.repository("acme/shop").activity.at(-1)?.activityType).toBe("force_push");
  });

  it("F21: sends nothing for more than three tags pushed at once", async () => {
    const before = events().length;
    await world.push("alice", "HEAD:refs/tags/a", "HEAD:refs/tags/b", "HEAD:refs/tags/c", "HEAD:refs/tags/d");
    expect(events().slice(before)).toEqual([]);
    await world.push("alice", "HEAD:refs/tags/e", "HEAD:refs/tags/f", "HEAD:refs/tags/g");
    expect(events().slice(before)).toHaveLength(6);
  });

  it("takes a pack of thousands of objects, and a large one in pieces", async () => {
    const files = Object.fromEntries(
      Array.from({ length: 600 }, (_, i) => [`data/${i}.txt`, `${i}\n`.repeat(3)]),
    );
    const noise = Array.from({ length: 300_000 }, (_, i) => (i * 2_654_435_761).toString(36)).join("");
    const sha = await world.commit("alice", "Much", { ...files, "noise.txt": noise });
    await world.push("alice", "HEAD:much");
    expect(world.standIn.repository("acme/shop").git.branch("much")).toBe(sha);
    const { data } = await world
      .asApp()
      .rest.repos.getContent({ owner: "acme", repo: "shop", path: "data/599.txt", ref: "much" });
    expect(data).toMatchObject({ size: 12 });
  });

  it("refuses who has no role, and accepts the app's token as password", async () => {
    const attempt = (credentials: string, ...args: readonly string[]): Promise<unknown> =>
      run("git", [...args, world.cloneUrl(credentials), "HEAD:refs/heads/x"], {
        cwd: world.standIn.repository("acme/shop").git.path,
        env: { PATH: process.env.PATH, GIT_TERMINAL_PROMPT: "0", GIT_CONFIG_GLOBAL: "/dev/null" },
      });
    await expect(attempt("alice:wrong", "push")).rejects.toMatchObject({
      stderr: expect.stringContaining("Authentication failed"),
    });
    const triage = world.standIn.tokenFor("bob");
    await expect(attempt(`bob:${triage}`, "push")).rejects.toMatchObject({
      stderr: expect.stringContaining("Permission to acme/shop.git denied to bob."),
    });
    const stranger = world.standIn.createUser("mallory").login;
    await expect(attempt(`${stranger}:${world.standIn.tokenFor(stranger)}`, "push")).rejects.toMatchObject({
      stderr: expect.stringContaining("not found"),
    });
    const { data } = await world.asJwt().rest.apps.createInstallationAccessToken({
      installation_id: world.installation,
    });
    await attempt(`x-access-token:${data.token}`, "push");
    expect(world.standIn.repository("acme/shop").activity.at(-1)?.actor.login).toBe("hotfix-responder[bot]");
  });

  it("protects a branch from direct pushes, deletion and force, and lets the rest of the push through", async () => {
    world.standIn.protect("acme/shop", "main", { requirePullRequest: true, enforceAdmins: true });
    await world.commit("alice", "Direct");
    await expect(world.push("alice", "HEAD:main", "HEAD:side")).rejects.toMatchObject({
      stderr: expect.stringContaining("GH006: Protected branch update failed for refs/heads/main."),
    });
    expect(world.standIn.repository("acme/shop").git.branch("side")).toBeDefined();
    world.standIn.protect("acme/shop", "side", {});
    await expect(world.push("alice", ":side")).rejects.toMatchObject({
      stderr: expect.stringContaining("Cannot delete a protected branch"),
    });
    await expect(world.push("alice", "--force", "HEAD~1:side")).rejects.toMatchObject({
      stderr: expect.stringContaining("Cannot force-push"),
    });
    await expect(world.push("alice", "--atomic", "HEAD:main", "HEAD:third")).rejects.toMatchObject({
      stderr: expect.stringContaining("atomic"),
    });
    expect(world.standIn.repository("acme/shop").git.branch("third")).toBeUndefined();
  });

  it("refuses creations that a ruleset restricts, and names the rule to the API", async () => {
    world.standIn.addRuleset("acme/shop", {
      name: "No hotfixes",
      include: ["refs/heads/hotfix/**"],
      rules: [{ type: "creation" }],
    });
    await expect(world.push("alice", "HEAD:hotfix/1-a")).rejects.toMatchObject({
      stderr: expect.stringContaining("GH013: Repository rule violations found for refs/heads/hotfix/1-a."),
    });
    const octokit = world.asApp();
    const { data: rules } = await octokit.rest.repos.getBranchRules({
      owner: "acme",
      repo: "shop",
      branch: "hotfix/1-a",
    });
    expect(rules.map((rule) => rule.type)).toEqual(["creation"]);
    const sha = await world.git("alice", "rev-parse", "HEAD");
    await expect(
      octokit.rest.git.createRef({ owner: "acme", repo: "shop", ref: "refs/heads/hotfix/1-a", sha }),
    ).rejects.toMatchObject({
      status: 422,
      response: { data: { message: expect.stringContaining("creations being restricted") } },
    });
  });
});
