import { execFileSync } from "node:child_process";
import { existsSync, globSync, readFileSync } from "node:fs";
import { posix } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { parseConfiguration } from "../../../src/config/parse.ts";

const root = fileURLToPath(new URL("../../..", import.meta.url));
const read = (path: string): string => readFileSync(`${root}${path}`, "utf8");

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

  test.each(globSync("docs/checks/*.md", { cwd: root }))("%s links only to files that exist", (guide) => {
    const links = [...read(guide).matchAll(/\]\((?!https?:|#)([^)#]+)/gu)].map(([, path]) =>
      posix.join(posix.dirname(guide), path!),
    );
    expect(links.filter((path) => !existsSync(`${root}${path}`))).toEqual([]);
    expect(links.length).toBeGreaterThan(0);
  });
});
