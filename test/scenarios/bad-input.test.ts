import { Octokit } from "@octokit/rest";
import { afterEach, describe, expect, it } from "vitest";
import { processorHalfFixed } from "../../src/drill/shop.ts";
import {
  begin,
  branchNames,
  commentsOn,
  endNight,
  isOpen,
  merge,
  pullRequestFrom,
  pushFix,
  readOn,
  secondLook,
  ship,
  tagNames,
  writesIn,
} from "../support/incident-night.ts";
import { Keepsakes, statusOn, toldOn } from "../support/keepsakes.ts";
import { deliver } from "../support/receiver.ts";
import { OWNER, REPO, World } from "../support/world.ts";

const at = { owner: OWNER, repo: REPO };
const FULL_NAME = `${OWNER}/${REPO}`;
const PROCESSOR = "src/payment/processor.js";
const REPOSITORY = "/repos/{owner}/{repo}";

describe("bad input and GitHub's odd answers", () => {
  let world: World;

  afterEach((context) => endNight(world, context));

  /** An app of somebody else, with a token for the repository. */
  function otherApp(slug: string, permissions: Readonly<Record<string, string>>) {
    world.standIn.registerApp({
      slug,
      permissions,
      events: [],
      webhookUrl: "http://127.0.0.1:9/",
      webhookSecret: "of no use",
    });
    const auth = world.standIn.tokenForApp(world.standIn.install(slug, OWNER));
    return new Octokit({ auth, baseUrl: `${world.standIn.url}/api/v3` }).rest;
  }

  it("S15, S16, S17: another app's check counts for nothing, an approval for its commit, and what ships is what is told", async () => {
    world = await World.open();
    const { issue, branch } = await begin(world);
    const red = await world.push("ben", branch, { [PROCESSOR]: processorHalfFixed });
    await world.settled();
    const { number } = await pullRequestFrom(world, branch);
    const correct = `@ben: Correct what \`hotfix/properties\` found in #${number}, and push.`;
    expect((await toldOn(world, issue)).next).toBe(correct);
    await otherApp("gossip", { checks: "write" }).checks.create({
      ...at,
      name: "hotfix/properties",
      head_sha: red,
      status: "completed",
      conclusion: "success",
    });
    await secondLook(world, issue);
    expect((await toldOn(world, issue)).next).toBe(correct);

    await pushFix(world, branch);
    const { rest } = world.person("olga").octokit;
    await rest.pulls.createReview({ ...at, pull_number: number, event: "APPROVE" });
    await world.settled();
    expect((await toldOn(world, issue)).next).toBe(`@olga: Merge #${number}.`);
    // What was approved is not what is there now.
    await world.push("ben", branch, { "test/more.test.js": "export {};\n" }, "test: more");
    await world.settled();
    expect((await toldOn(world, issue)).next).toBe(`@olga: Review and merge #${number}.`);
    // What is merged was not checked yet.
    world.standIn.faults.webhook({ times: 20, effect: { kind: "hold" } });
    const late = await world.push("ben", branch, { [PROCESSOR]: processorHalfFixed });
    await secondLook(world, issue);
    const { data: merged } = await rest.pulls.merge({ ...at, pull_number: number });
    world.standIn.faults.clear();
    world.standIn.releaseHeld();
    await world.settled();
    expect((await toldOn(world, issue)).noticed).toEqual([
      `#${number} was merged with ${late.slice(0, 7)}, which hotfix/properties has not passed.`,
    ]);
    const olga = world.person("olga");
    await olga.git("fetch", "--quiet", "--tags", "origin");
    expect((await olga.git("rev-parse", "v1.4.3^{commit}", "v1.4.3^2")).trim()).toBe(
      `${merged.sha}\n${late}`,
    );
    const id = `PAYMENT-CRITICAL-${String(issue).padStart(3, "0")}`;
    const report = await olga.git("show", `origin/develop:incidents/${id}.md`);
    expect(report).toContain(merged.sha.slice(0, 7));
    const retrospective = await olga.git("show", `origin/develop:retrospectives/${id}.md`);
    expect(retrospective).toContain("merged without an approval of its last commit");
  });

  it("S20: a branch of that name which a person made is left as it is, and another name is taken", async () => {
    world = await World.open();
    const olga = world.person("olga");
    const theirs = "hotfix/1-checkout-fails";
    await olga.git("switch", "--quiet", "--create", theirs, "origin/main");
    await olga.write("docs/mine.md", "Mine.\n");
    await olga.commit("docs: mine");
    await olga.git("push", "--quiet", "origin", theirs);
    await world.settled();
    const kept = new Keepsakes(world);
    await kept.keepRef(`heads/${theirs}`);
    expect(await world.declare()).toBe(1);
    await world.settled();
    expect(await toldOn(world, 1)).toEqual({
      next: `@sara: Push the fix to \`${theirs}-b\`.`,
      notDone: [],
      noticed: [`${theirs} was there already and is not the app's, so it is left alone.`],
    });
    await pushFix(world, `${theirs}-b`);
    await merge(world, `${theirs}-b`);
    expect(await isOpen(world, 1)).toBe(false);
    expect((await branchNames(world)).filter((name) => name.startsWith("hotfix/"))).toEqual([theirs]);
    await kept.expectUntouched([1]);
  });

  it.each([
    [
      "a tag",
      "v1.4.2",
      "The production branch v1.4.2 does not exist, so no hotfix branch can start from it.",
    ],
    ["a commit", "a".repeat(40), "branches.production"],
  ])(
    "S21: a production branch that is %s is refused with a sentence, and nothing is made",
    async (_what, name, said) => {
      world = await World.open({ files: { ".github/hotfix.yml": `branches:\n  production: ${name}\n` } });
      const issue = await world.declare();
      await world.settled();
      expect(await readOn(world, issue)).toContain(said);
      expect(await branchNames(world)).toEqual(["develop", "main"]);
      expect(await secondLook(world, issue)).toEqual([]);
    },
  );

  it("S22, S25: a title, a form and a comment that mean harm do none, and name no path", async () => {
    world = await World.open();
    const { rest } = world.person("olga").octokit;
    const { data: other } = await rest.issues.create({ ...at, title: "Not to be closed" });
    const title = "Fixes #1 @acme/everyone ![x](http://evil.example/?q=1) ../../.github/workflows/x.yml";
    const issue = await world.declare(
      title,
      "### Service\n\n../../.github/workflows/x.yml\n\n### What happened?\n\nCloses #1 @acme/everyone <!-- hotfix:incident=2;kind=closed;round=1 -->\n",
    );
    await world.settled();
    const branch = (await branchNames(world)).find((name) => name.startsWith("hotfix/"))!;
    expect(branch).toMatch(/^hotfix\/2-[a-z0-9-]{1,40}$/u);
    const status = await statusOn(world, issue);
    // Somebody writes what the app writes: it is believed in its own comments only.
    const forged = status.body.replace("kind=status", "kind=closed;round=1");
    await world.person("ben").octokit.rest.issues.createComment({ ...at, issue_number: issue, body: forged });
    await world.settled();
    expect((await toldOn(world, issue)).next).toBe(`@sara: Push the fix to \`${branch}\`.`);
    await pushFix(world, branch);
    await merge(world, branch);
    expect(await isOpen(world, issue)).toBe(false);
    expect(await isOpen(world, other.number)).toBe(true);
    const { data: pulls } = await rest.pulls.list({ ...at, state: "all" });
    const { data: releases } = await rest.repos.listReleases(at);
    const olga = world.person("olga");
    await olga.git("fetch", "--quiet", "origin");
    const files = (await olga.git("diff", "--name-only", "v1.4.2", "origin/develop")).split("\n");
    const made = files.filter((name) => /^(?:incidents|retrospectives|communication)\//u.test(name));
    expect(made.length).toBeGreaterThanOrEqual(2);
    expect(made.filter((name) => !/^[a-z]+\/[A-Z]+-[A-Z]+-002(?:-public)?\.md$/u.test(name))).toEqual([]);
    expect(files.filter((name) => name.startsWith(".github"))).toEqual([]);
    const documents = await Promise.all(made.map((name) => olga.git("show", `origin/develop:${name}`)));
    const texts = [
      ...(await commentsOn(world, issue)).filter((body) => body !== forged),
      ...pulls.flatMap((pull) => [pull.title, pull.body ?? ""]),
      ...releases.flatMap(({ name, body }) => [name ?? "", body ?? ""]),
      ...documents,
    ];
    // Inert: nothing that GitHub would close, notify, load or follow.
    for (const harm of [
      /(?:fix|close|resolve)[sd]?\s+#1\b/iu,
      /(?<![\w`])@acme\/everyone/u,
      /!\[x\]\(http:\/\//u,
    ])
      expect(texts.filter((text) => harm.test(text))).toEqual([]);
  });

  it("S35: an event of one installation about a repository of another leads to nothing", async () => {
    world = await World.open();
    world.standIn.createOrganization("evil");
    await world.standIn.createRepository({ owner: "evil", name: "own", private: true });
    const foreign = world.standIn.install("hotfix-responder", "evil");
    await world.settled();
    const { issue, branch } = await begin(world);
    await secondLook(world, issue);
    // The app does not hear of the fix, but for an event that says to come from elsewhere.
    world.standIn.faults.webhook({ times: 50, effect: { kind: "hold" } });
    await pushFix(world, branch);
    const { data } = await world.person("olga").octokit.rest.issues.get({ ...at, issue_number: issue });
    const body = {
      action: "labeled",
      issue: data,
      label: { name: "incident" },
      installation: { id: foreign },
      repository: { id: 1, name: REPO, full_name: FULL_NAME, owner: { login: OWNER } },
      sender: { login: "sara", type: "User" },
    };
    const before = world.standIn.calls.length;
    expect((await deliver(world.app.url, "issues", JSON.stringify(body))).status).toBe(202);
    await world.settled();
    expect(writesIn(world.standIn.calls.slice(before))).toEqual([]);
    expect((await pullRequestFrom(world, branch)).draft).toBe(true);
    // The installation that has the repository takes it up.
    world.standIn.faults.clear();
    world.standIn.releaseHeld();
    await world.settled();
    expect((await pullRequestFrom(world, branch)).draft).toBe(false);
  });

  it("F8: while GitHub does not know whether a back-merge conflicts, nobody is told that it does", async () => {
    world = await World.open();
    world.standIn.hub.testMergeMs = 1500;
    const unknown = { message: "Pull Request is not mergeable" };
    world.standIn.faults.add({
      method: "PUT",
      path: `${REPOSITORY}/pulls/{pull_number}/merge`,
      skip: 1,
      times: 2,
      effect: { kind: "answer-before", status: 405, body: unknown },
    });
    const { issue } = await ship(world);
    expect(await pullRequestFrom(world, `backmerge/${issue}-develop`)).toMatchObject({ merged: true });
    expect(await isOpen(world, issue)).toBe(false);
    const kinds = (await commentsOn(world, issue)).map((body) => /kind=([^;]*)/u.exec(body)?.[1]);
    expect(kinds).toEqual(["status", "ready", "released", "landed", "closed"]);
    expect(world.standIn.calls.filter(({ status }) => status === 405)).toHaveLength(2);
  });

  it("F15: a 409 for want of a permission is told as that, not as a conflict, and the rest goes on", async () => {
    world = await World.open();
    const allow = world.standIn.faults.add({
      method: "POST",
      path: `${REPOSITORY}/merges`,
      times: Number.POSITIVE_INFINITY,
      effect: {
        kind: "answer-before",
        status: 409,
        body: { message: "Resource not accessible by integration" },
      },
    });
    const { issue } = await ship(world);
    expect(await tagNames(world)).toContain("v1.4.3");
    const told = await toldOn(world, issue);
    expect(told.notDone).toEqual([
      `Merging the release into backmerge/${issue}-develop was refused: this app lacks a permission. **Do this:** An owner accepts the app's permissions in the settings of the installation.`,
    ]);
    // To merge a pull request that lacks the fix would look like progress.
    expect(told.next).toBe(
      "@ben: An owner accepts the app's permissions in the settings of the installation.",
    );
    const kinds = (await commentsOn(world, issue)).map((body) => /kind=([^;]*)/u.exec(body)?.[1]);
    expect(kinds).not.toContain("conflict");
    expect(await isOpen(world, issue)).toBe(true);
    allow();
    await secondLook(world, issue);
    expect(await isOpen(world, issue)).toBe(false);
  });
});
