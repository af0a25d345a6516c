import { OWNER, REPO, World } from "../test/support/world.ts";
import { figure } from "./figure.ts";
import { calm, DECLARATION } from "./incident.ts";

/** What looking again at an incident costs when nothing changed. */
export async function quietIncident(): Promise<boolean> {
  const world = await World.open({ standIn: { latencyMs: 80 } });
  try {
    const issue = await world.declare("All checkouts fail", DECLARATION);
    await world.settled();
    await calm(world);
    const before = world.standIn.calls.length;
    await world.app.queue.add({ keys: [`incident|${world.installation}|${OWNER}/${REPO}|${issue}`] });
    await world.settled();
    const calls = world.standIn.calls.slice(before);
    for (const call of calls) console.log(`    ${call.method} ${call.template} ${call.status}`);
    const results = [
      figure("sequential round trips", world.standIn.roundTrips(calls), 2),
      figure("calls that GitHub counts (all but 304)", calls.filter(({ counted }) => counted).length, 2),
      figure(
        "writes",
        calls.filter(({ method, template }) => method !== "GET" && template !== "/graphql").length,
        0,
      ),
    ];
    return results.every(Boolean);
  } finally {
    await world.close();
  }
}
