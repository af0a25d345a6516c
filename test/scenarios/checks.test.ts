import { afterEach, describe, expect, it } from "vitest";
import { processorFixed, processorHalfFixed, processorTest } from "../../src/drill/shop.ts";
import { branchNames, commentsOn, endNight, pullRequestFrom } from "../support/incident-night.ts";
import { OWNER, REPO, World } from "../support/world.ts";

const at = { owner: OWNER, repo: REPO };
const FULL_NAME = `${OWNER}/${REPO}`;
const PROCESSOR = "src/payment/processor.js";

describe("the checks of a pushed hotfix", () => {
  let world: World;

  afterEach((context) => endNight(world, context));

  async function declare(): Promise<string> {
    const issue = await world.declare("Checkout fails");
    await world.settled();
    return `hotfix/${issue}-checkout-fails`;
  }

  async function runsOn(sha: string, name?: string) {
    const { data } = await world
      .person("ben")
      .octokit.rest.checks.listForRef({ ...at, ref: sha, ...(name !== undefined && { check_name: name }) });
    return data.check_runs.filter(({ app }) => app?.slug === "hotfix-responder");
  }

  async function propertiesOn(sha: string) {
    const [run] = await runsOn(sha, "hotfix/properties");
    return run!;
  }

  it("the button commits the fixes for who may push, as the app, once, and says what became of the click", async () => {
    world = await World.open();
    const branch = await declare();
    const half = await world.push("ben", branch, { [PROCESSOR]: processorHalfFixed });
    await world.settled();
    const run = await propertiesOn(half);
    expect(run.conclusion).toBe("failure");

    await world.standIn.pressCheckAction(FULL_NAME, run.id, "apply-fix", "sara");
    await world.settled();
    expect((await propertiesOn(half)).output.text).toContain(
      "**Nothing was applied.** @sara would need the permission `push`",
    );

    await world.standIn.pressCheckAction(FULL_NAME, run.id, "apply-fix", "olga");
    await world.settled();
    const olga = world.person("olga");
    await olga.git("fetch", "--quiet", "origin");
    const [head, author, ...message] = (
      await olga.git("log", "-1", "--format=%H%n%an%n%B", `origin/${branch}`)
    ).split("\n");
    expect(author).toBe("hotfix-responder[bot]");
    expect(message.join("\n")).toMatch(
      /^Incident: [A-Z]+-CRITICAL-001\nCo-authored-by: olga <\d+\+olga@users\.noreply\.github\.com>$/mu,
    );
    expect(await olga.git("show", `origin/${branch}:${PROCESSOR}`)).toBe(
      processorHalfFixed.replace("{ totalAmount: cents", "{ amount: cents"),
    );
    expect((await olga.git("rev-parse", `${head}^`)).trim()).toBe(half);
    expect((await propertiesOn(half)).output.text).toMatch(/^\*\*Applied\*\* to 1 file for @olga/u);
    expect(await propertiesOn(head!)).toMatchObject({ conclusion: "success" });

    // The same button once more: what it says is true still, and nothing is committed twice. For somebody else the branch has moved.
    await world.standIn.pressCheckAction(FULL_NAME, run.id, "apply-fix", "olga");
    await world.settled();
    expect((await propertiesOn(half)).output.text).toMatch(/^\*\*Applied\*\* to 1 file for @olga/u);
    await world.standIn.pressCheckAction(FULL_NAME, run.id, "apply-fix", "ben");
    await world.settled();
    expect((await propertiesOn(half)).output.text).toContain("has moved on since this check");
    await olga.git("fetch", "--quiet", "origin");
    expect((await olga.git("rev-parse", `origin/${branch}`)).trim()).toBe(head);

    // A second click, on the check of a head that is gone.
    const mended = await world.push("ben", branch, { "test/payment.test.js": processorTest });
    await world.settled();
    const again = await world.push("ben", branch, { [PROCESSOR]: processorHalfFixed });
    await world.settled();
    await world.push("ben", branch, { "README.md": "# Shop\n" });
    await world.settled();
    await world.standIn.pressCheckAction(FULL_NAME, (await propertiesOn(again)).id, "apply-fix", "ben");
    await world.settled();
    expect((await propertiesOn(again)).output.text).toContain("has moved on since this check");
    await olga.git("fetch", "--quiet", "origin");
    expect(await olga.git("log", "--format=%an", `${mended}..origin/${branch}`)).not.toContain("bot");
  });

  it("the button does nothing after the merge, says so, and opens no round", async () => {
    world = await World.open({ repository: { autoMergeAllowed: false } });
    const branch = await declare();
    const half = await world.push("ben", branch, { [PROCESSOR]: processorHalfFixed });
    await world.settled();
    const { number } = await pullRequestFrom(world, branch);
    const { rest } = world.person("olga").octokit;
    await rest.pulls.merge({ ...at, pull_number: number, merge_method: "squash" });
    await world.settled();
    await world.standIn.pressCheckAction(FULL_NAME, (await propertiesOn(half)).id, "apply-fix", "olga");
    await world.settled();
    expect((await propertiesOn(half)).output.text).toMatch(
      /^\*\*Nothing was applied\.\*\* The pull request is merged/u,
    );
    const { data } = await rest.git.getRef({ ...at, ref: `heads/${branch}` });
    expect(data.object.sha).toBe(half);
    expect((await branchNames(world)).filter((name) => name.startsWith("hotfix/"))).toEqual([branch]);
  });

  it("who may push takes findings on themselves and makes a rule of the incident; both are answered and told", async () => {
    world = await World.open();
    const branch = await declare();
    const say = async (login: "sara" | "olga", body: string): Promise<string> => {
      await world.person(login).octokit.rest.issues.createComment({ ...at, issue_number: 1, body });
      await world.settled();
      return (await commentsOn(world, 1)).at(-1)!.replaceAll("\\", "");
    };
    expect(await say("olga", "/hotfix override properties because x")).toContain(
      "has no verdict on the head yet",
    );
    const half = await world.push("ben", branch, { [PROCESSOR]: processorHalfFixed });
    await world.settled();
    const override = "/hotfix override properties because the old cart still sends it";
    expect(await say("sara", override)).toContain("needs the permission `push`");
    expect(await propertiesOn(half)).toMatchObject({ conclusion: "failure" });
    expect(await say("olga", override)).toContain("counts as accepted for this incident");
    expect(await propertiesOn(half)).toMatchObject({
      conclusion: "neutral",
      output: { title: "Overridden by olga: the old cart still sends it" },
    });
    expect(await say("olga", "/hotfix override migrations because x")).toContain(
      "nothing that stands in the way",
    );

    expect(await say("olga", "/hotfix forbid cents use amount in src/**")).toContain(
      "`cents` is forbidden in",
    );
    const made = await propertiesOn(half);
    // The override was for what was shown then.
    expect(made).toMatchObject({ conclusion: "failure" });
    expect(made.output.summary).toContain("PAYMENT-CRITICAL-001");
    const [status] = await commentsOn(world, 1);
    expect(status).toContain("Findings of hotfix/properties overridden");
    expect(status).toContain("cents forbidden");
  });

  it("a warm push costs three trips, and Re-run gives every check anew", async () => {
    world = await World.open();
    const branch = await declare();
    await world.push("ben", branch, { [PROCESSOR]: processorHalfFixed });
    await world.settled();
    const from = world.log.length;
    // At no latency, calls that were sent side by side may be served one after the other on a machine that is busy.
    world.standIn.latencyMs = 150;
    const fix = await world.push("ben", branch, { [PROCESSOR]: processorFixed });
    await world.settled();
    world.standIn.latencyMs = 0;
    const passes = world.log
      .slice(from)
      .filter(({ key, outcome }) => String(key).startsWith("commit|") && outcome === "published");
    expect(passes.length).toBeGreaterThan(0);
    expect(passes[0]).toMatchObject({ trips: 3 });
    expect(Number(passes[0]!.calls)).toBeLessThanOrEqual(16);

    const before = await runsOn(fix);
    expect(before).toHaveLength(7);
    await world.person("ben").octokit.rest.checks.rerequestSuite({
      ...at,
      check_suite_id: before[0]!.check_suite!.id,
    });
    await world.settled();
    const after = await runsOn(fix);
    expect(after.map(({ name }) => name).toSorted()).toEqual(before.map(({ name }) => name).toSorted());
    expect(after.every(({ id }) => before.every((run) => run.id !== id))).toBe(true);
  });

  it("S26: a push full of traps is checked to its end, and S29: switches nothing off", async () => {
    world = await World.open();
    const branch = await declare();
    const ben = world.person("ben");
    await world.push("ben", branch, { [PROCESSOR]: processorHalfFixed });
    await ben.write(".github/hotfix.yml", "checks: { forbid: [], scope: { mode: off } }\n");
    await ben.write("src/a\nb.js", "o.totalAmount;\n");
    await ben.write("-rf", "totalAmount\n");
    await ben.write("src/broken.js", "function ( { o.totalAmount\n");
    await ben.git("update-index", "--add", "--cacheinfo", `160000,${"a".repeat(40)},vendor/module`);
    const link = (await ben.git("hash-object", "-w", PROCESSOR)).trim();
    await ben.git("update-index", "--add", "--cacheinfo", `120000,${link},src/link.js`);
    await ben.git("add", ".github/hotfix.yml", "src/a\nb.js", "--", "./-rf", "src/broken.js");
    await ben.git("commit", "--quiet", "--message", "hotfix: traps");
    await ben.git("push", "--quiet", "origin", branch);
    const sha = (await ben.git("rev-parse", "HEAD")).trim();
    await world.settled();
    const runs = await runsOn(sha);
    const scope = runs.find(({ name }) => name === "hotfix/scope")!;
    expect(scope.conclusion).toBe("failure");
    expect(scope.output.summary).toContain("symbolic link");
    expect(scope.output.summary).toContain("submodule");
    const properties = runs.find(({ name }) => name === "hotfix/properties")!;
    expect(properties.output.title).toMatch(/^3 forbidden uses of totalAmount/u);
    expect(properties.output.summary).toContain("src/broken.js");
  });

  it("F9: a force push during the check leaves no run without an end", async () => {
    world = await World.open();
    const branch = await declare();
    const first = await world.push("ben", branch, { [PROCESSOR]: processorHalfFixed });
    const ben = world.person("ben");
    await ben.git("reset", "--quiet", "--hard", "HEAD^");
    await ben.write(PROCESSOR, processorFixed);
    const second = await ben.commit("hotfix: read amount");
    await ben.git("push", "--quiet", "--force", "origin", branch);
    await world.settled();
    expect((await propertiesOn(second)).conclusion).toBe("success");
    const left = (await runsOn(first)).filter(({ status }) => status !== "completed");
    expect(left).toEqual([]);
  });

  it("S11: nobody can approve their own push, and the status comment asks for the right thing", async () => {
    world = await World.open();
    const branch = await declare();
    const fix = await world.push("ben", branch, {
      [PROCESSOR]: processorFixed,
      "test/payment.test.js": processorTest,
    });
    await world.settled();
    const { number } = await pullRequestFrom(world, branch);
    const approve = (login: "ben" | "olga") =>
      world.person(login).octokit.rest.pulls.createReview({ ...at, pull_number: number, event: "APPROVE" });
    await approve("ben");
    await world.settled();
    const [own] = await runsOn(fix, "hotfix/review");
    expect(own).toMatchObject({ conclusion: "action_required" });
    expect(own!.output.title).toContain("Only ben approved it");
    expect((await commentsOn(world, 1))[0]).toContain("Review and merge [#");
    await approve("olga");
    await world.settled();
    const [other] = await runsOn(fix, "hotfix/review");
    expect(other).toMatchObject({ conclusion: "success" });
    expect((await commentsOn(world, 1))[0]).toContain(`Merge [#${number}]`);
  });
});
