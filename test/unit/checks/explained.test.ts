import { describe, expect, test } from "vitest";
import { explainUrl } from "../../../src/checks/explain-url.ts";
import { explained } from "../../../src/checks/explained.ts";
import type { Verdict } from "../../../src/checks/verdict.ts";

const SHOP = "https://github.com/acme/shop";

describe("where a check is explained", () => {
  test.each([
    ["https://hotfix.acme.dev", "https://hotfix.acme.dev/docs/checks/scope.md"],
    ["https://hotfix.acme.dev/", "https://hotfix.acme.dev/docs/checks/scope.md"],
    ["http://127.0.0.1:3000/hotfix", "http://127.0.0.1:3000/hotfix/docs/checks/scope.md"],
    ["https://github.com/us/hotfix", "https://github.com/us/hotfix/blob/HEAD/docs/checks/scope.md"],
    ["https://tools.acme.dev/a/b", "https://tools.acme.dev/a/b/docs/checks/scope.md"],
    ["https://acme.dev/a)b", "https://acme.dev/a%29b/docs/checks/scope.md"],
  ])("%s", (homepage, url) => {
    expect(explainUrl(homepage, "scope", SHOP)).toBe(url);
  });

  test.each([
    undefined,
    "",
    "no address",
    "javascript:alert(1)",
    "https://a@b.c",
    "https://github.com/apps/x",
    "https://hotfix.example.com",
    "https://example.org/docs",
    "https://hotfix.example",
  ])("nowhere: %s", (homepage) => {
    expect(explainUrl(homepage, "scope", SHOP)).toBeNull();
  });

  test("stands at the end of the summary, which never grows too long for GitHub", () => {
    const verdict: Verdict = {
      conclusion: "success",
      title: "t",
      summary: "x".repeat(65_535),
      annotations: [],
      blockers: [],
    };
    const about = { page: "scope", homepage: "https://hotfix.acme.dev", repositoryUrl: SHOP };
    const { summary, detailsUrl } = explained(verdict, { ...about, blocks: true });
    expect(summary).toHaveLength(65_535);
    expect(summary).toMatch(
      /x\n\nThis check blocks where branch rules require it\. \[Explain\]\(.*scope\.md\)$/u,
    );
    expect(detailsUrl).toBe("https://hotfix.acme.dev/docs/checks/scope.md");
    const silent = explained({ ...verdict, summary: "s" }, { ...about, homepage: undefined, blocks: false });
    expect(silent).toEqual({ ...verdict, summary: "s\n\nThis check advises: it never blocks the merge." });
  });
});
