import { afterEach, describe, expect, it } from "vitest";
import { processorFixed, processorHalfFixed, processorTest } from "../../src/drill/shop.ts";
import { commentsOn, endNight, pullRequestFrom } from "../support/incident-night.ts";
import { OWNER, REPO, World } from "../support/world.ts";

const at = { owner: OWNER, repo: REPO };
const FULL_NAME = `${OWNER}/${REPO}`;
const PROCESSOR = "src/payment/processor.js";
const MESSAGE = "hotfix: read amount\n\nImpact: checkouts fail\nIncident: PAYMENT-CRITICAL-001";

describe("each property of a pushed hotfix", () => {
  let world: World;

  afterEach((context) => endNight(world, context));

  async function declare(): Promise<string> {
    const issue = await world.declare("Checkout fails");
    await world.settled();
    return `hotfix/${issue}-checkout-fails`;
  }

  /** The newest run of a check, as people see it. */
  async function runOn(sha: string, name: string) {
    const { rest } = world.person("ben").octokit;
    const { data } = await rest.checks.listForRef({ ...at, ref: sha, check_name: name });
    return data.check_runs[0]!;
  }

  async function annotationsOf(run: number) {
    const { rest } = world.person("ben").octokit;
    return (await rest.checks.listAnnotations({ ...at, check_run_id: run, per_page: 100 })).data;
  }

  /** Without the backslashes that keep Markdown from taking names for markup. */
  const plain = (text: string | null): string => (text ?? "").replaceAll("\\", "");

  it("rules in their full form find, warn, mend on a click, and say what is wrong with them; S29: no hotfix changes them", async () => {
    const configuration = `checks:
  rules:
    - id: no-float-money
      language: JavaScript
      rule: { pattern: parseFloat($A) }
      constraints: { A: { regex: ^price } }
      fix: toCents($A)
      message: Money is counted in cents.
      because: PAYMENT-CRITICAL-042
      in: [src/**]
    - id: no-console
      language: JavaScript
      rule: { pattern: console.log($$$A) }
      message: Somebody reads this log.
      severity: warning
`;
    world = await World.open({ files: { ".github/hotfix.yml": configuration } });
    const branch = await declare();
    const code = "parseFloat(price);\r\nparseFloat(x);\r\n// parseFloat(price)\r\nconsole.log(1);\r\n";
    const pushed = await world.push("ben", branch, {
      "src/money.js": code,
      ".github/hotfix.yml": "checks: { scope: { mode: off }, review: { mode: off } }\n",
    });
    await world.settled();
    const run = await runOn(pushed, "hotfix/properties");
    expect(run).toMatchObject({
      conclusion: "failure",
      output: { title: "1 forbidden use of no-float-money", annotations_count: 2 },
    });
    expect(plain(run.output.summary)).toContain(
      "**What to do:** Money is counted in cents. (PAYMENT-CRITICAL-042)",
    );
    expect(await annotationsOf(run.id)).toMatchObject([
      {
        path: "src/money.js",
        start_line: 1,
        start_column: 1,
        end_column: 17,
        annotation_level: "failure",
        title: "no-float-money",
        message: "Money is counted in cents. Write toCents(price) instead.\nWhy: PAYMENT-CRITICAL-042",
      },
      { start_line: 4, annotation_level: "warning", title: "no-console" },
    ]);
    expect((await runOn(pushed, "hotfix/scope")).status).toBe("completed");
    expect((await runOn(pushed, "hotfix/review")).conclusion).toBe("action_required");

    await world.standIn.pressCheckAction(FULL_NAME, run.id, "apply-fix", "ben");
    await world.settled();
    const ben = world.person("ben");
    await ben.git("fetch", "--quiet", "origin");
    expect(await ben.git("show", `origin/${branch}:src/money.js`)).toBe(
      code.replace("parseFloat(price);", "toCents(price);"),
    );
    const head = (await ben.git("rev-parse", `origin/${branch}`)).trim();
    expect(await runOn(head, "hotfix/properties")).toMatchObject({ conclusion: "neutral" });

    // A rule that the parser cannot use: the others go on, and nothing is called clean.
    await world.push("olga", world.defaultBranch, {
      ".github/hotfix.yml": configuration.replace("console.log($$$A)", "console.log("),
    });
    await world.settled();
    const last = await world.push("ben", branch, { "src/money.js": "export const cents = 1;\n" });
    await world.settled();
    const broken = await runOn(last, "hotfix/properties");
    expect(broken).toMatchObject({
      conclusion: "action_required",
      output: { title: "Not everything could be checked" },
    });
    expect(plain(broken.output.summary)).toContain('The rule "no-console" of the configuration is disabled');
  });

  it("scope: work of develop is named by the commit that brought it; traps are found by line, and no secret is repeated", async () => {
    world = await World.open({
      files: { ".github/hotfix.yml": "checks: { scope: { fileBytes: 20000 } }\n", "docs/a.md": "a\n" },
    });
    const branch = await declare();
    const ben = world.person("ben");
    await world.push("ben", branch, { [PROCESSOR]: processorFixed }, MESSAGE);
    await ben.git("merge", "--quiet", "--no-edit", "origin/develop");
    const merge = (await ben.git("rev-parse", "HEAD")).trim();
    const secret = `ghp_${"a1B2c3D4e5".repeat(4).slice(0, 36)}`;
    await ben.write("src/notes.js", "// one\n<<<<<<< HEAD\na();\n=======\nb();\n>>>>>>> develop\n");
    await ben.write("src/client.js", `export const a = 1;\nconst token = "${secret}";\n`);
    await ben.write("assets/logo.png", "\u0089PNG\u0000\u0001");
    await ben.write("src/large.js", `// ${"x".repeat(30_000)}\n`);
    await ben.git("update-index", "--add", "--cacheinfo", `160000,${"a".repeat(40)},vendor/module`);
    const link = (await ben.git("hash-object", "-w", PROCESSOR)).trim();
    await ben.git("add", "src", "assets");
    await ben.git("update-index", "--add", "--cacheinfo", `120000,${link},docs/a.md`);
    await ben.git("commit", "--quiet", "--message", "hotfix: too much");
    await ben.git("push", "--quiet", "origin", branch);
    const sha = (await ben.git("rev-parse", "HEAD")).trim();
    await world.settled();
    const scope = await runOn(sha, "hotfix/scope");
    expect(scope.conclusion).toBe("failure");
    const summary = plain(scope.output.summary);
    expect(summary).toMatch(
      new RegExp(
        `contains work \\(\\d+ commits?\\) of \`develop\` .* It came with ${merge.slice(0, 7)} of `,
        "u",
      ),
    );
    for (const sentence of [
      "`src/notes.js:2`: A conflict was committed with its markers.",
      "`src/client.js:2`: This line looks like a secret",
      "Revoke it now",
      "`assets/logo.png`: A binary file is added",
      "`src/large.js`: The file has 30004 bytes; at most 20000 are allowed.",
      "`docs/a.md`: A symbolic link is added, changed or removed.",
      "`vendor/module`: A submodule is moved",
    ]) {
      expect(summary).toContain(sentence);
    }
    const annotations = await annotationsOf(scope.id);
    expect(annotations.map(({ path, start_line: line }) => `${path}:${line}`)).toEqual(
      expect.arrayContaining(["src/notes.js:2", "src/client.js:2", "assets/logo.png:1"]),
    );
    expect(JSON.stringify([scope, annotations, await commentsOn(world, 1)])).not.toContain(secret);

    // The fix alone again, over many files and lines, with a message of two commits that are no work of develop.
    await ben.git("reset", "--quiet", "--hard", `${merge}^1`);
    for (let file = 0; file < 21; file += 1) await ben.write(`src/f${file}.js`, "a();\n".repeat(20));
    await ben.commit("hotfix: too many");
    await ben.git("push", "--quiet", "--force", "origin", branch);
    await world.settled();
    const many = await runOn((await ben.git("rev-parse", "HEAD")).trim(), "hotfix/scope");
    expect(plain(many.output.summary)).toContain("The hotfix changes 22 files; at most 20 are allowed.");
    expect(plain(many.output.summary)).toMatch(/The hotfix changes 4\d\d lines; at most 400 are allowed\./u);
    expect(plain(many.output.summary)).not.toContain("contains work");
  });

  it("tests, migrations and message: what is missing, what others say with links, and rollback that is not free for everybody", async () => {
    world = await World.open();
    const branch = await declare();
    world.standIn.protect(FULL_NAME, "main", { requiredChecks: ["ci/build", "ci/lint"] });
    const up = "db/migrations/20261120_orders.up.sql";
    const bare = await world.push(
      "ben",
      branch,
      {
        [PROCESSOR]: processorFixed,
        [up]: "-- drop table old;\nalter table orders add column amount integer;\nALTER TABLE orders DROP COLUMN total;\n",
      },
      "repair `it`",
    );
    await world.settled();
    const ci = world.person("ben").octokit.rest.repos;
    await ci.createCommitStatus({ ...at, sha: bare, context: "ci/build", state: "failure" });
    await world.settled();

    const tests = await runOn(bare, "hotfix/tests (advice)");
    expect(tests).toMatchObject({ conclusion: "neutral" });
    const said = plain(tests.output.summary);
    expect(said).toContain("The change comes without a test.");
    expect(said).toContain("The required check `ci/build` says failure.");
    expect(said).toContain("The required check `ci/lint` has not ended.");
    expect(said).toContain("This check advises: it never blocks the merge.");
    expect(said).not.toContain("hotfix/scope");

    const migrations = await runOn(bare, "hotfix/migrations");
    expect(migrations.conclusion).toBe("failure");
    expect(plain(migrations.output.summary)).toContain(
      "This SQL migration has no way back: there is no db/migrations/20261120_orders.down.sql.",
    );
    expect(await annotationsOf(migrations.id)).toMatchObject([
      { path: up, start_line: 1, annotation_level: "failure", title: "no-way-back" },
      { path: up, start_line: 3, annotation_level: "warning", title: "destructive" },
    ]);
    const status = async (): Promise<string> => plain((await commentsOn(world, 1))[0]!);
    expect(await status()).toContain("Rolling back is not free: hotfix/migrations on");

    const message = await runOn(bare, "hotfix/message (advice)");
    expect(message.conclusion).toBe("neutral");
    expect(plain(message.output.summary)).toMatch(
      /The message of [0-9a-f]{7} does not begin with "hotfix:" and has no trailer Impact or Incident\.\n\n\*\*What to do:\*\* Reword it to the text below[^\n]*\n\n```text\nhotfix: repair `it`\n\nImpact: Checkout fails\nIncident: \S+-001\n```/u,
    );

    const ben = world.person("ben");
    await ben.write("db/migrations/20261120_orders.down.sql", "alter table orders drop column amount;\n");
    await ben.write(up, "alter table orders add column amount integer;\n");
    await ben.write("test/payment.test.js", processorTest);
    await ben.git("add", "--all");
    await ben.git("commit", "--quiet", "--amend", "--message", MESSAGE);
    await ben.git("push", "--quiet", "--force", "origin", branch);
    const good = (await ben.git("rev-parse", "HEAD")).trim();
    for (const context of ["ci/build", "ci/lint"]) {
      await ci.createCommitStatus({ ...at, sha: good, context, state: "success" });
    }
    await world.settled();
    for (const name of ["tests (advice)", "migrations", "message (advice)", "scope"]) {
      expect([name, (await runOn(good, `hotfix/${name}`)).conclusion]).toEqual([name, "success"]);
    }
    expect(plain((await runOn(good, "hotfix/tests (advice)")).output.summary)).toContain("ci/lint: success");
    expect(await status()).not.toContain("Rolling back is not free");
  });

  it("S11: neither who wrote nor who pushed any commit of the head is the second pair of eyes, and a new push wants a new approval", async () => {
    world = await World.open();
    const branch = await declare();
    await world.push("olga", branch, { "test/payment.test.js": processorTest });
    await world.settled();
    const head = await world.push("ben", branch, { [PROCESSOR]: processorFixed });
    await world.settled();
    const { number } = await pullRequestFrom(world, branch);
    const approve = async (login: "ben" | "olga" | "sara"): Promise<void> => {
      const { rest } = world.person(login).octokit;
      await rest.pulls.createReview({ ...at, pull_number: number, event: "APPROVE" });
      await world.settled();
    };
    const title = async (sha: string): Promise<string | null> =>
      (await runOn(sha, "hotfix/review")).output.title;
    expect(await title(head)).toBe("Nobody has approved this commit yet.");
    // Olga wrote the test below the head; sara may not push, so GitHub does not count her.
    await approve("olga");
    expect(await title(head)).toBe("Only olga approved it, who had a part in the commits.");
    await approve("sara");
    expect((await runOn(head, "hotfix/review")).conclusion).toBe("action_required");

    // Of a branch that only ben made, olga is the second pair of eyes, for this very commit.
    const ben = world.person("ben");
    await ben.git("reset", "--quiet", "--hard", "HEAD~2");
    await ben.write(PROCESSOR, processorFixed);
    const alone = await ben.commit(MESSAGE);
    await ben.git("push", "--quiet", "--force", "origin", branch);
    await world.settled();
    expect(await title(alone)).toBe("Nobody has approved this commit yet.");
    await approve("olga");
    expect((await runOn(alone, "hotfix/review")).conclusion).toBe("success");
    const later = await world.push("ben", branch, { "README.md": "# Shop\n" }, MESSAGE);
    await world.settled();
    expect((await runOn(later, "hotfix/review")).conclusion).toBe("action_required");
  });

  it("S26: 180 findings come in batches of 50 in their order; 900 are cut honestly to what a page holds", async () => {
    world = await World.open();
    const branch = await declare();
    const lines = (count: number): string =>
      Array.from({ length: count }, (_, index) => `pay(order${index}.totalAmount);`).join("\n");
    const from = world.standIn.calls.length;
    const some = await world.push("ben", branch, {
      [PROCESSOR]: processorFixed,
      "src/a.js": lines(90),
      "src/b.js": lines(90),
    });
    await world.settled();
    const run = await runOn(some, "hotfix/properties");
    expect(run).toMatchObject({ conclusion: "failure", output: { annotations_count: 180 } });
    const updates = world.standIn.calls
      .slice(from)
      .filter(({ method, template }) => method === "PATCH" && template.includes("/check-runs/"));
    expect(updates).toHaveLength(3);
    const first = await annotationsOf(run.id);
    expect(first.map(({ path, start_line: line }) => `${path}:${line}`)).toEqual(
      Array.from({ length: 100 }, (_, index) =>
        index < 90 ? `src/a.js:${index + 1}` : `src/b.js:${index - 89}`,
      ),
    );
    const all = await world.push("ben", branch, {
      "src/a.js": lines(900),
      "src/b.js": "function (((({\no.totalAmount\n",
    });
    await world.settled();
    const cut = await runOn(all, "hotfix/properties");
    expect(cut.output.annotations_count).toBe(200);
    expect(cut.output.title).toContain("90");
    const summary = plain(cut.output.summary);
    expect(cut.output.summary!.length).toBeLessThanOrEqual(65_535);
    const shown = summary.split("\n").filter((line) => line.startsWith("| [")).length;
    const hidden = Number(/(\d+) more findings did not fit on this page/u.exec(summary)![1]);
    const total = Number(cut.output.title!.split(" ")[0]);
    expect(shown).toBeGreaterThan(100);
    expect(shown + hidden).toBe(total);
    expect(summary).toContain("`src/b.js`: Does not parse as JavaScript (line 1)");
  });

  it("S26: what an archive would leave out is checked, and a tree that GitHub cuts never passes", async () => {
    world = await World.open({
      files: {
        ".gitattributes": "src/old/** export-ignore\n*.gen.js export-subst\n",
        "src/old/cart.js": "pay(cart.totalAmount);\n",
        "src/a.gen.js": "// $Format:%H$\npay(order.totalAmount);\n",
      },
    });
    const branch = await declare();
    const sha = await world.push("ben", branch, {
      [PROCESSOR]: processorFixed,
      "test/payment.test.js": processorTest,
    });
    await world.settled();
    const run = await runOn(sha, "hotfix/properties");
    expect(run).toMatchObject({ conclusion: "neutral" });
    expect((await annotationsOf(run.id)).map(({ path }) => path)).toEqual([
      "src/a.gen.js",
      "src/old/cart.js",
    ]);

    world.standIn.hub.treeEntryLimit = 4;
    const cut = await world.push("ben", branch, { [PROCESSOR]: `${processorFixed}\n` });
    await world.settled();
    for (const name of ["properties", "scope"]) {
      expect([name, (await runOn(cut, `hotfix/${name}`)).conclusion]).toEqual([name, "action_required"]);
    }
    expect(plain((await runOn(cut, "hotfix/properties")).output.summary)).toContain(
      "GitHub listed only part of the tree",
    );
  });

  it("S26, F9: renamed, deleted and oddly named files, and news that comes twice", async () => {
    world = await World.open();
    const branch = await declare();
    world.standIn.faults.webhook({ event: "push", times: 2, effect: { kind: "duplicate-new-guid" } });
    await world.push("ben", branch, { [PROCESSOR]: processorHalfFixed });
    const ben = world.person("ben");
    await ben.git("mv", PROCESSOR, "src/payment/-p'ro\"c|e`s\tsor.js");
    await ben.git("rm", "--quiet", "src/orders/import-old-carts.js");
    const moved = await ben.commit("hotfix: move");
    await ben.git("push", "--quiet", "origin", branch);
    await world.app.queue.add({
      keys: [`commit|${world.installation}|${FULL_NAME}|${moved}`],
    });
    await world.settled();
    const { data } = await ben.octokit.rest.checks.listForRef({ ...at, ref: moved, filter: "all" });
    const ours = data.check_runs.filter(({ app }) => app?.slug === "hotfix-responder");
    expect(ours.length).toBeGreaterThan(0);
    expect(new Set(ours.map(({ name }) => name)).size).toBe(ours.length);
    expect(ours.every(({ status }) => status === "completed")).toBe(true);
    const run = await runOn(moved, "hotfix/properties");
    // The line was written by the hotfix, under whatever name it lies now.
    expect(run).toMatchObject({ conclusion: "failure" });
    expect(plain(run.output.summary)).toContain("1 forbidden use");
    expect(run.output.summary).not.toContain("import-old-carts");
  });
});
