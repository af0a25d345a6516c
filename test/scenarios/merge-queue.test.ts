import { afterEach, describe, expect, it } from "vitest";
import { processorFixed, processorHalfFixed, processorTest } from "../../src/drill/shop.ts";
import { basisOf, ownRun, ownRuns, pushConfiguration } from "../support/check-night.ts";
import { endNight, pullRequestFrom, tagNames } from "../support/incident-night.ts";
import { OWNER, REPO, World } from "../support/world.ts";

const at = { owner: OWNER, repo: REPO };
const FULL_NAME = `${OWNER}/${REPO}`;
const PROCESSOR = "src/payment/processor.js";
const REQUIRED = ["hotfix/properties", "hotfix/scope", "hotfix/review"];

describe("a merge queue that waits for the checks of the app", () => {
  let world: World;

  afterEach((context) => endNight(world, context));

  /** Production takes changes through its queue only, which waits for checks of the app. */
  function queueMain(others: readonly string[] = []): void {
    const checks = [...REQUIRED, ...others].map((context) => ({ context }));
    world.standIn.addRuleset(FULL_NAME, {
      name: "queue",
      include: ["refs/heads/main"],
      rules: [
        { type: "merge_queue" },
        { type: "required_status_checks", parameters: { required_status_checks: checks } },
      ],
    });
  }

  async function proposal(branch: string, files: Readonly<Record<string, string>>): Promise<number> {
    const { rest } = world.person("olga").octokit;
    const { data } = await rest.git.getRef({ ...at, ref: "heads/main" });
    await rest.git.createRef({ ...at, ref: `refs/heads/${branch}`, sha: data.object.sha });
    await world.push("ben", branch, files);
    const pull = await rest.pulls.create({ ...at, title: branch, head: branch, base: "main" });
    await world.settled();
    return pull.data.number;
  }

  async function hotfix(source: string) {
    const issue = await world.declare("Checkout fails");
    await world.settled();
    const branch = `hotfix/${issue}-checkout-fails`;
    const sha = await world.push("ben", branch, {
      [PROCESSOR]: source,
      "test/payment.test.js": processorTest,
    });
    await world.settled();
    const { number } = await pullRequestFrom(world, branch);
    const approval = { ...at, pull_number: number, event: "APPROVE" } as const;
    await world.person("olga").octokit.rest.pulls.createReview(approval);
    await world.settled();
    return { branch, sha, number };
  }

  /** Olga presses "Merge when ready". Returns the commit of the group. */
  function enqueue(number: number): Promise<string> {
    return world.standIn.browser.enqueue("olga", FULL_NAME, number);
  }

  it("gets the same checks on the group of a hotfix, merges it, and the incident goes on", async () => {
    world = await World.open();
    queueMain();
    const { number, sha } = await hotfix(processorFixed);
    const group = await enqueue(number);
    await world.settled();
    const runs = await ownRuns(world, group);
    expect(Object.fromEntries(runs.map(({ name, conclusion }) => [name, conclusion]))).toEqual({
      "hotfix/properties": "success",
      "hotfix/scope": "success",
      "hotfix/tests (advice)": "success",
      "hotfix/migrations": "success",
      "hotfix/message (advice)": "neutral",
      "hotfix/review": "success",
    });
    const scope = runs.find(({ name }) => name === "hotfix/scope")!;
    expect(scope.output.summary).toContain(`Judged on \`${sha.slice(0, 7)}\`, the head of the hotfix`);
    expect(basisOf(scope)).toMatchObject({ head: sha });
    expect((await pullRequestFrom(world, "hotfix/1-checkout-fails")).merged).toBe(true);
    expect(await tagNames(world)).toContain("v1.4.3");
  });

  it("gets a quick answer where nothing of a hotfix is in the group, and a red one where the code of the group is not clean", async () => {
    world = await World.open();
    queueMain();
    const first = await proposal("docs/readme", { "README.md": "# Shop\n" });
    expect(await ownRuns(world, await enqueue(first))).toEqual([]);
    await world.settled();
    const { data } = await world.person("ben").octokit.rest.pulls.get({ ...at, pull_number: first });
    expect(data.merged).toBe(true);
    const quick = await ownRuns(world, data.merge_commit_sha!);
    expect(quick.map(({ name }) => name).toSorted()).toEqual(REQUIRED.toSorted());
    expect(quick[0]).toMatchObject({
      conclusion: "success",
      output: { title: "Nothing of a hotfix in this group" },
    });

    // The hotfix is clean, and what is before it in the queue is not: compared with that, none of it is the hotfix's.
    const { number } = await hotfix(processorHalfFixed);
    const red = await enqueue(number);
    await world.settled();
    expect(await ownRun(world, red, "hotfix/properties")).toMatchObject({
      conclusion: "failure",
      output: { title: "1 forbidden use of totalAmount" },
    });
    await expect(
      world.standIn.pressCheckAction(
        FULL_NAME,
        (await ownRun(world, red, "hotfix/properties"))!.id,
        "apply-fix",
        "olga",
      ),
    ).rejects.toThrow("has no button");
    const behind = await proposal("docs/more", { "NOTES.md": "# Notes\n" });
    const group = await enqueue(behind);
    await world.settled();
    // It holds the hotfix, too: whoever merges it merges both.
    expect(await ownRun(world, group, "hotfix/properties")).toMatchObject({ conclusion: "failure" });
    await world.person("ben").octokit.rest.checks.rerequestRun({
      ...at,
      check_run_id: (await ownRun(world, red, "hotfix/properties"))!.id,
    });
    await world.settled();
    expect(await ownRun(world, red, "hotfix/properties")).toMatchObject({ conclusion: "failure" });
    for (const each of [behind, number]) await world.standIn.browser.dequeue("olga", FULL_NAME, each);
    await world.settled();
  });

  it("a hotfix further down in a group does not answer for the code above it", async () => {
    world = await World.open();
    // One that never comes, so that both groups stay.
    queueMain(["ci"]);
    const feature = await proposal("feature/totals", {
      "src/totals.js": "export const total = (order) => order.totalAmount;\n",
    });
    const { number, sha } = await hotfix(processorFixed);
    const below = await enqueue(number);
    await world.settled();
    expect(await ownRun(world, below, "hotfix/properties")).toMatchObject({ conclusion: "success" });
    const above = await enqueue(feature);
    await world.settled();
    const run = (await ownRun(world, above, "hotfix/properties"))!;
    expect(run).toMatchObject({ conclusion: "success" });
    expect(basisOf(run)).toMatchObject({ head: sha });
    for (const each of [feature, number]) await world.standIn.browser.dequeue("olga", FULL_NAME, each);
    await world.settled();
  });

  it("F1: a group that is gone before it was looked at is let go, and with guard: all every group is looked at", async () => {
    world = await World.open();
    await pushConfiguration(world, (text) => text.replace(/^checks:$/mu, "checks:\n  guard: all"));
    queueMain();
    const bad = await proposal("feature/totals", {
      "src/totals.js": "export const total = (order) => order.totalAmount;\n",
    });
    const group = await enqueue(bad);
    await world.settled();
    expect(await ownRun(world, group, "hotfix/properties")).toMatchObject({ conclusion: "failure" });
    expect((await ownRun(world, group, "hotfix/properties"))!.output.summary).toContain(
      "1 introduced by this pull request",
    );
    expect(await ownRun(world, group, "hotfix/scope")).toMatchObject({ conclusion: "success" });
    await world.standIn.browser.dequeue("olga", FULL_NAME, bad);
    const late = `group|${world.installation}|${FULL_NAME}|${group}`;
    await world.app.queue.add({ keys: [late] });
    await world.settled();
    const looks = world.log.filter(({ key }) => key === late).map(({ outcome }) => outcome);
    expect(looks.slice(-3)).toEqual(["not-yet", "not-yet", "not-yet"]);
    // Its queue waits for minutes, and so does the app.
    for (let looked = 0; looked < 5; looked += 1) await world.letTimePass(4 * 60_000);
    const later = world.log.filter(({ key }) => key === late).map(({ outcome }) => outcome);
    expect(later.slice(-5)).toEqual(["not-yet", "not-yet", "not-yet", "not-yet", "gone"]);
  });
});
