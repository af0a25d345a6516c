import { setTimeout as sleep } from "node:timers/promises";
import { OWNER, REPO, type World } from "../test/support/world.ts";

export const DECLARATION = `### Service

payment

### Severity

critical

### What is broken

Every checkout stops.

### Revenue per hour

50000

### Currency

EUR

### SLA minutes

30
`;

/** Resolves when the stand-in has stored the status comment, which is written last. Reads the call log, so it adds no call. */
export async function ready(world: World, issue: number, patienceMs: number): Promise<void> {
  const from = performance.now();
  const template = "/repos/{owner}/{repo}/issues/{issue_number}/comments";
  const path = `/repos/${OWNER}/${REPO}/issues/${issue}/comments`;
  while (
    !world.standIn.calls.some(
      (call) => call.method === "POST" && call.template === template && call.path === path,
    )
  ) {
    if (performance.now() - from > patienceMs) throw new Error("no status comment was written");
    await sleep(5);
  }
}

/** An incident before the one that counts, so that schemas are compiled on both sides. */
export async function warmUp(world: World): Promise<void> {
  await ready(world, await world.declare("Warm up", DECLARATION), 60_000);
  await calm(world);
}

/** Resolves when the app has asked nothing for a second: its start, with its sweep and redeliveries, is over. */
export async function calm(world: World): Promise<void> {
  await world.settled();
  for (let seen = -1; seen !== world.standIn.calls.length; ) {
    seen = world.standIn.calls.length;
    await sleep(1000);
  }
}
