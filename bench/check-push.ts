import { processorFixed } from "../src/drill/shop.ts";
import { World } from "../test/support/world.ts";
import { figure } from "./figure.ts";
import { calm, DECLARATION } from "./incident.ts";

const LATENCY_MS = 40;
const SIZES = [100, 1_000] as const;
const CHANGED = [1, 10] as const;

/** What the checks of a push cost in calls to GitHub: at first sight of a repository, and for k changed files of one that is known, in two sizes. */
export async function checkPush(): Promise<boolean> {
  const results: boolean[] = [];
  const warm = new Map<string, number>();
  for (const size of SIZES) {
    const [first, ...later] = await measure(size);
    console.log(`    ${size} files at first sight: ${first!.trips} trips, ${first!.calls} calls`);
    if (size === 1_000) {
      results.push(figure("first sight of 1,000 files: sequential round trips", first!.trips, 5));
      results.push(figure("first sight of 1,000 files: calls", first!.calls, 20));
    }
    for (const [index, { trips, calls }] of later.entries()) {
      const changed = CHANGED[index]!;
      console.log(`    ${size} files, ${changed} changed: ${trips} trips, ${calls} calls`);
      results.push(figure(`${size} files, ${changed} changed: sequential round trips`, trips, 3));
      warm.set(`${changed} of ${size}`, calls);
    }
  }
  for (const changed of CHANGED) {
    const [small, large] = SIZES.map((size) => warm.get(`${changed} of ${size}`)!);
    results.push(figure(`calls for ${changed} changed, more in the larger repository`, large! - small!, 0));
  }
  return results.every(Boolean);
}

interface Cost {
  readonly trips: number;
  readonly calls: number;
}

/** First sight, then a push for each number of changed files. */
async function measure(size: number): Promise<readonly Cost[]> {
  const files = Object.fromEntries(
    Array.from({ length: size }, (_, index) => [`src/part${index % 37}/f${index}.js`, sourceOf(index, 0)]),
  );
  const world = await World.open({ files, standIn: { latencyMs: LATENCY_MS } });
  try {
    const issue = await world.declare("All checkouts fail", DECLARATION);
    await calm(world);
    const branch = `hotfix/${issue}-all-checkouts-fail`;
    const costs = [await costOf(world, branch, { "src/payment/processor.js": processorFixed })];
    for (const [round, changed] of CHANGED.entries()) {
      const pushed = Object.keys(files)
        .slice(0, changed)
        .map((path, index) => [path, sourceOf(index, round + 1)]);
      costs.push(await costOf(world, branch, Object.fromEntries(pushed) as Record<string, string>));
    }
    return costs;
  } finally {
    await world.close();
  }
}

/** Of the pass that publishes the checks of what is pushed now, as the app's own log counts it. */
async function costOf(world: World, branch: string, files: Readonly<Record<string, string>>): Promise<Cost> {
  const from = world.log.length;
  const sha = await world.push("ben", branch, files);
  await world.settled();
  const pass = world.log
    .slice(from)
    .find(({ key, outcome }) => String(key).endsWith(sha) && outcome === "published");
  if (pass === undefined) throw new Error("no check was published");
  return { trips: Number(pass.trips), calls: Number(pass.calls) };
}

function sourceOf(index: number, version: number): string {
  return `export const value${index} = ${version};\n`.repeat(40);
}
