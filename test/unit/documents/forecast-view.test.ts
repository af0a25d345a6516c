import { describe, expect, it } from "vitest";
import { mergeFile } from "../../../src/checks/merge-file.ts";
import { mergeSides } from "../../../src/checks/merge-sides.ts";
import { loadTemplates } from "../../../src/config/load-templates.ts";
import { createRenderer } from "../../../src/documents/create-renderer.ts";
import { forecastView } from "../../../src/documents/views/forecast-view.ts";
import type { IncidentFacts } from "../../../src/incident/facts.ts";
import type { BackMergeFacts } from "../../../src/incident/facts/round-facts.ts";
import type { ConflictFacts, ForecastFacts } from "../../../src/incident/state/forecast-facts.ts";
import { aBackMerge, aCommit, aSha, checkoutInReview } from "../../support/facts-builder.ts";

const templates = await loadTemplates();
const renderer = createRenderer(templates);

function aConflict(over: Partial<ConflictFacts> = {}): ConflictFacts {
  const side = (line: number, lines: number) => ({ hotfix: { line, lines }, target: { line, lines } });
  return {
    path: "src/a.js",
    settledAs: null,
    sentence: null,
    hunks: [side(8, 5), side(30, 0)],
    commits: [aCommit({ sha: aSha("c"), author: "ana" })],
    ...over,
  };
}

function foreseeing(files: readonly ConflictFacts[], over: Partial<BackMergeFacts> = {}): BackMergeFacts {
  const forecast: ForecastFacts = {
    target: "develop",
    hotfix: aSha("a"),
    into: aSha("b"),
    markers: [],
    outcome: files.length === 0 ? { kind: "clean" } : { kind: "conflicts", files },
  };
  return aBackMerge({ target: "develop", forecast, ...over });
}

function statusOf(backMerge: BackMergeFacts, over: Partial<IncidentFacts> = {}): string {
  const facts = checkoutInReview(over);
  const [round] = facts.rounds;
  return renderer.statusSection({ ...facts, rounds: [{ ...round!, backMerges: [backMerge] }] });
}

describe("what the status comment says of a conflict", () => {
  const italian = createRenderer(templates, "it");
  const inItalian = (backMerge: BackMergeFacts): string => {
    const facts = checkoutInReview({ locale: "it" });
    return italian.statusSection({ ...facts, rounds: [{ ...facts.rounds[0]!, backMerges: [backMerge] }] });
  };

  it("is in the language of the repository, whatever keeps the files from being compared", () => {
    const file = { hotfix: null, target: "b", base: "a", path: "src/a.js" };
    const merges = [
      mergeFile(file),
      mergeFile({ ...file, hotfix: "b", target: null }),
      mergeFile({ ...file, hotfix: "c\0" }),
      mergeFile({ ...file, hotfix: "\n".repeat(20_001) }),
    ];
    const sides = { mode: "100644", oid: "1", text: null };
    const three = [
      mergeSides({ path: "a", base: sides, hotfix: null, target: { ...sides, oid: "2" } }),
      mergeSides({ path: "a", base: sides, hotfix: { ...sides, oid: "2" }, target: null }),
      mergeSides({
        path: "a",
        base: sides,
        hotfix: { ...sides, oid: "2" },
        target: { ...sides, oid: "3" },
      }),
      mergeSides({
        path: "a",
        base: { ...sides, mode: "100755" },
        hotfix: { ...sides, oid: "2", mode: "120000" },
        target: { ...sides, oid: "3" },
      }),
    ];
    const sentences = [...merges, ...three].map((merge) => ("sentence" in merge ? merge.sentence! : ""));
    expect(new Set(sentences).size).toBe(8);
    for (const sentence of sentences) {
      expect(inItalian(foreseeing([aConflict({ sentence, hunks: [] })]))).not.toContain(sentence);
    }
    const unknown = foreseeing([]);
    const because = "the two branches share no history";
    const forecast = { ...unknown.forecast!, outcome: { kind: "unknown", because } } as const;
    expect(inItalian({ ...unknown, forecast })).toContain("i due rami non hanno storia in comune");
  });

  it("names nobody in a public repository, and still the commit", () => {
    const backMerge = foreseeing([aConflict()]);
    expect(statusOf(backMerge)).toContain("lines 8–12, 30 with [`ccccccc`](");
    expect(statusOf(backMerge)).toContain(") by ana\n");
    const open = statusOf(backMerge, { mayNamePeople: false });
    expect(open).toContain("lines 8–12, 30 with [`ccccccc`](");
    expect(open).not.toContain("by ana");
  });

  it("stays short however much conflicts", () => {
    const hunk = { hotfix: { line: 1, lines: 1 }, target: { line: 1, lines: 1 } };
    const files = Array.from({ length: 50 }, (_, index) =>
      aConflict({ path: `src/${index}.js`, hunks: Array.from({ length: 40 }, () => hunk) }),
    );
    const line = statusOf(foreseeing(files))
      .split("\n")
      .find((each) => each.startsWith("- `develop`"))!;
    expect(line).toContain("lines 1, 1, 1, 1, … with");
    expect(line).toMatch(/; and 47 more$/u);
  });

  it("S22: keeps the name of a file inert", () => {
    const path = "a @ana/team #1 `x` | <img> [l](http://e.example).js";
    const text = statusOf(foreseeing([aConflict({ path, commits: [] })]));
    const line = text.split("\n").find((each) => each.startsWith("- `develop`"))!;
    expect(line).not.toMatch(/@ana|#1|<img|(?<!\\)\]\(|\|/u);
  });

  it("counts one line as a line, and files that the app settles as no conflict for people", () => {
    const hunk = { hotfix: { line: 4, lines: 1 }, target: { line: 4, lines: 1 } };
    expect(statusOf(foreseeing([aConflict({ hunks: [hunk] })]))).toContain("`src/a.js` line 4 with");
    const settled = aConflict({ path: "package.json", settledAs: "package" });
    expect(statusOf(foreseeing([settled]))).toContain(
      "conflicts only in `package.json`, which the app resolves",
    );
    expect(statusOf(foreseeing([settled, aConflict()]))).toContain("**conflicts** in `src/a.js`");
  });

  it.each(["landed", "merged", "closed"] as const)("says nothing of a target that is %s", (state) => {
    expect(forecastView(checkoutInReview(), foreseeing([aConflict()], { state }))).toBeNull();
  });
});
