import { pushOften, talk } from "../test/support/long-conversation.ts";
import { OWNER, REPO, World } from "../test/support/world.ts";
import { figure } from "./figure.ts";
import { calm, DECLARATION } from "./incident.ts";

/** What it costs to look again at an incident with 300 comments and 40 pushes: after a restart, when nothing of it is remembered, and after that. */
export async function longIncident(): Promise<boolean> {
  const world = await World.open({ standIn: { latencyMs: 80 } });
  try {
    const issue = await world.declare("All checkouts fail", DECLARATION);
    await world.settled();
    await world.stopApp();
    await talk(world, issue, 300);
    await pushOften(world, `hotfix/${issue}-all-checkouts-fail`, 40);
    await world.startApp();
    await world.app.queue.add({ keys: [keyOf(world, issue)] });
    await world.settled();
    await world.stopApp();
    const lines = world.log.length;
    await world.startApp();
    await calm(world);
    return [first(world, lines), await look(world, issue)].every(Boolean);
  } finally {
    await world.close();
  }
}

/** The sweep at the start asks for it, and other passes run beside it: as the pass counted itself. */
function first(world: World, lines: number): boolean {
  const pass = world.log
    .slice(lines)
    .find(({ msg, key }) => msg === "Reconciled" && String(key).startsWith("incident|"));
  if (pass === undefined) throw new Error("the incident was not looked at after the restart");
  return [
    figure("sequential round trips, after a restart", Number(pass["trips"]), 3),
    figure("calls, after a restart", Number(pass["calls"]), 12),
  ].every(Boolean);
}

async function look(world: World, issue: number): Promise<boolean> {
  const before = world.standIn.calls.length;
  await world.app.queue.add({ keys: [keyOf(world, issue)] });
  await world.settled();
  const calls = world.standIn.calls.slice(before);
  for (const call of calls) console.log(`    ${call.method} ${call.template} ${call.status}`);
  return [
    figure("sequential round trips, again", world.standIn.roundTrips(calls), 3),
    figure("calls, again", calls.length, 12),
  ].every(Boolean);
}

function keyOf(world: World, issue: number): string {
  return `incident|${world.installation}|${OWNER}/${REPO}|${issue}`;
}
