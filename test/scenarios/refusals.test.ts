import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { afterEach, describe, expect, it } from "vitest";
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
  releasedTags,
  secondLook,
  ship,
  tagNames,
  writesIn,
} from "../support/incident-night.ts";
import { OWNER, REPO, World } from "../support/world.ts";

const at = { owner: OWNER, repo: REPO };
const FULL_NAME = `${OWNER}/${REPO}`;
const TRUNKS = new Set(["develop", "main"]);
const BOTH = ["backmerge", "hotfix"];
const TAGS = ["v1.4.0", "v1.4.1", "v1.4.2"];

describe("what GitHub refuses becomes a sentence, and the rest goes on", () => {
  let world: World;

  afterEach((context) => endNight(world, context));

  async function approve(head: string): Promise<void> {
    const { number } = await pullRequestFrom(world, head);
    await world
      .person("olga")
      .octokit.rest.pulls.createReview({ ...at, pull_number: number, event: "APPROVE" });
    await world.settled();
  }

  /** What stands in the block to copy, run by olga in her clone. */
  async function typeWhatIsPosted(issue: number): Promise<readonly string[]> {
    const [status] = await commentsOn(world, issue);
    const blocks = [...status!.matchAll(/```sh\n(.*?)```/gsu)].map((match) => match[1]!);
    const block = blocks.find((each) => each.includes("git push"))!;
    // Not synchronous: the stand-in that git talks to lives in this process.
    await promisify(execFile)("sh", ["-euc", block], { cwd: world.person("olga").folder });
    await world.settled();
    return block.trim().split("\n");
  }

  it.each(["classic protection", "a ruleset"])(
    "protected production by %s: says who reviews, and what is still asked for when a required check is missing",
    async (kind) => {
      world = await World.open();
      if (kind === "a ruleset")
        world.standIn.addRuleset(FULL_NAME, {
          name: "main",
          include: ["refs/heads/main"],
          rules: [
            { type: "pull_request", parameters: { required_approving_review_count: 1 } },
            { type: "required_status_checks", parameters: { required_status_checks: [{ context: "ci" }] } },
          ],
        });
      else {
        const required = { requirePullRequest: true, requiredApprovals: 1, requiredChecks: ["ci"] };
        world.standIn.protect(FULL_NAME, "main", { ...required, enforceAdmins: true });
      }
      const { issue, branch } = await begin(world);
      const head = await pushFix(world, branch);
      const { number } = await pullRequestFrom(world, branch);
      expect(await readOn(world, issue)).toContain(`**Next, @olga:** Review and merge [#${number}]`);
      await approve(branch);
      expect(await readOn(world, issue)).toMatch(
        /Next, @ben:\*\* See in \[#\d+\]\S+ what main still asks for \(a required check, or a further review\), and merge it/u,
      );
      expect(await secondLook(world, issue)).toEqual([]);
      // The check turns green by another system; the app never merges production itself.
      await world.person("ben").octokit.rest.repos.createCommitStatus({
        ...at,
        sha: head,
        state: "success",
        context: "ci",
      });
      await world.settled();
      expect((await pullRequestFrom(world, branch)).merged).toBe(false);
      expect(await readOn(world, issue)).toMatch(/Next, @olga:\*\* Merge \[#\d+\]/u);
      await merge(world, branch);
      expect(await isOpen(world, issue)).toBe(false);
    },
  );

  it("protected integration: auto-merge waits for a named person, and the documents go by pull request", async () => {
    world = await World.open();
    const rules = [{ type: "pull_request", parameters: { required_approving_review_count: 1 } }] as const;
    world.standIn.addRuleset(FULL_NAME, {
      name: "develop",
      include: ["refs/heads/develop"],
      rules: [...rules],
    });
    const { issue } = await ship(world);
    const backMerge = `backmerge/${issue}-develop`;
    const { number } = await pullRequestFrom(world, backMerge);
    const told = await readOn(world, issue);
    expect(told).toMatch(
      new RegExp(
        `Next, @ben:\\*\\* Review \\[#${number}\\]\\S+; GitHub merges it when all that develop asks for is there`,
        "u",
      ),
    );
    expect(told).toContain("GitHub merges it when its rules are met");
    expect(await secondLook(world, issue)).toEqual([]);
    await approve(backMerge);
    expect(await isOpen(world, issue)).toBe(false);
    const documents = await pullRequestFrom(world, `hotfix-documents/${issue}`);
    expect(documents).toMatchObject({ state: "open", base: { ref: "develop" } });
    expect(await readOn(world, issue)).toContain(`[Documents](${documents.html_url})`);
    expect(await secondLook(world, issue)).toEqual([]);
  });

  it("protected integration, without auto-merge: a person is asked to merge, once", async () => {
    world = await World.open({ repository: { autoMergeAllowed: false } });
    world.standIn.protect(FULL_NAME, "develop", {
      requirePullRequest: true,
      requiredApprovals: 1,
      enforceAdmins: true,
    });
    const { issue } = await ship(world);
    const backMerge = `backmerge/${issue}-develop`;
    const { number } = await pullRequestFrom(world, backMerge);
    const told = await readOn(world, issue);
    expect(told).toMatch(/GitHub does not let \[#\d+\]\S+ be merged into develop without a person/u);
    expect(told).toMatch(new RegExp(`Next, @ben:\\*\\* Review and merge \\[#${number}\\]`, "u"));
    expect(await secondLook(world, issue)).toEqual([]);
    await approve(backMerge);
    await merge(world, backMerge);
    expect(await isOpen(world, issue)).toBe(false);
  });

  it("merge queue: the back-merge goes into the queue when it may, and a person is told what it waits for", async () => {
    world = await World.open();
    for (const branch of ["main", "develop"])
      world.standIn.addRuleset(FULL_NAME, {
        name: branch,
        include: [`refs/heads/${branch}`],
        rules: [
          { type: "merge_queue" },
          { type: "pull_request", parameters: { required_approving_review_count: 1 } },
        ],
      });
    const { issue, branch } = await begin(world);
    await pushFix(world, branch);
    expect(await readOn(world, issue)).toMatch(/Next, @olga:\*\* Review and merge \[#\d+\]/u);
    await approve(branch);
    expect(await readOn(world, issue)).toMatch(/what main still asks for/u);
    // "Merge when ready": what a person presses where there is a queue.
    await world
      .person("olga")
      .octokit.graphql(
        "mutation ($id: ID!) { enablePullRequestAutoMerge(input: { pullRequestId: $id }) { clientMutationId } }",
        { id: (await pullRequestFrom(world, branch)).node_id },
      );
    await world.settled();
    expect(await tagNames(world)).toContain("v1.4.3");
    expect(await readOn(world, issue)).toMatch(/GitHub merges it when all that develop asks for is there/u);
    expect(await secondLook(world, issue)).toEqual([]);
    await approve(`backmerge/${issue}-develop`);
    expect(await isOpen(world, issue)).toBe(false);
  });

  it("F14, S36: a tag ruleset refuses: the exact commands are posted, landing goes on, and a tag by hand is adopted", async () => {
    world = await World.open();
    world.standIn.addRuleset(FULL_NAME, {
      name: "tags",
      target: "tag",
      include: ["refs/tags/v*"],
      rules: [{ type: "creation" }],
    });
    const { issue, commit } = await ship(world);
    const told = await readOn(world, issue);
    expect(told).toContain(
      "Creating the tag v1.4.3 was refused by a rule of the repository: Cannot create ref due to creations being restricted.",
    );
    expect(told).toContain(
      "Somebody who may runs the commands of the status comment in a clone, or an administrator lets this app bypass the rule",
    );
    expect(told).toContain(`git tag --annotate -m v1.4.3 v1.4.3 ${commit}`);
    expect(told).toContain("landed: the merge is in the branch");
    expect(await isOpen(world, issue)).toBe(true);
    // Not tried again at each look; what somebody says makes it try once, of one name.
    const comments = await commentsOn(world, issue);
    expect(await secondLook(world, issue)).toEqual([]);
    const before = world.standIn.calls.length;
    await world
      .person("olga")
      .octokit.rest.issues.createComment({ ...at, issue_number: issue, body: "Now?" });
    await world.settled();
    expect(writesIn(world.standIn.calls.slice(before)).filter((call) => call.includes("/git/"))).toEqual([
      "POST /repos/acme/shop/git/tags 201",
      "POST /repos/acme/shop/git/refs 422",
    ]);
    expect(await secondLook(world, issue)).toEqual([]);
    expect(await commentsOn(world, issue)).toEqual([...comments, "Now?"]);

    world.standIn.repository(FULL_NAME).rulesets.clear();
    expect(await typeWhatIsPosted(issue)).toContain("git push origin refs/tags/v1.4.3");
    expect(await releasedTags(world)).toEqual(["v1.4.3"]);
    expect(await isOpen(world, issue)).toBe(false);
  });

  it("restricted branch creation: what a person pushes with the posted commands is the hotfix branch", async () => {
    world = await World.open();
    world.standIn.addRuleset(FULL_NAME, {
      name: "hotfixes",
      include: ["refs/heads/hotfix/**"],
      rules: [{ type: "creation" }],
    });
    const { issue, branch } = await begin(world);
    expect(await readOn(world, issue)).toContain(
      `Creating the branch ${branch} was refused by a rule of the repository: Cannot create ref due to creations being restricted.`,
    );
    // The other branch and its pull request are there all the same.
    expect((await pullRequestFrom(world, `backmerge/${issue}-develop`)).draft).toBe(true);
    expect(await secondLook(world, issue)).toEqual([]);
    world.standIn.repository(FULL_NAME).rulesets.clear();
    expect(await typeWhatIsPosted(issue)).toContain(`git push origin ${branch}`);
    expect(await pullRequestFrom(world, branch)).toMatchObject({ draft: true, base: { ref: "main" } });
    expect(await readOn(world, issue)).toContain(`Push the fix to \`${branch}\``);
    expect(await secondLook(world, issue)).toEqual([]);
  });

  it("in an Italian repository what was refused and what to do are in Italian, with the rule in GitHub's words", async () => {
    world = await World.open({ files: { ".github/hotfix.yml": "locale: it\n" } });
    world.standIn.addRuleset(FULL_NAME, {
      name: "branches",
      include: ["refs/heads/hotfix/*"],
      rules: [{ type: "creation" }],
    });
    const issue = await world.declare();
    await world.settled();
    const told = await readOn(world, issue);
    expect(told).toMatch(
      /Creazione del ramo `?hotfix\/\d+-checkout-fails`?: rifiutato da una regola del repository: \S/u,
    );
    expect(told).toContain("esegue in un clone i comandi del commento di stato");
    expect(told).not.toMatch(/was refused|Somebody who may/u);
  });

  it("drafts unavailable: plain pull requests, which say that they wait for the fix", async () => {
    world = await World.open({ repository: { draftsAllowed: false } });
    const { issue, branch } = await begin(world);
    expect((await pullRequestFrom(world, branch)).draft).toBe(false);
    expect(await readOn(world, issue)).toContain("open, not a draft; waits for the fix");
    expect(await secondLook(world, issue)).toEqual([]);
    await pushFix(world, branch);
    await merge(world, branch);
    expect(await isOpen(world, issue)).toBe(false);
  });

  it("F19: workflow drift: the exact commands are posted, and the app goes on from what a person pushed", async () => {
    world = await World.open({
      defaultBranch: "develop",
      files: { ".github/workflows/ci.yml": "on: push\n" },
    });
    await world.push("olga", "develop", { ".github/workflows/ci.yml": "on: pull_request\n" }, "ci: other");
    await world.settled();
    const { issue, branch } = await begin(world);
    const told = await readOn(world, issue);
    for (const each of [branch, `backmerge/${issue}-develop`]) {
      expect(told).toMatch(
        new RegExp(
          `Creating the branch ${each} was refused: the workflow files at [0-9a-f]{7} differ from those on develop, and this app has no permission for workflows`,
          "u",
        ),
      );
      expect(told).toContain(`git push origin ${each}`);
    }
    expect(await secondLook(world, issue)).toEqual([]);
    await typeWhatIsPosted(issue);
    await pushFix(world, branch);
    expect(await pullRequestFrom(world, branch)).toMatchObject({ draft: false, base: { ref: "main" } });
    expect(await pullRequestFrom(world, `backmerge/${issue}-develop`)).toMatchObject({ draft: true });
    await merge(world, branch);
    // The tag is at a commit that drifted as well: the next commands.
    expect(await readOn(world, issue)).toContain(
      "Creating the tag v1.4.3 was refused: the workflow files at",
    );
    await typeWhatIsPosted(issue);
    expect(await tagNames(world)).toEqual([...TAGS, "v1.4.3"]);
    const owed = await readOn(world, issue);
    expect(owed).toContain("gh release create --verify-tag --generate-notes v1.4.3");
    expect(owed).toMatch(/Next, @ben:\*\* Run the commands of the status comment in a clone/u);
    await world.person("olga").octokit.rest.repos.createRelease({ ...at, tag_name: "v1.4.3" });
    await world.settled();
    expect(await isOpen(world, issue)).toBe(false);
  });

  it.each([
    ["contents", "read", "Contents", "no branch, tag, release or document can be made", []],
    [
      "pull_requests",
      undefined,
      "Pull requests",
      "no pull request can be opened, marked ready or merged",
      [],
    ],
    ["pull_requests", "read", "Pull requests", "no pull request can be opened, marked ready or merged", BOTH],
    ["checks", undefined, "Checks", "the commits that are pushed are not checked", BOTH],
  ] as const)(
    "S34: missing permission %s (%s): says which one and where to grant it, does the rest, and goes on when it is granted",
    async (permission, left, name, stops, made) => {
      world = await World.open();
      // A token that is there already keeps what it was given.
      await world.stopApp();
      const all = world.standIn.hub.installations.get(world.installation)!.permissions;
      const { [permission]: _gone, ...others } = all;
      world.standIn.grant(
        world.installation,
        left === undefined ? others : { ...others, [permission]: left },
      );
      await world.startApp();
      const { issue, branch } = await begin(world);
      const told = await readOn(world, issue);
      expect(told).toContain(
        `The installation of this app lacks the permission ${name} (read and write), so ${stops}.`,
      );
      expect(told).toContain(
        "An owner of acme opens Settings, GitHub Apps, Configure (of the repository or of acme) and accepts the permission",
      );
      // What does not need it is there.
      const ours = (await branchNames(world)).filter((each) => !TRUNKS.has(each));
      expect(ours.map((each) => each.split("/")[0])).toEqual(made);
      const before = world.standIn.calls.length;
      expect(await secondLook(world, issue)).toEqual([]);
      expect(world.standIn.calls.slice(before).filter(({ status }) => status >= 400)).toEqual([]);
      expect(await readOn(world, issue)).toBe(told);

      world.standIn.grant(world.installation, all);
      await world.settled();
      expect((await pullRequestFrom(world, branch)).state).toBe("open");
      expect(await readOn(world, issue)).toContain(`Push the fix to \`${branch}\``);
    },
  );

  it("S34: a permission that is taken away unheard is noticed by the first refusal, told, and no bug", async () => {
    world = await World.open();
    const all = world.standIn.hub.installations.get(world.installation)!.permissions;
    const { pull_requests: _gone, ...others } = all;
    world.standIn.faults.webhook({ event: "installation", effect: { kind: "drop" } });
    world.standIn.grant(world.installation, others);
    const { issue } = await begin(world);
    expect(await readOn(world, issue)).toContain("lacks the permission Pull requests (read and write)");
    expect(await secondLook(world, issue)).toEqual([]);
  });

  it("S34: without the permission for issues nothing is tried again and again, and it goes on when it is granted", async () => {
    world = await World.open();
    const all = world.standIn.hub.installations.get(world.installation)!.permissions;
    const { issues: _gone, ...others } = all;
    // A token that is there already keeps what it was given.
    await world.stopApp();
    world.standIn.grant(world.installation, others);
    await world.startApp();
    const { issue, branch } = await begin(world);
    expect(await branchNames(world)).toEqual(["develop", "main"]);
    const before = world.standIn.calls.length;
    expect(await secondLook(world, issue)).toEqual([]);
    expect(world.standIn.calls.slice(before).filter(({ counted }) => counted).length).toBeLessThanOrEqual(2);
    world.standIn.grant(world.installation, all);
    await world.settled();
    expect(await branchNames(world)).toContain(branch);
  });

  it("S34: suspended in the middle: no storm while it lasts, and it goes on from what happened when it ends", async () => {
    world = await World.open();
    const { issue, branch } = await begin(world);
    await pushFix(world, branch);
    world.standIn.suspend(world.installation);
    await world.settled();
    const before = world.standIn.calls.length;
    await merge(world, branch);
    await world.app.queue.add({ keys: [`incident|${world.installation}|${FULL_NAME}|${issue}`] });
    await world.settled();
    const tried = world.standIn.calls.slice(before).filter(({ actor }) => actor.includes("hotfix-responder"));
    expect(tried.length).toBeLessThanOrEqual(3);
    expect(await tagNames(world)).toEqual(TAGS);
    world.standIn.unsuspend(world.installation);
    await world.settled();
    expect(await tagNames(world)).toEqual([...TAGS, "v1.4.3"]);
    expect(await isOpen(world, issue)).toBe(false);
  });

  it("F13: a limit against bursts stops every call at once, and after GitHub's pause the plan goes on where it was", async () => {
    world = await World.open();
    const refs = { method: "POST", path: "/repos/{owner}/{repo}/git/refs" };
    world.standIn.faults.secondaryLimit(refs, 2);
    const { issue, branch } = await begin(world);
    const limited = world.standIn.calls.filter(({ status }) => status === 403);
    const after = world.standIn.calls.filter(
      ({ startedAt, actor }) => actor.includes("hotfix-responder") && startedAt > limited[0]!.endedAt,
    );
    // Those that were on their way may arrive; the next one waits out the two seconds.
    const early = after.filter(({ startedAt }) => startedAt < limited[0]!.endedAt + 1900);
    expect(
      early.filter(({ method, path }) => method !== "GET" && path.startsWith("/repos/")).length,
    ).toBeLessThan(4);
    expect(world.standIn.calls.filter(({ status }) => status === 403)).toHaveLength(1);
    expect((await pullRequestFrom(world, branch)).draft).toBe(true);
    expect(await secondLook(world, issue)).toEqual([]);
  });

  it("F13: with the hourly allowance almost spent the comment says that the rest waits, and a later start goes on", async () => {
    world = await World.open();
    world.standIn.leaveCalls(world.installation, 20);
    const issue = await world.declare("Checkout fails", "### Severity\n\nlow\n");
    await world.settled();
    expect(await branchNames(world)).toEqual(["develop", "main"]);
    expect(await readOn(world, issue)).toContain(
      "GitHub's limit for what the app may write is reached, so the other steps wait; the app tries again within an hour.",
    );
    expect(await secondLook(world, issue)).toEqual([]);
    // The app starts again in the next hour.
    await world.passTime(3_700_000);
    await secondLook(world, issue);
    expect(await branchNames(world)).toContain(`hotfix/${issue}-checkout-fails`);
  });

  it("S13: archived: no write is tried, and unarchived it goes on", async () => {
    world = await World.open();
    const { issue, branch } = await begin(world);
    await pushFix(world, branch);
    // Merged while nobody listens, and archived before anything followed.
    world.standIn.faults.webhook({ times: 20, effect: { kind: "drop" } });
    await merge(world, branch);
    world.standIn.faults.clear();
    const repository = world.standIn.repository(FULL_NAME);
    repository.archived = true;
    const before = world.standIn.calls.length;
    expect(await secondLook(world, issue)).toEqual([]);
    expect(world.standIn.calls.slice(before).filter(({ status }) => status >= 400)).toEqual([]);
    expect(await tagNames(world)).toEqual(TAGS);
    repository.archived = false;
    await world.app.queue.add({ keys: [`repository|${world.installation}|${FULL_NAME}`] });
    await world.settled();
    expect(await tagNames(world)).toEqual([...TAGS, "v1.4.3"]);
    expect(await isOpen(world, issue)).toBe(false);
  });

  it("S13: archived in the middle of a pass: each step says so, and nothing is tried again before there is news", async () => {
    world = await World.open();
    const body = { message: "Repository was archived so is read-only." };
    for (const method of ["POST", "PATCH", "PUT", "DELETE"])
      world.standIn.faults.add({
        method,
        path: /^\/repos\//u,
        when: ({ path }) => !path.endsWith("/issues") && !path.endsWith("/labels"),
        times: Number.POSITIVE_INFINITY,
        effect: { kind: "answer-before", status: 403, body },
      });
    const { issue, branch } = await begin(world);
    expect(await branchNames(world)).toEqual(["develop", "main"]);
    const refused = world.log.flatMap(({ refused: list }) => (Array.isArray(list) ? list : [])) as string[];
    expect(refused.length).toBeGreaterThan(0);
    expect(refused.filter((each) => !each.endsWith(": archived"))).toEqual([]);
    // What is due next is a deadline, and no further try.
    expect((await world.app.queue.nextDueAt())! - Date.now()).toBeGreaterThan(2 * 60_000);
    world.standIn.faults.clear();
    await secondLook(world, issue);
    expect(await branchNames(world)).toContain(branch);
  });
});
