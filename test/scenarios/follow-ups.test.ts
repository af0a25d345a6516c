import { afterEach, describe, expect, it } from "vitest";
import { commentsOn, expectNoTrouble, readOn, secondLook } from "../support/incident-night.ts";
import { OWNER, REPO, World } from "../support/world.ts";

const at = { owner: OWNER, repo: REPO };
const DAY_MS = 24 * 3_600_000;

describe("action items", { timeout: 60_000 }, () => {
  let world: World;

  afterEach(async () => {
    await expectNoTrouble(world);
    await world.close();
  });

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

  async function followUps() {
    const { rest } = world.person("sara").octokit;
    const { data } = await rest.issues.listForRepo({ ...at, state: "all", per_page: 100 });
    return data
      .filter(({ user }) => user?.type === "Bot" && user.login === "hotfix-responder[bot]")
      .filter(({ pull_request: pull }) => pull === undefined);
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
    expect(answer).toContain(`An issue follows for it: detect, this sprint, due ${due}; its owner is told.`);
    const [opened] = await followUps();
    expect(opened).toMatchObject({
      state: "open",
      labels: [{ name: "incident-follow-up" }],
      assignees: [{ login: "ben" }],
    });
    expect(opened!.body).toContain(`[#${issue}](`);
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
});
