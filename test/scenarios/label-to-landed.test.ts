import { afterEach, describe, expect, it } from "vitest";
import { processorFixed, processorHalfFixed, processorTest, UNFINISHED_FILE } from "../../src/drill/shop.ts";
import { OWNER, REPO, World } from "../support/world.ts";

const at = { owner: OWNER, repo: REPO };

const DECLARATION = `### Service

payment

### Severity

critical

### What is broken

Every checkout stops with "payment refused: nothing to pay".

### Revenue per hour

50000

### Currency

EUR

### SLA minutes

30
`;

describe("from label to landed", () => {
  let world: World;

  afterEach(async ({ task }) => {
    // What happened, where it did not happen as it should.
    if (task.result?.state === "fail")
      for (const { level, ...line } of world.log) if (level !== "debug") console.log(JSON.stringify(line));
    await world.close();
  });

  async function pullRequest(head: string) {
    const { data } = await world
      .person("ben")
      .octokit.rest.pulls.list({ ...at, head: `${OWNER}:${head}`, state: "all" });
    expect(data).toHaveLength(1);
    return (await world.person("ben").octokit.rest.pulls.get({ ...at, pull_number: data[0]!.number })).data;
  }

  async function comments(issue: number): Promise<string[]> {
    const { data } = await world
      .person("sara")
      .octokit.rest.issues.listComments({ ...at, issue_number: issue, per_page: 100 });
    return data.map(({ body }) => body ?? "");
  }

  async function ownChecks(sha: string): Promise<Record<string, string | null>> {
    const { data } = await world.person("ben").octokit.rest.checks.listForRef({ ...at, ref: sha });
    const own = data.check_runs.filter(({ app }) => app?.slug === "hotfix-responder");
    return Object.fromEntries(own.map(({ name, conclusion }) => [name, conclusion]));
  }

  async function expectNoTrouble(): Promise<void> {
    expect(world.errors).toEqual([]);
    expect(world.standIn.violations).toEqual([]);
    expect((await world.app.queue.status()).parked).toEqual([]);
  }

  it.each(["merge", "squash", "rebase"] as const)(
    "a hotfix goes the whole way when it is merged by %s",
    async (method) => {
      world = await World.open();
      const olga = world.person("olga");
      const issue = await world.declare("All checkouts fail", DECLARATION);
      await world.settled();

      const branch = `hotfix/${issue}-all-checkouts-fail`;
      const opened = await pullRequest(branch);
      expect(opened).toMatchObject({ draft: true, state: "open", base: { ref: "main" } });
      const backMerge = await pullRequest(`backmerge/${issue}-develop`);
      expect(backMerge).toMatchObject({ draft: true, state: "open", base: { ref: "develop" } });
      const [status] = await comments(issue);
      for (const text of ["PAYMENT-CRITICAL-", "833", "v1.4.2", `#${opened.number}`, `#${backMerge.number}`])
        expect(status).toContain(text);

      const half = await world.push("ben", branch, { "src/payment/processor.js": processorHalfFixed });
      await world.settled();
      expect(await ownChecks(half)).toEqual({
        "hotfix/back-merge (advice)": "success",
        "hotfix/properties": "failure",
        "hotfix/scope": "success",
        "hotfix/tests (advice)": "neutral",
        "hotfix/migrations": "success",
        "hotfix/message (advice)": "neutral",
        "hotfix/review": "action_required",
      });
      expect(await pullRequest(branch)).toMatchObject({
        draft: false,
        assignees: [{ login: "ben" }],
        requested_reviewers: [{ login: "olga" }],
      });

      const fix = await world.push("ben", branch, {
        "src/payment/processor.js": processorFixed,
        "test/payment.test.js": processorTest,
      });
      await world.settled();
      expect(await ownChecks(fix)).toMatchObject({
        "hotfix/properties": "success",
        "hotfix/tests (advice)": "success",
        "hotfix/review": "action_required",
      });

      await olga.octokit.rest.pulls.createReview({ ...at, pull_number: opened.number, event: "APPROVE" });
      await world.settled();
      expect(await ownChecks(fix)).toMatchObject({ "hotfix/review": "success" });
      const { data: merged } = await olga.octokit.rest.pulls.merge({
        ...at,
        pull_number: opened.number,
        merge_method: method,
      });
      await world.settled();

      await olga.git("fetch", "--quiet", "--tags", "--prune", "origin");
      expect((await olga.git("rev-parse", "v1.4.3^{commit}")).trim()).toBe(merged.sha);
      expect((await olga.git("cat-file", "-t", "v1.4.3")).trim()).toBe("tag");
      const { data: releases } = await olga.octokit.rest.repos.listReleases(at);
      expect(releases.map(({ tag_name: tag }) => tag)).toEqual(["v1.4.3"]);

      expect(await pullRequest(`backmerge/${issue}-develop`)).toMatchObject({ merged: true });
      await olga.git("merge-base", "--is-ancestor", "v1.4.3", "origin/develop");
      expect(await olga.git("show", "origin/develop:src/payment/processor.js")).toBe(processorFixed);
      expect(await olga.git("ls-tree", "-r", "--name-only", "origin/main")).not.toContain(UNFINISHED_FILE);

      const files = await olga.git("ls-tree", "-r", "--name-only", "origin/develop");
      const id = `PAYMENT-CRITICAL-${String(issue).padStart(3, "0")}`;
      expect(files).toContain(`incidents/${id}.md`);
      expect(files).toContain(`retrospectives/${id}.md`);
      const branches = await olga.git("branch", "--remotes", "--format=%(refname:short)");
      expect(
        branches
          .trim()
          .split("\n")
          .filter((name) => /hotfix|backmerge/u.test(name)),
      ).toEqual([]);
      const { data: closed } = await olga.octokit.rest.issues.get({ ...at, issue_number: issue });
      expect(closed).toMatchObject({ state: "closed", state_reason: "completed" });
      await expectNoTrouble();
    },
  );

  it("an incident where nothing changed is observed again without a write", async () => {
    world = await World.open();
    await world.declare("All checkouts fail", DECLARATION);
    await world.settled();
    // At no latency, calls that were sent side by side may be served one after the other on a machine that is busy.
    world.standIn.latencyMs = 150;
    const before = world.standIn.calls.length;
    await world.app.queue.add({ keys: [`incident|${world.installation}|${OWNER}/${REPO}|1`] });
    await world.settled();
    const calls = world.standIn.calls.slice(before);
    const writes = calls.filter(
      ({ method, template, createsContent }) =>
        createsContent || (method !== "GET" && template !== "/graphql"),
    );
    expect(writes).toEqual([]);
    expect(world.standIn.roundTrips(calls)).toBeLessThanOrEqual(2);
    // What is not counted was asked for by its etag, and answered 304.
    expect(calls.filter(({ counted }) => counted).length).toBeLessThanOrEqual(2);
    expect(calls.filter(({ counted }) => !counted).map(({ template }) => template)).toEqual([
      "/repos/{owner}/{repo}/activity",
    ]);
    await expectNoTrouble();
  });
});
