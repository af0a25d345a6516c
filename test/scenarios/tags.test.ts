import { afterEach, describe, expect, it } from "vitest";
import {
  begin,
  commentsOn,
  endNight,
  isOpen,
  merge,
  pullRequestFrom,
  pushFix,
  readOn,
  releasedTags,
  secondLook,
  ship,
  tagNames,
} from "../support/incident-night.ts";
import { OWNER, REPO, World } from "../support/world.ts";

const at = { owner: OWNER, repo: REPO };
const OLD_TAGS = ["v1.4.0", "v1.4.1", "v1.4.2"];

describe("tags and releases", () => {
  let world: World;

  afterEach((context) => endNight(world, context));

  /** The fix is merged while the app is down, so that people come first. */
  async function mergeUnseen(): Promise<{ readonly issue: number; readonly commit: string }> {
    const { issue, branch } = await begin(world);
    await pushFix(world, branch);
    await world.stopApp();
    const { number } = await pullRequestFrom(world, branch);
    const { data } = await world.person("olga").octokit.rest.pulls.merge({ ...at, pull_number: number });
    return { issue, commit: data.sha };
  }

  async function tagAsOlga(commit: string, ...names: readonly string[]): Promise<void> {
    const olga = world.person("olga");
    await olga.git("fetch", "--quiet", "origin");
    for (const name of names) await olga.git("tag", "--annotate", "--message", name, name, commit);
    await olga.git("push", "--quiet", "origin", ...names.map((name) => `refs/tags/${name}`));
  }

  it("S36: a version tag that a person put on the merge commit is adopted, not joined by another", async () => {
    world = await World.open();
    const { issue, commit } = await mergeUnseen();
    await tagAsOlga(commit, "v1.5.0", "deployed-on-friday");
    await world.startApp();
    await secondLook(world, issue);
    expect(await tagNames(world)).toEqual(["deployed-on-friday", ...OLD_TAGS, "v1.5.0"]);
    expect(await releasedTags(world)).toEqual(["v1.5.0"]);
    expect(await readOn(world, issue)).toContain("merged, `v1.5.0`");
    expect(await isOpen(world, issue)).toBe(false);
    expect(await secondLook(world, issue)).toEqual([]);
  });

  it("F16: a release that a person published first is the release, and there is no second one", async () => {
    world = await World.open();
    const { issue, commit } = await mergeUnseen();
    const { data: own } = await world.person("olga").octokit.rest.repos.createRelease({
      ...at,
      tag_name: "v1.4.3",
      target_commitish: commit,
      body: "By hand.",
    });
    await world.startApp();
    await secondLook(world, issue);
    const { data: releases } = await world.person("olga").octokit.rest.repos.listReleases(at);
    expect(releases.map(({ id, body }) => [id, body])).toEqual([[own.id, "By hand."]]);
    expect(await tagNames(world)).toEqual([...OLD_TAGS, "v1.4.3"]);
    expect(await isOpen(world, issue)).toBe(false);
  });

  it("S36, S37: taken names are skipped, and tags that are no version count for nothing", async () => {
    world = await World.open();
    const olga = world.person("olga");
    const main = (await olga.git("rev-parse", "origin/main")).trim();
    const develop = (await olga.git("rev-parse", "origin/develop")).trim();
    await tagAsOlga(develop, "v1.4.3");
    const others = ["latest", "v1.9", "v2.0.0-rc.1", "release-7", "v01.9.9", "v99999999999999999999.0.0"];
    await tagAsOlga(main, ...others);
    await world.settled();
    const { issue } = await ship(world);
    expect(await releasedTags(world)).toEqual(["v1.4.4"]);
    expect((await olga.git("ls-remote", "origin", "refs/tags/v1.4.3^{}")).slice(0, 40)).toBe(develop);
    // Known to be taken, so not even tried.
    expect(world.standIn.calls.filter(({ status }) => status === 422)).toEqual([]);
    expect(await isOpen(world, issue)).toBe(false);
    expect(await secondLook(world, issue)).toEqual([]);
  });

  it("F18: a name that an immutable release used up is skipped, and the comment says so", async () => {
    world = await World.open();
    world.standIn.faults.add({
      method: "POST",
      path: "/repos/{owner}/{repo}/git/refs",
      when: ({ body }) => body["ref"] === "refs/tags/v1.4.3",
      times: Infinity,
      effect: {
        kind: "answer-before",
        status: 422,
        body: {
          message: "Validation Failed: tag_name was used by an immutable release",
          documentation_url: "https://docs.github.com/rest/git/refs",
        },
      },
    });
    const { issue } = await ship(world);
    expect(await releasedTags(world)).toEqual(["v1.4.4"]);
    expect(await readOn(world, issue)).toContain(
      "The tag v1.4.3 was not created: an immutable release that was deleted had it.",
    );
    expect(await isOpen(world, issue)).toBe(false);
    expect(await secondLook(world, issue)).toEqual([]);
  });

  it.each([
    ["off", []],
    ["adopt", ["v1.4.3"]],
  ] as const)("release: %s makes the tag and no release of its own", async (release, published) => {
    world = await World.open({
      files: { ".github/hotfix.yml": `release: ${release}\nservices: { payment: { owners: ["@olga"] } }\n` },
    });
    const { issue, commit } = await ship(world);
    expect(await tagNames(world)).toEqual([...OLD_TAGS, "v1.4.3"]);
    expect(await releasedTags(world)).toEqual([]);
    expect(await isOpen(world, issue)).toBe(false);
    for (const tag of published)
      await world
        .person("olga")
        .octokit.rest.repos.createRelease({ ...at, tag_name: tag, target_commitish: commit });
    await world.settled();
    expect(await releasedTags(world)).toEqual(published);
    // A release of somebody is no news of a closed incident; what the sweep looks at next is the report.
    await secondLook(world, issue);
    const comments = await commentsOn(world, issue);
    expect(await secondLook(world, issue)).toEqual([]);
    expect(await commentsOn(world, issue)).toEqual(comments);
  });

  it("F23: a merge that changed nothing is never tagged, released or closed on, and the comment says so", async () => {
    world = await World.open();
    const { issue, branch } = await begin(world);
    const { node_id: id } = await pullRequestFrom(world, branch);
    await world
      .person("olga")
      .octokit.graphql(
        "mutation ($id: ID!) { markPullRequestReadyForReview(input: { pullRequestId: $id }) { clientMutationId } }",
        { id },
      );
    await merge(world, branch);
    expect(await tagNames(world)).toEqual(OLD_TAGS);
    expect(await readOn(world, issue)).toContain(
      "Nothing shipped, so nothing is tagged, released or closed.",
    );
    expect(await isOpen(world, issue)).toBe(true);
    expect(await secondLook(world, issue)).toEqual([]);
  });
});
