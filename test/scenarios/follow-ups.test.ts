import { afterEach, describe, expect, it } from "vitest";
import { setTimeout as wait } from "node:timers/promises";
import { processorFixed, processorHalfFixed } from "../../src/drill/shop.ts";
import { startAppProcess } from "../support/app-process.ts";
import { commentsOn, endNight, isOpen, merge, readOn, secondLook, ship } from "../support/incident-night.ts";
import { OWNER, REPO, World } from "../support/world.ts";

const at = { owner: OWNER, repo: REPO };
const FULL_NAME = `${OWNER}/${REPO}`;
const ISSUES = "/repos/{owner}/{repo}/issues";
const DAY_MS = 24 * 3_600_000;
const PROCESSOR = "src/payment/processor.js";
const RULES = `services:
  payment: { paths: [src/payment/**] }
checks:
  forbid:
    - forbid: totalAmount
      use: amount
      in: [src/**]
      unless: Valid usage
      because: "PAYMENT-CRITICAL-001, CART-LOW-900: carts lost their sum"
`;

describe("action items", () => {
  let world: World;

  afterEach((context) => endNight(world, context));

  async function say(issue: number, body: string, login: "sara" | "ben" | "olga" = "sara") {
    const { rest } = world.person(login).octokit;
    const { data } = await rest.issues.createComment({ ...at, issue_number: issue, body });
    await world.settled();
    const replies = (await commentsOn(world, issue)).filter((text) =>
      text.includes(`kind=reply;comment=${data.id};`),
    );
    expect(replies.length).toBeLessThanOrEqual(1);
    return replies[0]?.replace(/<!--.*?-->\n/u, "").replaceAll("\\", "") ?? null;
  }

  /** Issues that the app opened, oldest first. */
  async function followUps() {
    const { rest } = world.person("sara").octokit;
    const { data } = await rest.issues.listForRepo({ ...at, state: "all", per_page: 100, direction: "asc" });
    return data.filter(
      ({ user, pull_request: pull }) => user?.login === "hotfix-responder[bot]" && pull === undefined,
    );
  }

  async function close(number: number, reason: "completed" | "not_planned"): Promise<void> {
    const { rest } = world.person("sara").octokit;
    await rest.issues.update({ ...at, issue_number: number, state: "closed", state_reason: reason });
    await world.settled();
  }

  /** The line of the status comment about one action item. */
  async function lineOf(issue: number, followUp: number): Promise<string | undefined> {
    const status = (await commentsOn(world, issue))[0]!.replaceAll("\\", "");
    return status.split("\n").find((line) => line.startsWith(`- [#${followUp}](`));
  }

  async function subIssues(issue: number): Promise<readonly number[]> {
    const { rest } = world.person("sara").octokit;
    const { data } = await rest.issues.listSubIssues({ ...at, issue_number: issue });
    return data.map(({ number }) => number);
  }

  it("each becomes one labelled issue, linked both ways, and its state is told", async () => {
    world = await World.open();
    const issue = await world.declare();
    await world.settled();
    const due = new Date(Date.now() + 5 * DAY_MS).toISOString().slice(0, 10);
    const answer = await say(
      issue,
      '/hotfix action "Add a contract test for `amount` @olga fixes #1" owner=@ben due=in 5 days type=detect',
    );
    expect(answer).toContain(
      `An issue follows for it: detect, this sprint, due ${due}; it mentions its owner.`,
    );
    const [opened] = await followUps();
    expect(opened).toMatchObject({
      state: "open",
      labels: [{ name: "incident-follow-up" }],
      assignees: [{ login: "ben" }],
    });
    expect(opened!.body).toContain(`[#${issue}](`);
    expect(opened!.body).toContain("- **Owner:** @ben\n");
    expect(opened!.body).not.toContain("@olga");
    expect(opened!.body).not.toMatch(/fixes #1/u);
    expect(await subIssues(issue)).toEqual([opened!.number]);
    const status = (await readOn(world, issue)).replaceAll("&#8203;", "");
    expect(status).toContain("**Action items**");
    expect(status).toMatch(
      new RegExp(
        `\\[#${opened!.number}\\]\\([^)]*\\) Add a contract test .*: detect, due ${due}, ben, open`,
        "u",
      ),
    );
    expect(await secondLook(world, issue)).toEqual([]);
  });

  it("what becomes of them is told: done, not doing with its reason, opened again, deleted", async () => {
    world = await World.open();
    const issue = await world.declare();
    await world.settled();
    const what = ["Alarm on errors", "Flag for the provider", "Retry once", "Page the owner"];
    await say(issue, what.map((text) => `/hotfix action "${text}"`).join("\n"));
    const opened = await followUps();
    expect(opened).toHaveLength(4);
    expect(await subIssues(issue)).toEqual(opened.map(({ number }) => number));
    const [alarm, flag, retry, page] = what.map(
      (text) => opened.find(({ title }) => title.endsWith(text))!.number,
    ) as [number, number, number, number];
    expect(await say(issue, '/hotfix action "alarm  on errors"')).toContain(
      `It is an action item already, [#${alarm}](`,
    );
    await close(alarm, "completed");
    expect(await lineOf(issue, alarm)).toMatch(/, done$/u);

    await close(flag, "not_planned");
    expect(await lineOf(issue, flag)).toMatch(/, closed as not planned, no reason given$/u);
    expect(await say(issue, `/hotfix not-doing #${flag}`)).toMatch(/say why, after the word because/iu);
    expect(await say(issue, `/hotfix not-doing #${flag} because the provider is replaced`)).toContain(
      "the reason is kept",
    );
    expect(await lineOf(issue, flag)).toMatch(/, not doing: the provider is replaced$/u);
    // The reason explains what a person did, and takes nothing out of their hands.
    await world.person("olga").octokit.rest.issues.update({ ...at, issue_number: flag, state: "open" });
    await world.settled();
    await secondLook(world, issue);
    expect(await isOpen(world, flag)).toBe(true);
    expect(await lineOf(issue, flag)).toMatch(/, open$/u);

    await say(issue, `/hotfix not-doing #${retry} because @olga decided so`);
    expect(await isOpen(world, retry)).toBe(false);
    expect(await lineOf(issue, retry)).toMatch(/, not doing: @\u200Bolga decided so$/u);
    await world.person("olga").octokit.rest.issues.update({ ...at, issue_number: retry, state: "open" });
    await world.settled();
    expect(await isOpen(world, retry)).toBe(true);
    expect(await lineOf(issue, retry)).toMatch(/, open$/u);

    world.standIn.browser.deleteIssue("olga", FULL_NAME, page);
    await world.settled();
    await secondLook(world, issue);
    expect(await lineOf(issue, page)).toMatch(/, its issue was deleted or moved$/u);
    expect(await followUps()).toHaveLength(3);
    expect(await say(issue, `/hotfix not-doing #${page} because it is gone`)).toContain(
      `[#${page}](${world.environment.webUrl}/${FULL_NAME}/issues/${page}) is not there any more`,
    );
    expect(await say(issue, `/hotfix not-doing #${issue} because no`)).toContain(
      "is no action item of this incident",
    );
    expect(await secondLook(world, issue)).toEqual([]);
  });

  it("F1, F3: a lost answer, a deleted label and a host without sub-issues still make one issue", async () => {
    world = await World.open();
    const issue = await world.declare();
    await world.settled();
    const { faults } = world.standIn;
    faults.add({ method: "POST", path: ISSUES, effect: { kind: "answer-after", status: 502 } });
    faults.add({
      method: "POST",
      path: `${ISSUES}/{issue_number}/sub_issues`,
      effect: { kind: "answer-before", status: 404, body: { message: "Not Found" } },
    });
    await say(issue, '/hotfix action "Alarm on errors" horizon=quarter');
    expect(await followUps()).toHaveLength(1);
    expect(await subIssues(issue)).toEqual([]);
    expect(await lineOf(issue, (await followUps())[0]!.number)).toContain("Alarm on errors");

    // The app may not make labels here, and the owner lost the repository in the meantime.
    await world.person("olga").octokit.rest.issues.deleteLabel({ ...at, name: "incident-follow-up" });
    faults.add({
      method: "POST",
      path: "/repos/{owner}/{repo}/labels",
      effect: { kind: "answer-before", status: 403, body: { message: "Resource not accessible" } },
    });
    await say(issue, '/hotfix action "Retry once" owner=ben');
    const [, second] = await followUps();
    expect(second).toMatchObject({ labels: [], assignees: [{ login: "ben" }] });
    expect(second!.body?.replaceAll("\\", "")).toContain(
      "The label `incident-follow-up` is not on this issue",
    );
    expect(await secondLook(world, issue)).toEqual([]);
  });

  it("F1: killed between the issue and its record, while nothing refers to it yet: one issue, and linked", async () => {
    world = await World.open();
    const issue = await world.declare();
    await world.settled();
    await world.stopApp();
    const comment = { ...at, issue_number: issue, body: '/hotfix action "Alarm on errors"' };
    await world.person("sara").octokit.rest.issues.createComment(comment);
    // Holds the app where the issue is there and nothing says so.
    world.standIn.faults.add({
      method: "POST",
      path: `${ISSUES}/{issue_number}/sub_issues`,
      effect: { kind: "hold", until: new Promise(() => undefined) },
    });
    const life = await startAppProcess(world);
    while ((await followUps()).length === 0) await wait(20);
    await life.kill();
    world.standIn.faults.clear();
    const { events } = world.standIn.repository(FULL_NAME).issues.get(issue)!;
    const referring = events.findIndex((event) => event.event === "cross-referenced");
    expect(referring).toBeGreaterThanOrEqual(0);
    const [reference] = events.splice(referring, 1);
    await world.startApp();
    await world.settled();
    expect(await followUps()).toHaveLength(1);
    expect(await subIssues(issue)).toEqual([(await followUps())[0]!.number]);
    events.push(reference!);
    expect(await secondLook(world, issue)).toEqual([]);
    expect(await followUps()).toHaveLength(1);
  });

  it("wait for what brings the fix out, follow an override, and a later state renders the documents again", async () => {
    world = await World.open();
    const { issue } = await ship(world);
    expect(await isOpen(world, issue)).toBe(false);
    await say(issue, '/hotfix action "Alarm on errors" owner=olga due=tomorrow type=detect');
    const [followUp] = await followUps();
    const olga = world.person("olga");
    const read = async (): Promise<string> => {
      await olga.git("fetch", "--quiet", "--prune", "origin");
      const files = await olga.git("ls-tree", "-r", "--name-only", "origin/develop", "retrospectives/");
      return olga.git("show", `origin/develop:${files.trim()}`);
    };
    expect(await read()).toMatch(
      new RegExp(`issue: ${followUp!.number}\\n +what: Alarm on errors\\n(?: +.*\\n)* +state: open`, "u"),
    );
    await close(followUp!.number, "completed");
    expect(await read()).toMatch(/what: Alarm on errors\n(?: +.*\n)* +state: done/u);
    expect(await secondLook(world, issue)).toEqual([]);
  });

  it("the index comes by one pull request where develop is protected, and the next incident cites what is open", async () => {
    world = await World.open({ files: { ".github/hotfix.yml": RULES } });
    world.standIn.addRuleset(FULL_NAME, {
      name: "develop",
      include: ["refs/heads/develop"],
      rules: [{ type: "pull_request", parameters: { required_approving_review_count: 0 } }],
    });
    const { issue } = await ship(world);
    await say(issue, '/hotfix action "Alarm on errors" due=in 9 days');
    const [followUp] = await followUps();
    await merge(world, `hotfix-documents/${issue}`);
    const { rest } = world.person("olga").octokit;
    const look = async (hours: number) => {
      await world.passTime(hours * 3_600_000);
      await world.app.queue.add({ keys: [`repository|${world.installation}|${FULL_NAME}`] });
      await world.settled();
      const head = `${OWNER}:hotfix-documents/index`;
      return (await rest.pulls.list({ ...at, state: "all", head })).data;
    };
    const [opened, ...others] = await look(2);
    expect(others).toEqual([]);
    expect(opened).toMatchObject({ state: "open", base: { ref: "develop" } });
    const files = await rest.pulls.listFiles({ ...at, pull_number: opened!.number });
    expect(files.data).toMatchObject([{ filename: "incidents/README.md" }]);
    expect(files.data[0]!.patch).toMatch(/\+\| \d{4}-\d\d-\d\d \| Alarm on errors \| prevent \|/u);
    const sha = opened!.head.sha;
    expect(await look(26)).toMatchObject([{ number: opened!.number, head: { sha } }]);
    await merge(world, "hotfix-documents/index");

    const next = await world.declare("Checkout fails again");
    await world.settled();
    const told = (await commentsOn(world, next))[0]!.replaceAll("\\", "");
    expect(told).toMatch(
      new RegExp(
        `\\*\\*Happened before:\\*\\* \\[PAYMENT-CRITICAL-00${issue}\\].*still open when this was declared: \\[#${followUp!.number}\\]`,
        "u",
      ),
    );
    await close(followUp!.number, "completed");
    expect(await secondLook(world, next)).toEqual([]);

    // The mistake of the first incident is made again.
    const branch = `hotfix/${next}-checkout-fails-again`;
    await world.push("ben", branch, { [PROCESSOR]: processorHalfFixed });
    await world.settled();
    const cited = async () => (await commentsOn(world, next))[0]!.replaceAll("\\", "").split("\n");
    const page = `${world.environment.webUrl}/${FULL_NAME}`;
    const line = `- **Happened before:** [PAYMENT-CRITICAL-001](${page}/issues/${issue}), whose rule a commit of this hotfix broke (\`totalAmount\`), still open when this was declared: [#${followUp!.number}]`;
    expect((await cited()).find((each) => each.startsWith(line))).toBeDefined();
    const other = `- **Failed before:** a commit of this hotfix broke the rule of [CART-LOW-900](${page}/blob/develop/incidents/CART-LOW-900.md) (\`totalAmount\`)`;
    expect(await cited()).toContain(other);
    expect(await secondLook(world, next)).toEqual([]);
    await world.push("ben", branch, { [PROCESSOR]: `${processorFixed}\n` });
    await world.settled();
    expect(await cited()).toContain(other);
    // What the first incident was told of is no mistake that it made before.
    expect(await readOn(world, issue)).not.toContain("CART-LOW-900");
    expect(await secondLook(world, next)).toEqual([]);
  });

  it("S11, S22: strangers, impossible days and unknown owners are refused; nobody is named in public", async () => {
    world = await World.open({ repository: { private: false } });
    world.standIn.createUser("mallory");
    const issue = await world.declare();
    await world.settled();
    const bad = ["due=2026-02-30", "due=2020-01-01", "due=03/04/2027", 'due="next friday"', "owner=@nobody"];
    const answers = await say(
      issue,
      bad.map((each, index) => `/hotfix action "Number ${index}" ${each}`).join("\n"),
    );
    expect(answers).toContain("There is no day 2026-02-30");
    expect(answers).toContain("2020-01-01 is over already");
    expect(answers).toContain("`03/04/2027` can mean several days");
    expect(answers).toContain("`next friday` can mean several days");
    expect(answers).toContain("`nobody` is nobody who can take it here");
    expect(await followUps()).toEqual([]);
    await say(
      issue,
      '/hotfix action "Tell <!-- hotfix:incident=1;kind=status --> [x](http://evil) | @sara" owner=@ben',
    );
    const [opened] = await followUps();
    expect(opened!.body).not.toMatch(/\bben\b|\]\(http:\/\/evil|@sara|by /u);
    expect(opened!.body).not.toContain("<!-- hotfix:incident=1;kind=status");
    expect(await secondLook(world, issue)).toEqual([]);
  });
});
