import { describe, expect, it } from "vitest";
import type { SideFile } from "../../../src/checks/merge-sides.ts";
import { hasConflictMarkers, mergeSides, versionFileKinds } from "../../../src/checks/merge-sides.ts";

function file(text: string | null, mode = "100644", oid = `${mode} ${text}`): SideFile {
  return { oid, mode, text };
}

const lines = (...changed: readonly string[]): string => `${["a", "b", "c", "d", ...changed].join("\n")}\n`;

describe("merging the sides of a file", () => {
  it("takes the only side that changed, as the object it is", () => {
    const [base, changed] = [file("1\n"), file("2\n")];
    expect(mergeSides({ path: "x", base, hotfix: changed, target: base })).toEqual({
      path: "x",
      kind: "clean",
      content: changed,
    });
    expect(mergeSides({ path: "x", base, hotfix: null, target: base })).toMatchObject({ content: null });
    expect(mergeSides({ path: "x", base: null, hotfix: changed, target: null })).toMatchObject({
      content: changed,
    });
  });

  it("needs no text where one side is as it was: a binary file merges too", () => {
    const [base, changed] = [file(null, "100644", "old"), file(null, "100644", "new")];
    expect(mergeSides({ path: "x", base, hotfix: changed, target: base })).toMatchObject({ kind: "clean" });
    expect(mergeSides({ path: "x", base, hotfix: changed, target: changed })).toMatchObject({
      kind: "clean",
    });
  });

  it("merges changes in different places and keeps the mode that one side set", () => {
    const merged = mergeSides({
      path: "x",
      base: file(lines("e", "f", "g")),
      hotfix: file(lines("e", "f", "fixed")),
      target: file(lines("e", "f", "g").replace("a\n", "A\n"), "100755"),
    });
    expect(merged).toEqual({
      path: "x",
      kind: "clean",
      content: { mode: "100755", text: lines("e", "f", "fixed").replace("a\n", "A\n") },
    });
  });

  it("names the lines of both sides where they clash, and what a draft would hold", () => {
    const merged = mergeSides({
      path: "x",
      base: file("1\n2\n3\n"),
      hotfix: file("1\nfix\n3\n"),
      target: file("0\n1\nwork\nmore\n3\n"),
    });
    expect(merged).toMatchObject({
      kind: "conflict",
      settled: null,
      sentence: null,
      hunks: [{ hotfix: { line: 2, lines: 1 }, target: { line: 3, lines: 2 } }],
      draft: { text: "0\n1\n<<<<<<< hotfix\nfix\n=======\nwork\nmore\n>>>>>>> target\n3\n" },
    });
    expect(hasConflictMarkers((merged as { draft: { text: string } }).draft.text)).toBe(true);
  });

  it.each([
    ["deleted on one side", { hotfix: file("2\n"), target: null }, /the target deleted or renamed it/u],
    ["deleted by the hotfix", { hotfix: null, target: file("2\n") }, /the hotfix deleted or renamed it/u],
    [
      "S26: binary on both",
      { hotfix: file(null, "100644", "x"), target: file(null, "100644", "y") },
      /not text/u,
    ],
    ["S26: a link on one", { hotfix: file("2\n", "120000"), target: file("3\n", "100755") }, /kind of file/u],
  ])("leaves a file to people that is %s", (_, sides, sentence) => {
    const merged = mergeSides({ path: "x", base: file("1\n"), ...sides }, () => "package");
    expect(merged).toMatchObject({ kind: "conflict", settled: null, draft: null, hunks: [] });
    expect((merged as { sentence: string }).sentence).toMatch(sentence);
  });

  it("settles a version file only where its policy covers the whole difference", () => {
    const kindOf = versionFileKinds([{ path: "packages/*/package.json", kind: "package" }]);
    const at = (version: string, more = ""): SideFile => file(`{\n  "version": "${version}"${more}\n}\n`);
    const sides = {
      path: "packages/a/package.json",
      base: at("1.0.0"),
      hotfix: at("1.0.1"),
      target: at("1.1.0"),
    };
    expect(mergeSides(sides, kindOf)).toMatchObject({
      settled: { as: "package", content: { text: at("1.1.0").text } },
    });
    expect(mergeSides({ ...sides, path: "package.json" }, kindOf)).toMatchObject({ settled: null });
    const other = { ...sides, hotfix: at("1.0.1", ',\n  "main": "x.js"') };
    expect(mergeSides(other, kindOf)).toMatchObject({ settled: null });
  });
});

describe("conflict markers", () => {
  it.each([
    ["<<<<<<< hotfix\na\n=======\nb\n>>>>>>> target\n", true],
    ["Title\n=======\n\ntext\n", false],
    ["<<<<<<< only a quote of the beginning\n", false],
    ["a <<<<<<< b\n  >>>>>>> c\n", false],
  ])("are the first and the last line of a conflict together: %j", (text, is) => {
    expect(hasConflictMarkers(text)).toBe(is);
  });
});
