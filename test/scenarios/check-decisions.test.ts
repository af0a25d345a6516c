import { afterEach, describe, expect, it } from "vitest";
import { processorFixed, processorHalfFixed } from "../../src/drill/shop.ts";
import { basisOf, ownRun, pushConfiguration, say } from "../support/check-night.ts";
import { commentsOn, endNight, pullRequestFrom, readOn } from "../support/incident-night.ts";
import { OWNER, REPO, World, type WorldOptions } from "../support/world.ts";

const at = { owner: OWNER, repo: REPO };
const PROCESSOR = "src/payment/processor.js";
const PROPERTIES = "hotfix/properties";
const OVERRIDE = "/hotfix override properties because the old cart still sends it";

describe("verdicts that follow what they derive from", () => {
  let world: World;

  afterEach((context) => endNight(world, context));

  async function halfFixed(options: WorldOptions = {}) {
    world = await World.open(options);
    const issue = await world.declare("Checkout fails");
    await world.settled();
    const branch = `hotfix/${issue}-checkout-fails`;
    const sha = await world.push("ben", branch, { [PROCESSOR]: processorHalfFixed });
    await world.settled();
    return { issue, branch, sha, pull: (await pullRequestFrom(world, branch)).number };
  }

  it("an override is told where reviewers look, once, and covers nothing that a later commit brings", async () => {
    const { issue, branch, sha, pull } = await halfFixed();
    await say(world, "sara", issue, OVERRIDE);
    expect(await ownRun(world, sha, PROPERTIES)).toMatchObject({ conclusion: "failure" });
    expect(await commentsOn(world, pull)).toEqual([]);

    await say(world, "olga", issue, OVERRIDE);
    const red = (await ownRun(world, sha, PROPERTIES))!;
    expect(red).toMatchObject({
      conclusion: "neutral",
      output: { title: "Overridden by olga: the old cart still sends it" },
    });
    const [told, ...others] = await commentsOn(world, pull);
    expect(others).toEqual([]);
    expect(told).toContain("is overridden for this incident** by olga ([#1](");
    expect(told).toContain("the old cart still sends it");
    expect(told).toContain("1 forbidden use of totalAmount");
    expect(await readOn(world, issue)).toContain("Findings of hotfix/properties overridden");

    // A reviewer cleans up: the comment stays away, also when the check is run again.
    const { rest } = world.person("olga").octokit;
    const { data } = await rest.issues.listComments({ ...at, issue_number: pull });
    await rest.issues.deleteComment({ ...at, comment_id: data[0]!.id });
    await rest.checks.rerequestRun({ ...at, check_run_id: red.id });
    await world.settled();
    expect(await ownRun(world, sha, PROPERTIES)).toMatchObject({ conclusion: "neutral" });
    expect((await ownRun(world, sha, PROPERTIES))!.id).not.toBe(red.id);
    expect(await commentsOn(world, pull)).toEqual([]);

    const more = `${processorHalfFixed}\nexport const more = (order) => order.totalAmount;\n`;
    const later = await world.push("ben", branch, { [PROCESSOR]: more });
    await world.settled();
    const again = (await ownRun(world, later, PROPERTIES))!;
    expect(again).toMatchObject({ conclusion: "failure" });
    expect(again.output.summary).toMatch(
      /^\*\*Not ready: .*\n\nThe override by @olga \[on the incident\]\(.*\) does not cover this: it was for what the check showed then\./u,
    );
    expect(await commentsOn(world, pull)).toEqual([]);
  });

  it("a public repository names nobody in checks, buttons and comments about them", async () => {
    const { issue, branch, sha, pull } = await halfFixed({ repository: { private: false } });
    await world.standIn.pressCheckAction(
      `${OWNER}/${REPO}`,
      (await ownRun(world, sha, PROPERTIES))!.id,
      "apply-fix",
      "sara",
    );
    await world.settled();
    const pressed = (await ownRun(world, sha, PROPERTIES))!.output;
    await say(world, "olga", issue, OVERRIDE);
    const { rest } = world.person("ben").octokit;
    await rest.pulls.createReview({ ...at, pull_number: pull, event: "APPROVE" });
    await world.settled();
    const runs = [await ownRun(world, sha, PROPERTIES), await ownRun(world, sha, "hotfix/review")];
    const said = JSON.stringify([pressed, runs.map((run) => run!.output), await commentsOn(world, pull)]);
    expect(said).toContain("Overridden: the old cart still sends it");
    expect(said).toContain("Only somebody approved it");
    expect(said).toContain("Who pressed the button would need the permission");
    expect(said).not.toMatch(/\b(?:olga|ben|sara)\b/u);
    const fixed = await world.push("ben", branch, { [PROCESSOR]: processorFixed });
    await world.settled();
    await world
      .person("olga")
      .octokit.rest.pulls.createReview({ ...at, pull_number: pull, event: "APPROVE" });
    await world.settled();
    const review = (await ownRun(world, fixed, "hotfix/review"))!;
    expect(review).toMatchObject({ conclusion: "success" });
    expect(JSON.stringify(review.output)).not.toMatch(/\b(?:olga|ben|sara)\b/u);
  });

  it("I9: another configuration, a moved target and a new override each lead to a new verdict on the same head", async () => {
    const { issue, sha } = await halfFixed();
    const first = basisOf(await ownRun(world, sha, PROPERTIES));

    await world.push("olga", "main", { "README.md": "# Shop, moved on\n" }, "docs: say more");
    await world.settled();
    const main = (await world.person("ben").octokit.rest.git.getRef({ ...at, ref: "heads/main" })).data.object
      .sha;
    const moved = basisOf(await ownRun(world, sha, PROPERTIES));
    expect(moved).toMatchObject({ target: main, config: first["config"] });
    expect(first["target"]).not.toBe(main);

    await pushConfiguration(world, (text) =>
      `${text}\n# Nothing else is checked now.\n`.replace("forbid: totalAmount", "forbid: totalSum"),
    );
    const configured = await ownRun(world, sha, PROPERTIES);
    expect(basisOf(configured)["config"]).not.toBe(first["config"]);
    expect(configured).toMatchObject({ conclusion: "success" });
    await pushConfiguration(world, (text) => text.replace("forbid: totalSum", "forbid: totalAmount"));
    expect(await ownRun(world, sha, PROPERTIES)).toMatchObject({ conclusion: "failure" });

    expect(basisOf(await ownRun(world, sha, PROPERTIES))["decisions"]).toBeUndefined();
    await say(world, "olga", issue, OVERRIDE);
    const overridden = await ownRun(world, sha, PROPERTIES);
    expect(basisOf(overridden)["decisions"]).toMatch(/^[0-9a-f]+$/u);
    expect(overridden).toMatchObject({ conclusion: "neutral" });
  });

  it("every check says at its end whether it blocks, and links the page that explains it", async () => {
    const { sha } = await halfFixed();
    for (const [name, page, kind] of [
      [PROPERTIES, "properties", "blocks where branch rules require it"],
      ["hotfix/scope", "scope", "blocks where branch rules require it"],
      ["hotfix/tests (advice)", "tests", "advises: it never blocks the merge"],
      ["hotfix/migrations", "migrations", "blocks where branch rules require it"],
      ["hotfix/message (advice)", "message", "advises: it never blocks the merge"],
      ["hotfix/review", "review", "blocks where branch rules require it"],
      ["hotfix/back-merge (advice)", "back-merge", "advises: it never blocks the merge"],
    ] as const) {
      const run = (await ownRun(world, sha, name))!;
      expect(run.output.summary).toMatch(/^\*\*/u);
      expect(run.output.summary).toMatch(
        new RegExp(`This check ${kind}\\. \\[Explain\\]\\(.*/docs/checks/${page}\\.md\\)$`, "u"),
      );
      expect(run.details_url).toMatch(new RegExp(`/docs/checks/${page}\\.md$`, "u"));
      const shown = await fetch(`${world.app.url}/docs/checks/${page}.md`);
      expect(shown.status).toBe(200);
      expect(await shown.text()).toContain(`# hotfix/${page}`);
    }
  });
});
