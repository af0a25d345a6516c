import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { mergeFile } from "../../../src/checks/merge-file.ts";
import { fc } from "../../support/fast-check.ts";

const merge = (base: string | null, hotfix: string | null, target: string | null) =>
  mergeFile({ path: "src/a.js", base, hotfix, target });

describe("mergeFile", () => {
  it("takes both changes where they are apart", () => {
    expect(merge("a\nb\nc\nd\ne\n", "A\nb\nc\nd\ne\n", "a\nb\nc\nd\nE\n")).toEqual({
      path: "src/a.js",
      kind: "clean",
      text: "A\nb\nc\nd\nE\n",
    });
  });

  it("names the lines of a conflict on both sides", () => {
    expect(merge("a\nb\nc\n", "a\nhot\nc\n", "new\na\ndev\nc\n")).toMatchObject({
      kind: "conflict",
      hunks: [{ hotfixLine: 2, targetLine: 3, hotfix: ["hot"], target: ["dev"] }],
      withMarkers: "new\na\n<<<<<<< hotfix\nhot\n=======\ndev\n>>>>>>> target\nc\n",
    });
  });

  it("says who deleted what the other changed", () => {
    expect(merge("a\n", "b\n", null)).toMatchObject({
      kind: "deleted-or-added",
      sentence: "the target deleted it and the hotfix changed it",
    });
  });

  it("accepts the same change on both sides, and a deletion on one", () => {
    expect(merge("a\n", "b\n", "b\n")).toMatchObject({ kind: "clean", text: "b\n" });
    expect(merge("a\n", null, "a\n")).toMatchObject({ kind: "clean", text: null });
  });

  it("does not compare what is not text", () => {
    expect(merge("a\0", "b\0", "c\0")).toMatchObject({ kind: "not-compared" });
  });

  it("never calls clean what git calls a conflict, and merges to the same text", () => {
    const folder = mkdtempSync(join(tmpdir(), "merge-file-"));
    const file = (name: string, text: string) => {
      writeFileSync(join(folder, name), text);
      return join(folder, name);
    };
    // Lines that are all different: where lines repeat, which of them was deleted is a matter of taste, and git's may differ.
    const base = ["a", "b", "c", "d", "e", "f"];
    const edited = (side: string) =>
      fc
        .array(fc.constantFrom("keep", "keep", "change", "delete", "add"), { minLength: 6, maxLength: 6 })
        .map((acts) =>
          base.flatMap((line, index) => {
            switch (acts[index]) {
              case "change":
                return [`${line} of ${side}`];
              case "delete":
                return [];
              case "add":
                return [line, `after ${line}, by ${side}`];
              default:
                return [line];
            }
          }),
        )
        .map((lines) => lines.map((line) => `${line}\n`).join(""));
    const origin = base.map((line) => `${line}\n`).join("");
    try {
      const check = fc.check(
        fc.property(edited("hotfix"), edited("target"), (hotfix, target) => {
          const args = [
            "merge-file",
            "-p",
            file("hotfix", hotfix),
            file("base", origin),
            file("target", target),
          ];
          const git = runGit(args);
          const ours = merge(origin, hotfix, target);
          // A conflict here where git finds none only asks a person to look.
          return ours.kind !== "clean" || (git.conflicts === 0 && ours.text === git.text);
        }),
        { numRuns: 150 },
      );
      expect(check.counterexample).toBeNull();
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});

/** `git merge-file` exits with the number of conflicts. */
function runGit(args: readonly string[]): { text: string; conflicts: number } {
  try {
    return { text: execFileSync("git", [...args], { encoding: "utf8", stdio: "pipe" }), conflicts: 0 };
  } catch (error) {
    if (error instanceof Error && "status" in error && "stdout" in error) {
      return { text: String(error.stdout), conflicts: Number(error.status) };
    }
    throw error;
  }
}
