import { afterEach, describe, expect, it } from "vitest";
import { commentsOn, endNight, merge, pushFix, secondLook } from "../support/incident-night.ts";
import { OWNER, REPO, World } from "../support/world.ts";

const at = { owner: OWNER, repo: REPO };
const MINUTE_MS = 60_000;

describe("stakeholder updates and the report on demand", () => {
  let world: World;

  afterEach((context) => endNight(world, context));

  async function say(issue: number, body: string) {
    const { rest } = world.person("sara").octokit;
    const { data } = await rest.issues.createComment({ ...at, issue_number: issue, body });
    await world.settled();
    const replies = (await commentsOn(world, issue)).filter((text) =>
      text.includes(`kind=reply;comment=${data.id};`),
    );
    expect(replies).toHaveLength(1);
    return replies[0]!.replace(/<!--.*?-->\n/u, "").replaceAll("\\", "");
  }

  async function status(issue: number): Promise<string> {
    return (await commentsOn(world, issue))[0]!.replaceAll("\\", "");
  }

  /** What was told outside of the repository, and all that was. */
  function notifications(): readonly unknown[] {
    return world.log.flatMap(({ msg, notification }) => (msg === "Notification" ? [notification] : []));
  }

  async function read(path: string): Promise<string> {
    const olga = world.person("olga");
    await olga.git("fetch", "--quiet", "--prune", "origin");
    return olga.git("show", `origin/develop:${path}`);
  }

  it("are posted, remind by one edited line, and are kept with their times", async () => {
    world = await World.open();
    const issue = await world.declare("Checkout fails", "### Severity\n\ncritical\n");
    await world.settled();
    expect(await status(issue)).toMatch(/\*\*Stakeholder updates due:\*\* [\d: -]+, /u);
    expect(await status(issue)).toContain("**Report so far:** write `/hotfix report`");
    const before = (await commentsOn(world, issue)).length;
    await world.passTime(6 * MINUTE_MS);
    expect(await status(issue)).toContain("**Stakeholder update due since");
    expect(await commentsOn(world, issue)).toHaveLength(before);

    const first = await say(
      issue,
      "/hotfix update Checkout fails for everybody. @team fixes #1 We found it.",
    );
    expect(first).toMatch(
      /^\*\*Stakeholder update\*\* \(\[sara\]\(.*\)\): fixing\. The next one is due at [\d: -]+ UTC\./u,
    );
    const link: unknown = expect.stringMatching(/^http.*\/issues\/\d+#issuecomment-\d+$/u);
    const incident = `PAYMENT-CRITICAL-${String(issue).padStart(3, "0")}`;
    const told = [{ kind: "stakeholder-update", number: issue, incident, severity: "critical", link }];
    expect(notifications()).toStrictEqual(told);
    expect(first).toContain("> Checkout fails for everybody. @\u200Bteam fixes #\u200B1 We found it.");
    expect(await status(issue)).not.toContain("due since");
    expect(await status(issue)).toMatch(/\*\*Last stakeholder update:\*\* [\d: -]+ UTC \(\[comment\]/u);
    await world.passTime(20 * MINUTE_MS);
    expect(await status(issue)).toContain("**Stakeholder update due since");
    expect(await secondLook(world, issue)).toEqual([]);
    // Neither that look nor the app that was started anew told it again.
    expect(notifications()).toStrictEqual(told);

    const branch = `hotfix/${issue}-checkout-fails`;
    await pushFix(world, branch);
    await merge(world, branch);
    const update = await read(`communication/${incident}.md`);
    expect(update).toMatch(
      /## Updates sent\n\n.*\n- .* UTC: Checkout fails for everybody\\?\. .*\[comment\]/u,
    );
    expect(await read(`communication/${incident}-public.md`)).not.toMatch(/We found it|sara/u);
    expect(await secondLook(world, issue)).toEqual([]);
  });

  it("the report is posted once for each request, as a draft and then with the committed one", async () => {
    world = await World.open();
    const issue = await world.declare();
    await world.settled();
    const draft = await say(issue, "/hotfix report");
    expect(draft).toContain("It is committed when the fix has landed everywhere.");
    expect(draft).toMatch(/\n# PAYMENT-CRITICAL-001: Checkout fails\n/u);
    expect(draft).toContain("## Timeline");
    expect(draft).not.toContain("hotfix:begin");
    expect(await status(issue)).toMatch(
      /\*\*Report so far:\*\* \[as of the last request\]\(.*#issuecomment-\d+\), or newer: write/u,
    );
    expect(await secondLook(world, issue)).toEqual([]);

    const branch = `hotfix/${issue}-checkout-fails`;
    await pushFix(world, branch);
    await merge(world, branch);
    expect(await status(issue)).not.toContain("Report so far");
    const later = await say(issue, "/hotfix report");
    expect(later).toMatch(
      /It is committed too: \[report\]\(.*\/blob\/develop\/incidents\/PAYMENT-CRITICAL-001\.md\)/u,
    );
    expect(await secondLook(world, issue)).toEqual([]);
  });
});
