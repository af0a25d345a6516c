import { afterEach, describe, expect, it } from "vitest";
import { basisOf, ownRun, ownRuns, pushConfiguration } from "../support/check-night.ts";
import { endNight } from "../support/incident-night.ts";
import { OWNER, REPO, World } from "../support/world.ts";

const at = { owner: OWNER, repo: REPO };
const FULL_NAME = `${OWNER}/${REPO}`;
const BAD = { "src/totals.js": "export const total = (order) => order.totalAmount;\n" };
const GOOD = { "src/totals.js": "export const total = (order) => order.amount;\n" };

describe("guard: all", () => {
  let world: World;

  afterEach((context) => endNight(world, context));

  async function proposal(branch: string, base: string): Promise<{ sha: string; number: number }> {
    const { rest } = world.person("olga").octokit;
    const { data } = await rest.git.getRef({ ...at, ref: `heads/${base}` });
    await rest.git.createRef({ ...at, ref: `refs/heads/${branch}`, sha: data.object.sha });
    const sha = await world.push("ben", branch, BAD);
    const pull = await rest.pulls.create({ ...at, title: branch, head: branch, base });
    await world.settled();
    return { sha, number: pull.data.number };
  }

  it("looks for forbidden code in every pull request, one that was open before included, and asks nothing where it is off", async () => {
    world = await World.open();
    const calls = world.standIn.calls.length;
    const { sha } = await proposal("feature/totals", "develop");
    expect(await ownRuns(world, sha)).toEqual([]);
    const asked = world.standIn.calls.slice(calls).filter(({ path }) => path.includes(sha));
    // The one is this test's own look.
    expect(asked.map(({ method }) => method)).toEqual(["GET"]);
    expect(
      world.log.some(({ outcome, calls: count }) => outcome === "not-guarded" && count === undefined),
    ).toBe(true);

    await pushConfiguration(world, (text) => text.replace(/^checks:$/mu, "checks:\n  guard: all"));
    const runs = await ownRuns(world, sha);
    expect(runs.map(({ name }) => name)).toEqual(["hotfix/properties"]);
    expect(runs[0]).toMatchObject({ conclusion: "failure" });
    expect(runs[0]!.output.summary).toContain("1 introduced by this pull request");
    await world.person("ben").octokit.rest.checks.rerequestRun({ ...at, check_run_id: runs[0]!.id });
    await world.settled();
    const again = (await ownRun(world, sha, "hotfix/properties"))!;
    expect(again.id).not.toBe(runs[0]!.id);

    // Nobody's branch is changed by a click there: there is nothing to click on.
    await expect(world.standIn.pressCheckAction(FULL_NAME, again.id, "apply-fix", "olga")).rejects.toThrow(
      "has no button",
    );

    const good = await world.push("ben", "feature/totals", GOOD);
    await world.settled();
    expect(await ownRun(world, good, "hotfix/properties")).toMatchObject({ conclusion: "neutral" });
    const other = await proposal("fix/totals", "main");
    const red = (await ownRun(world, other.sha, "hotfix/properties"))!;
    expect(red).toMatchObject({ conclusion: "failure" });

    await pushConfiguration(world, (text) => text.replace("guard: all", "guard: hotfixes"));
    await world.person("ben").octokit.rest.checks.rerequestRun({ ...at, check_run_id: red.id });
    await world.settled();
    expect(await ownRun(world, other.sha, "hotfix/properties")).toMatchObject({
      conclusion: "neutral",
      output: { title: "Not asked for any more" },
    });
  });

  it("looks at the code of a branch that carries a number of something else, when its pull request is opened and when it gets another base", async () => {
    world = await World.open();
    await pushConfiguration(world, (text) => text.replace(/^checks:$/mu, "checks:\n  guard: all"));
    const { sha, number } = await proposal("feature/123-login", "develop");
    const run = (await ownRun(world, sha, "hotfix/properties"))!;
    expect(run).toMatchObject({ conclusion: "failure" });
    const about = basisOf(run)["target"];
    await world.person("ben").octokit.rest.pulls.update({ ...at, pull_number: number, base: "main" });
    await world.settled();
    const again = (await ownRun(world, sha, "hotfix/properties"))!;
    expect(basisOf(again)["target"]).not.toBe(about);

    // What the app's own branches get is one check of each name, from the pass of the incident.
    const issue = await world.declare("Checkout fails");
    await world.settled();
    const ours = await world.push("ben", `hotfix/${issue}-checkout-fails`, BAD);
    await world.settled();
    const names = (await ownRuns(world, ours)).map(({ name }) => name);
    expect(names).toContain("hotfix/scope");
    expect(names).toHaveLength(new Set(names).size);
    const key = `guard|${world.installation}|${FULL_NAME}|${ours}`;
    await world.app.queue.add({ keys: [key] });
    await world.settled();
    expect(world.log.filter((line) => line["key"] === key).at(-1)).toMatchObject({
      outcome: "of-incident",
    });
  });

  it("looks into pull requests from forks, with the configuration of this repository", async () => {
    world = await World.open();
    await pushConfiguration(world, (text) => text.replace(/^checks:$/mu, "checks:\n  guard: all"));
    const { standIn } = world;
    standIn.createUser("mallory");
    await standIn.createRepository({ owner: "mallory", name: REPO, private: false });
    const ben = world.person("ben");
    await world.push("ben", "develop", {}, "chore: nothing").catch(() => undefined);
    await ben.git("switch", "--quiet", "--create", "hotfix/1-mine");
    await ben.write("src/totals.js", BAD["src/totals.js"]);
    await ben.write(".github/hotfix.yml", "checks: { guard: hotfixes }\n");
    const sha = await ben.commit("feat: mine");
    await ben.git(
      "push",
      "--quiet",
      `http://mallory:${standIn.tokenFor("mallory")}@${new URL(standIn.url).host}/mallory/${REPO}.git`,
      "hotfix/1-mine",
    );
    await standIn.browser.proposeFromFork("mallory", FULL_NAME, {
      fork: `mallory/${REPO}`,
      branch: "hotfix/1-mine",
      base: "develop",
      title: "Mine",
    });
    await world.settled();
    const runs = await ownRuns(world, sha);
    expect(runs.map(({ name, conclusion }) => [name, conclusion])).toEqual([
      ["hotfix/properties", "failure"],
    ]);
    expect(runs[0]!.output.title).toContain("forbidden use");
  });
});
