import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { processorFixed } from "../../src/drill/shop.ts";
import {
  begin,
  branchNames,
  commentsOn,
  endNight,
  isOpen,
  merge,
  pullRequestFrom,
  tagNames,
} from "../support/incident-night.ts";
import { Keepsakes, statusOn, toldOn } from "../support/keepsakes.ts";
import { OWNER, REPO, World } from "../support/world.ts";

const at = { owner: OWNER, repo: REPO };
const DAY = 86_400_000;

describe("what people do to the issue stands", () => {
  let world: World;

  beforeAll(async () => {
    world = await World.open();
  }, 60_000);

  // Several incidents share a repository, and GitHub's limit of writes is by the minute.
  beforeEach(() => world.passTime(60_000));

  afterAll(() => endNight(world));

  async function label(issue: number, change: "on" | "off"): Promise<void> {
    const { issues } = world.person("sara").octokit.rest;
    if (change === "on") await issues.addLabels({ ...at, issue_number: issue, labels: ["incident"] });
    else await issues.removeLabel({ ...at, issue_number: issue, name: "incident" });
  }

  /** A change of its own for each incident, because all of them are shipped from one repository. */
  async function push(branch: string): Promise<void> {
    await world.push("ben", branch, {
      "src/payment/processor.js": processorFixed,
      [`src/payment/${branch.replace("/", "-")}.js`]: "export {};\n",
    });
    await world.settled();
  }

  it("S12: a label that is taken off within a second declares nothing, and put back a day later it does", async () => {
    world.standIn.faults.webhook({ event: "issues", times: 3, effect: { kind: "hold" } });
    const issue = await world.declare("Checkout fails");
    await label(issue, "off");
    await world.settled();
    world.standIn.releaseHeld();
    const kept = new Keepsakes(world);
    await kept.keepIssue(issue);
    await kept.expectUntouched([issue]);
    expect(await commentsOn(world, issue)).toEqual(["Any news?"]);
    expect(await branchNames(world)).toEqual(["develop", "main"]);

    await world.passTime(DAY);
    await label(issue, "on");
    await world.settled();
    expect(await branchNames(world)).toContain(`hotfix/${issue}-checkout-fails`);
    expect(await toldOn(world, issue)).toEqual({
      next: `@sara: Push the fix to \`hotfix/${issue}-checkout-fails\`.`,
      notDone: [],
      noticed: [],
    });
    const { data: now } = await world.person("sara").octokit.rest.issues.get({ ...at, issue_number: issue });
    // The deadline counts from the label that began it, not from the one that was taken off.
    const { body } = await statusOn(world, issue);
    const deadline = /SLA deadline:\*\* (\S+ \S+)/u.exec(body)?.[1] ?? "";
    expect(Date.parse(`${deadline.replace(" ", "T")}Z`)).toBeGreaterThan(Date.parse(now.created_at) + DAY);
  });

  it("S12: an incident whose label is taken off stops, and goes on where it was when the label is back a day later", async () => {
    const { issue, branch } = await begin(world, "Stopped for a day");
    const before = await branchNames(world);
    const { number } = await pullRequestFrom(world, branch);
    await label(issue, "off");
    await world.settled();
    expect(await toldOn(world, issue)).toEqual({
      next: "@sara: Put the label `incident` back to go on, or take over by hand.",
      notDone: [],
      noticed: ["The label incident was removed by sara, so the app stopped here."],
    });
    const status = await statusOn(world, issue);
    await push(branch);
    const stopped = new Keepsakes(world);
    await stopped.keepIssue(issue);
    await stopped.keepRef(`heads/${branch}`);
    await stopped.keepPullRequest(number);
    await stopped.keepComment(status.id);
    await world.passTime(DAY);
    await stopped.expectUntouched([issue]);
    expect(await pullRequestFrom(world, branch)).toMatchObject({ draft: true });

    await label(issue, "on");
    await world.settled();
    expect(await branchNames(world)).toEqual(before);
    expect(await pullRequestFrom(world, branch)).toMatchObject({ number, draft: false });
    expect((await statusOn(world, issue)).id).toBe(status.id);
    expect(await toldOn(world, issue)).toEqual({
      next: `@olga: Review and merge #${number}.`,
      notDone: [],
      noticed: [],
    });
  });

  it("one that is closed by hand stays closed, and what is merged later is still tagged and landed", async () => {
    const { issue, branch } = await begin(world, "Closed by hand");
    const { number } = await pullRequestFrom(world, branch);
    const { rest } = world.person("ben").octokit;
    await rest.issues.update({ ...at, issue_number: issue, state: "closed", state_reason: "not_planned" });
    await world.settled();
    const kept = new Keepsakes(world);
    await kept.keepIssue(issue);
    await kept.keepPullRequest(number);
    await kept.expectUntouched([issue]);
    expect(await toldOn(world, issue)).toEqual({
      next: `@sara: Close #${number} and #${number + 1} if it is over, or reopen the issue if it is not.`,
      notDone: [],
      noticed: [
        "The issue was closed by ben before anything was shipped; its pull requests stay, and one that is merged is still tagged and brought everywhere.",
      ],
    });

    await push(branch);
    const tags = await tagNames(world);
    await merge(world, branch);
    expect((await tagNames(world)).length).toBe(tags.length + 1);
    expect(await pullRequestFrom(world, `backmerge/${issue}-develop`)).toMatchObject({ merged: true });
    const closed = new Keepsakes(world);
    await closed.keepIssue(issue);
    await closed.expectUntouched([issue]);
    expect(await isOpen(world, issue)).toBe(false);
    expect(await toldOn(world, issue)).toEqual({
      next: ": Nothing: the incident is over.",
      notDone: [],
      noticed: [],
    });
  });

  it('one that a commit closes with "Fixes" stays closed, and tagging and landing go on', async () => {
    const { issue, branch } = await begin(world, "Closed by a commit");
    await push(branch);
    // Landing has to wait, so that something is owed when the commit closes the issue.
    const back = await pullRequestFrom(world, `backmerge/${issue}-develop`);
    const { rest } = world.person("olga").octokit;
    await rest.pulls.createReview({
      ...at,
      pull_number: back.number,
      event: "REQUEST_CHANGES",
      body: "Wait",
    });
    await merge(world, branch);
    await world.push(
      "olga",
      world.defaultBranch,
      { "NEWS.md": "Mended.\n" },
      `docs: say so\n\nFixes #${issue}`,
    );
    await world.settled();
    const kept = new Keepsakes(world);
    await kept.keepIssue(issue);
    await kept.keep("tags", () => tagNames(world));
    await kept.expectUntouched([issue]);
    expect(await isOpen(world, issue)).toBe(false);
    expect(await toldOn(world, issue)).toEqual({
      next: `@ben: Answer the review of #${back.number}, and merge it.`,
      notDone: [],
      noticed: ["The issue was closed by olga before the fix was everywhere; tagging and landing go on."],
    });

    const { data: reviews } = await rest.pulls.listReviews({ ...at, pull_number: back.number });
    await rest.pulls.dismissReview({
      ...at,
      pull_number: back.number,
      review_id: reviews[0]!.id,
      message: "Go on",
    });
    await world.settled();
    expect(await pullRequestFrom(world, `backmerge/${issue}-develop`)).toMatchObject({ merged: true });
    await kept.expectUntouched([issue]);
    expect(await toldOn(world, issue)).toEqual({
      next: ": Nothing: the incident is over.",
      notDone: [],
      noticed: [],
    });
  });

  it("a locked one stays locked and is served, and a reopened one stays open", async () => {
    const { issue, branch } = await begin(world, "Locked");
    const { rest } = world.person("olga").octokit;
    await rest.issues.lock({ ...at, issue_number: issue, lock_reason: "too heated" });
    await world.settled();
    await push(branch);
    await merge(world, branch);
    expect(await isOpen(world, issue)).toBe(false);
    await rest.issues.update({ ...at, issue_number: issue, state: "open" });
    await world.settled();
    const kept = new Keepsakes(world);
    await kept.keepIssue(issue);
    await world.app.queue.add({ keys: [`incident|${world.installation}|${OWNER}/${REPO}|${issue}`] });
    await world.settled();
    await kept.expectUntouched([]);
    const { data } = await rest.issues.get({ ...at, issue_number: issue });
    expect(data).toMatchObject({ state: "open", locked: true });
    expect(await toldOn(world, issue)).toEqual({
      next: "@ben: Write `/hotfix again` in a comment if the fix did not help, or close the issue again.",
      notDone: [],
      noticed: ["The issue was reopened by olga after it was over; the app does not close it again."],
    });
  });
});
