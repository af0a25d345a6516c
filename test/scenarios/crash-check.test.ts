import { readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { processorFixed } from "../../src/drill/shop.ts";
import type { Call } from "../../src/drill/stand-in/call-log.ts";
import { spawnAppProcess, until } from "../support/app-process.ts";
import { expectNoTrouble } from "../support/incident-night.ts";
import { OWNER, REPO, World } from "../support/world.ts";

const at = { owner: OWNER, repo: REPO };

/** The app as a process of its own, killed as soon as `isTime` says so. */
async function liveUntil(world: World, isTime: () => boolean): Promise<void> {
  const app = spawnAppProcess(world);
  try {
    await until(app, isTime, 5);
  } finally {
    await app.kill();
  }
}

describe("the app killed between the beginning of a check and its verdict", () => {
  it.each([
    ["its data survives", false],
    ["its data is lost with it, and only the sweep is left", true],
  ])(
    "I5: the next life ends the run that was begun, with every annotation once, where %s",
    async (_, isDataLost) => {
      const world = await World.open();
      try {
        const issue = await world.declare("Checkout fails");
        await world.settled();
        await world.stopApp();
        const lines = Array.from({ length: 180 }, (_each, index) => `pay(order${index}.totalAmount);`);
        const sha = await world.push("ben", `hotfix/${issue}-checkout-fails`, {
          "src/payment/processor.js": processorFixed,
          "src/pay.js": lines.join("\n"),
        });
        const runs = async () => {
          const { rest } = world.person("ben").octokit;
          const { data } = await rest.checks.listForRef({ ...at, ref: sha, filter: "all", per_page: 100 });
          return data.check_runs.filter(({ app }) => app?.slug === "hotfix-responder");
        };
        // The second batch is stored and the third never arrives.
        const isBatch = ({ method, template }: Pick<Call, "method" | "template">): boolean =>
          method === "PATCH" && template === "/repos/{owner}/{repo}/check-runs/{check_run_id}";
        const disarm = world.standIn.faults.add({
          method: "PATCH",
          path: "/repos/{owner}/{repo}/check-runs/{check_run_id}",
          skip: 1,
          times: Number.POSITIVE_INFINITY,
          effect: { kind: "drop-before" },
        });
        await liveUntil(world, () => world.standIn.calls.filter(isBatch).length >= 2);
        await world.standIn.idle();
        const begun = (await runs()).filter(({ name }) => name === "hotfix/properties");
        expect(begun).toMatchObject([{ status: "in_progress", output: { annotations_count: 100 } }]);

        disarm();
        if (isDataLost) {
          const { dataDir } = world.environment;
          for (const file of await readdir(dataDir)) await rm(join(dataDir, file), { recursive: true });
        }
        const from = world.log.length;
        await world.startApp();
        while (!world.log.slice(from).some(({ msg }) => msg === "Swept")) await wait(20);
        await world.settled();
        const ended = await runs();
        expect(ended.filter(({ status }) => status !== "completed")).toEqual([]);
        expect(ended.filter(({ name }) => name === "hotfix/properties")).toMatchObject([
          { id: begun[0]!.id, conclusion: "failure", output: { annotations_count: 180 } },
        ]);
        expect(new Set(ended.map(({ name }) => name)).size).toBe(ended.length);
        const { rest } = world.person("ben").octokit;
        const places = new Set<number>();
        for (const page of [1, 2]) {
          const { data } = await rest.checks.listAnnotations({
            ...at,
            check_run_id: begun[0]!.id,
            per_page: 100,
            page,
          });
          for (const { start_line: line } of data) places.add(line);
        }
        expect(places.size).toBe(180);
        await expectNoTrouble(world);
      } finally {
        await world.close();
      }
    },
  );
});
