import { execFileSync } from "node:child_process";
import { existsSync, globSync, readFileSync } from "node:fs";
import { posix } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { validationWorkflow } from "../../../src/config/validation-workflow.ts";
import { parseConfiguration } from "../../../src/config/parse.ts";
import { wrongBy } from "../../support/published-schema.ts";

const root = fileURLToPath(new URL("../../..", import.meta.url));
const read = (path: string): string => readFileSync(`${root}${path}`, "utf8");

interface Workflow {
  readonly on: unknown;
  readonly jobs: Readonly<
    Record<
      string,
      {
        readonly steps: readonly {
          readonly uses?: string;
          readonly run?: string;
          readonly with?: Readonly<Record<string, unknown>>;
          readonly "working-directory"?: string;
        }[];
      }
    >
  >;
}

const offered = parse(validationWorkflow({ hotfixPrefix: "hotfix/" })) as Workflow;

describe("examples", () => {
  test("the configuration is valid and carries the rule of the first incident", () => {
    expect(parseConfiguration(read("examples/hotfix.yml"))).toMatchObject({
      ok: true,
      config: { checks: { forbid: [{ forbid: "totalAmount", use: "amount", unless: "Valid usage" }] } },
    });
  });

  test("the one in the guide is valid as well", () => {
    const [, example = ""] = /```yaml\n([\s\S]*?)```/u.exec(read("docs/checks/properties.md")) ?? [];
    expect(parseConfiguration(example)).toMatchObject({
      ok: true,
      config: { checks: { failOn: { length: 2 } } },
    });
  });

  test.each(globSync("examples/*.{yml,yaml}", { cwd: root }))("%s is YAML", (path) => {
    expect(parse(read(path))).toBeTypeOf("object");
  });

  test("S24: the workflow is valid by its published schema, which finds what is wrong", () => {
    const { jobs, ...rest } = parse(read("examples/emergency-validation.yml")) as {
      readonly jobs: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
    };
    // The collected schema is older than the machine's name.
    const check = { ...jobs["check"], "runs-on": "ubuntu-latest" };
    expect(wrongBy("github-workflow", { ...rest, jobs: { check } })).toBeNull();
    expect(
      wrongBy("github-workflow", { ...rest, jobs: { check: { ...check, steps: "none" } } }),
    ).not.toBeNull();
  });

  test("the hook is a shell script", () => {
    execFileSync("sh", ["-n", `${root}examples/husky-pre-commit`]);
    expect(read("examples/husky-pre-commit")).toContain("check --staged");
  });

  test("S24: the workflow pins its actions, may only read, and puts no expression into a script", () => {
    const workflow = parse(read("examples/emergency-validation.yml")) as {
      permissions: unknown;
      jobs: Record<string, { steps: { uses?: string; run?: string }[] }>;
    };
    expect(workflow.permissions).toEqual({ contents: "read" });
    for (const { uses, run } of Object.values(workflow.jobs).flatMap(({ steps }) => steps)) {
      expect(uses ?? "a/b@".padEnd(44, "0")).toMatch(/@[0-9a-f]{40}$/u);
      expect(run ?? "").not.toContain("${{");
    }
  });

  test("S24: the workflow is the one that /hotfix setup offers, whatever the branches are called", () => {
    expect(read("examples/emergency-validation.yml")).toBe(validationWorkflow({ hotfixPrefix: "hotfix/" }));
    for (const hotfixPrefix of [
      "on/",
      "a.b_c-d/",
      "null/",
      "1e3/",
      "hot*fix[a]!+?/",
      "x: y #/",
      "${{ secrets.A }}/",
    ]) {
      const { on, jobs } = parse(validationWorkflow({ hotfixPrefix })) as typeof offered;
      const special = hotfixPrefix.replace(/[*?+[\]!\\]/gu, "\\$&");
      expect(on).toEqual({ push: { branches: [`${special}**`] } });
      expect(jobs).toEqual(offered.jobs);
    }
  });

  test("S24: each step of it is sound: known inputs, no credentials left, nothing of the hotfix executed", () => {
    expect(Object.keys(offered)).toEqual(["name", "on", "permissions", "jobs"]);
    const { check, ...others } = offered.jobs;
    expect(others).toEqual({});
    expect(Object.keys(check!)).toEqual(["if", "runs-on", "timeout-minutes", "steps"]);
    const inputs = [
      "persist-credentials",
      "path",
      "ref",
      "repository",
      "sparse-checkout",
      "node-version",
      "package-manager-cache",
    ];
    for (const step of check!.steps) {
      expect(["uses", "run"].filter((key) => key in step)).toHaveLength(1);
      expect(Object.keys(step.with ?? {}).filter((key) => !inputs.includes(key))).toEqual([]);
      expect(
        step.uses?.startsWith("actions/checkout@") === true ? step.with?.["persist-credentials"] : false,
      ).toBe(false);
    }
    // The tree that was pushed is an argument, and the rules are another tree's.
    const script = check!.steps.at(-1)!.run!;
    expect(script).toContain("check repository --config rules/.github/hotfix.yml --format github");
    expect(check!.steps.filter((step) => step["working-directory"] !== undefined)).toMatchObject([
      { "working-directory": "hotfix-responder" },
    ]);
    execFileSync("sh", ["-n", "-c", script]);
  });

  test.each(globSync("docs/checks/*.md", { cwd: root }))("%s links only to files that exist", (guide) => {
    const links = [...read(guide).matchAll(/\]\((?!https?:|#)([^)#]+)/gu)].map(([, path]) =>
      posix.join(posix.dirname(guide), path!),
    );
    expect(links.filter((path) => !existsSync(`${root}${path}`))).toEqual([]);
    expect(links.length).toBeGreaterThan(0);
  });
});
