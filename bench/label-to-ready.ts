import { ProbotOctokit } from "probot";
import { World, type WorldOptions } from "../test/support/world.ts";
import { figure, ratio } from "./figure.ts";
import { calm, DECLARATION, ready, warmUp } from "./incident.ts";

const LATENCY_MS = 80;

/**
 * From the label until branch, pull requests and status comment exist, every call answered after 80 ms. The baseline is the same app making the
 * same calls through Probot's own client.
 */
export async function labelToReady(): Promise<boolean> {
  const ours = await measure({});
  const results = [
    figure("sequential round trips, no release branch", ours.trips, 6),
    figure("calls, no release branch", ours.calls, 16),
  ];
  for (const call of ours.list) console.log(`    ${call}`);
  const more = await measure({ releases: 2 });
  console.log(
    `each further target costs ${(more.calls - ours.calls) / 2} calls and ${(more.trips - ours.trips) / 2} sequential round trips (measured with 2 release branches)`,
  );
  const stock = await measure({ octokit: ProbotOctokit });
  results.push(ratio("wall time against Probot's stock client", stock.ms, ours.ms, 10));
  return results.every(Boolean);
}

async function measure(options: { readonly releases?: number; readonly octokit?: WorldOptions["octokit"] }) {
  const world = await World.open({
    standIn: { latencyMs: LATENCY_MS },
    ...(options.octokit !== undefined && { octokit: options.octokit }),
  });
  try {
    for (let line = 1; line <= (options.releases ?? 0); line += 1) {
      await world
        .person("olga")
        .git("push", "--quiet", "origin", `v1.4.2^{commit}:refs/heads/release/1.${line}`);
    }
    await calm(world);
    await warmUp(world);
    const before = world.standIn.calls.length;
    const issue = await world.declare("All checkouts fail", DECLARATION);
    await ready(world, issue, 120_000);
    const since = world.standIn.calls.slice(before);
    const label = since.find(({ method, template }) => method === "POST" && template.endsWith("/labels"))!;
    const own = since.filter(({ actor }) => actor.includes("hotfix-responder"));
    const last = own.findIndex(({ method, template }) => method === "POST" && template.endsWith("/comments"));
    const counted = own.slice(0, last + 1);
    return {
      ms: own[last]!.endedAt - label.endedAt,
      calls: counted.length,
      trips: world.standIn.roundTrips(counted),
      list: counted.map(
        (call) =>
          `${String(Math.round(call.startedAt - label.endedAt)).padStart(5)} to ${String(Math.round(call.endedAt - label.endedAt)).padStart(5)} ms  ${call.method} ${call.template}`,
      ),
    };
  } finally {
    await world.close();
  }
}
