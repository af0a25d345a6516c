import { afterEach, describe, expect, it } from "vitest";
import { processorFixed, processorHalfFixed } from "../../src/drill/shop.ts";
import { basisOf, ownRun, pushConfiguration } from "../support/check-night.ts";
import { endNight, secondLook } from "../support/incident-night.ts";
import { OWNER, REPO, World } from "../support/world.ts";

const at = { owner: OWNER, repo: REPO };
const PROCESSOR = "src/payment/processor.js";
const FORECAST = "hotfix/back-merge (advice)";

describe("the forecast of the back-merge as a check", () => {
  let world: World;

  afterEach((context) => endNight(world, context));

  async function headOf(branch: string): Promise<string> {
    const { data } = await world.person("ben").octokit.rest.git.getRef({ ...at, ref: `heads/${branch}` });
    return data.object.sha;
  }

  it("says what each target would get, follows the targets, can be asked for again and be switched off", async () => {
    world = await World.open();
    const issue = await world.declare("Checkout fails");
    await world.settled();
    const branch = `hotfix/${issue}-checkout-fails`;
    expect(await ownRun(world, await headOf(branch), FORECAST)).toBeUndefined();
    const sha = await world.push("ben", branch, { [PROCESSOR]: processorFixed });
    await world.settled();
    const clean = (await ownRun(world, sha, FORECAST))!;
    expect(clean).toMatchObject({
      conclusion: "success",
      output: { title: "Merges cleanly into develop" },
    });
    expect(basisOf(clean)["target"]).toBe(`develop@${await headOf("develop")}`);
    expect(await secondLook(world, issue)).toEqual([]);

    const theirs = processorHalfFixed.replace("totalAmount: cents", "totalAmount: euros");
    await world.push("olga", "develop", { [PROCESSOR]: theirs }, "feat: count in euros | `x` @acme/all");
    await world.settled();
    const conflict = (await ownRun(world, sha, FORECAST))!;
    expect(conflict).toMatchObject({
      conclusion: "neutral",
      output: { title: "Conflicts with develop in 1 file" },
    });
    expect(conflict.id).not.toBe(clean.id);
    expect(basisOf(conflict)["target"]).toBe(`develop@${await headOf("develop")}`);
    const { summary } = conflict.output;
    expect(summary).toMatch(
      /^\*\*Advice: the fix conflicts with `develop`\.\*\*\n\n\*\*What to do:\*\* Ship to production first\./u,
    );
    expect(summary).toMatch(
      /- `src\/payment\/processor\.js`: lines? \d+.* of `develop`\. There since: \[`[0-9a-f]{7}`\]\(.*\) feat: count in euros/u,
    );
    expect(summary).toContain("(Olga)");
    expect(summary).not.toContain("@acme/all");

    await world.person("ben").octokit.rest.checks.rerequestRun({ ...at, check_run_id: conflict.id });
    await world.settled();
    const again = (await ownRun(world, sha, FORECAST))!;
    expect(again.id).not.toBe(conflict.id);
    expect(again).toMatchObject({ conclusion: "neutral", external_id: conflict.external_id });
    expect(again.output.summary).toBe(summary);

    await pushConfiguration(
      world,
      (text) => `${text.replace(/^checks:$/mu, "checks:\n  backMerge: { mode: off }")}`,
    );
    expect(await ownRun(world, sha, FORECAST)).toMatchObject({
      conclusion: "neutral",
      output: { title: "Not asked for any more" },
    });
    expect(await secondLook(world, issue)).toEqual([]);
  });
});
