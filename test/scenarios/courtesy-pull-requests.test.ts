import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { begin, endNight, pullRequestFrom, pushFix } from "../support/incident-night.ts";
import { Keepsakes, toldOn } from "../support/keepsakes.ts";
import { OWNER, REPO, World } from "../support/world.ts";

const at = { owner: OWNER, repo: REPO };

describe("what people do to pull requests stands", () => {
  let world: World;

  beforeAll(async () => {
    world = await World.open();
  }, 60_000);

  // Several incidents share a repository, and GitHub's limit of writes is by the minute.
  beforeEach(() => world.passTime(60_000));

  afterAll(() => endNight(world));

  /** An incident whose pull requests are there, with or without its fix. */
  async function beginWithPullRequests(title: string, options: { readonly fixed: boolean }) {
    const begun = await begin(world, title);
    if (options.fixed) await pushFix(world, begun.branch);
    const { number: production } = await pullRequestFrom(world, begun.branch);
    const { number: back } = await pullRequestFrom(world, begun.back);
    return { issue: begun.issue, branch: begun.branch, production, back };
  }

  it("closed ones stay closed, and a reopened one goes on", async () => {
    const { rest } = world.person("ben").octokit;
    const { issue, branch, production, back } = await beginWithPullRequests("Closed by mistake", {
      fixed: false,
    });
    const kept = new Keepsakes(world);
    await rest.pulls.update({ ...at, pull_number: production, state: "closed" });
    await rest.pulls.update({ ...at, pull_number: back, state: "closed" });
    await world.settled();
    await kept.keepPullRequest(back);
    expect(await toldOn(world, issue)).toMatchObject({
      next: `@sara: Reopen #${production} to go on, or take the label off to stop.`,
      noticed: [
        `#${production} to main was closed by ben without being merged.`,
        `#${back} to develop was closed by ben without being merged.`,
      ],
    });
    await pushFix(world, branch);
    expect(await pullRequestFrom(world, branch)).toMatchObject({ state: "closed", draft: true });

    await rest.pulls.update({ ...at, pull_number: production, state: "open" });
    await world.settled();
    expect(await pullRequestFrom(world, branch)).toMatchObject({ state: "open", draft: false });
    expect(await toldOn(world, issue)).toMatchObject({
      next: `@olga: Review and merge #${production}.`,
      noticed: [`#${back} to develop was closed by ben without being merged.`],
    });
    await kept.keepPullRequest(production);
    await kept.expectUntouched([issue]);
  });

  it("one that was pointed elsewhere is not pointed back, and its merge there ships nothing", async () => {
    const { rest } = world.person("ben").octokit;
    const { issue, production } = await beginWithPullRequests("Pointed elsewhere", { fixed: true });
    const kept = new Keepsakes(world);
    await rest.pulls.update({ ...at, pull_number: production, base: "develop" });
    await world.settled();
    expect(await toldOn(world, issue)).toEqual({
      next: `@ben: Point #${production} back to main to go on, or take the label off to stop.`,
      notDone: [],
      noticed: [`#${production} was pointed to develop instead of main by ben.`],
    });
    await rest.pulls.merge({ ...at, pull_number: production });
    await world.settled();
    await kept.keepPullRequest(production);
    await kept.keepRef("tags/v1.4.3");
    await kept.expectUntouched([issue]);
    const nextStep = `Open a pull request from \`hotfix/${issue}-pointed-elsewhere\` to main yourself, or take the label off to stop.`;
    expect(await toldOn(world, issue)).toEqual({
      next: `@ben: ${nextStep}`,
      notDone: [
        `#${production} was merged into develop and not into main, so nothing was shipped or tagged. **Do this:** ${nextStep}`,
      ],
      noticed: [`#${production} was pointed to develop instead of main by ben.`],
    });
    const { data: own } = await rest.pulls.create({
      ...at,
      head: `hotfix/${issue}-pointed-elsewhere`,
      base: "main",
      title: "The fix of Ben",
    });
    await world.settled();
    expect(await toldOn(world, issue)).toMatchObject({ next: `@olga: Review and merge #${own.number}.` });
    await kept.keepPullRequest(own.number);
    await kept.expectUntouched([issue]);
  });

  it("one that was pointed elsewhere before the fix is not called ready, and nobody is asked to review it", async () => {
    const { rest } = world.person("ben").octokit;
    const { issue, branch, production } = await beginWithPullRequests("Elsewhere early", { fixed: false });
    await rest.pulls.update({ ...at, pull_number: production, base: "develop" });
    await world.settled();
    await pushFix(world, branch);
    const kept = new Keepsakes(world);
    await kept.keepPullRequest(production);
    await kept.expectUntouched([issue]);
    expect(await pullRequestFrom(world, branch)).toMatchObject({ draft: true, requested_reviewers: [] });
    expect((await toldOn(world, issue)).next).toBe(
      `@ben: Point #${production} back to main to go on, or take the label off to stop.`,
    );
  });

  it("words stay as they were rewritten, and a draft stays a draft", async () => {
    const { rest } = world.person("ben").octokit;
    const { issue, production, back } = await beginWithPullRequests("Words and drafts", { fixed: true });
    const kept = new Keepsakes(world);
    await rest.pulls.update({ ...at, pull_number: production, title: "My own title", body: "My own words" });
    await rest.pulls.update({ ...at, pull_number: back, title: "Also mine" });
    const { node_id: id } = (await rest.pulls.get({ ...at, pull_number: production })).data;
    await world
      .person("ben")
      .octokit.graphql(
        "mutation($id: ID!) { convertPullRequestToDraft(input: { pullRequestId: $id }) { pullRequest { isDraft } } }",
        { id },
      );
    await world.settled();
    await kept.keepPullRequest(production);
    await kept.keepPullRequest(back);
    await kept.expectUntouched([issue]);
    expect(await toldOn(world, issue)).toEqual({
      next: `@ben: Mark #${production} ready for review when it is.`,
      notDone: [],
      noticed: [`#${production} was turned back into a draft by ben.`],
    });
  });

  it("a reviewer who dismisses or asks for changes is waited for", async () => {
    const { rest } = world.person("olga").octokit;
    const { issue, production } = await beginWithPullRequests("Reviewed twice", { fixed: true });
    const review = async (event: "APPROVE" | "REQUEST_CHANGES") =>
      (await rest.pulls.createReview({ ...at, pull_number: production, event, body: "As said" })).data.id;
    const approval = await review("APPROVE");
    await world.settled();
    expect(await toldOn(world, issue)).toMatchObject({ next: `@olga: Merge #${production}.` });
    await rest.pulls.dismissReview({
      ...at,
      pull_number: production,
      review_id: approval,
      message: "Too soon",
    });
    await world.settled();
    expect(await toldOn(world, issue)).toMatchObject({ next: `@olga: Review and merge #${production}.` });
    await review("REQUEST_CHANGES");
    await world.settled();
    expect(await toldOn(world, issue)).toMatchObject({ next: `@ben: Answer the review of #${production}.` });
    const kept = new Keepsakes(world);
    await kept.keepPullRequest(production);
    await kept.keep("reviews", async () =>
      (await rest.pulls.listReviews({ ...at, pull_number: production })).data.map(({ state }) => state),
    );
    await kept.expectUntouched([issue]);
  });
});
