import { Octokit } from "@octokit/rest";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { processorFixed, shopHistory } from "../../src/drill/shop.ts";
import {
  branchNames,
  commentsOn,
  endNight,
  expectNoTrouble,
  isOpen,
  merge,
  pullRequestFrom,
  readOn,
} from "../support/incident-night.ts";
import { Keepsakes, statusOn, toldOn } from "../support/keepsakes.ts";
import { OWNER, REPO, World } from "../support/world.ts";

const at = { owner: OWNER, repo: REPO };
const FULL_NAME = `${OWNER}/${REPO}`;
const CONFIGURATION = ".github/hotfix.yml";

describe("people and places come and go", () => {
  let world: World;

  beforeAll(async () => {
    const configuration = shopHistory[0]!.files[CONFIGURATION]!;
    world = await World.open({ files: { [CONFIGURATION]: `${configuration}trigger:\n  apps: [pager]\n` } });
    for (const [login, role] of [
      ["rita", "pull"],
      ["tess", "triage"],
      ["tom", "triage"],
    ] as const) {
      world.standIn.createUser(login);
      world.standIn.addCollaborator(FULL_NAME, login, role);
    }
  }, 60_000);

  // Several incidents share a repository, and GitHub's limit of writes is by the minute.
  beforeEach(() => world.passTime(60_000));

  afterAll(() => endNight(world));

  function issuesOf(token: string) {
    const octokit = new Octokit({ auth: token, baseUrl: `${world.standIn.url}/api/v3` });
    return octokit.rest.issues;
  }

  /** Opens an issue and labels it with somebody's token. */
  async function declareAs(token: string, title: string, labels: readonly string[] = ["incident"]) {
    const issues = issuesOf(token);
    const { data } = await issues.create({ ...at, title });
    await issues.addLabels({ ...at, issue_number: data.number, labels: [...labels] });
    return data.number;
  }

  async function push(branch: string): Promise<void> {
    await world.push("ben", branch, {
      "src/payment/processor.js": processorFixed,
      [`src/payment/${branch.replace("/", "-")}.js`]: "export {};\n",
    });
    await world.settled();
  }

  it("S11: a label counts for whoever put it: reader, other apps, the same with a severity", async () => {
    const app = (slug: string): string => {
      world.standIn.registerApp({
        slug,
        permissions: { issues: "write" },
        events: [],
        webhookUrl: "http://127.0.0.1:9/",
        webhookSecret: "of no use",
      });
      return world.standIn.tokenForApp(world.standIn.install(slug, OWNER));
    };
    const kept = new Keepsakes(world);
    const byReader = await world.standIn.browser.openWithForm("rita", FULL_NAME, {
      title: "Read only",
      body: "### Severity\n\ncritical\n",
      labels: ["incident"],
    });
    const byStranger = await declareAs(app("gossip"), "Not listed");
    await world.settled();
    for (const issue of [byReader, byStranger]) await kept.keepIssue(issue);
    expect(await branchNames(world)).toEqual(["develop", "main"]);

    const byListed = await declareAs(app("pager"), "Listed");
    const graded = await declareAs(world.standIn.tokenFor("tess"), "Two labels", [
      "incident",
      "severity: high",
    ]);
    await world.settled();
    const all = [byReader, byStranger, byListed, graded];
    await kept.expectUntouched(all);
    const names = (await branchNames(world)).filter((name) => name.startsWith("hotfix/"));
    expect(names).toEqual([`hotfix/${byListed}-listed`, `hotfix/${graded}-two-labels`]);
    const said = "No hotfix was started. That needs the permission triage in this repository.";
    for (const [issue, who] of [
      [byReader, "@rita"],
      [byStranger, "gossip[bot]"],
    ] as const) {
      const [refusal, ...others] = await commentsOn(world, issue);
      expect(refusal?.replaceAll(/[\\*`]/gu, "")).toContain(`${who}: ${said}`);
      expect(others).toEqual(["Any news?"]);
    }
    expect((await statusOn(world, graded)).body).toContain("severity high");
    expect((await commentsOn(world, graded)).length).toBe(2);
  });

  it("S11: who declared it may lose the role or the account, and the incident goes on", async () => {
    const byTess = await declareAs(world.standIn.tokenFor("tess"), "Role lost");
    const byTom = await declareAs(world.standIn.tokenFor("tom"), "Account gone");
    await world.settled();
    world.standIn.removeCollaborator(FULL_NAME, "tess");
    world.standIn.browser.deleteAccount("tom");
    for (const [issue, slug] of [
      [byTess, "role-lost"],
      [byTom, "account-gone"],
    ] as const) {
      await push(`hotfix/${issue}-${slug}`);
      const { number } = await pullRequestFrom(world, `hotfix/${issue}-${slug}`);
      expect(await toldOn(world, issue)).toEqual({
        next: `@olga: Review and merge #${number}.`,
        notDone: [],
        noticed: [],
      });
      await merge(world, `hotfix/${issue}-${slug}`);
      expect(await isOpen(world, issue)).toBe(false);
    }
    const kept = new Keepsakes(world);
    for (const issue of [byTess, byTom]) await kept.keepIssue(issue);
    await kept.expectUntouched([byTess, byTom]);
  });

  it("S11: a label of somebody who lost the role or the account before it was looked at declares nothing", async () => {
    world.standIn.createUser("tim");
    world.standIn.addCollaborator(FULL_NAME, "tim", "triage");
    world.standIn.createUser("tara");
    world.standIn.addCollaborator(FULL_NAME, "tara", "triage");
    world.standIn.faults.webhook({ event: "issues", times: 4, effect: { kind: "hold" } });
    const byTim = await declareAs(world.standIn.tokenFor("tim"), "From nobody");
    const byTara = await declareAs(world.standIn.tokenFor("tara"), "From a former one");
    world.standIn.browser.deleteAccount("tim");
    world.standIn.addCollaborator(FULL_NAME, "tara", "pull");
    world.standIn.releaseHeld();
    await world.settled();
    const kept = new Keepsakes(world);
    for (const issue of [byTim, byTara]) await kept.keepIssue(issue);
    await kept.expectUntouched([byTim, byTara]);
    for (const issue of [byTim, byTara]) {
      expect(await readOn(world, issue)).toContain("No hotfix was started");
      expect(await readOn(world, issue)).not.toContain("@ghost");
      expect((await branchNames(world)).filter((name) => name.includes(`/${issue}-`))).toEqual([]);
    }
  });

  it("S13: an issue that is deleted or transferred takes nothing with it and leaves nothing behind that moves", async () => {
    const deleted = await world.declare("Deleted");
    const transferred = await world.declare("Transferred");
    await world.settled();
    const kept = new Keepsakes(world);
    for (const [issue, slug] of [
      [deleted, "deleted"],
      [transferred, "transferred"],
    ] as const) {
      await kept.keepRef(`heads/hotfix/${issue}-${slug}`);
      await kept.keepPullRequest((await pullRequestFrom(world, `hotfix/${issue}-${slug}`)).number);
      await kept.keepPullRequest((await pullRequestFrom(world, `backmerge/${issue}-develop`)).number);
    }
    await world.standIn.createRepository({ owner: OWNER, name: "warehouse", private: true });
    world.standIn.addCollaborator(`${OWNER}/warehouse`, "olga", "maintain");
    world.standIn.browser.deleteIssue("olga", FULL_NAME, deleted);
    const there = world.standIn.browser.transferIssue("olga", FULL_NAME, transferred, `${OWNER}/warehouse`);
    await world.settled();
    await kept.expectUntouched([]);
    const { rest } = world.person("olga").octokit;
    const keys = [deleted, transferred].map(
      (issue) => `incident|${world.installation}|${FULL_NAME}|${issue}`,
    );
    const told = async (head: string): Promise<readonly string[]> => {
      const { number } = await pullRequestFrom(world, head);
      return (await commentsOn(world, number)).map((body) => body.replaceAll("\\", ""));
    };
    for (const [issue, slug] of [
      [deleted, "deleted"],
      [transferred, "transferred"],
    ] as const)
      for (const head of [`hotfix/${issue}-${slug}`, `backmerge/${issue}-develop`]) {
        expect(await told(head)).toEqual([
          expect.stringContaining(
            `its issue, number ${issue}, was deleted or moved to another repository.\n\nThe app leaves this pull request and \`${head}\` as they are`,
          ),
        ]);
      }
    // Once, also where somebody deletes it.
    const { number: silenced } = await pullRequestFrom(world, `hotfix/${deleted}-deleted`);
    const [comment] = (await rest.issues.listComments({ ...at, issue_number: silenced })).data;
    await rest.issues.deleteComment({ ...at, comment_id: comment!.id });
    await world.app.queue.add({ keys });
    await world.settled();
    await kept.expectUntouched([]);
    expect(await told(`hotfix/${deleted}-deleted`)).toEqual([]);
    expect(await told(`hotfix/${transferred}-transferred`)).toHaveLength(1);
    const { data: moved } = await rest.issues.listComments({
      owner: OWNER,
      repo: "warehouse",
      issue_number: there,
    });
    expect(moved).toHaveLength(1);
  });

  it("S13: a repository that is renamed in the middle is followed", async () => {
    const issue = await world.declare("Renamed");
    await world.settled();
    const branch = `hotfix/${issue}-renamed`;
    const status = await statusOn(world, issue);
    world.standIn.browser.renameRepository("olga", FULL_NAME, "store");
    await world.settled();
    await push(branch);
    await merge(world, branch);
    expect(await isOpen(world, issue)).toBe(false);
    expect((await statusOn(world, issue)).id).toBe(status.id);
    expect((await statusOn(world, issue)).body).toContain(`/${OWNER}/store/`);
    const kept = new Keepsakes(world);
    await kept.keepIssue(issue);
    await kept.expectUntouched([issue]);
    expect((await branchNames(world)).filter((name) => name.includes(`/${issue}-`))).toEqual([]);
  });
});

describe("a public repository", () => {
  it("S11: a form that labels for a stranger starts nothing, whatever the stranger writes", async () => {
    const world = await World.open({ repository: { private: false } });
    world.standIn.createUser("stranger");
    const issue = await world.standIn.browser.openWithForm("stranger", FULL_NAME, {
      title: "It does not work",
      body: "### Severity\n\ncritical\n",
      labels: ["incident"],
    });
    await world.settled();
    const { rest } = new Octokit({
      auth: world.standIn.tokenFor("stranger"),
      baseUrl: `${world.standIn.url}/api/v3`,
    });
    await rest.issues.createComment({ ...at, issue_number: issue, body: "/hotfix start" });
    await world.settled();
    const kept = new Keepsakes(world);
    await kept.keepIssue(issue);
    await kept.expectUntouched([issue]);
    expect(await branchNames(world)).toEqual(["develop", "main"]);
    expect(await readOn(world, issue)).toContain("No hotfix was started");
    const { rest: olga } = world.person("olga").octokit;
    const { data } = await olga.issues.listComments({ ...at, issue_number: issue });
    for (const comment of data.filter(({ user }) => user?.type === "Bot"))
      await olga.issues.deleteComment({ ...at, comment_id: comment.id });
    await world.settled();
    await kept.expectUntouched([issue]);
    expect(await readOn(world, issue)).not.toContain("No hotfix was started");
    await expectNoTrouble(world);
    await world.close();
  });
});
