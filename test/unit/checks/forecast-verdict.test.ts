import { describe, expect, test } from "vitest";
import { forecastVerdict } from "../../../src/checks/forecast-verdict.ts";
import type { ConflictFacts, ForecastFacts } from "../../../src/incident/state/forecast-facts.ts";
import { aCommit, shaOf } from "../../support/state-builder.ts";

const REPOSITORY = "https://github.com/acme/shop";
const lines = (line: number, count: number) => ({ line, lines: count });

function forecast(target: string, outcome: ForecastFacts["outcome"], markers: readonly string[] = []) {
  return { target, hotfix: shaOf("fix"), into: shaOf(target), markers, outcome };
}

function conflict(over: Partial<ConflictFacts> = {}): ConflictFacts {
  const hunks = [
    { hotfix: lines(3, 1), target: lines(8, 5) },
    { hotfix: lines(9, 1), target: lines(30, 1) },
  ];
  return { path: "src/a.js", settledAs: null, sentence: null, hunks, commits: [], ...over };
}

function verdictOf(forecasts: readonly ForecastFacts[], mayNamePeople = true) {
  return forecastVerdict({ forecasts, repositoryUrl: REPOSITORY, mayNamePeople });
}

describe("the verdict on the back-merge", () => {
  test("is green where the fix merges, also where the app settles what conflicts", () => {
    const settled = conflict({ path: "package.json", settledAs: "package" });
    const verdict = verdictOf([
      forecast("develop", { kind: "clean" }),
      forecast("release/1.4", { kind: "conflicts", files: [settled] }),
    ]);
    expect(verdict).toMatchObject({
      conclusion: "success",
      title: "Merges cleanly into develop, release/1.4",
      blockers: [],
    });
    expect(verdict.summary).toMatch(
      /^\*\*The fix merges cleanly into `develop`, `release\/1\.4`\.\*\*\n\n\*\*What to do:\*\* Nothing/u,
    );
    expect(verdict.summary).toContain("- `package.json`: the app settles it, the higher version stays.");
  });

  test("names lines, commits and authors of the other side, and the authors only where people may be named", () => {
    const theirs = aCommit("theirs", {
      message: "feat: totals <img src=x> @acme/all\n\nbody",
      author: "dana",
    });
    const files = [conflict({ commits: [theirs] })];
    const { conclusion, title, summary } = verdictOf([forecast("develop", { kind: "conflicts", files })]);
    expect({ conclusion, title }).toEqual({
      conclusion: "neutral",
      title: "Conflicts with develop in 1 file",
    });
    expect(summary).toContain("- `src/a.js`: lines 8–12, 30 of `develop`. There since: ");
    expect(summary).toContain("(dana)");
    expect(summary).not.toMatch(/<img|@acme|the body/u);
    expect(verdictOf([forecast("develop", { kind: "conflicts", files })], false).summary).not.toContain(
      "dana",
    );
  });

  test("never fails, and never says clean of what is not known or has markers", () => {
    const unknown = forecast("develop", { kind: "unknown", because: "GitHub did not answer" });
    expect(verdictOf([unknown])).toMatchObject({ conclusion: "neutral", title: "Not known for develop" });
    const marked = forecast("develop", { kind: "clean" }, ["src/b.js"]);
    expect(verdictOf([marked])).toMatchObject({
      conclusion: "neutral",
      title: "Conflicts with develop in 1 file",
    });
    const many = Array.from({ length: 300 }, (_, index) => conflict({ path: `src/${index}.js` }));
    const long = verdictOf([forecast("develop", { kind: "conflicts", files: many })]);
    expect(long.title).toBe("Conflicts with develop in 300 files");
    expect(long.summary).toContain("- 250 more files.");
    expect(long.summary.length).toBeLessThan(65_000);
  });
});
