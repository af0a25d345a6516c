import { setTimeout as wait } from "node:timers/promises";
import { afterEach, describe, expect, it } from "vitest";
import { endNight, writesIn } from "../support/incident-night.ts";
import { statusOn } from "../support/keepsakes.ts";
import { branchNumbers, everyComment, isDigest } from "../support/storm.ts";
import { OWNER, REPO, World } from "../support/world.ts";

const at = { owner: OWNER, repo: REPO };
const ISSUES = 200;
/** Fewer than by default, so that it does not take an hour of the stand-in's time. */
const OPENED = 20;
const MINUTE = 61_000;
/** No time limit passes while the test looks on, however long this machine takes: each would be told in the status comment. */
const UNHURRIED = `severities:
  critical: { sla: 600, updates: { first: 600, until: 1 } }
  high: { sla: 600, updates: { first: 600, until: 1 } }
  low: { sla: 600 }
`;

/** Of the issue at that place in the row. */
function severityOf(index: number): "critical" | "high" | "low" {
  if ([60, 120, 190].includes(index)) return "critical";
  return index % 40 === 17 ? "high" : "low";
}

describe("labels put on 200 issues at once by a script", { timeout: 900_000 }, () => {
  let world: World;
  /** When the clock was put forward by a minute. */
  const jumps: number[] = [];

  afterEach((context) => endNight(world, context));

  it("S39: all are taken, the budget holds, the highest severity goes first, and one comment lists what is held back", async () => {
    world = await World.open({
      files: { ".github/hotfix.yml": `trigger: { atOnce: ${OPENED} }\n${UNHURRIED}` },
      standIn: { limits: { contentPerMinute: 80, contentPerHour: 500, exceptPeople: true } },
    });
    // The sweep of the start must not find some of them before the others have their label.
    while (!world.log.some(({ msg }) => msg === "Swept")) await wait(20);
    await world.settled();
    // The news of all of them comes at once, however long this machine takes for two hundred calls.
    world.standIn.faults.webhook({ event: "issues", times: Infinity, effect: { kind: "hold" } });
    const { issues, numbersOf } = await labelAll();
    world.standIn.faults.clear();
    world.standIn.releaseHeld();
    await world.settled();

    const taken = world.standIn.deliveries.filter(({ event }) => event === "issues");
    expect(taken.length).toBeGreaterThanOrEqual(2 * ISSUES);
    expect(taken.filter(({ statusCode }) => statusCode < 200 || statusCode > 299)).toEqual([]);
    // What waits for budget is in the store: a restart loses none of it.
    const waiting = (await world.app.queue.status()).waiting;
    expect(waiting).toBeGreaterThan(5);
    // A minute later, in another process.
    await pass((ms) => world.passTime(ms));
    // Whoever waited for the same went on in the order of severity.
    expect(branchNumbers(world)).toEqual(expect.arrayContaining(numbersOf("critical")));
    await pass((ms) => world.letTimePass(ms));
    expect(branchNumbers(world)).toEqual(expect.arrayContaining(numbersOf("high")));
    for (let minute = 3; minute <= 20 && !(await allOpened()); minute += 1)
      await pass((ms) => world.letTimePass(ms));
    expect(mostCreatedWithin(60_000)).toBeLessThanOrEqual(80);
    expect(mostCreatedWithin(3_600_000)).toBeLessThanOrEqual(500);
    expect(ours().filter(({ status }) => status === 403 || status === 429)).toEqual([]);
    expect(branchNumbers(world)).toHaveLength(OPENED);
    expect(await allOpened()).toBe(true);

    const held = issues.filter((number) => !branchNumbers(world).includes(number));
    const comments = await everyComment(world, issues);
    const [digest, ...others] = comments.filter(isDigest);
    expect(others).toEqual([]);
    expect(comments.filter((each) => held.includes(each.issue) && each !== digest)).toEqual([]);
    expect(digest?.body).toContain(`**${held.length} incidents that were declared at once are held back.**`);
    expect(listedIn(digest!.body)).toEqual(held);

    // Somebody wants one of them: it is opened, and listed no more.
    const wanted = held.at(-1)!;
    const sara = world.person("sara").octokit.rest;
    await sara.issues.createComment({ ...at, issue_number: wanted, body: "/hotfix start" });
    await pass((ms) => world.letTimePass(ms));
    expect((await statusOn(world, wanted)).body).toContain("Push the fix to");
    await world.app.queue.add({ keys: [keyOf(digest!.issue)] });
    await world.settled();
    const after = (await everyComment(world, [digest!.issue])).find(isDigest);
    expect(listedIn(after!.body)).toEqual(held.slice(0, -1));

    // A sweep finds nothing more to do. What is held back costs two counted calls at most; what was opened within the hour costs two more, for the
    // two pages of what was declared beside it.
    await pass((ms) => world.letTimePass(ms));
    const before = world.standIn.calls.length;
    await world.app.queue.add({ keys: [`installation|${world.installation}`] });
    await world.settled();
    const calls = world.standIn.calls.slice(before);
    expect(writesIn(calls)).toEqual([]);
    expect(calls.filter(({ counted }) => counted).length).toBeLessThanOrEqual(
      held.length * 2 + (OPENED + 1) * 4 + 10,
    );
  });

  /** The script has its issues, and labels all of them at once. */
  async function labelAll() {
    const { rest } = world.person("olga").octokit;
    const severities = new Map<number, string>();
    for (let index = 0; index < ISSUES; index += 25) {
      const made = Array.from({ length: 25 }, async (_, offset) => {
        const severity = severityOf(index + offset);
        const body = `### Severity\n\n${severity}\n`;
        const { data } = await rest.issues.create({ ...at, title: `Thing ${index + offset}`, body });
        severities.set(data.number, severity);
      });
      await Promise.all(made);
    }
    const issues = [...severities.keys()].toSorted((one, other) => one - other);
    await Promise.all(
      issues.map((issue_number) => rest.issues.addLabels({ ...at, issue_number, labels: ["incident"] })),
    );
    const numbersOf = (severity: string) => issues.filter((number) => severities.get(number) === severity);
    return { issues, numbersOf };
  }

  function ours() {
    return world.standIn.calls.filter(({ actor }) => actor.includes("hotfix-responder"));
  }

  async function pass(by: (ms: number) => Promise<void>): Promise<void> {
    jumps.push(performance.now());
    await by(MINUTE);
  }

  /** The most content that the app created in any stretch of time so long, by the clock of the stand-in. */
  function mostCreatedWithin(ms: number): number {
    const times = ours()
      .filter(({ createsContent }) => createsContent)
      .map(({ startedAt }) => startedAt + jumps.filter((jump) => jump < startedAt).length * MINUTE);
    return Math.max(...times.map((from) => times.filter((time) => time >= from && time < from + ms).length));
  }

  async function allOpened(): Promise<boolean> {
    const numbers = branchNumbers(world);
    const comments = await everyComment(world, numbers);
    return comments.filter(({ body }) => body.includes("Push the fix to")).length === OPENED;
  }

  function listedIn(body: string): readonly number[] {
    const listed = [...body.matchAll(/\[#(\d+)\]/gu)].map(([, number]) => Number(number));
    return listed.toSorted((one, other) => one - other);
  }

  function keyOf(issue: number): string {
    return `incident|${world.installation}|${OWNER}/${REPO}|${issue}`;
  }
});
