import { afterEach, describe, expect, it } from "vitest";
import { processorHalfFixed } from "../../src/drill/shop.ts";
import { branchNames, commentsOn, endNight, merge, secondLook } from "../support/incident-night.ts";
import { toldOn } from "../support/keepsakes.ts";
import { OWNER, REPO, World } from "../support/world.ts";

const at = { owner: OWNER, repo: REPO };
const FULL_NAME = `${OWNER}/${REPO}`;
const PATH = ".github/hotfix.yml";
const WORKFLOW = ".github/workflows/emergency-validation.yml";
const CONFIGURATION = `# The shop's own words.
services:
  payment: { paths: [src/payment/**] } # the payment

checks:
  # Names that cost money.
  forbid:
    # Orders carry an amount.
    - forbid: totalAmount
      use: amount
      in: [src/**]
  failOn: [introduced, touched]
# The end.
`;

describe("what an incident teaches goes to the default branch by pull request", () => {
  let world: World;

  afterEach((context) => endNight(world, context));

  async function open(options: Parameters<typeof World.open>[0] = {}): Promise<void> {
    world = await World.open({ files: { [PATH]: CONFIGURATION }, ...options });
  }

  async function declare(title = "Checkout fails"): Promise<number> {
    const issue = await world.declare(title);
    await world.settled();
    return issue;
  }

  /** The newest comment after it, without backslashes. */
  async function say(issue: number, body: string, login: "sara" | "ben" | "olga" = "olga"): Promise<string> {
    await world.person(login).octokit.rest.issues.createComment({ ...at, issue_number: issue, body });
    await world.settled();
    return (await commentsOn(world, issue)).at(-1)!.replaceAll("\\", "");
  }

  async function proposals(): Promise<readonly string[]> {
    return (await branchNames(world)).filter((name) => name.startsWith("hotfix-proposals/"));
  }

  async function pulls(state: "open" | "closed" | "all" = "all") {
    const { data } = await world
      .person("olga")
      .octokit.rest.pulls.list({ ...at, state, base: world.defaultBranch, per_page: 100 });
    return data.filter(({ head }) => head.ref.startsWith("hotfix-proposals/"));
  }

  async function fileOn(branch: string, path = PATH): Promise<string> {
    const olga = world.person("olga");
    await olga.git("fetch", "--quiet", "--prune", "origin");
    return olga.git("show", `origin/${branch}:${path}`);
  }

  async function status(issue: number): Promise<string> {
    return (await commentsOn(world, issue))[0]!.replaceAll("\\", "");
  }

  async function propertiesOn(sha: string) {
    const { data } = await world
      .person("ben")
      .octokit.rest.checks.listForRef({ ...at, ref: sha, check_name: "hotfix/properties" });
    return data.check_runs[0]!;
  }

  it("forbid: in force at once, proposed once, merged by a person, and then it guards another hotfix", async () => {
    await open();
    const issue = await declare();
    const branch = `hotfix/${issue}-checkout-fails`;
    const half = await world.push("ben", branch, { "src/payment/processor.js": processorHalfFixed });
    await world.settled();
    const said = await say(issue, "/hotfix forbid cents use amount in src/** because @ben read `cents`");
    expect(said).toContain("`cents` is forbidden in <code>src/**</code> for this incident from now on");
    expect(said).toContain("a pull request proposes it for every hotfix");
    expect(await propertiesOn(half)).toMatchObject({ conclusion: "failure" });

    const [proposal, ...others] = await pulls();
    expect(others).toEqual([]);
    expect(proposal!.head.ref).toMatch(
      new RegExp(`^hotfix-proposals/${issue}-forbid-cents-[0-9a-f]{8}$`, "u"),
    );
    expect(proposal!.user?.login).toBe("hotfix-responder[bot]");
    expect(proposal!.title).toBe("chore(PAYMENT-CRITICAL-001): forbid cents in every hotfix");
    expect(proposal!.body).toMatch(/^olga asked for this on \[PAYMENT-CRITICAL-001: Checkout fails\]/u);
    expect(proposal!.body).toContain("`/hotfix retire cents` on any incident");
    expect(proposal!.body).not.toContain("@ben");
    expect(await fileOn(proposal!.head.ref)).toBe(
      CONFIGURATION.replace(
        "      in: [src/**]\n",
        `      in: [src/**]\n    - forbid: cents\n      use: amount\n      in: [src/**]\n      because: "PAYMENT-CRITICAL-001: @ben read \`cents\`"\n`,
      ),
    );
    // One file, one commit, on top of the default branch.
    const log = await world
      .person("olga")
      .git(
        "log",
        "--name-only",
        "--format=%an|%s",
        `origin/${world.defaultBranch}..origin/${proposal!.head.ref}`,
      );
    expect(log.trim().split("\n")).toEqual([
      "hotfix-responder[bot]|chore: forbid cents in every hotfix",
      "",
      PATH,
    ]);
    expect(await status(issue)).toContain(
      `, the rule about \`cents\` for every hotfix: waits for a review and a merge`,
    );
    expect(await secondLook(world, issue)).toEqual([]);
    // The same words again: nothing more.
    await say(issue, "/hotfix forbid cents use amount in src/** because @ben read `cents`");
    expect(await pulls()).toHaveLength(1);

    await merge(world, proposal!.head.ref);
    expect(await proposals()).toEqual([]);
    expect(await status(issue)).toContain("the rule about `cents` for every hotfix: merged");
    expect(await secondLook(world, issue)).toEqual([]);
    // The incident's own copy does not say it twice.
    const { data: annotations } = await world
      .person("ben")
      .octokit.rest.checks.listAnnotations({ ...at, check_run_id: (await propertiesOn(half)).id });
    const places = annotations.map(
      ({ start_line: line, start_column: column, title }) => `${line}:${column} ${title}`,
    );
    expect(new Set(places).size).toBe(places.length);
    expect(annotations.length).toBeGreaterThan(0);

    const other = await declare("Cart is empty");
    const next = await world.push("ben", `hotfix/${other}-cart-is-empty`, {
      "src/payment/processor.js": processorHalfFixed.replaceAll("totalAmount", "amount"),
    });
    await world.settled();
    expect(await propertiesOn(next)).toMatchObject({ conclusion: "failure" });
    expect((await propertiesOn(next)).output.summary).toContain("PAYMENT-CRITICAL-001");
    expect(await say(other, "/hotfix forbid cents in src/**")).toContain(
      "The configuration forbids `cents` in <code>src/**</code> already",
    );
  });

  it("S20: closed by a person it stays closed; taken back, the app closes its own, and asked for again it comes again", async () => {
    await open({ files: { [PATH]: null } });
    const issue = await declare();
    await say(issue, "/hotfix forbid cents in src/**");
    const [first] = await pulls();
    expect(await fileOn(first!.head.ref)).toBe(
      "# How the hotfix app works in this repository. Every key has a default; `hotfix validate` checks this file.\nchecks:\n  forbid:\n    - forbid: cents\n      in: [src/**]\n      because: INCIDENT-CRITICAL-001\n",
    );
    // Taken back: ours, not merged, and somebody asked for it.
    await say(issue, "/hotfix retire cents");
    expect(await pulls("open")).toEqual([]);
    const { rest } = world.person("olga").octokit;
    const { data: said } = await rest.issues.listComments({ ...at, issue_number: first!.number });
    expect(said.map(({ body }) => body)).toEqual([
      expect.stringContaining(
        "Closed by the app, because the rule was taken back or replaced by a command on",
      ),
    ]);
    expect(await status(issue)).toContain("the rule about `cents` for every hotfix: taken back");
    expect(await secondLook(world, issue)).toEqual([]);
    // Asked for again.
    await say(issue, "/hotfix forbid cents in src/**");
    const [second] = await pulls("open");
    expect(second!.number).not.toBe(first!.number);
    expect(second!.head.ref).toBe(first!.head.ref);
    // Worded anew: the old one gives way to the new one.
    await say(issue, "/hotfix forbid cents in lib/**");
    const [third, ...more] = await pulls("open");
    expect(more).toEqual([]);
    expect(third!.head.ref).not.toBe(second!.head.ref);
    // A person says no.
    await rest.pulls.update({ ...at, pull_number: third!.number, state: "closed" });
    await world.settled();
    expect(await secondLook(world, issue)).toEqual([]);
    expect(await say(issue, "/hotfix forbid cents in lib/**")).toMatch(
      /; \[#\d+\]\S+, which proposed it for every hotfix, is closed and stays so\./u,
    );
    expect(await pulls("open")).toEqual([]);
    expect(await pulls()).toHaveLength(3);
    expect(await status(issue)).toContain("closed, and stays so");
    // Branches of what was not merged are nobody's to delete.
    expect(await proposals()).toHaveLength(2);
  });

  it("retire: a rule of the configuration goes by pull request, with its comments and nothing else", async () => {
    const full =
      "    # Never.\n    - id: no-eval\n      language: JavaScript\n      rule: { pattern: eval($A) }\n      message: No eval.\n";
    const configuration = CONFIGURATION.replace("  failOn", `  rules: # shapes\n${full}  failOn`);
    await open({ files: { [PATH]: configuration } });
    const issue = await declare();
    expect(await say(issue, "/hotfix retire totalAmount", "sara")).toContain("needs the permission `push`");
    expect(await say(issue, "/hotfix retire nothing")).toContain("There is no rule about `nothing`");
    expect(await say(issue, "/hotfix retire totalAmount")).toContain(
      "A pull request proposes to take the rule about `totalAmount` out of the configuration, which holds until that is merged",
    );
    const [proposal] = await pulls();
    expect(await fileOn(proposal!.head.ref)).toBe(
      configuration.replace(
        "  forbid:\n    # Orders carry an amount.\n    - forbid: totalAmount\n      use: amount\n      in: [src/**]\n",
        "  forbid: []\n",
      ),
    );
    expect(await secondLook(world, issue)).toEqual([]);
    await merge(world, proposal!.head.ref);
    expect(await proposals()).toEqual([]);
    // Somebody puts it back by hand: that stands.
    await world.push("olga", world.defaultBranch, { [PATH]: configuration });
    await world.settled();
    expect(await secondLook(world, issue)).toEqual([]);
    expect(await pulls("open")).toEqual([]);
    // A rule in its full form has an id.
    expect(await say(issue, "/hotfix retire no-eval")).toContain("to take the rule about `no-eval` out");
    const [other] = await pulls("open");
    expect(await fileOn(other!.head.ref)).toBe(
      configuration.replace(`  rules: # shapes\n${full}`, "  rules: [] # shapes\n"),
    );
    expect(await secondLook(world, issue)).toEqual([]);
  });

  it("two incidents at once: each rule has its own proposal, and the second one still merges", async () => {
    await open({
      files: { [PATH]: CONFIGURATION.replace("  failOn", "    - forbid: sum # kept\n  failOn") },
    });
    const one = await declare();
    const other = await declare("Cart is empty");
    await say(one, "/hotfix retire totalAmount");
    await say(other, "/hotfix forbid cents in src/**");
    const [second, first] = await pulls("open");
    await merge(world, first!.head.ref);
    await merge(world, second!.head.ref);
    const file = await fileOn(world.defaultBranch);
    expect(file).not.toContain("totalAmount");
    expect(file).toMatch(/- forbid: sum # kept\n {4}- forbid: cents/u);
    expect(await proposals()).toEqual([]);
  });

  it("two rules of two incidents: when one is merged the app makes the other anew, but not over a person's commit", async () => {
    await open();
    const one = await declare();
    const other = await declare("Cart is empty");
    await say(one, "/hotfix forbid cents use amount in src/**");
    await say(other, "/hotfix forbid pence in src/**");
    await say(other, "/hotfix forbid farthings in src/**");
    const [third, second, first] = await pulls("open");
    const theirs = await world.push("ben", third!.head.ref, {
      "NOTES.md": "Of farthings I have something to say.\n",
    });
    await world.settled();
    await merge(world, first!.head.ref);
    // GitHub finds out by and by that the others conflict.
    await secondLook(world, other);
    await secondLook(world, other);
    const olga = world.person("olga");
    await olga.git("fetch", "--quiet", "--prune", "origin");
    const head = `origin/${second!.head.ref}`;
    expect(await olga.git("log", "--format=%an %s", `origin/${world.defaultBranch}..${head}`)).toBe(
      "hotfix-responder[bot] chore: forbid pence in every hotfix\n",
    );
    expect((await olga.git("rev-parse", head)).trim()).not.toBe(second!.head.sha);
    expect((await olga.git("rev-parse", `origin/${third!.head.ref}`)).trim()).toBe(theirs);
    expect(await status(other)).toMatch(
      /rule about `pence` for every hotfix: waits for a review and a merge/u,
    );
    expect(await status(other)).toMatch(
      /rule about `farthings` for every hotfix: \*\*conflicts\*\* with its base/u,
    );
    expect(await secondLook(world, other)).toEqual([]);
    await merge(world, second!.head.ref);
    const file = await fileOn(world.defaultBranch);
    expect(file).toMatch(/forbid: cents[\s\S]*forbid: pence[\s\S]*failOn/u);
    expect((await pulls("open")).map(({ number }) => number)).toEqual([third!.number]);
  });

  it("F3, F1: an answer that is lost and a pass that is cut short make one proposal, not two", async () => {
    await open();
    const issue = await declare();
    const lose = (method: string, path: RegExp): void =>
      void world.standIn.faults.add({ method, path, effect: { kind: "answer-after", status: 502 } });
    lose("POST", /\/git\/refs$/u);
    lose("POST", /\/pulls$/u);
    await say(issue, "/hotfix forbid cents in src/**");
    expect(await pulls()).toHaveLength(1);
    expect(await proposals()).toHaveLength(1);
  });

  it("what GitHub refuses is a sentence with the text to paste, and nothing else waits for it", async () => {
    await open();
    world.standIn.addRuleset(FULL_NAME, {
      name: "no proposals",
      include: ["refs/heads/hotfix-proposals/**"],
      rules: [{ type: "creation" }],
    });
    const issue = await declare();
    await say(
      issue,
      "/hotfix forbid cents use amount in src/** because x <!-- hotfix:incident=1;kind=status -->",
    );
    expect((await toldOn(world, issue)).notDone).toEqual([
      expect.stringContaining("was refused by a rule of the repository"),
    ]);
    expect(await status(issue)).toContain(
      "Text for `.github/hotfix.yml`:\n\n```yaml\nchecks:\n  forbid:\n    - forbid: cents\n      use: amount\n      in: [src/**]\n",
    );
    // What looks like a marker of ours is none, in the text to paste as elsewhere.
    const ours = (await commentsOn(world, issue)).filter((body) => body.startsWith("<!-- hotfix:"));
    expect(ours.join("\n")).not.toContain("<!-- hotfix:incident=1;kind=status -->");
    expect(await pulls()).toEqual([]);
    expect(await branchNames(world)).toContain(`hotfix/${issue}-checkout-fails`);
  });

  it("S28: a file that cannot be changed for sure is left to people, with the text to paste", async () => {
    await open({
      files: { [PATH]: "checks:\n  failOn: &none []\n  forbid: *none\n" },
    });
    const issue = await declare();
    expect(await say(issue, "/hotfix forbid cents in src/**")).toContain("is forbidden in");
    expect((await toldOn(world, issue)).notDone).toEqual([
      `The rule about \`cents\` was not proposed to ${world.defaultBranch}, because the file is written in a way that the app cannot change without touching the rest. **Do this:** Add the text below to the file that holds the rules; the rule is in force for this incident.`,
    ]);
    expect(await status(issue)).toContain("```yaml\nchecks:\n  forbid:\n    - forbid: cents\n");
    expect(await pulls()).toEqual([]);
    // A person does it: the sentence goes.
    await world.push("olga", world.defaultBranch, { [PATH]: "checks:\n  forbid:\n    - forbid: cents\n" });
    await world.settled();
    await secondLook(world, issue);
    expect((await toldOn(world, issue)).notDone).toEqual([]);
  });

  it("setup: with the permission a pull request, without it the whole text; never twice, and no name in public", async () => {
    await open({ repository: { private: false } });
    const issue = await declare();
    const refused = await say(issue, "/hotfix setup");
    expect(refused).toContain("this app may not write workflows".slice(5));
    expect(refused).toContain(`Add \`${WORKFLOW}\` with the text below to the default branch`);
    const printed = /```yaml\n([\s\S]*?)\n```/u.exec((await commentsOn(world, issue)).at(-1)!)![1]!;
    expect(printed).toContain("uses: actions/checkout@");
    expect(await pulls()).toEqual([]);
    const granted = {
      contents: "write",
      issues: "write",
      pull_requests: "write",
      checks: "write",
      statuses: "read",
    };
    world.standIn.grant(world.installation, { ...granted, workflows: "write" } as never);
    await world.settled();
    expect(await say(issue, "/hotfix setup")).toContain(`A pull request proposes \`${WORKFLOW}\``);
    const [proposal] = await pulls();
    expect(proposal!.head.ref).toBe(`hotfix-proposals/${issue}-setup`);
    expect(await fileOn(proposal!.head.ref, WORKFLOW)).toBe(`${printed}\n`);
    expect(proposal!.body).toContain("Somebody who may change code asked for this");
    expect(`${proposal!.title} ${proposal!.body}`).not.toContain("olga");
    expect(await secondLook(world, issue)).toEqual([]);
    // Another incident does not propose it again while it is open.
    const other = await declare("Cart is empty");
    await say(other, "/hotfix setup");
    expect(await pulls()).toHaveLength(1);
    await merge(world, proposal!.head.ref);
    expect(await say(issue, "/hotfix setup")).toContain("is on the default branch already");
    expect(await pulls()).toHaveLength(1);
    expect(await proposals()).toEqual([]);
  });
});
