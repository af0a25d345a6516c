import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { begin, branchNames, endNight, pullRequestFrom, pushFix } from "../support/incident-night.ts";
import { Keepsakes, toldOn } from "../support/keepsakes.ts";
import { OWNER, REPO, World } from "../support/world.ts";

const at = { owner: OWNER, repo: REPO };

describe("what people do to branches stands", () => {
  let world: World;

  beforeAll(async () => {
    world = await World.open();
    await world.person("ben").clone();
  }, 60_000);

  // Several incidents share a repository, and GitHub's limit of writes is by the minute.
  beforeEach(() => world.passTime(60_000));

  afterAll(() => endNight(world));

  async function push(...refspecs: readonly string[]): Promise<void> {
    const ben = world.person("ben");
    await ben.git("fetch", "--quiet", "--prune", "origin");
    await ben.git("push", "--quiet", "--force", "origin", ...refspecs);
    await world.settled();
  }

  it("one that is deleted before it has its pull request is not made again", async () => {
    const refuse = world.standIn.faults.add({
      method: "POST",
      path: "/repos/{owner}/{repo}/pulls",
      times: 100,
      effect: {
        kind: "answer-before",
        status: 403,
        body: { message: "Resource not accessible by integration" },
      },
    });
    const { issue, branch, back } = await begin(world, "No pull request yet");
    expect(await branchNames(world)).toEqual(expect.arrayContaining([branch, back]));
    const kept = new Keepsakes(world);
    // One at a time: what is missing beside a branch that is there is no oversight either.
    await push(`:${back}`);
    expect((await toldOn(world, issue)).noticed).toEqual([
      `${back} was deleted by ben before it had a pull request.`,
    ]);
    expect(await branchNames(world)).not.toContain(back);
    await push(`:${branch}`);
    refuse();
    await kept.keepRef(`heads/${branch}`);
    await kept.keepRef(`heads/${back}`);
    await kept.expectUntouched([issue]);
    expect(await toldOn(world, issue)).toEqual({
      next: `@sara: Restore \`${branch}\` to go on, or take the label off to stop.`,
      notDone: [],
      noticed: [`${branch} was deleted by ben.`, `${back} was deleted by ben before it had a pull request.`],
    });
  });

  it("one that is deleted after its pull request was opened stays away until it is restored, and then goes on", async () => {
    const { issue, branch, back } = await begin(world, "Deleted and restored");
    const fix = await pushFix(world, branch);
    const { number } = await pullRequestFrom(world, branch);
    await push(`:${branch}`, `:${back}`);
    const kept = new Keepsakes(world);
    await kept.keepRef(`heads/${back}`);
    expect(await toldOn(world, issue)).toEqual({
      next: `@ben: Restore \`${branch}\` and reopen #${number} to go on, or take the label off to stop.`,
      notDone: [],
      noticed: [
        `${branch} was deleted by ben.`,
        `#${number} to main was closed by ben without being merged.`,
        `#${number + 1} to develop was closed by ben without being merged.`,
      ],
    });
    const gone = new Keepsakes(world);
    await gone.keepRef(`heads/${branch}`);
    await gone.keepPullRequest(number);
    await gone.expectUntouched([issue]);

    await push(`${fix}:refs/heads/${branch}`);
    expect(await toldOn(world, issue)).toMatchObject({
      next: `@ben: Reopen #${number} to go on, or take the label off to stop.`,
    });
    await world.person("ben").octokit.rest.pulls.update({ ...at, pull_number: number, state: "open" });
    await world.settled();
    expect(await toldOn(world, issue)).toEqual({
      next: `@olga: Review and merge #${number}.`,
      notDone: [],
      noticed: [`#${number + 1} to develop was closed by ben without being merged.`],
    });
    await kept.keepRef(`heads/${branch}`);
    await kept.keepPullRequest(number);
    await kept.expectUntouched([issue]);
  });

  it("one that is force-pushed is taken as it is now", async () => {
    const { issue, branch } = await begin(world, "Force pushed");
    await pushFix(world, branch);
    const ben = world.person("ben");
    await ben.git("switch", "--quiet", "--force-create", "other", "origin/main");
    await ben.write("src/payment/processor.js", "// thrown away\n");
    const other = await ben.commit("fix: another way");
    await push(`${other}:refs/heads/${branch}`);
    const { number } = await pullRequestFrom(world, branch);
    const kept = new Keepsakes(world);
    await kept.keepRef(`heads/${branch}`);
    await kept.keepPullRequest(number);
    await kept.expectUntouched([issue]);
    expect(await toldOn(world, issue)).toEqual({
      next: `@olga: Review and merge #${number}.`,
      notDone: [],
      noticed: [`${branch} was force-pushed by ben; what it holds now is what counts.`],
    });
  });

  it("one that is renamed is not made again under its old name", async () => {
    const { issue, branch } = await begin(world, "Renamed");
    const fix = await pushFix(world, branch);
    const renamed = `hotfix/${issue}-x`;
    await push(`${fix}:refs/heads/${renamed}`, `:${branch}`);
    const { number } = await pullRequestFrom(world, branch);
    const kept = new Keepsakes(world);
    await kept.keepRef(`heads/${branch}`);
    await kept.keepRef(`heads/${renamed}`);
    await kept.keepPullRequest(number);
    await kept.expectUntouched([issue]);
    expect(await toldOn(world, issue)).toEqual({
      next: `@ben: Give \`${renamed}\` its old name \`${branch}\` back and reopen #${number} to go on, or take the label off to stop.`,
      notDone: [],
      noticed: [
        `${branch} was deleted by ben; ${renamed} has its commits, but it is not what the app works with.`,
        `#${number} to main was closed by ben without being merged.`,
      ],
    });
  });
});
