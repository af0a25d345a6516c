import { afterEach, describe, expect, it } from "vitest";
import { processorFixed, processorHalfFixed } from "../../src/drill/shop.ts";
import {
  branchNames,
  commentsOn,
  endNight,
  isOpen,
  merge,
  pullRequestFrom,
  pushFix,
  readOn,
  releasedTags,
  secondLook,
} from "../support/incident-night.ts";
import { OWNER, REPO, World } from "../support/world.ts";

const at = { owner: OWNER, repo: REPO };

describe("rounds", () => {
  let world: World;

  afterEach((context) => endNight(world, context));

  async function say(issue: number, body: string): Promise<void> {
    const { rest } = world.person("olga").octokit;
    await rest.issues.createComment({ ...at, issue_number: issue, body });
    await world.settled();
  }

  it("/hotfix again after a hotfix that did not help: a branch, pull requests, a version and a landing of its own", async () => {
    world = await World.open({ repository: { autoMergeAllowed: false } });
    const issue = await world.declare();
    await world.settled();
    const first = `hotfix/${issue}-checkout-fails`;
    await world.push("ben", first, { "src/payment/processor.js": processorHalfFixed });
    await world.settled();
    await merge(world, first);
    expect(await releasedTags(world)).toContain("v1.4.3");
    // Two people notice at once.
    const { rest } = world.person("ben").octokit;
    await Promise.all([
      say(issue, "Payments still fail.\n\n/hotfix again"),
      rest.issues.createComment({ ...at, issue_number: issue, body: "/hotfix again" }),
    ]);
    await world.settled();
    const second = `${first}-2`;
    expect((await branchNames(world)).filter((name) => name.startsWith("hotfix/"))).toEqual([first, second]);
    expect(await pullRequestFrom(world, second)).toMatchObject({ draft: true, base: { ref: "main" } });
    expect(await pullRequestFrom(world, `backmerge/${issue}.2-develop`)).toMatchObject({
      draft: true,
      base: { ref: "develop" },
    });
    const [open] = await commentsOn(world, issue);
    expect(open?.replaceAll("\\", "")).toMatch(/Push the fix to `hotfix\/\d+-checkout-fails-2`/u);
    expect(open).toContain("v1.4.3");

    await pushFix(world, second);
    await merge(world, second);
    expect(await releasedTags(world)).toEqual(["v1.4.3", "v1.4.4"]);
    await merge(world, `backmerge/${issue}.2-develop`);
    expect(await isOpen(world, issue)).toBe(false);
    const olga = world.person("olga");
    await olga.git("fetch", "--quiet", "--tags", "--prune", "origin");
    await olga.git("merge-base", "--is-ancestor", "v1.4.4", "origin/develop");
    const files = await olga.git("ls-tree", "-r", "--name-only", "origin/develop");
    const path = files.split("\n").find((name) => name.startsWith("incidents/"))!;
    const report = (await olga.git("show", `origin/develop:${path}`)).replaceAll("\\", "");
    for (const text of ["Round 1", "Round 2", "v1.4.3", "v1.4.4", "Round 2 opened"])
      expect(report).toContain(text);
    expect(await readOn(world, issue)).toMatch(/round 2/u);
    expect(await secondLook(world, issue)).toEqual([]);
  });

  it.each(["merge", "squash"] as const)(
    "a push after the merge by %s opens round 2 from that very commit, and moves nobody's branch",
    async (method) => {
      world = await World.open({ repository: { autoMergeAllowed: false } });
      const issue = await world.declare();
      await world.settled();
      const first = `hotfix/${issue}-checkout-fails`;
      await world.push("ben", first, { "src/payment/processor.js": processorHalfFixed });
      await world.settled();
      const { number } = await pullRequestFrom(world, first);
      await world
        .person("olga")
        .octokit.rest.pulls.merge({ ...at, pull_number: number, merge_method: method });
      await world.settled();
      const late = await world.push("ben", first, { "src/payment/late.js": "export const late = true;\n" });
      await world.settled();
      const second = `${first}-2`;
      const olga = world.person("olga");
      await olga.git("fetch", "--quiet", "--tags", "--prune", "origin");
      expect((await olga.git("rev-parse", `origin/${first}`)).trim()).toBe(late);
      await olga.git("merge-base", "--is-ancestor", late, `origin/${second}`);
      expect(await pullRequestFrom(world, second)).toMatchObject({ draft: false, base: { ref: "main" } });
      await merge(world, second);
      expect(await releasedTags(world)).toEqual(["v1.4.3", "v1.4.4"]);
      await olga.git("fetch", "--quiet", "--tags", "--prune", "origin");
      expect(await olga.git("show", "v1.4.4:src/payment/late.js")).toBe("export const late = true;\n");
      await merge(world, `backmerge/${issue}.2-develop`);
      if (method === "squash") await merge(world, `backmerge/${issue}-develop`);
      expect(await isOpen(world, issue)).toBe(false);
      // Its head is not what was merged from it, so it is nobody's to delete but its owner's.
      await olga.git("fetch", "--quiet", "--prune", "origin");
      expect((await olga.git("rev-parse", `origin/${first}`)).trim()).toBe(late);
    },
  );

  it("an incident that was closed goes another round once a person reopens it, and closes again", async () => {
    world = await World.open();
    const issue = await world.declare();
    await world.settled();
    const first = `hotfix/${issue}-checkout-fails`;
    await world.push("ben", first, { "src/payment/processor.js": processorHalfFixed });
    await world.settled();
    await merge(world, first);
    expect(await isOpen(world, issue)).toBe(false);
    await say(issue, "/hotfix again");
    expect(await readOn(world, issue)).toContain("Reopen the issue, then write the command again");
    const { rest } = world.person("olga").octokit;
    await rest.issues.update({ ...at, issue_number: issue, state: "open" });
    await world.settled();
    expect(await isOpen(world, issue)).toBe(true);
    await say(issue, "/hotfix again");
    const second = `${first}-2`;
    await world.push("ben", second, { "src/payment/processor.js": processorFixed });
    await world.settled();
    await merge(world, second);
    expect(await releasedTags(world)).toEqual(["v1.4.3", "v1.4.4"]);
    expect(await isOpen(world, issue)).toBe(false);
    const olga = world.person("olga");
    await olga.git("fetch", "--quiet", "--prune", "origin");
    const files = await olga.git("ls-tree", "-r", "--name-only", "origin/develop");
    const path = files.split("\n").find((name) => name.startsWith("incidents/"))!;
    expect(await olga.git("show", `origin/develop:${path}`)).toContain("v1.4.4");
    expect((await branchNames(world)).filter((name) => /hotfix|backmerge/u.test(name))).toEqual([]);
  });
});
