import { globSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { complaintsAbout } from "../support/import-rule.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));
const manifest = JSON.parse(readFileSync(`${root}package.json`, "utf8")) as {
  dependencies: Record<string, string>;
};
const dependencies = new Set(Object.keys(manifest.dependencies));

function files(pattern: string): string[] {
  return globSync(pattern, { cwd: root }).map((path) => path.replaceAll("\\", "/"));
}

describe("the import rule", () => {
  it("holds for every file in src", () => {
    const all = files("src/**/*.{ts,js}");
    expect(all.length).toBeGreaterThan(50);
    const complaints = all.flatMap((file) =>
      complaintsAbout(file, readFileSync(`${root}${file}`, "utf8"), dependencies),
    );
    expect(complaints).toEqual([]);
  });

  // Each line breaks one part of the rule, so that a part that stops working is seen.
  it.each([
    ["src/incident/x.ts", 'import { y } from "../github/y.ts";', "imports point inward"],
    ["src/incident/x.ts", 'export * from "../github/y.ts";', "imports point inward"],
    ["src/incident/x.ts", 'import type { Z } from "../reconcile/z.ts";', "imports point inward"],
    ["src/incident/x.ts", 'const y = await import("../github/y.ts");', "imports point inward"],
    [
      "src/incident/x.ts",
      'import { readEnvironment } from "../config/environment.ts";',
      "imports point inward",
    ],
    ["src/incident/x.ts", 'import { readFileSync } from "node:fs";', "pure code has no input"],
    ["src/incident/x.ts", 'import * as v from "valibot";', "may use semver"],
    ["src/config/schema.ts", 'import { readFileSync } from "node:fs";', "pure code has no input"],
    ["src/config/schema/x.ts", 'import { readFileSync } from "node:fs";', "pure code has no input"],
    ["src/config/schema/x.ts", 'import { Octokit } from "@octokit/rest";', "only src/github knows Octokit"],
    ["src/checks/x.ts", "const now = Date.now();", "uses Date.now"],
    ["src/documents/x.ts", "const now = new Date();", "uses new Date()"],
    ["src/webhooks/x.ts", "const dice = Math.random();", "uses Math.random"],
    ["src/incident/x.ts", "setTimeout(() => run(), 5);", "uses setTimeout"],
    ["src/incident/x.ts", "const { NAME } = process.env;", "uses process"],
    ["src/reconcile/x.ts", "const name = process.env.NAME;", "uses process.env"],
    ["src/reconcile/x.ts", 'import { Octokit } from "@octokit/rest";', "only src/github knows Octokit"],
    ["src/webhooks/x.ts", 'import { x } from "@octokit/webhooks-types";', "only src/github knows Octokit"],
    ["src/github/x.ts", 'import { Probot } from "probot";', "know Probot"],
    ["src/github/x.ts", 'import type { Context } from "probot";', "know Probot"],
    ["src/github/x.ts", 'import { Worker } from "../reconcile/worker.ts";', "imports point inward"],
    ["src/incident/x.ts", 'import type { N } from "../notify/notification.ts";', "imports point inward"],
    ["src/notify/x.ts", 'import { runGraphql } from "../github/run-graphql.ts";', "imports point inward"],
    ["src/notify/x.ts", 'import type { Log } from "../logger.ts";', "imports point inward"],
    ["src/webhooks/x.ts", 'import { openQueue } from "../reconcile/queue.ts";', "imports point inward"],
    ["src/drill/x.ts", 'import { plan } from "../incident/plan.ts";', "imports point inward"],
    ["src/app.ts", 'import { drill } from "./drill/run-drill.ts";', "imports point inward"],
    ["src/cli/x.ts", 'import { startApp } from "../app.ts";', "imports point inward"],
    ["src/github/x.ts", 'import nock from "nock";', "not among the dependencies"],
    ["src/github/x.ts", 'import fp from "fast-check/lib/x";', "not among the dependencies"],
    ["src/github/x.ts", 'import { y } from "../../test/support/y.ts";', "nothing from outside src"],
    ["src/github/utils.ts", "", "is a drawer"],
    ["src/helpers/slug.ts", "", "is a drawer"],
    ["src/incident/index.ts", "", "is a drawer"],
    ["src/incident/sluG.ts", "", "is not kebab-case"],
  ])("complains about %s with %s", (file, source, complaint) => {
    expect(complaintsAbout(file, source, dependencies).join("\n")).toContain(complaint);
  });

  it.each([
    ["src/incident/x.ts", '// import { y } from "../github/y.ts"; Date.now()'],
    ["src/incident/x.ts", 'const text = "process.env and Math.random()";'],
    ["src/incident/x.ts", "const at = new Date(given);"],
    ["src/webhooks/x.ts", 'import type { Queue } from "../reconcile/queue.ts";'],
    ["src/webhooks/x.ts", 'import type { EventPayloadMap } from "@octokit/webhooks-types";'],
    ["src/drill/x.ts", 'import { Octokit } from "@octokit/rest";'],
    ["src/config/environment.ts", 'import { readFileSync } from "node:fs"; const x = process.env;'],
  ])("does not complain about %s with %s", (file, source) => {
    expect(complaintsAbout(file, source, dependencies)).toEqual([]);
  });

  it("leaves fast-check to the one file that gives every run the same examples", () => {
    const users = files("test/**/*.ts").filter((file) =>
      /^import .* from "fast-check"/mu.test(readFileSync(`${root}${file}`, "utf8")),
    );
    expect(users).toEqual(["test/support/fast-check.ts"]);
  });
});
