import { Octokit } from "@octokit/rest";
import { afterEach, describe, expect, it } from "vitest";
import { processorFixed, processorTest } from "../../src/drill/shop.ts";
import {
  branchNames,
  commentsOn,
  endNight,
  isOpen,
  merge,
  pullRequestFrom,
  pushFix,
  readOn,
  releasedTags,
  secondLook,
  tagNames,
} from "../support/incident-night.ts";
import { OWNER, REPO, World } from "../support/world.ts";

const at = { owner: OWNER, repo: REPO };

type Login = "sara" | "ben" | "olga";

describe("commands", () => {
  let world: World;

  afterEach((context) => endNight(world, context));

  /** Writes a comment and returns what the app answered to it, without escapes; null: nothing. */
  async function say(issue: number, body: string, login: Login = "olga"): Promise<string | null> {
    const { rest } = world.person(login).octokit;
    const before = (await commentsOn(world, issue)).length;
    const { data } = await rest.issues.createComment({ ...at, issue_number: issue, body });
    await world.settled();
    const later = (await commentsOn(world, issue)).slice(before + 1);
    const replies = later.filter((text) => text.includes(`kind=reply;comment=${data.id};`));
    expect(replies.length).toBeLessThanOrEqual(1);
    return replies[0]?.replace(/<!--.*?-->\n/u, "").replaceAll("\\", "") ?? null;
  }

  /** Token of an app that may write everything and is named nowhere. */
  function otherApp(): string {
    world.standIn.registerApp({
      slug: "gossip",
      permissions: { issues: "write", contents: "write", administration: "write" },
      events: [],
      webhookUrl: "http://127.0.0.1:9/",
      webhookSecret: "of no use",
    });
    return world.standIn.tokenForApp(world.standIn.install("gossip", OWNER));
  }

  it("help, why, sync and mistyped ones are answered, and change nothing", async () => {
    world = await World.open();
    const issue = await world.declare();
    await world.settled();
    const help = await say(issue, "/hotfix help", "sara");
    for (const usage of [
      "/hotfix start",
      "/hotfix again",
      "/hotfix skip &lt;branch&gt; because &lt;reason&gt;",
    ])
      expect(help).toContain(usage);
    expect(await say(issue, "/hotfix statsu")).toContain("Did you mean `/hotfix status`?");
    expect(await say(issue, "/hotfix abort")).toMatch(/Say why.*\/hotfix abort because/u);
    const why = await say(issue, "What is up?\n\n/hotfix why", "ben");
    expect(why).toContain("There is no tag and no release yet");
    expect(why).toContain(`Nothing is pushed to \`hotfix/${issue}-checkout-fails\``);
    expect(why).toMatch(/Next, @sara: Push the fix/u);
    expect(await say(issue, "/hotfix sync")).toMatch(/looked at everything again. State: fixing. Next/u);
    expect(await say(issue, "/hotfix again")).toContain("The hotfix has not shipped yet");
    expect(await say(issue, "/hotfix severity awful")).toContain("There is no severity `awful`");
    expect(await say(issue, "/hotfix skip main because")).toContain("Name one branch and say why");
    expect(await secondLook(world, issue)).toEqual([]);
  });

  it("S14: in quotes, in code, edited, by a bot, by the app itself or before the label they are no commands", async () => {
    world = await World.open();
    const { rest } = world.person("olga").octokit;
    const { data: plain } = await rest.issues.create({ ...at, title: "Checkout fails" });
    expect(await say(plain.number, "/hotfix abort because it is early")).toBeNull();
    await new Promise((resolve) => setTimeout(resolve, 1100));
    await rest.issues.addLabels({ ...at, issue_number: plain.number, labels: ["incident"] });
    await world.settled();
    expect(await branchNames(world)).toContain(`hotfix/${plain.number}-checkout-fails`);
    expect(await say(plain.number, "> /hotfix abort because quoted")).toBeNull();
    expect(await say(plain.number, "```\n/hotfix abort because code\n```")).toBeNull();
    const { data: comment } = await rest.issues.createComment({
      ...at,
      issue_number: plain.number,
      body: "harmless",
    });
    await rest.issues.updateComment({
      ...at,
      comment_id: comment.id,
      body: "/hotfix abort because edited",
    });
    await world.settled();
    expect(await readOn(world, plain.number)).not.toContain("edited because");
    // An app that may do everything is no person; and what the app says of commands itself commands nothing.
    for (const app of [otherApp(), world.standIn.tokenForApp(world.installation)]) {
      const { rest: bot } = new Octokit({ auth: app, baseUrl: `${world.standIn.url}/api/v3` });
      const body = "/hotfix abort because a bot says so";
      await bot.issues.createComment({ ...at, issue_number: plain.number, body });
      await world.settled();
    }
    expect(await branchNames(world)).toContain(`hotfix/${plain.number}-checkout-fails`);
    expect((await commentsOn(world, plain.number)).filter((text) => text.includes("kind=reply"))).toEqual([]);
    expect(await readOn(world, plain.number)).toContain("Push the fix to");
    expect(await secondLook(world, plain.number)).toEqual([]);
  });

  it("S11: needs the permission when it is written, and stands when the role is lost later", async () => {
    world = await World.open();
    const issue = await world.declare();
    await world.settled();
    const refused = await say(issue, "/hotfix severity high\n/hotfix abort because I say so", "sara");
    expect(refused).toContain("needs the permission `push`");
    expect(refused).toContain("The severity is high now");
    expect(await readOn(world, issue)).toMatch(/severity high/u);
    await pushFix(world, `hotfix/${issue}-checkout-fails`);

    expect(await say(issue, "/hotfix abort because it was a false alarm", "ben")).toContain(
      "The app stops here",
    );
    world.standIn.addCollaborator(`${OWNER}/${REPO}`, "ben", "pull");
    const { data } = await world
      .person("olga")
      .octokit.rest.issues.listComments({ ...at, issue_number: issue });
    const theirs = data.find(({ body }) => body?.includes("false alarm") && body.startsWith("/hotfix"))!;
    await world.person("olga").octokit.rest.issues.deleteComment({ ...at, comment_id: theirs.id });
    await world.settled();
    const [status] = await commentsOn(world, issue);
    expect(status?.replaceAll("\\", "")).toMatch(/stopped by ben: it was a false alarm/u);
    expect(await secondLook(world, issue)).toEqual([]);
    world.standIn.addCollaborator(`${OWNER}/${REPO}`, "ben", "push");
    await merge(world, `hotfix/${issue}-checkout-fails`);
    expect(await tagNames(world)).not.toContain("v1.4.3");
    expect(await isOpen(world, issue)).toBe(true);

    expect(await say(issue, "/hotfix start")).toContain("goes on from where it stopped");
    expect(await releasedTags(world)).toContain("v1.4.3");
    expect(await isOpen(world, issue)).toBe(false);
  });

  it("S11: start accepts an incident whose label did not count, from somebody whose permission does", async () => {
    world = await World.open({ files: { ".github/hotfix.yml": "trigger:\n  label: push\n" } });
    const issue = await world.declare();
    await world.settled();
    expect(await branchNames(world)).toEqual(["develop", "main"]);
    expect(await readOn(world, issue)).toContain("/hotfix start");
    expect(await say(issue, "/hotfix again", "ben")).toContain("The incident is not accepted yet");
    expect(await say(issue, "/hotfix start", "sara")).toContain("needs the permission `push`");
    expect(await branchNames(world)).toEqual(["develop", "main"]);
    expect(await say(issue, "/hotfix start\n/hotfix severity high", "ben")).toContain(
      "The incident is accepted",
    );
    expect(await branchNames(world)).toContain(`hotfix/${issue}-checkout-fails`);
    expect(await readOn(world, issue)).toMatch(/severity high/u);
    expect(await secondLook(world, issue)).toEqual([]);
  });

  it("S12: a label that comes and goes makes one incident; a command while it is off is told so", async () => {
    world = await World.open();
    const { rest } = world.person("olga").octokit;
    const issue = await world.declare();
    for (let times = 0; times < 10; times += 1) {
      await rest.issues.removeLabel({ ...at, issue_number: issue, name: "incident" });
      await rest.issues.addLabels({ ...at, issue_number: issue, labels: ["incident"] });
    }
    await world.settled();
    const branches = (await branchNames(world)).filter((name) => name.startsWith("hotfix/"));
    expect(branches).toEqual([`hotfix/${issue}-checkout-fails`]);
    await rest.issues.removeLabel({ ...at, issue_number: issue, name: "incident" });
    await world.settled();
    expect(await say(issue, "/hotfix severity high")).toContain("The label `incident` was taken off");
    expect(await say(issue, "/hotfix why")).toContain("Put the label `incident` back");
    await rest.issues.addLabels({ ...at, issue_number: issue, labels: ["incident"] });
    await world.settled();
    expect((await commentsOn(world, issue)).filter((body) => body.includes("kind=status"))).toHaveLength(1);
    expect(await secondLook(world, issue)).toEqual([]);
  });

  it("resolved writes the documents without a release and closes; what is left is listed", async () => {
    world = await World.open();
    const issue = await world.declare();
    await world.settled();
    const pull = await pullRequestFrom(world, `hotfix/${issue}-checkout-fails`);
    const answer = await say(issue, "/hotfix resolved because the flag was switched off");
    expect(answer).toContain("documents are written without a release");
    expect(answer).toContain(`#${pull.number}`);
    expect(await isOpen(world, issue)).toBe(false);
    expect(await tagNames(world)).not.toContain("v1.4.3");
    const olga = world.person("olga");
    await olga.git("fetch", "--quiet", "origin");
    const id = `PAYMENT-CRITICAL-${String(issue).padStart(3, "0")}`;
    const report = (await olga.git("show", `origin/develop:incidents/${id}.md`)).replaceAll("\\", "");
    expect(report).toContain("the flag was switched off");
    expect(report).not.toContain("The fix is in");
    expect((await pullRequestFrom(world, `hotfix/${issue}-checkout-fails`)).state).toBe("open");
    expect(await branchNames(world)).toContain(`hotfix/${issue}-checkout-fails`);
    expect(await readOn(world, issue)).toContain("Resolved without a release");
    expect(await secondLook(world, issue)).toEqual([]);
  });

  it("adopt takes a person's branch and pull request, moves nothing and deletes nothing", async () => {
    world = await World.open();
    const issue = await world.declare();
    await world.settled();
    const ben = world.person("ben");
    await ben.clone();
    await ben.git("switch", "--quiet", "--create", "ben/quick-fix", "origin/main");
    await ben.write("src/payment/processor.js", processorFixed);
    await ben.write("test/payment.test.js", processorTest);
    const theirs = await ben.commit("fix: read the amount");
    await ben.git("push", "--quiet", "origin", "ben/quick-fix");
    await world.settled();
    expect(await say(issue, "/hotfix adopt ben/quickfix", "ben")).toContain(
      "There is no branch `ben/quickfix`",
    );
    expect(await say(issue, "/hotfix adopt develop", "ben")).toContain("is a trunk or a release branch");
    const { data: pull } = await ben.octokit.rest.pulls.create({
      ...at,
      head: "ben/quick-fix",
      base: "main",
      title: "Quick fix",
    });
    await world.settled();
    expect(await say(issue, `/hotfix adopt #${pull.number}`, "ben")).toContain(
      "comes from `ben/quick-fix` now",
    );
    const [status] = await commentsOn(world, issue);
    expect(status).toContain(`#${pull.number}`);
    await merge(world, "ben/quick-fix");
    expect(await releasedTags(world)).toContain("v1.4.3");
    const { data: ref } = await ben.octokit.rest.git.getRef({ ...at, ref: "heads/ben/quick-fix" });
    expect(ref.object.sha).toBe(theirs);
    expect(await isOpen(world, issue)).toBe(false);
    await ben.git("fetch", "--quiet", "origin");
    expect(await ben.git("show", "origin/develop:src/payment/processor.js")).toBe(processorFixed);
  });

  it("skip, landed and target decide what the incident waits for, each with its reason", async () => {
    world = await World.open({ repository: { autoMergeAllowed: false } });
    const issue = await world.declare();
    await world.settled();
    const branch = `hotfix/${issue}-checkout-fails`;
    expect(await say(issue, "/hotfix landed develop because I did it")).toContain("Nothing has shipped yet");
    await pushFix(world, branch);
    await merge(world, branch);
    expect(await isOpen(world, issue)).toBe(true);
    expect(await say(issue, "/hotfix skip release/9 because never")).toContain("`release/9` is no target");
    expect(await say(issue, "/hotfix landed develop because cherry-picked as abc")).toContain(
      "counts as being in `develop`",
    );
    expect(await isOpen(world, issue)).toBe(false);
    const [status] = await commentsOn(world, issue);
    expect(status?.replaceAll("\\", "")).toContain("settled by olga: cherry-picked as abc");
  });

  it("status brings a deleted status comment back, once", async () => {
    world = await World.open();
    const issue = await world.declare();
    await world.settled();
    const { rest } = world.person("olga").octokit;
    const remove = async (): Promise<void> => {
      const { data } = await rest.issues.listComments({ ...at, issue_number: issue });
      await rest.issues.deleteComment({
        ...at,
        comment_id: data.find(({ body }) => body?.includes("kind=status"))!.id,
      });
      await world.settled();
    };
    await remove();
    expect(await readOn(world, issue)).not.toContain("kind=status");
    expect(await say(issue, "/hotfix status", "sara")).toContain("written again");
    expect(await readOn(world, issue)).toContain("kind=status");
    await new Promise((resolve) => setTimeout(resolve, 1100));
    await remove();
    expect(await readOn(world, issue)).not.toContain("kind=status");
    expect(await secondLook(world, issue)).toEqual([]);
  });
});
