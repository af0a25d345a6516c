import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { branchWithCommit, defaultBranch, openIssue } from "./conformance-behaviour.ts";
import { compareShapes, type Json } from "./conformance-shape.ts";
import { type Answer, standInTarget, type Target } from "./conformance-target.ts";

interface Recording {
  readonly method: string;
  readonly path: string;
  readonly status: number;
  readonly response: Json;
}

interface Golden {
  readonly scenario: string;
  /** Which of the scenario's calls, from 0. */
  readonly call: number;
  readonly ask: (target: Target) => Promise<Answer>;
}

/** Keys that GitHub added after these recordings (2017 to 2022), each as the description has it now. */
const NEWER_THAN_RECORDING = new Map([
  ["status", "errors carry their status as text since 2024"],
  ["user_view_type", "simple-user"],
  ["type", "issue types"],
  ["sub_issues_summary", "sub-issues"],
  ["issue_dependencies_summary", "issue dependencies"],
  ["has_discussions", "repository"],
  ["verified_at", "verification"],
  ["immutable", "releases"],
  ["updated_at", "releases"],
  ["merge_commit_title", "full-repository"],
  ["merge_commit_message", "full-repository"],
  ["squash_merge_commit_title", "full-repository"],
  ["squash_merge_commit_message", "full-repository"],
]);

const goldens: readonly Golden[] = [
  { scenario: "get-repository", call: 0, ask: (target) => target.call("GET", "") },
  {
    scenario: "add-labels-to-issue",
    call: 0,
    ask: (target) => target.call("POST", "/issues", { title: "x" }),
  },
  {
    scenario: "add-labels-to-issue",
    call: 1,
    ask: async (target) =>
      target.call("POST", `/issues/${await openIssue(target)}/labels`, { labels: ["Foo", "bAr", "baZ"] }),
  },
  { scenario: "labels", call: 0, ask: (target) => target.call("GET", "/labels") },
  {
    scenario: "labels",
    call: 1,
    ask: (target) => target.call("POST", "/labels", { name: "test-label", color: "663399" }),
  },
  { scenario: "labels", call: 2, ask: (target) => target.call("GET", "/labels/test-label") },
  {
    scenario: "labels",
    call: 3,
    ask: (target) =>
      target.call("PATCH", "/labels/test-label", { new_name: "test-label-updated", color: "BADA55" }),
  },
  { scenario: "labels", call: 4, ask: (target) => target.call("DELETE", "/labels/test-label-updated") },
  {
    scenario: "errors",
    call: 0,
    ask: (target) => target.call("POST", "/labels", { name: "foo", color: "invalid" }),
  },
  {
    scenario: "lock-issue",
    call: 0,
    ask: async (target) => target.call("PUT", `/issues/${await openIssue(target)}/lock`),
  },
  {
    scenario: "lock-issue",
    call: 1,
    ask: async (target) => target.call("DELETE", `/issues/${await openIssue(target)}/lock`),
  },
  { scenario: "paginate-issues", call: 0, ask: (target) => target.call("GET", "/issues?per_page=3") },
  {
    scenario: "create-file",
    call: 0,
    ask: (target) =>
      target.call("PUT", "/contents/test.txt", { message: "create test.txt", content: "VGVzdCBjb250ZW50" }),
  },
  { scenario: "get-content", call: 0, ask: (target) => target.call("GET", "/contents/") },
  {
    scenario: "create-status",
    call: 0,
    ask: async (target) =>
      target.call("POST", `/statuses/${(await branchWithCommit(target)).sha}`, {
        state: "failure",
        target_url: "https://example.com",
        description: "create-status failure test",
        context: "example/1",
      }),
  },
  {
    scenario: "create-status",
    call: 2,
    ask: async (target) => target.call("GET", `/commits/${await shaWithStatus(target)}/statuses`),
  },
  {
    scenario: "create-status",
    call: 3,
    ask: async (target) => target.call("GET", `/commits/${await shaWithStatus(target)}/status`),
  },
  {
    scenario: "git-refs",
    call: 1,
    ask: async (target) =>
      target.call("POST", "/git/refs", {
        ref: `refs/heads/${target.name("test")}`,
        sha: (await defaultBranch(target)).sha,
      }),
  },
  {
    scenario: "git-refs",
    call: 2,
    ask: async (target) => {
      const { branch } = await branchWithCommit(target);
      const { sha } = await defaultBranch(target);
      return target.call("PATCH", `/git/refs/heads/${branch}`, { sha, force: true });
    },
  },
  {
    scenario: "git-refs",
    call: 4,
    ask: async (target) =>
      target.call("DELETE", `/git/refs/heads/${(await branchWithCommit(target)).branch}`),
  },
  {
    scenario: "branch-protection",
    call: 0,
    ask: async (target) =>
      target.call("GET", `/branches/${(await branchWithCommit(target)).branch}/protection`),
  },
  {
    scenario: "release-assets",
    call: 0,
    ask: async (target) => {
      const tag = target.name("v");
      await target.call("POST", "/releases", { tag_name: tag, body: "b", name: "n" });
      return target.call("GET", `/releases/tags/${tag}`);
    },
  },
];

async function shaWithStatus(target: Target): Promise<string> {
  const { sha } = await branchWithCommit(target);
  await target.call("POST", `/statuses/${sha}`, { state: "success", context: "example/2" });
  return sha;
}

function recordingOf({ scenario, call }: Golden): Recording {
  const require = createRequire(import.meta.url);
  const manifest = require.resolve("@octokit/fixtures/package.json");
  const folder = join(dirname(manifest), "scenarios/api.github.com", scenario);
  const recordings = JSON.parse(readFileSync(join(folder, "normalized-fixture.json"), "utf8")) as Recording[];
  const recording = recordings[call];
  if (recording === undefined) throw new Error(`${scenario} has no call ${call}`);
  return recording;
}

function lastKey(pointer: string): string {
  return pointer.slice(pointer.lastIndexOf("/") + 1);
}

const used = new Set<string>();

function unexplained(pointers: readonly string[]): readonly string[] {
  return pointers.filter((pointer) => {
    const key = lastKey(pointer);
    used.add(key);
    return !NEWER_THAN_RECORDING.has(key);
  });
}

describe("answers have the shape of recorded ones", () => {
  let target: Target;
  beforeAll(async () => {
    target = await standInTarget();
    for (let count = 0; count < 2; count += 1) await openIssue(target, { labels: ["recorded"] });
  });
  afterAll(() => target.close());

  it.for(goldens)("$scenario, call $call", async (golden) => {
    const recording = recordingOf(golden);
    const answer = await golden.ask(target);
    expect(answer.status).toBe(recording.status);
    const differences = compareShapes(recording.response === "" ? null : recording.response, answer.body);
    expect({
      missing: differences.missing,
      changed: differences.changed,
      added: unexplained(differences.added),
    }).toEqual({ missing: [], changed: [], added: [] });
  });

  it("explains no difference that is not there", () => {
    const explained = [...NEWER_THAN_RECORDING.keys()];
    expect(explained.filter((key) => !used.has(key))).toEqual([]);
  });
});
