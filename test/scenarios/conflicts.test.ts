import { afterEach, describe, expect, it } from "vitest";
import { processorFixed } from "../../src/drill/shop.ts";
import {
  branchNames,
  commentsOn,
  expectNoTrouble,
  isOpen,
  merge,
  pullRequestFrom,
  pushFix,
  readOn,
  secondLook,
  tagNames,
} from "../support/incident-night.ts";
import { OWNER, REPO, World } from "../support/world.ts";

const at = { owner: OWNER, repo: REPO };
const FILE = "src/payment/processor.js";

/** What develop made of the line that the fix changes too. */
const processorOnDevelop = `import { charge } from "./gateway.js";

export async function processPayment(orderData) {
  if (!(orderData.totalAmount > 0)) {
    throw new Error("payment refused: nothing to pay");
  }
  const { totalAmount: cents, currency, points } = orderData;
  return charge({ order: orderData.id, cents, currency, points });
}
`;

const processorResolved = processorOnDevelop
  .replaceAll("orderData.totalAmount", "orderData.amount")
  .replace("totalAmount: cents", "amount: cents");

function configuration(more: string): Record<string, string> {
  return { ".github/hotfix.yml": `version: 1\n${more}` };
}

function packageOf(version: string): string {
  return `${JSON.stringify({ name: "shop", version, private: true, type: "module", scripts: { test: "node --test" } }, null, 2)}\n`;
}

describe("conflicts", () => {
  let world: World;

  afterEach(async ({ task }) => {
    if (task.result?.state === "fail")
      for (const { level, ...line } of world.log) if (level !== "debug") console.log(JSON.stringify(line));
    await world.close();
  });

  async function git(...args: readonly string[]): Promise<string> {
    const olga = world.person("olga");
    await olga.git("fetch", "--quiet", "--tags", "--prune", "origin");
    return (await olga.git(...args)).trim();
  }

  /** Ben merges `what` into the branch in his clone, and pushes what he made of the conflict. */
  async function resolve(branch: string, what: string, files: Readonly<Record<string, string>>) {
    const ben = world.person("ben");
    await ben.git("fetch", "--quiet", "--tags", "origin");
    await ben.git("switch", "--quiet", "--force-create", branch, `origin/${branch}`);
    await expect(ben.git("merge", "--no-edit", what)).rejects.toThrow();
    for (const [path, text] of Object.entries(files)) await ben.write(path, text);
    await ben.git("add", "--all");
    await ben.git("commit", "--quiet", "--no-edit");
    await ben.git("push", "--quiet", "origin", branch);
    await world.settled();
    return (await ben.git("rev-parse", "HEAD")).trim();
  }

  async function squash(head: string): Promise<void> {
    const { number } = await pullRequestFrom(world, head);
    const { rest } = world.person("olga").octokit;
    await rest.pulls.merge({ ...at, pull_number: number, merge_method: "squash" });
    await world.settled();
  }

  async function contains(branch: string, commit: string): Promise<boolean> {
    const sha = commit.startsWith("v") ? await git("rev-parse", `${commit}^{commit}`) : commit;
    return (await git("rev-list", branch)).split("\n").includes(sha);
  }

  async function conflictsCheck(sha: string): Promise<readonly (string | null)[]> {
    const { data } = await world.person("ben").octokit.rest.checks.listForRef({ ...at, ref: sha });
    return data.check_runs
      .filter(({ name }) => name === "hotfix/conflicts")
      .map(({ conclusion }) => conclusion);
  }

  it.each(["merge", "squash"] as const)(
    "a conflict is told before and after the merge, resolved by a person's push, and lands by %s",
    async (method) => {
      world = await World.open({
        files: configuration(`merge: { backMerges: ${method === "merge" ? "auto" : "manual"} }\n`),
      });
      const theirs = await world.push(
        "olga",
        "develop",
        { [FILE]: processorOnDevelop },
        "feat: pay with points",
      );
      const issue = await world.declare();
      await world.settled();
      expect(await readOn(world, issue)).not.toContain("Bringing the fix");
      const branch = `hotfix/${issue}-checkout-fails`;
      const backMerge = `backmerge/${issue}-develop`;

      await pushFix(world, branch);
      const foreseen = await readOn(world, issue);
      expect(foreseen).toMatch(
        new RegExp(
          `- \`develop\`: \\*\\*conflicts\\*\\* in \`${FILE}\` lines 7–8 with \\[\`${theirs.slice(0, 7)}\`\\]\\(\\S+\\) by Olga\n`,
          "u",
        ),
      );

      await merge(world, branch);
      expect(await tagNames(world)).toContain("v1.4.3");
      expect(await pullRequestFrom(world, backMerge)).toMatchObject({ draft: false, state: "open" });
      const told = (await commentsOn(world, issue)).filter((body) => body.includes("The fix conflicts with"));
      expect(told).toHaveLength(1);
      for (const text of [
        FILE,
        "lines 7–8",
        theirs.slice(0, 7),
        "by Olga",
        "@ben",
        `git fetch && git switch ${backMerge}`,
        "git pull && git merge origin/develop",
      ])
        expect(told[0]).toContain(text);
      expect(await isOpen(world, issue)).toBe(true);
      expect(await secondLook(world, issue)).toEqual([]);

      const resolved = await resolve(backMerge, "origin/develop", { [FILE]: processorResolved });
      if (method === "squash") await squash(backMerge);
      expect(await contains("origin/develop", resolved)).toBe(method === "merge");
      expect(await contains("origin/develop", "v1.4.3")).toBe(method === "merge");
      expect(await git("show", `origin/develop:${FILE}`)).toBe(processorResolved.trim());
      expect(await isOpen(world, issue)).toBe(false);
      expect(await branchNames(world)).not.toContain(backMerge);
      await expectNoTrouble(world);
    },
  );

  it("version files that both sides changed are settled: the target keeps the higher version", async () => {
    world = await World.open({ files: configuration("") });
    await world.push("olga", "develop", { "package.json": packageOf("1.5.0") }, "chore: begin 1.5.0");
    const issue = await world.declare();
    await world.settled();
    const branch = `hotfix/${issue}-checkout-fails`;
    await world.push("ben", branch, { [FILE]: processorFixed, "package.json": packageOf("1.4.3") });
    await world.settled();
    expect(await readOn(world, issue)).toContain(
      "`develop`: conflicts only in `package.json`, which the app resolves: the higher version stays",
    );

    await merge(world, branch);
    expect(await git("show", "origin/develop:package.json")).toBe(packageOf("1.5.0").trim());
    expect(await git("show", `origin/develop:${FILE}`)).toBe(processorFixed.trim());
    expect(await git("show", "origin/main:package.json")).toBe(packageOf("1.4.3").trim());
    expect(await contains("origin/develop", "v1.4.3")).toBe(true);
    expect(await readOn(world, issue)).not.toContain("The fix conflicts with");
    expect(await isOpen(world, issue)).toBe(false);
    await expectNoTrouble(world);
  });

  it("with the policy draft, markers are committed and hold the pull request back until a person has resolved them", async () => {
    world = await World.open({ files: configuration("conflicts: { policy: draft }\n") });
    await world.push("olga", "develop", { [FILE]: processorOnDevelop }, "feat: pay with points");
    const issue = await world.declare();
    await world.settled();
    const branch = `hotfix/${issue}-checkout-fails`;
    const backMerge = `backmerge/${issue}-develop`;
    await pushFix(world, branch);
    await merge(world, branch);

    const draft = await git("rev-parse", `origin/${backMerge}`);
    const text = await git("show", `${draft}:${FILE}`);
    for (const line of ["<<<<<<< hotfix", "=======", ">>>>>>> target", "points } = orderData"])
      expect(text).toContain(line);
    expect((await git("log", "-1", "--format=%P", draft)).split(" ")).toHaveLength(2);
    expect(await git("merge-base", "origin/develop", draft)).toBe(await git("rev-parse", "origin/develop"));
    expect(await pullRequestFrom(world, backMerge)).toMatchObject({ draft: true, state: "open" });
    expect(await conflictsCheck(draft)).toEqual(["failure"]);
    const told = await readOn(world, issue);
    expect(told).toContain(`The app committed the merge with conflict markers in \`${FILE}\``);
    expect(told).toContain(`\`develop\`: **conflict markers** stand in \`${FILE}\``);
    expect(await secondLook(world, issue)).toEqual([]);

    await world.push("ben", backMerge, { [FILE]: processorResolved }, "fix: resolve the conflict");
    await world.settled();
    expect(await git("show", `origin/develop:${FILE}`)).toBe(processorResolved.trim());
    expect(await contains("origin/develop", "v1.4.3")).toBe(true);
    expect(await isOpen(world, issue)).toBe(false);
    await expectNoTrouble(world);
  });

  it("a back-merge branch with a person's commits is never moved, whatever the policy", async () => {
    world = await World.open({ files: configuration("conflicts: { policy: draft }\n") });
    await world.push("olga", "develop", { [FILE]: processorOnDevelop }, "feat: pay with points");
    const issue = await world.declare();
    await world.settled();
    const branch = `hotfix/${issue}-checkout-fails`;
    const backMerge = `backmerge/${issue}-develop`;
    await pushFix(world, branch);
    const ben = world.person("ben");
    await ben.git("fetch", "--quiet", "origin");
    await ben.git("switch", "--quiet", "--force-create", backMerge, `origin/${backMerge}`);
    await ben.git("merge", "--quiet", "--no-edit", "origin/develop");
    await ben.git("push", "--quiet", "origin", backMerge);
    const own = (await ben.git("rev-parse", "HEAD")).trim();
    await world.settled();

    await merge(world, branch);
    expect(await git("rev-parse", `origin/${backMerge}`)).toBe(own);
    const [told] = (await commentsOn(world, issue)).filter((body) => body.includes("The fix conflicts with"));
    expect(told).toContain(`git fetch && git switch ${backMerge}\ngit pull && git merge v1.4.3`);
    expect(told).toContain(FILE);

    await resolve(backMerge, "v1.4.3", { [FILE]: processorResolved });
    expect(await contains("origin/develop", own)).toBe(true);
    expect(await contains("origin/develop", "v1.4.3")).toBe(true);
    expect(await isOpen(world, issue)).toBe(false);
    await expectNoTrouble(world);
  });
});
