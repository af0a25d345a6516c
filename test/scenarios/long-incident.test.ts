import { afterEach, describe, expect, it } from "vitest";
import { endNight, writesIn } from "../support/incident-night.ts";
import { pushOften, talk } from "../support/long-conversation.ts";
import { OWNER, REPO, World } from "../support/world.ts";

describe("an incident that people have talked about for long", () => {
  let world: World;

  afterEach((context) => endNight(world, context));

  it("F11: is taken up again after 300 comments and 40 pushes that the app was not told of, and its last question is answered", async () => {
    world = await World.open();
    const issue = await world.declare();
    await world.settled();
    await world.stopApp();
    const branch = `hotfix/${issue}-checkout-fails`;
    await talk(world, issue, 148);
    await say("/hotfix skip develop because it has the fix");
    await talk(world, issue, 149);
    await say("/hotfix why");
    await talk(world, issue, 1);
    await pushOften(world, branch, 40);
    await restart(issue);

    const all = await everyComment(issue);
    const ours = all.filter((body) => body.includes("<!-- hotfix:incident="));
    expect(all.length - ours.length).toBe(300);
    expect(ours.filter((body) => body.includes("kind=status"))).toHaveLength(1);
    expect(ours.filter((body) => body.includes("kind=reply"))).toHaveLength(2);
    expect(ours.find((body) => body.includes("/hotfix skip"))).toContain(
      "Nothing more is done for `develop`",
    );

    // Once more from nothing: the replies are found again, wherever they are, and nothing is said twice.
    await world.stopApp();
    const before = world.standIn.calls.length;
    const lines = world.log.length;
    // At no latency, calls that were sent side by side may be served one after the other on a machine that is busy.
    world.standIn.latencyMs = 200;
    await restart(issue);
    world.standIn.latencyMs = 0;
    // What the sweep does for the webhooks that found nobody is no write to the repository.
    const writes = writesIn(world.standIn.calls.slice(before));
    expect(writes.filter((write) => !write.includes("/app/hook/"))).toEqual([]);
    const looked = world.log
      .slice(lines)
      .filter(({ msg, key }) => msg === "Reconciled" && String(key).startsWith("incident|"));
    expect(looked.length).toBeGreaterThanOrEqual(1);
    for (const { trips, calls } of looked) {
      expect(Number(trips)).toBeLessThanOrEqual(3);
      expect(Number(calls)).toBeLessThanOrEqual(12);
    }
    expect(await everyComment(issue)).toEqual(all);

    async function say(body: string): Promise<void> {
      await world
        .person("ben")
        .octokit.rest.issues.createComment({ owner: OWNER, repo: REPO, issue_number: issue, body });
    }
  });

  /** Without anything that the app remembered; the look that the sweep would ask for comes at once. */
  async function restart(issue: number): Promise<void> {
    await world.startApp();
    await world.app.queue.add({ keys: [`incident|${world.installation}|${OWNER}/${REPO}|${issue}`] });
    await world.settled();
  }

  async function everyComment(issue: number): Promise<readonly string[]> {
    const { rest, paginate } = world.person("olga").octokit;
    const where = { owner: OWNER, repo: REPO, issue_number: issue, per_page: 100 };
    return (await paginate(rest.issues.listComments, where)).map(({ body }) => body ?? "");
  }
});
