import { afterEach, describe, expect, it } from "vitest";
import { hotfix } from "../../src/cli/hotfix.ts";
import { endNight, pullRequestFrom, readOn, secondLook, ship } from "../support/incident-night.ts";
import { OWNER, REPO, World } from "../support/world.ts";

const at = { owner: OWNER, repo: REPO };

describe("the documents of an incident", () => {
  let world: World;

  afterEach((context) => endNight(world, context));

  function pathsOf(issue: number): readonly string[] {
    const id = `PAYMENT-CRITICAL-${String(issue).padStart(3, "0")}`;
    return [
      `communication/${id}-public.md`,
      `communication/${id}.md`,
      `incidents/${id}.md`,
      `retrospectives/${id}.md`,
    ];
  }

  /** Files of each commit of the app on a branch that touched documents, newest first. */
  async function documentCommits(branch: string): Promise<readonly (readonly string[])[]> {
    const olga = world.person("olga");
    await olga.git("fetch", "--quiet", "--prune", "origin");
    const log = await olga.git("log", "--first-parent", "--format=%x00%s", "--name-only", `origin/${branch}`);
    return log
      .split("\0")
      .map((entry) => entry.trim().split(/\n+/u))
      .filter(([subject]) => subject!.startsWith("docs: "))
      .map(([, ...files]) => files.toSorted());
  }

  async function read(branch: string, path: string): Promise<string> {
    const olga = world.person("olga");
    await olga.git("fetch", "--quiet", "--prune", "origin");
    return olga.git("show", `origin/${branch}:${path}`);
  }

  /** A fact that comes after the end: somebody opens the issue again and closes it. */
  async function laterFact(issue: number): Promise<void> {
    const { rest } = world.person("sara").octokit;
    await rest.issues.update({ ...at, issue_number: issue, state: "open" });
    await world.settled();
    await rest.issues.update({ ...at, issue_number: issue, state: "closed" });
    await world.settled();
  }

  it("land in one commit, settle, and take later facts without losing a word of people", async () => {
    world = await World.open();
    const { issue } = await ship(world);
    const paths = pathsOf(issue);
    expect(await documentCommits("develop")).toEqual([paths]);
    expect(await secondLook(world, issue)).toEqual([]);

    const repository = { keys: [`repository|${world.installation}|${OWNER}/${REPO}`] };
    await world.passTime(2 * 3_600_000);
    await world.app.queue.add(repository);
    await world.settled();
    const index = await read("develop", "incidents/README.md");
    expect(index).toContain(
      `[PAYMENT-CRITICAL-001](${world.environment.webUrl}/acme/shop/blob/develop/${paths[2]!})`,
    );
    expect(await documentCommits("develop")).toEqual([["incidents/README.md"], paths]);
    await world.passTime(2 * 3_600_000);
    await world.app.queue.add(repository);
    await world.settled();
    expect(await documentCommits("develop")).toHaveLength(2);

    const report = paths[2]!;
    const text = await read("develop", report);
    const theirs = text
      .replace("## Detection\n", "## Detection\n\nA customer called us.\n")
      .replace("users affected: not stated", "users affected: about 4,000");
    await world.push("ben", "develop", { [report]: theirs }, "docs: what we know");
    await world.settled();
    expect(await secondLook(world, issue)).toEqual([]);

    await laterFact(issue);
    const updated = await read("develop", report);
    expect(updated).toContain("A customer called us.");
    expect(updated).toContain("users affected: about 4,000");
    expect(updated).toContain("Issue closed by hand");
    expect(await secondLook(world, issue)).toEqual([]);

    const printed = { out: "", error: "" };
    const { environment } = world;
    await hotfix(["render", "incident-report", "--incident", `${OWNER}/${REPO}#${issue}`], {
      out: (line) => void (printed.out += line),
      error: (line) => void (printed.error += line),
      cwd: "/",
      searchPath: "",
      variables: {
        APP_ID: String(environment.appId),
        PRIVATE_KEY: environment.privateKey,
        WEBHOOK_SECRET: environment.webhookSecret,
        GHE_HOST: new URL(environment.apiUrl).host,
        GHE_PROTOCOL: "http",
      },
    });
    expect(printed).toMatchObject({
      error: "",
      out: expect.stringContaining("Issue closed by hand") as string,
    });
  });

  it("take the templates of the repository; a broken one is explained and the app's own is used", async () => {
    const folder = ".github/hotfix-templates";
    world = await World.open({
      files: {
        [`${folder}/back-merge-pull-request.hbs`]: "Our words for {{id}}, {{> owners}}.",
        [`${folder}/partials/owners.hbs`]: "the night shift",
        [`${folder}/status.hbs`]: "{{nobody}}",
      },
    });
    const issue = await world.declare("Checkout fails");
    await world.settled();
    const { body } = await pullRequestFrom(world, `backmerge/${issue}-develop`);
    expect(body).toMatch(/^Our words for \S+, the night shift\.$/u);
    const status = await readOn(world, issue);
    expect(status).toContain("SLA deadline");
    expect(status).toContain('`.github/hotfix-templates/status.hbs` is not used: "nobody" not defined');
    expect(await secondLook(world, issue)).toEqual([]);
  });

  it("go by one pull request where develop is protected, and later facts are pushed to its branch", async () => {
    world = await World.open();
    const rule = { type: "pull_request", parameters: { required_approving_review_count: 1 } } as const;
    world.standIn.addRuleset(`${OWNER}/${REPO}`, {
      name: "develop",
      include: ["refs/heads/develop"],
      rules: [rule],
    });
    const { issue } = await ship(world);
    const { rest } = world.person("olga").octokit;
    const { number } = await pullRequestFrom(world, `backmerge/${issue}-develop`);
    await rest.pulls.createReview({ ...at, pull_number: number, event: "APPROVE" });
    await world.settled();
    const branch = `hotfix-documents/${issue}`;
    expect(await documentCommits(branch)).toEqual([pathsOf(issue)]);
    expect(await secondLook(world, issue)).toEqual([]);

    await laterFact(issue);
    const documents = await pullRequestFrom(world, branch);
    expect(documents).toMatchObject({ state: "open", commits: (await documentCommits(branch)).length });
    expect(await read(branch, pathsOf(issue)[2]!)).toContain("Issue closed by hand");
    expect(await secondLook(world, issue)).toEqual([]);
  });

  it("lose nothing to a person who edits while a later fact is rendered; what was moved or replaced is left alone", async () => {
    world = await World.open();
    const { issue } = await ship(world);
    const [publicUpdate, update, report, retrospective] = pathsOf(issue) as [string, string, string, string];

    // The commit of the app is on its way, to the head that it has looked at, while ben pushes.
    const pushed = Promise.withResolvers<void>();
    let isOnItsWay = false;
    world.standIn.faults.add({
      method: "POST",
      path: "/graphql",
      when: ({ body }) => {
        const isCommit = JSON.stringify(body).includes("createCommitOnBranch");
        isOnItsWay ||= isCommit;
        return isCommit;
      },
      effect: { kind: "hold", until: pushed.promise },
    });
    const theirs = (await read("develop", report))
      .replace("## Detection\n", "## Detection\n\nA customer called us.\n")
      .replace("users affected: not stated", "users affected: about 4,000");
    const { rest } = world.person("sara").octokit;
    await rest.issues.update({ ...at, issue_number: issue, state: "open" });
    await expect.poll(() => isOnItsWay, { timeout: 100_000, interval: 20 }).toBe(true);
    await world.push("ben", "develop", { [report]: theirs }, "docs: what we know");
    pushed.resolve();
    await world.settled();
    const both = await read("develop", report);
    expect(both).toContain("A customer called us.");
    expect(both).toContain("users affected: about 4,000");
    expect(both).toContain("Issue reopened");
    expect(await secondLook(world, issue)).toEqual([]);

    const ben = world.person("ben");
    await ben.git("fetch", "--quiet", "origin");
    await ben.git("switch", "--quiet", "--force-create", "tidy", "origin/develop");
    await ben.git("mv", report, "incidents/renamed.md");
    await ben.git("rm", "--quiet", retrospective);
    await ben.git("commit", "--quiet", "--message", "docs: tidy up");
    await ben.git("push", "--quiet", "origin", "tidy:develop");
    await world.push("ben", "develop", { [`${retrospective}/notes.txt`]: "ours\n" }, "docs: a folder");
    await world.settled();
    await rest.issues.update({ ...at, issue_number: issue, state: "closed" });
    await world.settled();
    await ben.git("fetch", "--quiet", "origin");
    const tree = await ben.git("ls-tree", "-r", "--name-only", "origin/develop");
    expect(
      tree.split("\n").filter((path) => /^(?:incidents|retrospectives|communication)\//u.test(path)),
    ).toEqual([publicUpdate, update, "incidents/renamed.md", `${retrospective}/notes.txt`]);
    expect(await read("develop", "incidents/renamed.md")).toBe(both);
    expect(await secondLook(world, issue)).toEqual([]);
  });
});
