import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { begin, commentsOn, endNight, merge, pushFix } from "../support/incident-night.ts";
import { Keepsakes, lookAgain, statusOn, toldOn } from "../support/keepsakes.ts";
import { OWNER, REPO, World } from "../support/world.ts";

const at = { owner: OWNER, repo: REPO };

describe("what people do to the status comment stands", () => {
  let world: World;

  beforeAll(async () => {
    world = await World.open();
  }, 60_000);

  // Several incidents share a repository, and GitHub's limit of writes is by the minute.
  beforeEach(() => world.passTime(60_000));

  afterAll(() => endNight(world));

  async function beginWithStatus(title: string) {
    const begun = await begin(world, title);
    return { ...begun, status: await statusOn(world, begun.issue) };
  }

  async function edit(id: number, body: string): Promise<void> {
    await world.person("ben").octokit.rest.issues.updateComment({ ...at, comment_id: id, body });
    await world.settled();
  }

  it("text around the section is kept to the letter, text inside it is put right", async () => {
    const { issue, branch, status } = await beginWithStatus("Edited");
    const above = "Call the hotline: **555-0100**\n\n";
    const below = "\n\n> Ben: I am on it\n\n| mine | too |\n| --- | --- |\n| 1 | 2 |";
    await edit(status.id, `${above}${status.body}${below}`);
    expect((await statusOn(world, issue)).body).toBe(`${above}${status.body}${below}`);

    const scribbled = status.body.replace("**Next", "Everything is fine.\n\n**Next");
    expect(scribbled).not.toBe(status.body);
    await edit(status.id, `${above}${scribbled}${below}`);
    expect((await statusOn(world, issue)).body).toBe(`${above}${status.body}${below}`);

    await pushFix(world, branch);
    const updated = await statusOn(world, issue);
    expect(updated.id).toBe(status.id);
    expect(updated.body).not.toContain(status.body);
    expect(updated.body.startsWith(above)).toBe(true);
    expect(updated.body.endsWith(below)).toBe(true);
    const kept = new Keepsakes(world);
    await kept.keepComment(status.id);
    await kept.expectUntouched([issue]);
  });

  it("one that is deleted does not come back by itself, and the turning points are still told", async () => {
    const { issue, branch, status } = await beginWithStatus("Deleted");
    await world.person("ben").octokit.rest.issues.deleteComment({ ...at, comment_id: status.id });
    await world.settled();
    expect(await commentsOn(world, issue)).toEqual([]);
    await pushFix(world, branch);
    await merge(world, branch);
    const said = (await commentsOn(world, issue)).map((body) => /kind=([^;]*)/u.exec(body)?.[1]);
    expect(said).toEqual(["ready", "released", "landed", "closed"]);
    await lookAgain(world, [issue]);
    const after = (await commentsOn(world, issue)).map((body) => /kind=([^;]*)/u.exec(body)?.[1] ?? body);
    expect(after).toEqual([...said, "Any news?"]);
  });

  it("a comment of the app that somebody deleted is not written again", async () => {
    const { issue, branch } = await beginWithStatus("Silenced");
    await world.push("ben", branch, { "src/payment/silenced.js": "export {};\n" });
    await world.settled();
    const { rest } = world.person("ben").octokit;
    const { data } = await rest.issues.listComments({ ...at, issue_number: issue });
    const ready = data.find(({ body }) => body?.includes("kind=ready"));
    await rest.issues.deleteComment({ ...at, comment_id: ready!.id });
    await world.settled();
    const kept = new Keepsakes(world);
    await kept.keep("kinds of comments", async () =>
      (await commentsOn(world, issue)).map((body) => /kind=([^;]*)/u.exec(body)?.[1]).filter(Boolean),
    );
    await kept.expectUntouched([issue]);
    expect(await commentsOn(world, issue)).toHaveLength(2);
    expect(await toldOn(world, issue)).toMatchObject({ noticed: [] });
  });
});
