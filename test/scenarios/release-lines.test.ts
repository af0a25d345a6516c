import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { afterEach, describe, expect, it } from "vitest";
import { processorFixed } from "../../src/drill/shop.ts";
import {
  branchNames,
  commentsOn,
  endNight,
  isOpen,
  pullRequestFrom,
  readOn,
  secondLook,
  ship,
} from "../support/incident-night.ts";
import { World } from "../support/world.ts";

describe("release lines", () => {
  let world: World;

  afterEach((context) => endNight(world, context));

  it("only unreleased lines that production brings nothing else to are targets; the others come with commands", async () => {
    world = await World.open();
    const olga = world.person("olga");
    // Cut from production and worked on: a target. Cut from an old commit: a maintenance line. Released: nobody's target.
    await olga.git("switch", "--quiet", "--create", "release/1.5", "origin/main");
    await olga.write("CHANGES.md", "1.5\n");
    await olga.commit("docs: what 1.5 brings");
    await olga.git("switch", "--quiet", "--create", "release/1.3", "v1.4.0");
    // It got the change with the bug by another way.
    await olga.git("checkout", "--quiet", "v1.4.2", "--", "src/payment/processor.js");
    await olga.write("CHANGES.md", "1.3\n");
    await olga.commit("docs: what 1.3 brings");
    await olga.git("branch", "release/1.4", "v1.4.1");
    await olga.git("push", "--quiet", "origin", "release/1.5", "release/1.3", "release/1.4");
    await world.settled();

    const { issue } = await ship(world);
    const backMerge = await pullRequestFrom(world, `backmerge/${issue}-release/1.5`);
    expect(backMerge).toMatchObject({ merged: true, base: { ref: "release/1.5" } });
    await olga.git("fetch", "--quiet", "origin");
    expect(await olga.git("show", "origin/release/1.5:src/payment/processor.js")).toBe(processorFixed);
    expect(await olga.git("show", "origin/release/1.5:CHANGES.md")).toBe("1.5\n");
    expect(await branchNames(world)).toEqual([
      "develop",
      "main",
      "release/1.3",
      "release/1.4",
      "release/1.5",
    ]);

    const told = await readOn(world, issue);
    expect(told).toContain("Release branches that do not get this fix from the app");
    expect(told).toMatch(/`release\/1\.3`: merging main into it would bring more than this hotfix/u);
    expect(told).toMatch(/`release\/1\.4`: it is released already as v1\.4\.2/u);
    expect(told).toContain("The fix is proven to be in `main`, `develop`, `release/1.5`.");
    expect(await isOpen(world, issue)).toBe(false);
    expect(await secondLook(world, issue)).toEqual([]);

    // What stands there to copy works: real git, real push.
    const [status] = await commentsOn(world, issue);
    const blocks = [...status!.matchAll(/```sh\n(.*?)```/gsu)].map((match) => match[1]!);
    const block = blocks.find((each) => each.includes("release/1.3") && each.includes("cherry-pick"))!;
    await promisify(execFile)("sh", ["-euc", block], { cwd: olga.folder });
    expect(await olga.git("show", "origin/release/1.3:src/payment/processor.js")).toContain("amount: cents");
  });
});
