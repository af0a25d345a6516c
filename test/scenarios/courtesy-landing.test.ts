import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { processorFixed } from "../../src/drill/shop.ts";
import {
  begin,
  endNight,
  isOpen,
  merge,
  pullRequestFrom,
  releasedTags,
  tagNames,
} from "../support/incident-night.ts";
import { Keepsakes, toldOn } from "../support/keepsakes.ts";
import { OWNER, REPO, World } from "../support/world.ts";

const at = { owner: OWNER, repo: REPO };

describe("what people do while the fix lands stands", () => {
  let world: World;

  beforeAll(async () => {
    world = await World.open();
    await world.person("ben").clone();
  }, 60_000);

  // Several incidents share a repository, and GitHub's limit of writes is by the minute.
  beforeEach(() => world.passTime(60_000));

  afterAll(() => endNight(world));

  /** With a change of its own, because all of them are shipped from one repository. */
  async function beginWithFix(title: string) {
    const { issue, branch, back } = await begin(world, title);
    const fix = await world.push("ben", branch, {
      "src/payment/processor.js": processorFixed,
      [`src/payment/fix-${issue}.js`]: "export {};\n",
    });
    await world.settled();
    return { issue, branch, back, fix };
  }

  it("somebody who merges into develop first is not undone, and what is missing there is said", async () => {
    const { issue, branch, back } = await beginWithFix("Merged early");
    const { rest, graphql } = world.person("olga").octokit;
    const early = await pullRequestFrom(world, back);
    await graphql(
      "mutation($id: ID!) { markPullRequestReadyForReview(input: { pullRequestId: $id }) { pullRequest { isDraft } } }",
      { id: early.node_id },
    );
    await rest.pulls.merge({ ...at, pull_number: early.number });
    await world.settled();
    await merge(world, branch);
    const kept = new Keepsakes(world);
    await kept.keepPullRequest(early.number);
    await kept.keepRef("heads/develop");
    await kept.keepIssue(issue);
    await kept.expectUntouched([issue]);
    expect(await toldOn(world, issue)).toEqual({
      next: `@ben: Bring the fix to develop: #${early.number} was merged, but the fix is not there.`,
      notDone: [],
      noticed: [
        `#${early.number} was merged into develop by olga before the fix was shipped, so it did not bring it.`,
      ],
    });

    // Olga does it herself, by hand.
    const olga = world.person("olga");
    await olga.git("fetch", "--quiet", "--tags", "origin");
    await olga.git("switch", "--quiet", "--force-create", "develop", "origin/develop");
    await olga.git("merge", "--quiet", "--no-edit", "origin/main");
    await olga.git("push", "--quiet", "origin", "develop");
    await world.settled();
    expect(await isOpen(world, issue)).toBe(false);
  });

  it("somebody who brought the hotfix to develop before production leaves the app less to do", async () => {
    const { issue, branch, back, fix } = await beginWithFix("Merged by hand");
    const olga = world.person("olga");
    await olga.git("fetch", "--quiet", "origin");
    await olga.git("switch", "--quiet", "--force-create", "develop", "origin/develop");
    await olga.git("merge", "--quiet", "--no-edit", fix);
    await olga.git("push", "--quiet", "origin", "develop");
    await world.settled();
    const early = (await olga.git("rev-parse", "HEAD")).trim();
    await merge(world, branch);
    expect(await pullRequestFrom(world, back)).toMatchObject({ merged: true });
    expect(await isOpen(world, issue)).toBe(false);
    await olga.git("fetch", "--quiet", "origin");
    await olga.git("merge-base", "--is-ancestor", early, "origin/develop");
  });

  it("a tag and a release that somebody made first are taken as they are", async () => {
    const { issue, branch } = await beginWithFix("Tagged by hand");
    const { rest } = world.person("olga").octokit;
    const before = await tagNames(world);
    // Olga is faster than the webhooks.
    world.standIn.faults.webhook({ times: 20, effect: { kind: "hold" } });
    const { number } = await pullRequestFrom(world, branch);
    const { data: merged } = await rest.pulls.merge({ ...at, pull_number: number });
    await rest.git.createRef({ ...at, ref: "refs/tags/v2.0.0", sha: merged.sha });
    const { data: release } = await rest.repos.createRelease({
      ...at,
      tag_name: "v2.0.0",
      name: "My own release",
      body: "My own words",
    });
    const kept = new Keepsakes(world);
    await kept.keepRef("tags/v2.0.0");
    await kept.keep("release", async () => {
      const { data } = await rest.repos.getReleaseByTag({ ...at, tag: "v2.0.0" });
      return { id: data.id, name: data.name, body: data.body, author: data.author.login };
    });
    world.standIn.faults.clear();
    world.standIn.releaseHeld();
    await world.settled();
    expect(await tagNames(world)).toEqual([...before, "v2.0.0"].toSorted());
    expect((await releasedTags(world)).filter((tag) => tag === "v2.0.0")).toHaveLength(1);
    expect(release.author.login).toBe("olga");
    expect(await isOpen(world, issue)).toBe(false);
    await kept.expectUntouched([issue]);
  });

  it("a back-merge branch with commits of a person is merged into and never moved", async () => {
    const { issue, branch, back } = await beginWithFix("Own commits");
    const own = await world.push("ben", back, { "docs/of-ben.md": "Mine.\n" }, "docs: what develop needs");
    await world.settled();
    const { number } = await pullRequestFrom(world, back);
    const kept = new Keepsakes(world);
    await kept.keepRef(`heads/${back}`);
    await kept.keepPullRequest(number);
    await kept.expectUntouched([issue]);
    // It is not merged at once, so that the merge into it can be looked at.
    const { rest } = world.person("olga").octokit;
    await rest.pulls.createReview({ ...at, pull_number: number, event: "REQUEST_CHANGES", body: "Wait" });
    const shipped = await merge(world, branch);
    const { data: head } = await rest.git.getCommit({
      ...at,
      commit_sha: (await pullRequestFrom(world, back)).head.sha,
    });
    expect(head.parents.map(({ sha }) => sha)).toEqual([own, shipped]);
    const again = new Keepsakes(world);
    await again.keepRef(`heads/${back}`);
    await again.expectUntouched([issue]);
    expect(await toldOn(world, issue)).toMatchObject({
      next: `@ben: Answer the review of #${number}, and merge it.`,
    });
    await rest.pulls.merge({ ...at, pull_number: number });
    await world.settled();
    expect(await isOpen(world, issue)).toBe(false);
    const olga = world.person("olga");
    await olga.git("fetch", "--quiet", "origin");
    expect(await olga.git("show", "origin/develop:docs/of-ben.md")).toBe("Mine.\n");
  });

  it("a back-merge pull request that is drafted again, pointed elsewhere or closed stays so, and what it owes is said", async () => {
    const { rest, graphql } = world.person("olga").octokit;
    const drafted = await beginWithFix("Drafted again");
    const draft = await pullRequestFrom(world, drafted.back);
    for (const mutation of ["markPullRequestReadyForReview", "convertPullRequestToDraft"])
      await graphql(
        `mutation($id: ID!) { ${mutation}(input: { pullRequestId: $id }) { pullRequest { isDraft } } }`,
        { id: draft.node_id },
      );
    await world.settled();
    await merge(world, drafted.branch);
    const kept = new Keepsakes(world);
    await kept.keepPullRequest(draft.number);
    await kept.keepIssue(drafted.issue);
    expect(await toldOn(world, drafted.issue)).toEqual({
      next: `@ben: Mark #${draft.number} ready for review when it is.`,
      notDone: [],
      noticed: [`#${draft.number} was turned back into a draft by olga.`],
    });

    await world.passTime(60_000);
    const olga = world.person("olga");
    await olga.git("fetch", "--quiet", "origin");
    await olga.git("push", "--quiet", "origin", "origin/develop:refs/heads/elsewhere");
    const pointed = await beginWithFix("Pointed elsewhere");
    const { number } = await pullRequestFrom(world, pointed.back);
    await rest.pulls.update({ ...at, pull_number: number, base: "elsewhere" });
    await merge(world, pointed.branch);
    await kept.keepPullRequest(number);
    await kept.keepRef("heads/elsewhere");
    await kept.keepIssue(pointed.issue);
    expect((await toldOn(world, pointed.issue)).noticed).toEqual([
      `#${number} was pointed to elsewhere instead of develop by olga.`,
    ]);

    await world.passTime(60_000);
    const closed = await beginWithFix("Closed in between");
    const { number: given } = await pullRequestFrom(world, closed.back);
    await rest.pulls.update({ ...at, pull_number: given, state: "closed" });
    await merge(world, closed.branch);
    await kept.keepPullRequest(given);
    await kept.keepIssue(closed.issue);
    expect(await toldOn(world, closed.issue)).toEqual({
      next: `@ben: Reopen #${given}, or bring the fix to develop yourself.`,
      notDone: [],
      noticed: [`#${given} to develop was closed by olga without being merged.`],
    });
    await kept.expectUntouched([drafted.issue, pointed.issue, closed.issue]);
    expect(await isOpen(world, closed.issue)).toBe(true);
  });

  it("auto-merge that somebody switches off stays off", async () => {
    world.standIn.addRuleset(`${OWNER}/${REPO}`, {
      name: "develop",
      include: ["refs/heads/develop"],
      rules: [{ type: "pull_request", parameters: { required_approving_review_count: 1 } }],
    });
    const { issue, branch, back } = await beginWithFix("Switched off");
    await merge(world, branch);
    const { number, node_id: id, auto_merge: before } = await pullRequestFrom(world, back);
    expect(before).not.toBeNull();
    await world
      .person("olga")
      .octokit.graphql(
        "mutation($id: ID!) { disablePullRequestAutoMerge(input: { pullRequestId: $id }) { clientMutationId } }",
        { id },
      );
    await world.settled();
    const kept = new Keepsakes(world);
    await kept.keepPullRequest(number);
    await kept.keep("auto-merge", async () => (await pullRequestFrom(world, back)).auto_merge);
    await kept.expectUntouched([issue]);
    expect((await pullRequestFrom(world, back)).auto_merge).toBeNull();
    expect((await toldOn(world, issue)).noticed).toEqual([
      `Auto-merge of #${number} was switched off by olga.`,
    ]);
  });
});
