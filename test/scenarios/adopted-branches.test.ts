import { afterEach, describe, expect, it } from "vitest";
import { processorFixed } from "../../src/drill/shop.ts";
import { endNight, pullRequestFrom } from "../support/incident-night.ts";
import { Keepsakes, statusOn, toldOn } from "../support/keepsakes.ts";
import { OWNER, REPO, World } from "../support/world.ts";

const at = { owner: OWNER, repo: REPO };
const THEIRS = "ben/quick-fix";

describe("a branch that somebody made the hotfix branch", () => {
  let world: World;

  afterEach((context) => endNight(world, context));

  it("is checked, forecast and followed like one of the app's, and stays as its owner left it", async () => {
    world = await World.open();
    const issue = await world.declare();
    await world.settled();
    const ben = world.person("ben");
    await ben.clone();
    await ben.git("switch", "--quiet", "--create", THEIRS, "origin/main");
    await ben.write("CHANGES.md", "Of ben.\n");
    await ben.commit("docs: begin");
    await ben.git("push", "--quiet", "origin", THEIRS);
    const { rest } = ben.octokit;
    await rest.issues.createComment({ ...at, issue_number: issue, body: `/hotfix adopt ${THEIRS}` });
    await world.settled();
    const { number } = await pullRequestFrom(world, THEIRS);

    // News of the branch alone: a push, and then a review of its pull request.
    const bad = await world.push("ben", THEIRS, {
      "src/payment/processor.js": `${processorFixed}export const old = (order) => order.totalAmount;\n`,
    });
    await world.settled();
    const { data: red } = await rest.checks.listForRef({ ...at, ref: bad, check_name: "hotfix/properties" });
    expect(red.check_runs.map(({ conclusion }) => conclusion)).toEqual(["failure"]);
    expect((await toldOn(world, issue)).next).toContain("hotfix/properties");
    const good = await world.push("ben", THEIRS, { "src/payment/processor.js": processorFixed });
    await world.settled();
    const { data: green } = await rest.checks.listForRef({
      ...at,
      ref: good,
      check_name: "hotfix/properties",
    });
    expect(green.check_runs.map(({ conclusion }) => conclusion)).toEqual(["success"]);
    expect((await statusOn(world, issue)).body).toContain("merges cleanly");
    const kept = new Keepsakes(world);
    await kept.keepRef(`heads/${THEIRS}`);
    await kept.keepPullRequest(number);
    await world
      .person("olga")
      .octokit.rest.pulls.createReview({ ...at, pull_number: number, event: "APPROVE" });
    await world.settled();
    expect((await toldOn(world, issue)).next).toBe(`@olga: Merge #${number}.`);
    await rest.pulls.update({ ...at, pull_number: number, state: "closed" });
    await world.settled();
    expect((await toldOn(world, issue)).noticed).toContain(
      `#${number} to main was closed by ben without being merged.`,
    );
    await rest.pulls.update({ ...at, pull_number: number, state: "open" });
    await world.settled();
    await kept.expectUntouched([issue]);

    // Closed by hand is not ended: what waits for the checks still gets them.
    await world.person("sara").octokit.rest.issues.update({ ...at, issue_number: issue, state: "closed" });
    await world.settled();
    const late = await world.push("ben", THEIRS, { "CHANGES.md": "Of ben, later.\n" });
    await world.settled();
    const { data: last } = await rest.checks.listForRef({
      ...at,
      ref: late,
      check_name: "hotfix/properties",
    });
    expect(last.check_runs.map(({ conclusion }) => conclusion)).toEqual(["success"]);
  });
});
