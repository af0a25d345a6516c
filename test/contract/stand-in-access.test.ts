import { createSign } from "node:crypto";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { ShopWorld } from "../support/shop-world.ts";

const shop = { owner: "acme", repo: "shop" };

describe("who may do what", () => {
  let world: ShopWorld;
  beforeEach(async () => {
    world = await ShopWorld.open();
  });
  afterEach(() => world.close());

  const get = (path: string, authorization?: string): Promise<Response> =>
    fetch(`${world.standIn.url}/api/v3${path}`, {
      headers: { "user-agent": "test", ...(authorization === undefined ? {} : { authorization }) },
    });

  const jwt = (claims: object, header: object = { alg: "RS256", typ: "JWT" }): string => {
    const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString("base64url");
    const text = `${part(header)}.${part(claims)}`;
    return `Bearer ${text}.${createSign("RSA-SHA256").update(text).sign(world.app.privateKey, "base64url")}`;
  };

  it("accepts the app's JWT only while it is valid, and only where a JWT belongs", async () => {
    const now = Math.floor(Date.now() / 1000);
    const iss = world.app.appId;
    expect((await get("/app", jwt({ iss, iat: now - 60, exp: now + 300 }))).status).toBe(200);
    expect((await get("/app", jwt({ iss: world.app.clientId, iat: now, exp: now + 300 }))).status).toBe(200);
    expect((await get("/app", jwt({ iss, iat: now - 900, exp: now - 300 }))).status).toBe(401);
    expect((await get("/app", jwt({ iss, iat: now, exp: now + 3600 }))).status).toBe(401);
    expect((await get("/app", jwt({ iss, iat: now + 900, exp: now + 1000 }))).status).toBe(401);
    expect((await get("/app", jwt({ iss, exp: now + 300, iat: now }, { alg: "none" }))).status).toBe(401);
    const valid = jwt({ iss, iat: now, exp: now + 300 });
    const forged = `${valid.slice(0, -8)}AAAAAAAA`;
    expect((await get("/app", forged)).status).toBe(401);
    expect((await get("/repos/acme/shop", valid)).status).toBe(401);
    expect((await get("/app")).status).toBe(401);
  });

  it("lists the app's installations and finds the one of a repository", async () => {
    const octokit = world.asJwt();
    const { data: app } = await octokit.rest.apps.getAuthenticated();
    expect(app).toMatchObject({ slug: "hotfix-responder", installations_count: 1 });
    const { data: all } = await octokit.rest.apps.listInstallations();
    expect(all.map((it) => it.id)).toEqual([world.installation]);
    const { data: one } = await octokit.rest.apps.getRepoInstallation(shop);
    expect(one).toMatchObject({
      id: world.installation,
      permissions: { contents: "write", metadata: "read" },
    });
    const { data: repositories } = await world.asApp().rest.apps.listReposAccessibleToInstallation();
    expect(repositories.repositories.map((it) => it.full_name)).toEqual(["acme/shop"]);
  });

  it("F22: gives long tokens that end after an hour", async () => {
    const { data } = await world
      .asJwt()
      .rest.apps.createInstallationAccessToken({ installation_id: world.installation });
    expect(data.token).toMatch(new RegExp(`^ghs_${world.app.appId}_.{100,}`));
    expect(new Date(data.expires_at).getTime() - Date.now()).toBeGreaterThan(3_590_000);
    expect((await get("/repos/acme/shop", `token ${data.token}`)).status).toBe(200);
    expect((await get("/repos/acme/shop", `token ${data.token.slice(0, -1)}`)).status).toBe(401);
  });

  it("forgets a token after an hour of its own clock", async () => {
    let now = new Date("2026-01-02T14:30:00Z");
    const aged = await ShopWorld.open({ standIn: { clock: () => now } });
    try {
      const { data } = await aged
        .asJwt()
        .rest.apps.createInstallationAccessToken({ installation_id: aged.installation });
      const ask = async (): Promise<number> =>
        (
          await fetch(`${aged.standIn.url}/repos/acme/shop`, {
            headers: { authorization: `token ${data.token}` },
          })
        ).status;
      expect(await ask()).toBe(200);
      now = new Date("2026-01-02T15:30:01Z");
      expect(await ask()).toBe(401);
    } finally {
      await aged.close();
    }
  });

  it("narrows a token to repositories and permissions, never widens it", async () => {
    await world.standIn.createRepository({ owner: "acme", name: "other", private: true });
    const narrow = {
      installation_id: world.installation,
      repositories: ["other"],
      permissions: { contents: "read" as const },
    };
    const { data } = await world.asJwt().rest.apps.createInstallationAccessToken(narrow);
    expect((await get("/repos/acme/other", `Bearer ${data.token}`)).status).toBe(200);
    expect((await get("/repos/acme/shop", `Bearer ${data.token}`)).status).toBe(404);
    await expect(
      world.asJwt().rest.apps.createInstallationAccessToken({
        installation_id: world.installation,
        permissions: { administration: "write" },
      }),
    ).rejects.toMatchObject({ status: 422 });
  });

  it("names the permission that an app lacks", async () => {
    world.standIn.grant(world.installation, { contents: "read" });
    const sha = world.head("main");
    await expect(
      world.asApp().rest.git.createRef({ ...shop, ref: "refs/heads/x", sha }),
    ).rejects.toMatchObject({
      status: 403,
      response: {
        data: { message: "Resource not accessible by integration", status: "403" },
        headers: { "x-accepted-github-permissions": "contents=write; contents=write,workflows=write" },
      },
    });
  });

  it("S34: stops a suspended installation and goes on when it is resumed", async () => {
    const octokit = world.asApp();
    await octokit.rest.repos.get(shop);
    world.standIn.suspend(world.installation);
    await expect(octokit.rest.repos.get(shop)).rejects.toMatchObject({ status: 403 });
    world.standIn.unsuspend(world.installation);
    await octokit.rest.repos.get(shop);
    expect(world.standIn.deliveries.slice(-2).map((it) => it.action)).toEqual(["suspend", "unsuspend"]);
  });

  it("S35: hides repositories of other owners from an installation", async () => {
    world.standIn.createOrganization("rival");
    await world.standIn.createRepository({ owner: "rival", name: "secret", private: true });
    await expect(world.asApp().rest.repos.get({ owner: "rival", repo: "secret" })).rejects.toMatchObject({
      status: 404,
    });
  });

  it("S13: lets nobody write to an archived repository", async () => {
    world.standIn.repository("acme/shop").archived = true;
    const sha = world.head("main");
    await expect(
      world.asApp().rest.git.createRef({ ...shop, ref: "refs/heads/x", sha }),
    ).rejects.toMatchObject({ status: 403 });
    await expect(world.push("alice", "HEAD:x")).rejects.toMatchObject({
      stderr: expect.stringContaining("403"),
    });
    expect((await world.asApp().rest.repos.get(shop)).data.archived).toBe(true);
  });

  it("S11: tells a person's role by name, old word and booleans", async () => {
    const octokit = world.asApp();
    const ask = async (username: string): Promise<unknown> => {
      const { data } = await octokit.rest.repos.getCollaboratorPermissionLevel({ ...shop, username });
      return [data.permission, data.role_name, data.user?.permissions?.push, data.user?.permissions?.triage];
    };
    expect(await ask("alice")).toEqual(["write", "write", true, true]);
    expect(await ask("bob")).toEqual(["read", "triage", false, true]);
    expect(await ask("carol")).toEqual(["admin", "admin", true, true]);
    world.standIn.createUser("stranger");
    expect(await ask("stranger")).toEqual(["none", "none", false, false]);
    await expect(ask("nobody-at-all")).rejects.toMatchObject({ status: 404 });
    const { data: people } = await octokit.rest.repos.listCollaborators(shop);
    expect(people.map((it) => it.login)).toEqual(["alice", "bob", "carol"]);
  });

  it("keeps triage from writing and strangers from reading", async () => {
    const sha = world.head("main");
    const create = (login: string): Promise<unknown> =>
      world.asUser(login).rest.git.createRef({ ...shop, ref: "refs/heads/x", sha });
    await expect(create("bob")).rejects.toMatchObject({ status: 403 });
    world.standIn.createUser("stranger");
    await expect(create("stranger")).rejects.toMatchObject({ status: 404 });
    await create("alice");
  });

  it("F19: refuses an app without the workflows permission a ref whose workflow files differ from the default branch", async () => {
    await world.push("alice", "HEAD:develop");
    await world.commit("alice", "New workflow", { ".github/workflows/ci.yml": "on: push\n" });
    await world.push("alice", "HEAD:develop");
    const drifted = await world.commit("alice", "Work", { "a.txt": "a" });
    await world.push("alice", "HEAD:develop");
    const create = (ref: string): Promise<unknown> =>
      world.asApp().rest.git.createRef({ ...shop, ref, sha: drifted });
    await expect(create("refs/heads/hotfix/1-x")).rejects.toMatchObject({ status: 403 });
    await expect(create("refs/tags/v1")).rejects.toMatchObject({ status: 403 });
    await world.push("alice", "HEAD:hotfix/1-x");
    // On a branch that a person pushed, the app may go on as long as it leaves the workflow files alone.
    const octokit = world.asApp();
    const { data: commit } = await octokit.rest.git.createCommit({
      ...shop,
      message: "Mine",
      tree: (await octokit.rest.git.getCommit({ ...shop, commit_sha: drifted })).data.tree.sha,
      parents: [drifted],
    });
    await octokit.rest.git.updateRef({ ...shop, ref: "heads/hotfix/1-x", sha: commit.sha });
    world.standIn.grant(world.installation, { contents: "write", workflows: "write" });
    await world.asApp().rest.git.createRef({ ...shop, ref: "refs/tags/v1", sha: drifted });
  });

  it("reads protection only for administrators", async () => {
    const protection = { ...shop, branch: "main" };
    await expect(world.asApp().rest.repos.getBranchProtection(protection)).rejects.toMatchObject({
      status: 403,
    });
    const admin = world.asUser("carol");
    await expect(admin.rest.repos.getBranchProtection(protection)).rejects.toMatchObject({
      status: 404,
      response: { data: { message: "Branch not protected" } },
    });
    world.standIn.protect("acme/shop", "main", {
      requirePullRequest: true,
      requiredApprovals: 1,
      requiredChecks: ["ci"],
    });
    const { data } = await admin.rest.repos.getBranchProtection(protection);
    expect(data.required_pull_request_reviews?.required_approving_review_count).toBe(1);
    const { data: branch } = await world.asApp().rest.repos.getBranch({ ...shop, branch: "main" });
    expect(branch.protected).toBe(true);
    expect(branch.protection.required_status_checks?.contexts).toEqual(["ci"]);
  });
});
