import { schema as githubSchema } from "@octokit/graphql-schema";
import { buildSchema, parse, validate } from "graphql";
import { describe, expect, test } from "vitest";
import { ResultCache } from "../../src/checks/result-cache.ts";
import { AdoptedBranches } from "../../src/github/adopted-branches.ts";
import { buildBlobTextsQuery, COMMIT_QUERY } from "../../src/github/documents/commit-query.ts";
import { ConfigurationCache } from "../../src/github/read-configuration.ts";
import { type CommitPassCaches, reconcileCommit } from "../../src/reconcile/commit.ts";
import { blobOf, type FakeChecksGitHub, fakeChecksGitHub, SHA } from "../support/fake-checks-github.ts";

/** Only the forbidden code, so that its run is the only one. */
const ALONE = ["scope", "tests", "migrations", "message", "review"]
  .map((property) => `${property}: { mode: off }`)
  .join(", ");

const CONFIGURATION = `
checks:
  ${ALONE.replaceAll("}, ", "}\n  ")}
  forbid:
    - { forbid: totalAmount, use: amount, in: [src/**], unless: Valid usage, because: PAYMENT-CRITICAL-042 }
`;

describe("a pass over a commit", () => {
  test("publishes one finished check run with the findings of the tree", async () => {
    const github = fakeChecksGitHub({
      configuration: CONFIGURATION,
      files: { "src/pay.js": "charge(order.totalAmount);\n", "README.md": "totalAmount" },
      compared: [
        { filename: "src/pay.js", status: "modified", patch: "@@ -1 +1 @@\n-a\n+charge(order.totalAmount);" },
      ],
    });
    const { fields } = await pass(github);
    expect(fields).toEqual({
      outcome: "published",
      incident: 7,
      conclusions: { "hotfix/properties": "failure" },
      writes: ["publish"],
    });
    expect(github.commit.runs).toMatchObject([
      {
        name: "hotfix/properties",
        status: "completed",
        conclusion: "failure",
        output: {
          title: "1 forbidden use of totalAmount",
          annotations: [{ path: "src/pay.js", start_line: 1 }],
        },
      },
    ]);
    expect(github.commit.runs[0]!.external_id).toMatch(
      new RegExp(
        `^hotfix/properties;config=${blobOf(CONFIGURATION)};target=d{40};rules=[0-9a-f]{16};findings=[0-9a-f]{16};failed=[0-9a-f]{8}$`,
        "u",
      ),
    );
  });

  test("I9: a second pass on the same basis reads once and writes nothing", async () => {
    const github = fakeChecksGitHub({ configuration: CONFIGURATION, files: { "src/a.js": "1" } });
    await pass(github);
    const before = structuredClone(github.commit.runs);
    const { fields, client } = await pass(github);
    expect(fields).toEqual({ outcome: "settled", incident: 7 });
    expect(github.commit.runs).toEqual(before);
    expect(client.calls.sequentialTrips).toBe(2);
  });

  test("Re-run gives a new run with the verdict, once", async () => {
    const github = fakeChecksGitHub({ configuration: CONFIGURATION, files: { "src/a.js": "1" } });
    await pass(github);
    github.commit.suite = "QUEUED";
    expect((await pass(github)).fields).toMatchObject({ outcome: "published", writes: ["publish"] });
    expect(github.commit.runs.map(({ conclusion }) => conclusion)).toEqual(["success", "success"]);
    expect((await pass(github)).fields).toMatchObject({ outcome: "settled" });
  });

  test.each([
    [403, "Resource not accessible by integration", "permission-missing"],
    [422, `No commit found for SHA: ${SHA}`, "commit-gone"],
  ])("a write refused with %i %s is an answer, not a failure", async (status, message, outcome) => {
    const github = fakeChecksGitHub({ configuration: CONFIGURATION, refused: [status, message] });
    expect((await pass(github)).fields).toMatchObject({ outcome });
  });

  test.each([
    [403, "You have exceeded a secondary rate limit"],
    [422, "Invalid request"],
    [500, "Server Error"],
  ])("a write refused with %i %s is left to the worker", async (status, message) => {
    const github = fakeChecksGitHub({ configuration: CONFIGURATION, refused: [status, message] });
    await expect(pass(github)).rejects.toThrow(message);
  });

  test("a moved target that changes no finding only renews what the run derives from", async () => {
    const github = fakeChecksGitHub({ configuration: CONFIGURATION, files: { "src/a.js": "1" } });
    await pass(github);
    github.commit.targetHead = "e".repeat(40);
    expect((await pass(github)).fields).toMatchObject({ writes: ["rebase"] });
    expect(github.commit.runs).toHaveLength(1);
    expect(github.commit.runs[0]!.external_id).toContain("e".repeat(40));
  });

  test("a changed rule gives a new run, since annotations of the old one would stay", async () => {
    const github = fakeChecksGitHub({ configuration: CONFIGURATION, files: { "src/a.js": "o.total;" } });
    await pass(github);
    github.commit.configuration = `checks: { forbid: [{ forbid: total }], failOn: [elsewhere], ${ALONE} }`;
    expect((await pass(github)).fields).toMatchObject({
      conclusions: { "hotfix/properties": "failure" },
      writes: ["publish"],
    });
    expect(github.commit.runs.map(({ conclusion }) => conclusion)).toEqual(["success", "failure"]);
  });

  test("sends annotations in batches of 50 and concludes with the last", async () => {
    const github = fakeChecksGitHub({
      configuration: CONFIGURATION,
      files: { "src/a.js": "o.totalAmount;\n".repeat(120) },
      compared: null,
    });
    await pass(github);
    const [run] = github.commit.runs;
    expect(run).toMatchObject({ status: "completed", conclusion: "failure" });
    expect(run!.output.annotations.map((note) => (note as { start_line: number }).start_line)).toEqual(
      Array.from({ length: 120 }, (_, index) => index + 1),
    );
    expect(github.log.filter((line) => /^(?:POST|PATCH) .*check-runs/u.test(line))).toHaveLength(3);
  });

  test("a pass that died between two batches is taken up, without an annotation twice", async () => {
    const github = fakeChecksGitHub({
      configuration: CONFIGURATION,
      files: { "src/a.js": "o.totalAmount;\n".repeat(120) },
      compared: null,
    });
    const caches = newCaches();
    await pass(github, caches);
    const calls = github.log.length;
    const again = fakeChecksGitHub({ ...github.commit, runs: [], failFrom: calls - 1 });
    await expect(pass(again)).rejects.toThrow("Server Error");
    expect(again.commit.runs[0]).toMatchObject({
      status: "in_progress",
      output: { annotations: { length: 100 } },
    });
    again.commit.failFrom = Number.POSITIVE_INFINITY;
    expect((await pass(again)).fields).toMatchObject({ writes: ["resume"] });
    expect(again.commit.runs).toEqual(github.commit.runs);
  });

  test("a run that was begun on another basis is ended, not left running for ever", async () => {
    const github = fakeChecksGitHub({ configuration: CONFIGURATION, files: { "src/a.js": "1" } });
    github.commit.runs.push({
      id: 1,
      name: "hotfix/properties",
      status: "in_progress",
      conclusion: null,
      external_id: "older",
      output: { title: "t", summary: "s", annotations: [] },
    });
    expect((await pass(github)).fields).toMatchObject({ writes: ["cancel", "publish"] });
    expect(github.commit.runs.map(({ conclusion }) => conclusion)).toEqual(["cancelled", "success"]);
  });

  test("S29: rules come from the default branch, whatever the commit's own file says", async () => {
    const github = fakeChecksGitHub({
      configuration: CONFIGURATION,
      files: { "src/a.js": "o.totalAmount;", ".github/hotfix.yml": "checks: { forbid: [] }" },
      compared: [{ filename: "src/a.js", status: "added" }],
    });
    expect((await pass(github)).fields).toMatchObject({ conclusions: { "hotfix/properties": "failure" } });
  });

  test("S28: a configuration that was never right is said on the commit", async () => {
    const github = fakeChecksGitHub({ configuration: "checks: { forbidden: [] }" });
    expect((await pass(github)).fields).toMatchObject({
      conclusions: { "hotfix/properties": "action_required" },
    });
    expect(github.commit.runs[0]!.output.title).toBe("The configuration is wrong, so nothing was checked");
  });

  test("S26: a truncated tree never passes", async () => {
    const github = fakeChecksGitHub({
      configuration: CONFIGURATION,
      files: { "src/a.js": "1" },
      isTruncated: true,
    });
    expect((await pass(github)).fields).toMatchObject({
      conclusions: { "hotfix/properties": "action_required" },
    });
  });

  test("S26: a tree of 100,000 entries costs what its sources cost, and no wait", async () => {
    const files = Object.fromEntries(
      Array.from({ length: 100_000 }, (_, index) => [`assets/${index % 500}/${index}.txt`, ""]),
    );
    const github = fakeChecksGitHub({
      configuration: CONFIGURATION,
      files: { ...files, "src/pay.js": "o.totalAmount" },
    });
    const { client, fields } = await pass(github);
    expect(fields).toMatchObject({ conclusions: { "hotfix/properties": "neutral" } });
    expect(client.calls.calls).toBeLessThanOrEqual(10);
  });

  test("a commit that was looked at more than a hundred times is not looked at for ever", async () => {
    const github = fakeChecksGitHub({ configuration: CONFIGURATION, files: { "src/a.js": "1" } });
    await pass(github);
    const [settled] = github.commit.runs;
    github.commit.runs = Array.from({ length: 130 }, (_, index) => ({
      ...structuredClone(settled!),
      id: index + 1,
      ...(index < 129 && { external_id: "older" }),
    }));
    const { fields, client } = await pass(github);
    expect(fields).toMatchObject({ outcome: "settled" });
    expect(github.commit.runs).toHaveLength(130);
    expect(client.calls.sequentialTrips).toBe(3);
  });

  test("S26: binary files cost no call for each, and code with a NUL byte is read all the same", async () => {
    const images = Array.from({ length: 60 }, (_, index) => [
      `src/assets/${index}.png`,
      Buffer.concat([Buffer.from([0x89, 0x50, 0, index]), Buffer.alloc(index === 0 ? 300_000 : 10)]),
    ]);
    const github = fakeChecksGitHub({
      configuration: CONFIGURATION,
      files: {
        ...Object.fromEntries(images),
        "src/nul.js": "o.totalAmount; // \0\n",
        "src/long.txt": `${"x\n".repeat(150_000)}totalAmount\n`,
      },
    });
    const { client } = await pass(github);
    const places = github.commit.runs[0]!.output.annotations as { path: string; start_line: number }[];
    expect(places.map(({ path, start_line: line }) => `${path}:${line}`)).toEqual([
      "src/long.txt:150001",
      "src/nul.js:1",
    ]);
    expect(client.calls.calls).toBeLessThanOrEqual(12);
  });

  test("S26: links are not followed and submodules not entered", async () => {
    const github = fakeChecksGitHub({
      configuration: CONFIGURATION,
      files: { "src/link.js": "o.totalAmount", "src/module": "x" },
      modes: { "src/link.js": "120000", "src/module": "160000" },
    });
    expect((await pass(github)).fields).toMatchObject({ conclusions: { "hotfix/properties": "success" } });
    expect(github.log.filter((line) => line.includes("blob"))).toEqual([]);
  });

  test("no button where it would do nothing: programs and text that cannot be written back are a person's", async () => {
    const bad = Buffer.from("o.totalAmount; // \xff", "latin1");
    const added = (...names: readonly string[]) =>
      names.map((filename) => ({ filename, status: "added" as const, patch: "@@ -0,0 +1 @@\n+x" }));
    const github = fakeChecksGitHub({
      configuration: CONFIGURATION,
      files: { "src/run.js": "o.totalAmount;", "src/bad.js": bad },
      compared: added("src/run.js", "src/bad.js"),
      modes: { "src/run.js": "100755" },
    });
    expect((await pass(github)).fields).toMatchObject({ conclusions: { "hotfix/properties": "failure" } });
    const { output } = github.commit.runs[0]!;
    expect(output.summary).not.toContain("Apply fix");
    expect(output.summary).toMatch(/src\/run\.js`: It runs as a program, so a person mends it/u);
    expect(output.summary).toMatch(/src\/bad\.js`: Not valid UTF-8, so a person mends it/u);

    const both = fakeChecksGitHub({
      configuration: CONFIGURATION,
      files: { "src/run.js": "o.totalAmount;", "src/a.js": "o.totalAmount;" },
      compared: added("src/run.js", "src/a.js"),
      modes: { "src/run.js": "100755" },
    });
    await pass(both);
    expect(both.commit.runs[0]!.output.summary).toContain("the app replaces 1 of them");
  });

  test("S26: a file that is too large is said so, and does not pass", async () => {
    const github = fakeChecksGitHub({
      configuration: CONFIGURATION,
      files: { "src/a.js": "//".repeat(5_000_001) },
    });
    expect((await pass(github)).fields).toMatchObject({
      conclusions: { "hotfix/properties": "action_required" },
    });
    expect(github.commit.runs[0]!.output.summary).toContain(
      "`src/a.js: larger than 10 MB, not looked at.`".slice(1, 12),
    );
  });

  test("bytes that are not UTF-8 are read again as they are, and checked", async () => {
    const bytes = Buffer.concat([Buffer.from([0x2f, 0x2f, 0xff, 0xfe, 0x0a]), Buffer.from("o.totalAmount;")]);
    const github = fakeChecksGitHub({
      configuration: CONFIGURATION,
      files: { "src/a.js": bytes },
      compared: [{ filename: "src/a.js", status: "added" }],
    });
    expect((await pass(github)).fields).toMatchObject({ conclusions: { "hotfix/properties": "failure" } });
    expect(github.log).toContain(`GET /repos/acme/shop/git/blobs/${blobOf(bytes)}`);
  });

  test("a comparison that is too long for GitHub is made from the trees", async () => {
    const files = Object.fromEntries(
      Array.from({ length: 300 }, (_, index) => [`src/f${index}.txt`, `${index}`]),
    );
    const github = fakeChecksGitHub({
      configuration: CONFIGURATION,
      files: { ...files, "src/old.js": "o.totalAmount;", "src/new.js": "o.totalAmount;" },
      baseFiles: { "src/old.js": "o.totalAmount;" },
      compared: Object.keys(files).map((filename) => ({ filename, status: "added" })),
    });
    await pass(github);
    expect(github.commit.runs[0]!.output.annotations).toMatchObject([
      { path: "src/new.js", annotation_level: "failure" },
      { path: "src/old.js", annotation_level: "warning" },
    ]);
  });

  test("a back-merge branch shows what its target still contains", async () => {
    const github = fakeChecksGitHub({
      configuration: CONFIGURATION,
      files: { "src/a.js": "o.totalAmount;" },
      branches: [],
      pullRequests: [{ head: "backmerge/7-develop", base: "develop" }],
    });
    expect((await pass(github)).fields).toMatchObject({
      conclusions: { "hotfix/properties": "neutral" },
      incident: 7,
    });
    expect(github.commit.runs[0]!.output.title).toBe("develop still contains 1 use of totalAmount");
  });

  test.each([
    ["a branch of somebody else", { branches: ["main"], pullRequests: [] }],
    [
      "a fork",
      { branches: [], pullRequests: [{ head: "hotfix/7-x", base: "main", isCrossRepository: true }] },
    ],
    [
      "a merged hotfix",
      { branches: ["main"], pullRequests: [{ head: "hotfix/7-x", base: "main", state: "MERGED" as const }] },
    ],
    ["a name that only looks like ours", { branches: ["hotfix/x-7", "hotfix/07-x"], pullRequests: [] }],
  ])("leaves commits of %s alone", async (_, changes) => {
    const github = fakeChecksGitHub({ configuration: CONFIGURATION, ...changes });
    expect((await pass(github)).fields).toEqual({ outcome: "not-ours" });
    expect(github.commit.runs).toEqual([]);
  });

  test("a branch without a pull request is checked as well", async () => {
    const github = fakeChecksGitHub({ configuration: CONFIGURATION, files: {}, pullRequests: [] });
    expect((await pass(github)).fields).toMatchObject({
      outcome: "published",
      conclusions: { "hotfix/properties": "success" },
    });
  });

  test("a commit that is gone is no error", async () => {
    const github = fakeChecksGitHub({ isGone: true });
    expect((await pass(github)).fields).toEqual({ outcome: "gone" });
  });

  test("first sight of 1,000 files: at most 5 trips and 20 calls; a push of 3 files: 3 trips, few calls", async () => {
    const files: Record<string, string> = Object.fromEntries(
      Array.from({ length: 1_000 }, (_, index) => [
        `src/f${index}.js`,
        `export const f${index} = ${index};\n`,
      ]),
    );
    const github = fakeChecksGitHub({
      configuration: "checks: { forbid: [{ forbid: totalAmount, in: [src/**] }] }",
      files,
      compared: [{ filename: "src/f1.js", status: "modified", patch: "@@ -1 +1 @@\n-b\n+a" }],
    });
    const caches = newCaches();
    const first = await pass(github, caches);
    expect(first.client.calls.sequentialTrips).toBeLessThanOrEqual(5);
    expect(first.client.calls.calls).toBeLessThanOrEqual(20);

    Object.assign(github.commit.files, { "src/f1.js": "a", "src/f2.js": "b", "src/f3.js": "o.totalAmount" });
    github.commit.runs.length = 0;
    const second = await pass(github, caches);
    expect(second.fields).toMatchObject({
      conclusions: { "hotfix/properties": "neutral", "hotfix/scope": "success", "hotfix/review": "success" },
    });
    expect(second.client.calls.sequentialTrips).toBe(3);
    expect(second.client.calls.calls).toBe(15);
  });

  test("documents are valid against GitHub's schema", () => {
    const schema = buildSchema(githubSchema.idl, { assumeValid: true });
    for (const document of [COMMIT_QUERY, buildBlobTextsQuery([SHA, SHA])]) {
      expect(validate(schema, parse(document)).map(({ message }) => message)).toEqual([]);
    }
  });
});

function newCaches(): CommitPassCaches {
  return {
    configurations: new ConfigurationCache(() => 0),
    results: new ResultCache(),
    adoptions: new AdoptedBranches(),
  };
}

async function pass(github: FakeChecksGitHub, caches = newCaches()) {
  const client = github.client();
  const { fields } = await reconcileCommit(client, SHA, caches);
  return { fields, client };
}
