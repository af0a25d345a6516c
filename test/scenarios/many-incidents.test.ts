import { afterEach, describe, expect, it } from "vitest";
import { processorFixed } from "../../src/drill/shop.ts";
import {
  branchNames,
  endNight,
  isOpen,
  pullRequestFrom,
  readOn,
  releasedTags,
  secondLook,
} from "../support/incident-night.ts";
import { OWNER, REPO, World } from "../support/world.ts";

const at = { owner: OWNER, repo: REPO };

describe("several incidents in one repository", () => {
  let world: World;

  afterEach((context) => endNight(world, context));

  it("F17: two at once have their own branches, pull requests and tags, and the later merge gets the later version", async () => {
    world = await World.open();
    const [one, other] = [await world.declare("Checkout fails"), await world.declare("Cart is empty")];
    await world.settled();
    const branches = [`hotfix/${one}-checkout-fails`, `hotfix/${other}-cart-is-empty`] as const;
    expect(await branchNames(world)).toEqual(
      expect.arrayContaining([...branches, `backmerge/${one}-develop`, `backmerge/${other}-develop`]),
    );
    await world.push("ben", branches[0], { "src/payment/processor.js": processorFixed });
    await world.push("olga", branches[1], { "src/cart.js": "export const cart = [];\n" });
    await world.settled();
    const pulls = [await pullRequestFrom(world, branches[0]), await pullRequestFrom(world, branches[1])];
    // The second one first, and the other at its heels: both passes want the next version.
    const { rest } = world.person("olga").octokit;
    const later = await rest.pulls.merge({ ...at, pull_number: pulls[1]!.number });
    const latest = await rest.pulls.merge({ ...at, pull_number: pulls[0]!.number });
    await world.settled();
    expect(await releasedTags(world)).toEqual(["v1.4.3", "v1.4.4"]);
    const olga = world.person("olga");
    await olga.git("fetch", "--quiet", "--tags", "origin");
    const tagged = await Promise.all(
      ["v1.4.3", "v1.4.4"].map(async (tag) => (await olga.git("rev-parse", `${tag}^{commit}`)).trim()),
    );
    expect(tagged.toSorted()).toEqual([later.data.sha, latest.data.sha].toSorted());
    for (const issue of [one, other]) {
      expect(await readOn(world, issue)).toContain("is proven to be in `main`, `develop`");
      expect(await isOpen(world, issue)).toBe(false);
      expect(await secondLook(world, issue)).toEqual([]);
    }
    expect(tagged).toEqual([later.data.sha, latest.data.sha]);
    const { data: newest } = await rest.repos.getLatestRelease(at);
    expect(newest.tag_name).toBe("v1.4.4");
  });

  it("S39: of forty labels put on by a script every one is taken, the budget holds, and the critical one comes first", async () => {
    world = await World.open({ standIn: { limits: { contentPerMinute: 80 } } });
    const { rest } = world.person("olga").octokit;
    const create = (title: string, severity: string) =>
      rest.issues.create({ ...at, title, body: `### Severity\n\n${severity}\n`, labels: ["incident"] });
    const small = await Promise.all(
      Array.from({ length: 40 }, (_, index) => create(`Small thing ${index}`, "low")),
    );
    await world.settled();
    const { data: critical } = await create("Checkout fails", "critical");
    await world.settled();

    // Taken: acknowledged, and either done or waiting in the store.
    const labelled = world.standIn.deliveries.filter(({ event }) => event === "issues");
    expect(labelled.length).toBeGreaterThanOrEqual(82);
    expect(labelled.filter(({ statusCode }) => statusCode < 200 || statusCode > 299)).toEqual([]);
    const ours = world.standIn.calls.filter(({ actor }) => actor.includes("hotfix-responder"));
    expect(ours.filter(({ createsContent }) => createsContent).length).toBeLessThanOrEqual(80);
    expect(ours.filter(({ status }) => status === 403 || status === 429)).toEqual([]);
    const waiting = (await world.app.queue.status()).waiting;
    expect(waiting).toBeGreaterThanOrEqual(25);

    expect((await pullRequestFrom(world, `hotfix/${critical.number}-checkout-fails`)).draft).toBe(true);
    expect((await pullRequestFrom(world, `backmerge/${critical.number}-develop`)).draft).toBe(true);
    expect(await readOn(world, critical.number)).toContain(`Push the fix to`);
    const told = await Promise.all(small.map(({ data }) => readOn(world, data.number)));
    expect(told.filter((text) => text.includes("Push the fix to")).length).toBeGreaterThanOrEqual(5);
    expect(
      told.filter((text) => text.includes("so the other steps wait; the app tries again within two minutes"))
        .length,
    ).toBeGreaterThanOrEqual(3);
  });
});
