import { afterEach, describe, expect, it } from "vitest";
import { commentsOn, endNight, isOpen, merge, pullRequestFrom, pushFix } from "../support/incident-night.ts";
import { OWNER, REPO, World } from "../support/world.ts";

const at = { owner: OWNER, repo: REPO };
const DECLARATION = `### Service

payment

### Severity

critical

### Revenue per hour

50000

### Currency

EUR
`;
const CONFIGURATION = `version: 1
services:
  payment: { paths: [src/payment/**], owners: ["@olga"], revenuePerHour: 50000 }
`;

describe("public repositories", () => {
  let world: World;

  afterEach((context) => endNight(world, context));

  /** All that the app wrote on one night, its hidden markers too: they are in the source of the page for everybody. */
  async function written(): Promise<string> {
    const issue = await world.declare("Checkout fails", DECLARATION);
    await world.settled();
    const branch = `hotfix/${issue}-checkout-fails`;
    await pushFix(world, branch);
    const { rest } = world.person("olga").octokit;
    const said = await rest.issues.createComment({
      ...at,
      issue_number: issue,
      body: "/hotfix severity high",
    });
    await world.settled();
    const early = await commentsOn(world, issue);
    await merge(world, branch);
    expect(await isOpen(world, issue)).toBe(false);
    const olga = world.person("olga");
    await olga.git("fetch", "--quiet", "origin");
    const id = `PAYMENT-CRITICAL-${String(issue).padStart(3, "0")}`;
    const [report, retrospective, tag] = await Promise.all([
      olga.git("show", `origin/develop:incidents/${id}.md`),
      olga.git("show", `origin/develop:retrospectives/${id}.md`),
      olga.git("tag", "--list", "--format=%(contents)", "v1.4.3"),
    ]);
    const pulls = [
      await pullRequestFrom(world, branch),
      await pullRequestFrom(world, `backmerge/${issue}-develop`),
    ];
    const { data: releases } = await olga.octokit.rest.repos.listReleases(at);
    const texts = [
      ...early.filter((body) => body !== said.data.body),
      ...(await commentsOn(world, issue)).filter((body) => body !== said.data.body),
      ...pulls.map((pull) => `${pull.title}\n${pull.body}`),
      ...releases.map(({ name, body }) => `${name}\n${body}`),
      report,
      retrospective,
      tag,
    ];
    return texts.join("\n");
  }

  const MONEY = /\bEUR\b|833|50,?000/u;
  const PEOPLE = /\b(?:sara|ben|olga)\b/iu;

  it("keeps money and people's names out of comments, pull requests, release and documents", async () => {
    world = await World.open({
      repository: { private: false },
      files: { ".github/hotfix.yml": CONFIGURATION },
    });
    const text = await written();
    expect(text).toContain("v1.4.3");
    expect(text.split("\n").filter((line) => MONEY.test(line))).toEqual([]);
    expect(text.split("\n").filter((line) => PEOPLE.test(line))).toEqual([]);
  });

  it("shows both where configuration says so", async () => {
    world = await World.open({
      repository: { private: false },
      files: { ".github/hotfix.yml": `${CONFIGURATION}public: { money: true, people: true }\n` },
    });
    const text = await written();
    expect(text).toMatch(MONEY);
    expect(text).toContain("@olga");
  });
});
