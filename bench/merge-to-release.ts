import { setTimeout as sleep } from "node:timers/promises";
import { processorFixed } from "../src/drill/shop.ts";
import { OWNER, REPO, World } from "../test/support/world.ts";
import { figure } from "./figure.ts";
import { calm, DECLARATION } from "./incident.ts";

const LATENCY_MS = 80;

/** The push to production also has the repository looked at, beside the incident: nobody waits for that. */
const OF_THE_REPOSITORY: ReadonlySet<string> = new Set([
  "/repos/{owner}/{repo}/contents/{path}",
  "/repos/{owner}/{repo}/issues",
]);

/** From the merge of the pull request to production until the release is published. */
export async function mergeToRelease(): Promise<boolean> {
  const world = await World.open({ standIn: { latencyMs: LATENCY_MS } });
  try {
    const issue = await world.declare("All checkouts fail", DECLARATION);
    await world.settled();
    const branch = `hotfix/${issue}-all-checkouts-fail`;
    await world.push("ben", branch, { "src/payment/processor.js": processorFixed });
    await world.settled();
    const { rest } = world.person("olga").octokit;
    const { data } = await rest.pulls.list({ owner: OWNER, repo: REPO, head: `${OWNER}:${branch}` });
    await calm(world);
    const before = world.standIn.calls.length;
    await rest.pulls.merge({ owner: OWNER, repo: REPO, pull_number: data[0]!.number });
    const isRelease = (call: { method: string; template: string }) =>
      call.method === "POST" && call.template === "/repos/{owner}/{repo}/releases";
    while (!world.standIn.calls.some(isRelease)) await sleep(5);
    const calls = world.standIn.calls.slice(before).filter(({ actor }) => actor.includes("hotfix-responder"));
    const counted = calls
      .slice(0, calls.findIndex(isRelease) + 1)
      .filter(({ template }) => !OF_THE_REPOSITORY.has(template));
    for (const call of counted) console.log(`    ${call.method} ${call.template}`);
    return figure("sequential round trips", world.standIn.roundTrips(counted), 5);
  } finally {
    await world.close();
  }
}
