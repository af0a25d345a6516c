import assert from "node:assert/strict";
import { afterEach, describe, expect, it } from "vitest";
import { processorFixed } from "../../src/drill/shop.ts";
import { OWNER, REPO, World } from "../support/world.ts";

const at = { owner: OWNER, repo: REPO };

describe("repositories that are not as the defaults expect", () => {
  let world: World;

  afterEach(async () => {
    const { errors } = world;
    const { violations } = world.standIn;
    await world.close();
    assert.deepEqual({ errors, violations }, { errors: [], violations: [] });
  });

  async function comments(issue: number): Promise<readonly string[]> {
    const { rest } = world.person("sara").octokit;
    const { data } = await rest.issues.listComments({ ...at, issue_number: issue, per_page: 100 });
    return data.map(({ body }) => body ?? "");
  }

  async function pullRequests() {
    return (await world.person("ben").octokit.rest.pulls.list({ ...at, state: "all" })).data;
  }

  async function branches(): Promise<readonly string[]> {
    return (await world.person("ben").octokit.rest.repos.listBranches(at)).data.map(({ name }) => name);
  }

  it("an empty repository gets a sentence with the next step, and no branch", async () => {
    world = await World.open({ isEmpty: true });
    const issue = await world.declare();
    await world.settled();
    const [status] = await comments(issue);
    expect(status).toMatch(/empty|`main`/u);
    expect(await branches()).toEqual([]);
  });

  it("without develop the hotfix still goes to main, and the comment says what is missing", async () => {
    world = await World.open({ defaultBranch: "main" });
    await world.person("olga").git("push", "--quiet", "origin", "--delete", "develop");
    await world.settled();
    const issue = await world.declare("Checkout fails");
    await world.settled();
    expect((await pullRequests()).map(({ base }) => base.ref)).toEqual(["main"]);
    const [status] = await comments(issue);
    expect(status).toContain("develop");
    const branch = `hotfix/${issue}-checkout-fails`;
    await world.push("ben", branch, { "src/payment/processor.js": processorFixed });
    await world.settled();
    const { rest } = world.person("olga").octokit;
    await rest.pulls.merge({ ...at, pull_number: (await pullRequests())[0]!.number });
    await world.settled();
    expect((await rest.repos.listReleases(at)).data.map(({ tag_name: tag }) => tag)).toEqual(["v1.4.3"]);
    // What the fix is owed to cannot be proven, so the incident stays open and says why.
    expect((await rest.issues.get({ ...at, issue_number: issue })).data.state).toBe("open");
  });

  it("without any tag the first version of the configuration is used", async () => {
    world = await World.open();
    const olga = world.person("olga");
    await olga.git("push", "--quiet", "origin", "--delete", "v1.4.0", "v1.4.1", "v1.4.2");
    await world.settled();
    const issue = await world.declare("Checkout fails");
    await world.settled();
    await world.push("ben", `hotfix/${issue}-checkout-fails`, { "src/payment/processor.js": processorFixed });
    await world.settled();
    const production = (await pullRequests()).find(({ base }) => base.ref === "main")!;
    await olga.octokit.rest.pulls.merge({ ...at, pull_number: production.number });
    await world.settled();
    const { data: releases } = await olga.octokit.rest.repos.listReleases(at);
    expect(releases.map(({ tag_name: tag }) => tag)).toEqual(["v0.0.1"]);
    expect((await olga.octokit.rest.issues.get({ ...at, issue_number: issue })).data.state).toBe("closed");
  });

  it.each([
    ["an unknown key", "services:\n  payment:\n    path: [src/**]\n", "services.payment.path", "paths"],
    ["a wrong type", "merge:\n  backMerges: sometimes\n", "merge.backMerges", "manual"],
    ["a duplicate key", "release: off\nrelease: create\n", "line 2", "once"],
    ["a function tag", "release: !!js/function 'function () {}'\n", "line 1", "not allowed"],
    [
      "an alias bomb",
      `a: &a [${"x,".repeat(50)}]\nb: &b [${"*a,".repeat(50)}]\nc: [${"*b,".repeat(50)}]\n`,
      ".github/hotfix.yml",
      "",
    ],
    ["a byte order mark and nonsense", "\uFEFF: : :\n", ".github/hotfix.yml", ""],
    ["a file that is too large", `# ${"x".repeat(70_000)}\n`, "hotfix.yml", ""],
  ])(
    "S28: a first configuration with %s is explained and no code is written",
    async (_what, text, path, allowed) => {
      world = await World.open({ files: { ".github/hotfix.yml": text } });
      const issue = await world.declare();
      await world.settled();
      const all = (await comments(issue)).join("\n");
      // Markdown may escape characters of the path.
      expect(all.replaceAll("\\", "")).toContain(path);
      expect(all.replaceAll("\\", "")).toContain(allowed);
      expect(await branches()).toEqual(["develop", "main"]);
      expect(await pullRequests()).toEqual([]);
    },
  );

  it("S28: the last good configuration stays in force when a wrong one is pushed", async () => {
    world = await World.open();
    await world.push(
      "olga",
      world.defaultBranch,
      { ".github/hotfix.yml": "version: 2\n" },
      "chore: break the configuration",
    );
    await world.settled();
    const issue = await world.declare("Checkout fails", "### Service\n\npayment\n");
    await world.settled();
    const all = (await comments(issue)).join("\n");
    expect(all).toContain("version");
    // The owner and the revenue of the payment service are those of the older revision.
    expect(all).toContain("833");
    expect((await pullRequests()).length).toBe(2);
  });

  it("S18, S19: titles that are hostile or alike give safe and distinct branches", async () => {
    world = await World.open();
    const titles = [
      "$(id)",
      "`id`; rm -rf /",
      "refs/heads/x",
      "a".repeat(40),
      "結帳失敗",
      "Same title",
      "Same title",
      "..//@{.lock",
    ];
    for (const title of titles) await world.declare(title);
    await world.settled();
    const hotfixes = (await branches()).filter((name) => name.startsWith("hotfix/"));
    expect(hotfixes).toHaveLength(titles.length);
    for (const name of hotfixes) expect(name).toMatch(/^hotfix\/[1-9]\d*-[a-z0-9-]{1,40}$/u);
  });
});
