import { World } from "../test/support/world.ts";
import { figure } from "./figure.ts";
import { calm, DECLARATION, ready } from "./incident.ts";

/** The webhook of the label is answered before the app asks GitHub anything. */
export async function webhookAnswer(): Promise<boolean> {
  const world = await World.open({ standIn: { latencyMs: 80 } });
  try {
    await calm(world);
    const before = world.standIn.calls.length;
    const issue = await world.declare("All checkouts fail", DECLARATION);
    await ready(world, issue, 30_000);
    await world.settled();
    const delivery = world.standIn.deliveries.find(
      ({ event, action }) => event === "issues" && action === "labeled",
    );
    if (delivery === undefined) throw new Error("no webhook of the label was sent");
    const answeredAt = (delivery.deliveredAt?.getTime() ?? Number.NaN) - performance.timeOrigin;
    // The app may be busy with the issue's `opened` webhook, which is news about the same key; that pass is not an answer to this one.
    const asked = world.standIn.calls
      .slice(before)
      .filter(
        ({ actor, startedAt }) =>
          actor.includes("hotfix-responder") &&
          startedAt >= delivery.queuedAt.getTime() - performance.timeOrigin,
      );
    console.log(`    answered ${delivery.statusCode} after ${(delivery.duration * 1000).toFixed(1)} ms`);
    return [
      figure("milliseconds until the answer", Math.ceil(delivery.duration * 1000), 100, " ms"),
      figure(
        "calls to GitHub before the answer",
        asked.filter(({ startedAt }) => startedAt < answeredAt).length,
        0,
      ),
    ].every(Boolean);
  } finally {
    await world.close();
  }
}
