import { setTimeout as wait } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { processorFixed } from "../../src/drill/shop.ts";
import { startAppProcess } from "../support/app-process.ts";
import { OWNER, REPO, World } from "../support/world.ts";

const at = { owner: OWNER, repo: REPO };
const LIVES = 4;

/** The app as a process of its own, killed at a random moment after it began to answer. */
async function liveAndDie(world: World): Promise<void> {
  const app = await startAppProcess(world);
  await wait(Math.random() * 400);
  await app.kill();
}

describe("the app killed in the middle of an incident", () => {
  it("I1, I4, I5: makes everything once, however often it died on the way", async () => {
    const world = await World.open();
    try {
      const { rest } = world.person("olga").octokit;
      await world.stopApp();

      const issue = await world.declare("Checkout fails");
      for (let life = 0; life < LIVES; life += 1) await liveAndDie(world);
      await world.startApp();
      await world.settled();
      const { data: opened } = await rest.pulls.list({ ...at, state: "all" });
      expect(opened.map(({ base }) => base.ref).toSorted()).toEqual(["develop", "main"]);

      const branch = `hotfix/${issue}-checkout-fails`;
      await world.push("ben", branch, { "src/payment/processor.js": processorFixed });
      await world.settled();
      await world.stopApp();
      const production = opened.find(({ base }) => base.ref === "main")!;
      await rest.pulls.merge({ ...at, pull_number: production.number });
      for (let life = 0; life < LIVES; life += 1) await liveAndDie(world);
      await world.startApp();
      await world.settled();

      const { data: tags } = await rest.repos.listTags(at);
      expect(tags.map(({ name }) => name).toSorted()).toEqual(["v1.4.0", "v1.4.1", "v1.4.2", "v1.4.3"]);
      expect((await rest.repos.listReleases(at)).data.map(({ tag_name: tag }) => tag)).toEqual(["v1.4.3"]);
      expect((await rest.pulls.list({ ...at, state: "all" })).data).toHaveLength(2);
      expect((await rest.issues.get({ ...at, issue_number: issue })).data.state).toBe("closed");
      const { data: comments } = await rest.issues.listComments({ ...at, issue_number: issue });
      const kinds = comments.map(({ body }) => /kind=([a-z-]+)/u.exec(body ?? "")?.[1] ?? "none");
      expect(kinds.toSorted()).toEqual(["closed", "landed", "ready", "released", "status"]);
      expect(world.standIn.violations).toEqual([]);
      expect((await world.app.queue.status()).parked).toEqual([]);
    } finally {
      await world.close();
    }
  });
});
