import { afterEach, describe, expect, it } from "vitest";
import { openClients } from "../../src/github/client.ts";
import { ObservationHints } from "../../src/github/observation-hints.ts";
import { observeIncident } from "../../src/github/observe-incident.ts";
import { ConfigurationCache } from "../../src/github/read-configuration.ts";
import type { IncidentFacts } from "../../src/incident/facts.ts";
import { factsOf } from "../../src/incident/facts-of.ts";
import { createLogger } from "../../src/logger.ts";
import { systemClock } from "../../src/reconcile/clock.ts";
import { commentsOn, endNight, merge, pushFix, readOn, secondLook } from "../support/incident-night.ts";
import { OWNER, REPO, World } from "../support/world.ts";

const at = { owner: OWNER, repo: REPO };

const TRACE = `### What is broken

Every checkout ends in an error.

    Error: payment refused: nothing to pay
        at processPayment (/app/src/payment/processor.js:5:11)
        at checkout (/app/node_modules/express/lib/router.js:12:3)
`;

describe("what people say of an incident", () => {
  let world: World;

  afterEach((context) => endNight(world, context));

  /** Writes a comment and returns what the app answered to it, without escapes; null: nothing. */
  async function say(issue: number, body: string, login: "sara" | "ben" | "olga" = "sara") {
    const { rest } = world.person(login).octokit;
    const before = (await commentsOn(world, issue)).length;
    const { data } = await rest.issues.createComment({ ...at, issue_number: issue, body });
    await world.settled();
    const later = (await commentsOn(world, issue)).slice(before + 1);
    const reply = later.find((text) => text.includes(`kind=reply;comment=${data.id};`));
    return reply?.replace(/<!--.*?-->\n/u, "").replaceAll("\\", "") ?? null;
  }

  /** What the app makes of it now. */
  async function observed(issue: number): Promise<IncidentFacts> {
    const log = createLogger({ level: "silent", secrets: [] });
    const clients = await openClients(world.environment, log, systemClock);
    const client = await clients.forRepository(world.installation, OWNER, REPO);
    const { now } = systemClock;
    const configurationCache = new ConfigurationCache(now);
    const seen = await observeIncident(client, issue, {
      now,
      hints: new ObservationHints(),
      configurationCache,
    });
    return factsOf(seen!.state, seen!.config);
  }

  const ago = (seconds: number): string =>
    `${new Date(Date.now() - seconds * 1_000).toISOString().slice(0, 19)}Z`;
  const later = (instant: string, seconds: number): string =>
    `${new Date(Date.parse(instant) + seconds * 1_000).toISOString().slice(0, 19)}Z`;
  const words = (instant: string): string => `${instant.slice(0, 10)} ${instant.slice(11, 19)} UTC`;

  it("times, shares, figures and the cause reach the documents, and impossible ones are refused with the reason", async () => {
    world = await World.open();
    const issue = await world.declare("Checkout fails", TRACE);
    await world.settled();
    const start = ago(2_000);

    const first = await say(
      issue,
      `/hotfix impact-started ${later(start, 60)}\n/hotfix detected ${later(start, 30)}\n/hotfix impact-started ${start}`,
    );
    expect(first).toContain(`Impact started ${words(later(start, 60))}.`);
    expect(first).toContain(
      `It cannot have been detected ${words(later(start, 30))}, before the impact started ${words(later(start, 60))}.`,
    );
    expect(first).toContain(
      `Impact started ${words(start)}, and not ${words(later(start, 60))}; the correction is in the timeline.`,
    );
    expect(await say(issue, "/hotfix recovered tomorrow")).toMatch(
      /Not understood: `\/hotfix recovered tomorrow`.*is no time; write one such as/u,
    );
    expect(await say(issue, `/hotfix recovered ${ago(-7_200)}`)).toContain("is in the future of the comment");
    expect(
      await say(issue, "/hotfix note at 2 minutes ago the provider answers again, see #8", "ben"),
    ).toContain("It is in the timeline, at ");
    expect(await say(issue, '/hotfix impact revenue=50000/h share=100% tickets=47 users="1,200"')).toContain(
      "Noted: EUR 50,000 an hour, 100% of it since the impact started, 47 tickets, users affected: 1,200.",
    );
    expect(await say(issue, "/hotfix impact share=120%\n/hotfix impact revenue=0/h")).toMatch(
      /"120%" is no share[\s\S]*is no amount of money/u,
    );
    expect(await say(issue, '/hotfix metric "success rate" before=30% after=97% target=95%')).toContain(
      "Success rate: before 30%, after 97%, target 95%.",
    );
    expect(await say(issue, "> /hotfix verified now")).toBeNull();

    // The commit that changed what the stack trace names comes first, and is the only one of that version.
    const { suspects } = await observed(issue);
    expect(suspects.map(({ message }) => message.split("\n")[0])).toEqual([
      "refactor(payment): read the order's total once",
      "feat: take orders and payments",
    ]);
    expect(suspects[0]!.reasons.map(({ kind }) => kind)).toEqual([
      "named",
      "shipped-last",
      "service",
      "recent",
    ]);
    expect(suspects[0]!.reasons[0]).toEqual({ kind: "named", paths: ["src/payment/processor.js"] });
    expect(suspects[0]!.reasons[1]).toEqual({ kind: "shipped-last", tag: "v1.4.2", after: "v1.4.1" });

    expect(await say(issue, "/hotfix cause 0123456789abc")).toContain(
      "There is no commit `0123456789abc` in this repository.",
    );
    const sha = suspects[0]!.sha;
    expect(await say(issue, `/hotfix cause ${sha.slice(0, 9)}`)).toContain(
      `\`${sha.slice(0, 7)}\` is the confirmed cause`,
    );

    const branch = `hotfix/${issue}-checkout-fails`;
    await pushFix(world, branch);
    const commit = await merge(world, branch);
    const { rest } = world.person("olga").octokit;
    const deployment = {
      ...at,
      ref: "v1.4.3",
      environment: "production",
      required_contexts: [],
      auto_merge: false,
    };
    const { data: made } = await rest.repos.createDeployment(deployment);
    const status = { ...at, deployment_id: (made as { id: number }).id };
    await rest.repos.createDeploymentStatus({ ...status, state: "failure" });
    await rest.repos.createDeploymentStatus({
      ...status,
      state: "success",
      log_url: "https://ci.example.com/7",
    });
    await world.settled();
    await say(issue, `/hotfix recovered ${later(start, 705)}\n/hotfix verified ${later(start, 675)}`);

    const facts = await observed(issue);
    expect(facts.impactWindow).toMatchObject({ milliseconds: 705_000, toIs: "recovery" });
    expect(facts.impact).toMatchObject({ source: "command", statedPer: "hour", range: { because: ["end"] } });
    expect(facts.impact!.loss!.toFixed(2)).toBe("9791.67");
    expect(facts).toMatchObject({
      tickets: 47,
      usersAffected: "1,200",
      metrics: [{ name: "success rate", met: true }],
    });
    expect(facts.durations).toMatchObject({ toRecover: 705_000 });
    expect(facts.times.deployed).toBe(facts.deployments[0]!.statuses[1]!.at);
    expect((await commentsOn(world, issue))[0]).toMatch(
      /^- \*\*Deployed to:\*\* `production`, .* by olga$/mu,
    );
    expect(facts.deployments).toMatchObject([
      { commit, environment: "production", creator: { login: "olga" } },
    ]);
    expect(facts.cause).toMatchObject({
      kind: "commit",
      by: "sara",
      commit: { sha },
      carriedBy: { tag: "v1.4.2" },
      hunks: [{ path: "package.json" }, { path: "src/payment/processor.js" }].toReversed(),
    });
    const kinds = facts.timeline.map(({ kind }) => kind);
    for (const kind of ["impact-started", "corrected", "note", "cause-confirmed", "recovered", "verified"])
      expect(kinds).toContain(kind);
    expect(kinds.filter((kind) => kind.startsWith("deploy"))).toEqual([
      "deployment-created",
      "deployment-failed",
      "deployed",
    ]);
    expect(kinds.indexOf("verified")).toBeLessThan(kinds.indexOf("recovered"));

    // A quiet look reads nothing more than before: the lines of the cause are remembered.
    await secondLook(world, issue);
    const before = world.standIn.calls.length;
    expect(await secondLook(world, issue)).toEqual([]);
    const calls = world.standIn.calls.slice(before);
    expect(calls.filter(({ template }) => template === "/repos/{owner}/{repo}/commits/{ref}")).toEqual([]);

    const olga = world.person("olga");
    await olga.git("fetch", "--quiet", "--prune", "origin");
    const report = await olga.git("show", `origin/develop:incidents/PAYMENT-CRITICAL-00${issue}.md`);
    expect(report).toContain("EUR 9,792");
    expect(report).toContain("11 min 45 s");
    expect(report.replaceAll("\\", "")).toContain("the provider answers again");
  });

  it("S34: without the permission for deployments nothing breaks, and nothing is said of them", async () => {
    world = await World.open();
    const { deployments: _gone, ...others } = world.standIn.hub.installations.get(
      world.installation,
    )!.permissions;
    world.standIn.grant(world.installation, others);
    await world.settled();
    const issue = await world.declare();
    await world.settled();
    const branch = `hotfix/${issue}-checkout-fails`;
    await pushFix(world, branch);
    await merge(world, branch);
    const { rest } = world.person("olga").octokit;
    const { data: made } = await rest.repos.createDeployment({
      ...at,
      ref: "v1.4.3",
      required_contexts: [],
      auto_merge: false,
    });
    await rest.repos.createDeploymentStatus({
      ...at,
      deployment_id: (made as { id: number }).id,
      state: "success",
    });
    await secondLook(world, issue);
    const facts = await observed(issue);
    expect(facts).toMatchObject({ deployments: [], times: { deployed: null } });
    expect(facts.times.landed).not.toBeNull();
    expect(await readOn(world, issue)).not.toContain("lacks the permission");
  });
});
