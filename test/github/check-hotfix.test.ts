import { schema as githubSchema } from "@octokit/graphql-schema";
import { buildSchema, parse, validate } from "graphql";
import { describe, expect, test } from "vitest";
import { ResultCache } from "../../src/checks/result-cache.ts";
import { AdoptedBranches } from "../../src/github/adopted-branches.ts";
import { HOTFIX_QUERY } from "../../src/github/documents/hotfix-query.ts";
import { ConfigurationCache } from "../../src/github/read-configuration.ts";
import { buildMarker } from "../../src/incident/names.ts";
import { openingMessage } from "../../src/incident/opening-commit.ts";
import { reconcileCommit } from "../../src/reconcile/commit.ts";
import { type FakeCommit, fakeChecksGitHub, SHA, TARGET } from "../support/fake-checks-github.ts";

const MESSAGE = "hotfix: read amount\n\nImpact: checkouts fail\nIncident: PAYMENT-CRITICAL-007";
const modified = { filename: "src/pay.js", status: "modified", patch: "@@ -1 +1 @@\n-a\n+b" };
const withTest = { filename: "test/pay.js", status: "added", patch: "@@ -0,0 +1 @@\n+b" };

const good: Partial<FakeCommit> = {
  configuration: "version: 1",
  files: { "src/pay.js": "b\n", "test/pay.js": "b\n" },
  compared: [modified, withTest],
};

describe("the checks of a hotfix", () => {
  test("are all there and green for a small fix with a test that somebody else approved", async () => {
    const { runs, client } = await pass(good);
    expect(conclusionsOf(runs)).toEqual({
      "hotfix/properties": "neutral",
      "hotfix/scope": "success",
      "hotfix/tests (advice)": "success",
      "hotfix/migrations": "success",
      "hotfix/message (advice)": "success",
      "hotfix/review": "success",
    });
    expect(client.calls.sequentialTrips).toBe(3);
    expect(runs.find(({ name }) => name === "hotfix/review")!.output.title).toBe(
      "Approved by olga, who wrote and pushed none of it.",
    );
  });

  test("I9: on the same basis nothing is read or written twice", async () => {
    const github = fakeChecksGitHub(good);
    await run(github);
    const before = structuredClone(github.commit.runs);
    const client = await run(github);
    expect(client.calls.sequentialTrips).toBe(2);
    expect(client.calls.calls).toBe(5);
    expect(github.commit.runs).toEqual(before);
  });

  test("are not published on an opening commit, whatever asks for them", async () => {
    const message = openingMessage("PAYMENT-CRITICAL-007", 7, "hotfix/7-checkout");
    const { runs } = await pass({ history: [{ sha: SHA, parents: [TARGET], message }] });
    expect(runs).toEqual([]);
  });

  test("go side by side, so that one more costs no trip", async () => {
    const { client } = await pass(good);
    const { client: fewer } = await pass({
      ...good,
      configuration: "checks: { scope: { mode: off }, message: { mode: off }, migrations: { mode: off } }",
    });
    expect(client.calls.sequentialTrips).toBe(fewer.calls.sequentialTrips);
  });

  test("one that is switched off later stands in nobody's way", async () => {
    const github = fakeChecksGitHub({ ...good, compared: [] });
    await run(github);
    expect(conclusionsOf(github.commit.runs)).toMatchObject({ "hotfix/scope": "failure" });
    github.commit.configuration = "checks: { scope: { mode: advise } }";
    await run(github);
    expect(conclusionsOf(github.commit.runs)).toMatchObject({
      "hotfix/scope": "neutral",
      "hotfix/scope (advice)": "neutral",
    });
    const before = github.commit.runs.length;
    await run(github);
    expect(github.commit.runs).toHaveLength(before);
  });

  describe("decisions on the incident", () => {
    const accepted = (line: string, basis?: string, comment = 55): string =>
      buildMarker({
        incident: 7,
        kind: "reply",
        fields: {
          comment: String(comment),
          actor: "olga",
          at: "2026-11-20T14:41:00Z",
          accepted: JSON.stringify([{ line, round: 1, branch: null, ...(basis !== undefined && { basis }) }]),
        },
      });
    const findingsOf = (runs: FakeRuns, name: string): string =>
      /;findings=(\w+)$/u.exec(named(runs, name).at(-1)!.external_id ?? "")![1]!;

    test("an override counts for the findings that were shown, and for no later ones", async () => {
      const conflict = "@@ -0,0 +1,2 @@\n+<<<<<<< HEAD\n+>>>>>>> develop";
      const github = fakeChecksGitHub({
        ...good,
        compared: [{ filename: "a.txt", status: "added", patch: conflict }],
      });
      await run(github);
      expect(conclusionsOf(github.commit.runs)).toMatchObject({ "hotfix/scope": "failure" });
      const line = "/hotfix override scope because the text shows a conflict";
      github.commit.comments = [accepted(line, findingsOf(github.commit.runs, "hotfix/scope"))];
      await run(github);
      const scope = named(github.commit.runs, "hotfix/scope").at(-1)!;
      expect(scope).toMatchObject({ conclusion: "neutral" });
      expect(scope.output.title).toBe("Overridden by olga: the text shows a conflict");
      expect(scope.output.summary).toContain("issues/7#issuecomment-55");
      expect(scope.output.annotations).toMatchObject([{ annotation_level: "warning" }]);
      // Only the check that it is about is looked at again.
      expect(named(github.commit.runs, "hotfix/migrations")).toHaveLength(1);
      github.commit.compared!.push({ filename: "b.txt", status: "added", patch: conflict });
      github.commit.targetHead = "e".repeat(40);
      await run(github);
      expect(named(github.commit.runs, "hotfix/scope").at(-1)).toMatchObject({ conclusion: "failure" });
    });

    test("an override covers no later use that reads like one it was given for", async () => {
      const uses = "@@ -0,0 +1,2 @@\n+o.total();\n+o.total();";
      const github = fakeChecksGitHub({
        ...good,
        configuration: "checks: { forbid: [{ forbid: total, use: sum, in: [src/**] }] }",
        files: { "src/pay.js": "o.total();\n" },
        compared: [{ filename: "src/pay.js", status: "added", patch: uses }],
      });
      const name = "hotfix/properties";
      await run(github);
      const line = "/hotfix override properties because this one is meant";
      github.commit.comments = [accepted(line, findingsOf(github.commit.runs, name))];
      await run(github);
      expect(named(github.commit.runs, name).at(-1)).toMatchObject({ conclusion: "neutral" });
      const push = async (text: string) => {
        github.commit.files["src/pay.js"] = text;
        github.commit.targetHead = github.commit.targetHead === TARGET ? "e".repeat(40) : TARGET;
        await run(github);
        return named(github.commit.runs, name).at(-1)!.conclusion;
      };
      // Elsewhere in the file, and the same line.
      expect(await push("\n\no.total();\n")).toBe("neutral");
      expect(await push("o.total();\no.total();\n")).toBe("failure");
      expect(await push("o.total();\n")).toBe("neutral");
    });

    test("an approval that is still missing on the next commit is not overridden by what was said of this one", async () => {
      const github = fakeChecksGitHub({ ...good, reviews: [] });
      await run(github);
      const line = "/hotfix override review because everybody else is asleep";
      github.commit.comments = [accepted(line, findingsOf(github.commit.runs, "hotfix/review"))];
      await run(github);
      expect(named(github.commit.runs, "hotfix/review").at(-1)).toMatchObject({ conclusion: "neutral" });
      github.commit.comments = [accepted(line, "0123456789abcdef")];
      await run(github);
      expect(named(github.commit.runs, "hotfix/review").at(-1)).toMatchObject({
        conclusion: "action_required",
      });
    });

    test("a rule of the incident is in force at once, says which incident made it, and can be taken back", async () => {
      const github = fakeChecksGitHub({
        ...good,
        files: { "src/pay.js": "o.total;\n", "test/pay.js": "b\n" },
      });
      await run(github);
      github.commit.comments = [
        accepted("/hotfix forbid total use amount in src/** because it is undefined"),
      ];
      await run(github);
      const properties = named(github.commit.runs, "hotfix/properties").at(-1)!;
      expect(properties).toMatchObject({ conclusion: "failure" });
      expect(properties.output.annotations).toMatchObject([
        { path: "src/pay.js", start_line: 1, title: "forbid total" },
      ]);
      expect(JSON.stringify(properties.output.annotations)).toContain("incident 7: it is undefined");
      github.commit.comments.push(accepted("/hotfix retire total", undefined, 56));
      await run(github);
      expect(named(github.commit.runs, "hotfix/properties").at(-1)).toMatchObject({ conclusion: "neutral" });
    });

    test("S22: a decision in a comment of somebody else is none", async () => {
      const github = fakeChecksGitHub({ ...good, files: { "src/pay.js": "o.total;\n" } });
      github.commit.comments = [accepted("/hotfix forbid total")];
      github.commit.commentsBy = "mallory";
      await run(github);
      expect(conclusionsOf(github.commit.runs)).toMatchObject({ "hotfix/properties": "neutral" });
    });
  });

  describe("scope", () => {
    test("a secret in a written line fails, and is shown nowhere", async () => {
      const secret = `ghp_${"a1B2".repeat(9)}`;
      const { runs } = await pass({
        files: { "src/pay.js": "x" },
        compared: [{ ...modified, patch: `@@ -4 +4,2 @@\n-a\n+b\n+const token = "${secret}";` }],
      });
      const scope = runs.find(({ name }) => name === "hotfix/scope")!;
      expect(scope.conclusion).toBe("failure");
      expect(scope.output.annotations).toMatchObject([
        { path: "src/pay.js", start_line: 5, title: "secret" },
      ]);
      expect(JSON.stringify(runs)).not.toContain(secret);
    });

    test("S26: link, submodule, binary, file that was a link, and a removed link are findings", async () => {
      const { runs } = await pass({
        files: { link: "/etc/passwd", module: "x", "a.bin": Buffer.from([0, 1, 2]), was: "text\n" },
        modes: { link: "120000", module: "160000", was: "100644", "old-link": "120000" },
        baseFiles: { was: "text", "old-link": "x", "a.bin": "x" },
        compared: [
          { filename: "link", status: "added", patch: "@@ -0,0 +1 @@\n+/etc/passwd" },
          { filename: "module", status: "modified", patch: "@@ -1 +1 @@\n-Subproject a\n+Subproject b" },
          { filename: "a.bin", status: "modified", additions: 0 },
          { filename: "old-link", status: "removed", patch: "@@ -1 +0,0 @@\n-x" },
        ],
      });
      const { output } = runs.find(({ name }) => name === "hotfix/scope")!;
      expect(output.annotations).toMatchObject([
        { path: "link", title: "symbolic-link" },
        { path: "module", title: "submodule" },
        { path: "a.bin", title: "binary" },
        { path: "old-link", title: "symbolic-link" },
      ]);
    });

    test("S26: a path with a line end, invalid UTF-8 and conflict markers", async () => {
      const conflict = Buffer.from("<<<<<<< HEAD\n\xff\n=======\nb\n>>>>>>> develop\n", "latin1");
      const { runs } = await pass({
        files: { "a\nb.js": conflict, "c.js": conflict },
        compared: [
          { filename: "a\nb.js", status: "added" },
          { filename: "c.js", status: "added" },
        ],
      });
      const { output, conclusion } = runs.find(({ name }) => name === "hotfix/scope")!;
      expect(conclusion).toBe("failure");
      expect(output.title).toMatch(/^A conflict was committed with its markers\. And 1 more\.$/u);
      // A bad path would refuse the whole batch of annotations.
      expect(output.annotations).toMatchObject([{ path: "c.js", start_line: 1 }]);
    });

    test("names the merge that brought work of develop, and takes an early back-merge for none", async () => {
      const [merge, feature, first] = ["1", "2", "3"].map((digit) => digit.repeat(40)) as [
        string,
        string,
        string,
      ];
      const history = [
        { sha: SHA, parents: [merge], message: MESSAGE },
        { sha: merge, parents: [first, feature], message: "Merge branch 'develop'", author: "ben" },
        { sha: feature, parents: [TARGET], message: "feat: points", author: "leo" },
        {
          sha: first,
          parents: [TARGET],
          message: openingMessage("PAYMENT-CRITICAL-007", 7, "hotfix/7-checkout"),
        },
      ];
      const brought = await pass({ ...good, history, onIntegration: [feature] });
      const { output } = brought.runs.find(({ name }) => name === "hotfix/scope")!;
      expect(output.title).toContain("It came with 1111111 of ben.");
      const early = await pass({
        ...good,
        history: [history[0]!, { ...history[3]!, sha: merge }],
        onIntegration: [SHA, merge],
      });
      expect(conclusionsOf(early.runs)).toMatchObject({ "hotfix/scope": "success" });
    });

    test("what cannot be compared is not passed", async () => {
      const { runs } = await pass({ ...good, compared: null });
      expect(conclusionsOf(runs)).toMatchObject({
        "hotfix/scope": "action_required",
        "hotfix/tests (advice)": "neutral",
      });
    });
  });

  test("tests: sums up required checks of others with links, waits for what has not begun, and is asked again", async () => {
    const github = fakeChecksGitHub({
      ...good,
      required: ["build", "e2e", "hotfix/scope"],
      contexts: [
        { name: "build", status: "COMPLETED", conclusion: "FAILURE" },
        { name: "optional", status: "COMPLETED", conclusion: "FAILURE" },
      ],
      configuration: "checks: { tests: { mode: block } }",
    });
    await run(github);
    const [first] = named(github.commit.runs, "hotfix/tests");
    expect(first).toMatchObject({ conclusion: "failure" });
    expect(first!.output.summary).toContain("[`build: failure`](https://github.com/acme/shop/runs/build)");
    expect(first!.output.summary).toContain("The required check `e2e` has not ended.");
    expect(first!.output.summary).not.toMatch(/optional|hotfix\/scope/u);
    github.commit.contexts = ["build", "e2e"].map((name) => ({
      name,
      status: "COMPLETED",
      conclusion: "SUCCESS",
    }));
    await run(github);
    expect(named(github.commit.runs, "hotfix/tests").map(({ conclusion }) => conclusion)).toEqual([
      "failure",
      "success",
    ]);
    expect(named(github.commit.runs, "hotfix/scope")).toHaveLength(1);
  });

  test("migrations: one without a way back fails, and so does a changed one whose whole text says so", async () => {
    const up = "exports.up = (knex) => knex.schema.createTable('a', () => {});\n";
    const { runs } = await pass({
      files: { "migrations/1.js": up, "migrations/2.js": `${up}exports.down = (knex) => knex.x();\n` },
      compared: [
        { filename: "migrations/1.js", status: "added", patch: `@@ -0,0 +1 @@\n+${up.trim()}` },
        { filename: "migrations/2.js", status: "modified", patch: `@@ -1 +1 @@\n-x\n+${up.trim()}` },
      ],
    });
    const { output } = named(runs, "hotfix/migrations")[0]!;
    expect(output.annotations).toMatchObject([{ path: "migrations/1.js", title: "no-way-back" }]);
  });

  test("message: advises the corrected text with the incident's id and what the issue says", async () => {
    const { runs } = await pass({
      ...good,
      history: [
        { sha: SHA, parents: ["1".repeat(40)], message: "fixed it" },
        {
          sha: "1".repeat(40),
          parents: [TARGET],
          message: openingMessage("PAYMENT-CRITICAL-007", 7, "hotfix/7-checkout"),
        },
      ],
    });
    const { output, conclusion } = named(runs, "hotfix/message (advice)")[0]!;
    expect(conclusion).toBe("neutral");
    expect(output.summary).toContain(
      "```text\nhotfix: fixed it\n\nImpact: All checkouts fail\nIncident: PAYMENT-CRITICAL-007\n```",
    );
    expect(output.summary).toContain("This check advises");
  });

  describe("review", () => {
    const chain = (length: number) =>
      Array.from({ length }, (_, index) => {
        const sha = (at: number) => (at === 0 ? SHA : at.toString(16).padStart(40, "0"));
        const parent = index === length - 1 ? TARGET : sha(index + 1);
        // The oldest is olga's.
        const author = index === length - 1 ? "olga" : "ben";
        return { sha: sha(index), parents: [parent], message: MESSAGE, author };
      });

    test("is not given where who made the oldest commits was not read, because the approver may be one of them", async () => {
      const { runs } = await pass({ ...good, history: chain(102) });
      const review = named(runs, "hotfix/review").at(-1)!;
      expect(review).toMatchObject({ conclusion: "action_required" });
      expect(review.output.title).toBe(
        "The hotfix has 102 commits; who made the oldest 2 of them was not read.",
      );
      expect(review.output.summary).not.toContain("Approved by");
      expect(named(runs, "hotfix/message (advice)").at(-1)!.output.title).toContain("102 commits");
      const { runs: fewer } = await pass({ ...good, history: chain(100) });
      const [known] = named(fewer, "hotfix/review");
      expect(known!.output.title).toContain("Only olga approved it, who had a part in the commits");
    });

    test("says that pushers are unknown where the host has no list of them, and stands in nobody's way for ever", async () => {
      const { runs } = await pass({ ...good, pushers: null });
      const [review] = named(runs, "hotfix/review");
      expect(review).toMatchObject({ conclusion: "neutral" });
      expect(review!.output.title).toContain(
        "Who pushed it is not known: this GitHub has no list of pushes.",
      );
      expect(review!.output.summary).toContain("Make sure that whoever approved it has not pushed it.");
      const { runs: none } = await pass({ ...good, pushers: null, reviews: [] });
      expect(named(none, "hotfix/review")[0]).toMatchObject({
        conclusion: "action_required",
        output: { title: "Nobody has approved this commit yet." },
      });
    });

    test("is not given where older pushes to the branch were not read", async () => {
      const { runs } = await pass({ ...good, pushers: Array.from({ length: 100 }, () => "ben") });
      const review = named(runs, "hotfix/review").at(-1)!;
      expect(review).toMatchObject({ conclusion: "action_required" });
      expect(review.output.title).toBe("Only the newest 100 pushes to the branch were read.");
      const { runs: fewer } = await pass({ ...good, pushers: Array.from({ length: 99 }, () => "ben") });
      expect(conclusionsOf(fewer)).toMatchObject({ "hotfix/review": "success" });
    });

    test("still says who is missing first, and an override of what is not known holds for its commit only", async () => {
      const { runs } = await pass({ ...good, history: chain(102), reviews: [] });
      expect(named(runs, "hotfix/review").at(-1)!.output.title).toContain("Nobody has approved this commit");
      const basis = /;findings=(\w+)$/u;
      const one = await pass({ ...good, history: chain(102) });
      const other = await pass({ ...good, reviews: [] });
      expect(basis.exec(named(one.runs, "hotfix/review").at(-1)!.external_id!)?.[1]).toEqual(
        basis.exec(named(other.runs, "hotfix/review").at(-1)!.external_id!)![1],
      );
    });

    const approval = (author: string, more = {}) => ({ author, state: "APPROVED", commit: SHA, ...more });

    test.each([
      ["nobody", [], "Nobody has approved this commit yet."],
      ["the author", [approval("ben")], "Only ben approved it, who had a part in the commits."],
      ["who pushed it", [approval("pia")], "Only pia approved it, who had a part in the commits."],
      [
        "S15: an earlier commit",
        [approval("olga", { commit: TARGET })],
        "Nobody has approved this commit yet.",
      ],
      ["somebody without write access", [approval("eve", { mayPush: false })], "Nobody has approved"],
      [
        "somebody who then asked for changes",
        [approval("olga"), approval("olga", { state: "CHANGES_REQUESTED" })],
        "Nobody has approved",
      ],
    ])("waits when approved by %s", async (_, reviews, title) => {
      const { runs } = await pass({ ...good, reviews, pushers: ["ben", "pia"] });
      const [review] = named(runs, "hotfix/review");
      expect(review).toMatchObject({ conclusion: "action_required" });
      expect(review!.output.title).toContain(title);
    });

    test("a comment after the approval takes nothing back", async () => {
      const reviews = [approval("olga"), approval("olga", { state: "COMMENTED" })];
      const { runs } = await pass({ ...good, reviews });
      expect(conclusionsOf(runs)).toMatchObject({ "hotfix/review": "success" });
    });
  });

  test("stand as they were when the hotfix was merged, whatever is asked again; one that was begun is ended", async () => {
    const github = fakeChecksGitHub(good);
    await run(github);
    const before = structuredClone(github.commit.runs);
    // Nothing differs from production any more, and production has moved.
    Object.assign(github.commit, { compared: [], targetHead: "e".repeat(40), suite: "QUEUED" });
    github.commit.pullRequests[0]!.state = "MERGED";
    await run(github);
    expect(github.commit.runs).toEqual(before);
    Object.assign(github.commit.runs[0]!, { status: "in_progress", conclusion: null });
    await run(github);
    expect(github.commit.runs[0]).toMatchObject({
      status: "completed",
      conclusion: "cancelled",
      output: { title: "Merged before the verdict" },
    });
    expect(github.commit.runs).toHaveLength(before.length);
  });

  describe("S26: of a tree that GitHub cut", () => {
    const cut: Partial<FakeCommit> = { ...good, files: { "src/pay.js": "b\n" }, isTruncated: true };

    test("nothing passes that only the tree tells: a link may be among the files that are missing in it", async () => {
      const { runs } = await pass(cut);
      expect(conclusionsOf(runs)).toMatchObject({ "hotfix/scope": "action_required" });
      expect(named(runs, "hotfix/scope")[0]!.output.title).toBe(
        "Changed files that are not in the part of the tree that GitHub listed: 1.",
      );
    });

    test("a way back in a file of its own is neither missed nor taken for granted", async () => {
      const up = {
        filename: "db/migrations/1_orders.up.sql",
        status: "added",
        patch: "@@ -0,0 +1 @@\n+create table orders (id int);",
      };
      const { runs } = await pass({
        ...cut,
        compared: [up],
        files: { [up.filename]: "create table orders (id int);\n" },
      });
      const [migrations] = named(runs, "hotfix/migrations");
      expect(migrations).toMatchObject({ conclusion: "action_required" });
      expect(migrations!.output.summary).toContain("a way back in a file of its own may be missing");
      expect(migrations!.output.summary).not.toContain("has no way back");
    });

    test("nothing is taken for removed where the comparison is too long, too", async () => {
      const compared = Array.from({ length: 300 }, (_, index) => ({
        filename: `test/t${index}.js`,
        status: "added",
        patch: "@@ -0,0 +1 @@\n+b",
      }));
      const { runs } = await pass({ ...cut, compared, baseFiles: { "test/old.js": "a" } });
      expect(conclusionsOf(runs)).toMatchObject({ "hotfix/scope": "action_required" });
      expect(named(runs, "hotfix/tests (advice)")[0]!.output.summary).not.toContain("is removed");
    });
  });

  test("a back-merge branch has the check of its code only", async () => {
    const { runs } = await pass({
      branches: [],
      pullRequests: [{ head: "backmerge/7-develop", base: "develop" }],
    });
    expect(runs.map(({ name }) => name)).toEqual(["hotfix/properties"]);
  });

  test("the document is valid against GitHub's schema", () => {
    const schema = buildSchema(githubSchema.idl, { assumeValid: true });
    expect(validate(schema, parse(HOTFIX_QUERY)).map(({ message }) => message)).toEqual([]);
  });
});

type FakeRuns = FakeCommit["runs"];

async function pass(changes: Partial<FakeCommit>) {
  const github = fakeChecksGitHub(changes);
  const client = await run(github);
  return { runs: github.commit.runs, client };
}

async function run(github: ReturnType<typeof fakeChecksGitHub>) {
  const client = github.client();
  await reconcileCommit(client, SHA, {
    configurations: new ConfigurationCache(() => 0),
    results: new ResultCache(),
    adoptions: new AdoptedBranches(),
  });
  return client;
}

function conclusionsOf(runs: FakeRuns): Record<string, string | null> {
  return Object.fromEntries(runs.map(({ name, conclusion }) => [name, conclusion]));
}

function named(runs: FakeRuns, name: string): FakeRuns {
  return runs.filter((each) => each.name === name);
}
