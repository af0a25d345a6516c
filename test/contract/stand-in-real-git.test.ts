import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { GitRepository } from "../../src/drill/stand-in/git.ts";
import { changedPaths } from "../../src/drill/stand-in/changed-paths.ts";
import { editTree } from "../../src/drill/stand-in/tree-edit.ts";
import { isRefName } from "../../src/drill/stand-in/ref-format.ts";
import { ShopWorld } from "../support/shop-world.ts";
import { fc } from "../support/fast-check.ts";

const shop = { owner: "acme", repo: "shop" };
const nobody = { name: "n", email: "n@example.com", date: new Date("2026-01-01T00:00:00Z") };

describe("what is answered without a git process agrees with git", () => {
  let folder: string;
  let git: GitRepository;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "stand-in-git-"));
    git = await GitRepository.create(join(folder, "x.git"), "main");
  });
  afterAll(async () => {
    await git.close();
    await rm(folder, { recursive: true, force: true });
  });

  it("ancestry and new commits of a history with merges", async () => {
    const tree = await git.writeTree([]);
    const oids: string[] = [];
    // Parents by distance: some linear, some merges, one second root.
    const shape = [[], [1], [1], [2], [1, 2], [1], [], [1, 2], [3], [1, 4], [1], [2, 5], [1]];
    for (const [index, distances] of shape.entries()) {
      const parents = distances.map((distance) => oids[index - distance] ?? "");
      oids.push(
        await git.writeCommit({ tree, parents, author: nobody, committer: nobody, message: `${index}` }),
      );
    }
    for (const left of oids) {
      for (const right of oids.slice(-6)) {
        const expected = (await git.try(["merge-base", "--is-ancestor", left, right])).code === 0;
        expect(await git.isAncestor(left, right)).toBe(expected);
      }
      const walked = await git.newCommits(oids.at(-1) ?? "", [left]);
      const listed = await git.revList([oids.at(-1) ?? "", `^${left}`]);
      expect(new Set(walked)).toEqual(new Set(listed));
      for (const [at, oid] of walked.entries()) {
        const parents = (await git.commit(oid))?.parents ?? [];
        expect(parents.every((parent) => !walked.includes(parent) || walked.indexOf(parent) < at)).toBe(true);
      }
    }
  });

  it("changed paths, also where a file becomes a folder", async () => {
    const write = async (files: Readonly<Record<string, string>>): Promise<string> => {
      const changes = new Map<string, { mode: string; oid: string }>();
      for (const [path, text] of Object.entries(files)) {
        changes.set(path, { mode: "100644", oid: await git.writeBlob(Buffer.from(text)) });
      }
      return editTree(git, undefined, changes);
    };
    const before = await write({ "a/b.txt": "1", "a/c.txt": "1", x: "1", "gone/deep/f": "1", "same/s": "1" });
    const after = await write({ "a/b.txt": "2", "a/n.txt": "1", "x/y": "1", "same/s": "1", "a.txt": "1" });
    const letters = { added: "A", removed: "D", modified: "M" };
    const ours = (await changedPaths(git, before, after)).map((it) => `${letters[it.kind]}\t${it.path}`);
    const theirs = await git.run(["diff-tree", "-r", "--no-renames", "--name-status", before, after]);
    expect(ours.toSorted()).toEqual(theirs.trim().split("\n").toSorted());
    await git.run(["fsck", "--strict"]);
  });

  it("S18: names of refs", async () => {
    const names = fc.string({
      unit: fc.constantFrom(..."ab/.-~^:?*[\\@{ \u0001é".split(""), ".lock"),
      maxLength: 8,
    });
    const examples = [
      "a",
      "a..b",
      "a.lock",
      "a.lock/b",
      "@{",
      "a@{b",
      ".a",
      "a/.b",
      "a.",
      "a//b",
      "-a",
      "@",
      "a b",
      "é",
    ];
    const sample = [...examples, ...fc.sample(names, { numRuns: 60, seed: 7 })];
    for (const name of sample) {
      const expected = (await git.try(["check-ref-format", `refs/heads/${name}`])).code === 0;
      expect([name, isRefName(`refs/heads/${name}`)]).toEqual([name, expected]);
    }
  });
});

describe("callers at the same time", () => {
  let world: ShopWorld;
  beforeEach(async () => {
    world = await ShopWorld.open();
  });
  afterEach(() => world.close());

  it("F17: give a name to exactly one of them", async () => {
    const octokit = world.asApp();
    await octokit.rest.repos.get(shop);
    const sha = world.head("main");
    const answers = await Promise.allSettled(
      Array.from({ length: 8 }, () => octokit.rest.git.createRef({ ...shop, ref: "refs/tags/v1.0.1", sha })),
    );
    expect(answers.filter((it) => it.status === "fulfilled")).toHaveLength(1);
    const { deliveries } = world.standIn;
    expect(deliveries.filter((it) => it.event === "create" && it.action === null)).toHaveLength(2);
  });

  it("commit to one branch one after the other, and none is lost", async () => {
    const octokit = world.asApp();
    await octokit.rest.repos.get(shop);
    const answers = await Promise.allSettled(
      Array.from({ length: 8 }, (_, n) =>
        octokit.rest.repos.createOrUpdateFileContents({
          ...shop,
          path: `f${n}`,
          message: `f${n}`,
          content: "aGk=",
        }),
      ),
    );
    const made = answers.filter((it) => it.status === "fulfilled").length;
    const refused = answers.flatMap((it) =>
      it.status === "rejected" ? [(it.reason as { status: number }).status] : [],
    );
    expect(new Set(refused)).toEqual(new Set(refused.length === 0 ? [] : [409]));
    const { data: root } = await octokit.rest.repos.getContent({ ...shop, path: "" });
    expect(root).toHaveLength(1 + made);
  });
});
