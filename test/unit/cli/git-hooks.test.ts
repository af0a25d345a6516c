import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { parse } from "yaml";

const root = fileURLToPath(new URL("../../..", import.meta.url));
const read = (path: string): string => readFileSync(join(root, path), "utf8");

const lefthook = parse(read("examples/lefthook.yml")) as {
  "pre-commit": { commands: Record<string, { run: string }> };
};
const preCommit = parse(read("examples/pre-commit-config.yaml")) as {
  repos: { hooks: { entry: string; pass_filenames: boolean }[] }[];
};

/** What each tool runs before a commit, by its example: each runs it in a shell at the top of the working tree. */
const HOOKS: Readonly<Record<string, string>> = {
  husky: read("examples/husky-pre-commit"),
  lefthook: Object.values(lefthook["pre-commit"].commands)[0]!.run,
  "pre-commit": preCommit.repos[0]!.hooks[0]!.entry,
};

const IDENTITY = ["-c", "user.name=Ben", "-c", "user.email=ben@example.com"];

describe.each(Object.entries(HOOKS))("the example for %s, as the hook of a repository", (_, script) => {
  let folder: string;
  let shop: string;

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "hotfix-hook-"));
    shop = join(folder, "shop");
    // The examples name the app by its place beside the repository.
    symlinkSync(root, join(folder, "hotfix-responder"));
    mkdirSync(shop);
    git("init", "--quiet", "--initial-branch=main");
    write(".github/hotfix.yml", read("examples/hotfix.yml"));
    write("src/order.js", "export const total = (order) => order.amount;\n");
    git("add", "--all");
    git(...IDENTITY, "commit", "--quiet", "--message=first");
    write(".git/hooks/pre-commit", `#!/bin/sh\n${script}\n`, 0o755);
  });

  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  function git(...words: readonly string[]) {
    const env = { PATH: process.env.PATH, HOME: folder };
    return spawnSync("git", words, { cwd: shop, encoding: "utf8", env });
  }

  function write(path: string, text: string, mode = 0o644): void {
    mkdirSync(dirname(join(shop, path)), { recursive: true });
    writeFileSync(join(shop, path), text, { mode });
  }

  it("lets a clean commit through, and stops one that brings the forbidden name, staged or named", () => {
    write("src/order.js", "export const total = (order) => order.amount + 0;\n");
    git("add", "--all");
    // What is not about to be committed does not matter.
    write("src/later.js", "export const later = (order) => order.totalAmount;\n");
    expect(git(...IDENTITY, "commit", "--quiet", "--message=clean")).toMatchObject({ status: 0 });

    write("src/order.js", "export const total = (order) => order.totalAmount;\n");
    // `--all` gives the hook an index of its own.
    const stopped = git(...IDENTITY, "commit", "--quiet", "--all", "--message=bad");
    expect(stopped.status).toBe(1);
    expect(`${stopped.stdout}${stopped.stderr}`).toMatch(/src\/order\.js:1:\d+/u);
    expect(git("log", "--format=%s").stdout.trim().split("\n")).toEqual(["clean", "first"]);
  }, 60_000);
});

it("pre-commit hands over no file names: the index is read", () => {
  expect(preCommit.repos[0]!.hooks[0]!.pass_filenames).toBe(false);
});
