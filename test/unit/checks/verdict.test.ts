import { carriedVerdict, withoutButton } from "../../../src/checks/group-verdict.ts";
import { describe, expect, test } from "vitest";
import { ANNOTATION_BATCH } from "../../../src/checks/annotations.ts";
import { evaluate } from "../../../src/checks/evaluate.ts";
import { addedLinesOf, type ChangedFile } from "../../../src/checks/provenance.ts";
import { ruleMark } from "../../../src/checks/rule-mark.ts";
import { compileRules } from "../../../src/checks/rule-set.ts";
import type { VerdictInput } from "../../../src/checks/verdict-input.ts";
import { configurationVerdict, type Verdict, verdictOf } from "../../../src/checks/verdict.ts";
import type { ForbidRule } from "../../../src/config/schema/forbid-rule-schema.ts";

const RULE: ForbidRule = {
  forbid: "totalAmount",
  use: "amount",
  in: ["src/**"],
  unless: "Valid usage",
  because: "PAYMENT-CRITICAL-042",
};

describe("the verdict on forbidden code", () => {
  test("names what was introduced first, then what to do", () => {
    const verdict = judged({ "src/pay.js": "charge(order.totalAmount);\n" }, [added("src/pay.js")]);
    expect(verdict).toEqual({
      conclusion: "failure",
      title: "1 forbidden use of totalAmount",
      summary: [
        "**Not ready: 1 forbidden use of `totalAmount` (1 introduced by this hotfix).**",
        '**Quickest:** press "Apply fix" on this page; the app replaces it and commits that.',
        "**What to do:** Use `amount` instead of `totalAmount`, or put the comment `Valid usage` on the line where it is right, then push. (PAYMENT-CRITICAL-042)",
        "| Where | Found | Line |\n| --- | --- | --- |\n| [`src/pay.js:1`](https://github.com/acme/shop/blob/abc/src/pay.js#L1) | introduced: member access | `charge(order.totalAmount);` |",
        "Checked 1 file with 1 rule.",
      ].join("\n\n"),
      annotations: [
        {
          path: "src/pay.js",
          start_line: 1,
          end_line: 1,
          start_column: 14,
          end_column: 24,
          annotation_level: "failure",
          title: "forbid totalAmount",
          message:
            '"totalAmount" is forbidden here (member access). Use "amount" instead.\nWhy: PAYMENT-CRITICAL-042',
        },
      ],
      blockers: ["forbid totalAmount src/pay.js charge(order.totalAmount);"],
      failedRules: [ruleMark(RULE)],
      isFixable: true,
    });
  });

  test("records which rules of earlier incidents failed: three at most, and none that only warns", () => {
    const rules = ["a", "b", "c", "d"].map((forbid) => ({ ...RULE, forbid }));
    const code = { "src/a.js": "o.a + o.b + o.c + o.d;\n" };
    const ruleSet = compileRules(rules);
    const more = { ruleSet, evaluation: evaluate(treeOf(code), ruleSet) };
    expect(judged(code, [added("src/a.js")], more).failedRules).toEqual(rules.slice(0, 3).map(ruleMark));
    expect(judged(code, [], more).failedRules).toBeUndefined();
    expect(new Set(rules.map(ruleMark)).size).toBe(4);
    expect(ruleMark({ ...RULE, because: "nobody reads it" })).toBeNull();
  });

  test.each([
    [{ kind: "hotfix" }, true],
    [{ kind: "back-merge", target: "develop" }, true],
    [{ kind: "pull-request" }, undefined],
  ] as const)("offers the fix where the app may commit it: %o", (subject, isFixable) => {
    const files = { "src/pay.js": "charge(order.totalAmount);\n" };
    const verdict = judged(files, [added("src/pay.js")], { subject });
    expect(verdict.conclusion).toBe("failure");
    expect(verdict.isFixable).toBe(isFixable);
    expect(verdict.summary.includes("Apply fix")).toBe(isFixable === true);
    for (const other of [withoutButton(verdict), carriedVerdict(verdict, "abc")]) {
      expect(other).not.toHaveProperty("isFixable");
      expect(other.summary).not.toContain("Apply fix");
    }
  });

  test("tells lines that the hotfix wrote from older ones in the same file and from other files", () => {
    const verdict = judged(
      { "src/a.js": "o.totalAmount;\no.totalAmount;\n", "src/b.js": "o.totalAmount;\n" },
      [
        {
          path: "src/a.js",
          previousPath: "src/a.js",
          status: "modified",
          addedLines: new Map([[2, "o.totalAmount;"]]),
        },
      ],
    );
    expect(verdict.conclusion).toBe("failure");
    expect(verdict.annotations.map((note) => [note.path, note.start_line, note.annotation_level])).toEqual([
      ["src/a.js", 1, "failure"],
      ["src/a.js", 2, "failure"],
      ["src/b.js", 1, "warning"],
    ]);
    expect(verdict.summary).toContain("(1 introduced by this hotfix, 1 left in the code it answers for)");
    expect(verdict.summary).toContain("Not counted against this hotfix:");
  });

  test("is grey, not green, while older uses remain elsewhere", () => {
    const verdict = judged({ "src/b.js": "o.totalAmount;\n" }, []);
    expect(verdict.conclusion).toBe("neutral");
    expect(verdict.title).toBe("Code outside this hotfix still contains 1 use of totalAmount");
  });

  test("names the target on a back-merge branch", () => {
    const verdict = judged({ "src/b.js": "o.totalAmount;\n" }, [], {
      subject: { kind: "back-merge", target: "develop" },
    });
    expect(verdict.title).toBe("develop still contains 1 use of totalAmount");
    expect(verdict.summary).toMatch(/^\*\*`develop` still contains 1 use of `totalAmount`\.\*\*/u);
  });

  test("asks nobody to mend in a hotfix what was there before", () => {
    const files = { "src/b.js": "o.totalAmount;\n" };
    const target = judged(files, [], { subject: { kind: "back-merge", target: "develop" } });
    expect(target.summary).toContain(
      "**What to do:** Nothing in this hotfix: it was like this before. Mend it on `develop` in a change of its own.\n\n- Use `amount` instead of `totalAmount`, or put the comment `Valid usage` on the line where it is right. (PAYMENT-CRITICAL-042)",
    );
    expect(judged(files, []).summary).toContain("before. Mend it there in a change of its own.");
  });

  test("does not call old what the hotfix wrote, where that only warns", () => {
    const files = { "src/a.js": "o.totalAmount;\no.totalAmount;\n", "src/b.js": "o.totalAmount;\n" };
    const verdict = judged(files, [added("src/a.js")], { failOn: [] });
    expect(verdict.conclusion).toBe("neutral");
    expect(verdict.title).toBe("2 uses of totalAmount that only warn in this hotfix");
    expect(verdict.summary).toMatch(
      /^\*\*Nothing stands in the way, but this hotfix has 2 uses of `totalAmount` that only warn\.\*\*\n\n\*\*What to do:\*\* Use `amount`/u,
    );
  });

  test("says what to do about what was not looked at, before anything else", () => {
    const limits = ["src/huge.js: Larger than 10 MB, not looked at."];
    const files = { "src/b.js": "o.totalAmount;\n" };
    const verdict = judged(files, [], { limits });
    expect(verdict.conclusion).toBe("action_required");
    expect(verdict.summary).toMatch(
      /^\*\*Not proven: .*\*\*\n\n\*\*What to do:\*\* Take what holds no code/u,
    );
    expect(verdict.summary).toContain("`/hotfix override properties because <reason>` on the incident.");
    expect(verdict.summary).not.toContain("Use `amount`");
    expect(judged(files, [], { limits, subject: { kind: "pull-request" } }).summary).not.toContain("/hotfix");
  });

  test("fails on everything when the comparison with the target could not be had", () => {
    expect(judged({ "src/b.js": "o.totalAmount;\n" }, null).conclusion).toBe("failure");
  });

  test("fails where configuration says that findings elsewhere fail", () => {
    const verdict = judged({ "src/b.js": "o.totalAmount;\n" }, [], { failOn: ["elsewhere"] });
    expect(verdict.conclusion).toBe("failure");
  });

  test("passes a clean tree and says how much was looked at", () => {
    const verdict = judged({ "src/a.js": "o.amount;\n", "README.md": "totalAmount" }, []);
    expect(verdict).toMatchObject({ conclusion: "success", title: "Clean: 1 file, 1 rule", annotations: [] });
    expect(verdict.summary).toBe("**Passed: no forbidden code.**\n\nChecked 1 file with 1 rule.");
  });

  test("S26: never passes a tree that was not wholly seen", () => {
    const verdict = judged({ "src/a.js": "o.amount;\n" }, [], {
      limits: ["GitHub listed only part of the tree."],
    });
    expect(verdict.conclusion).toBe("action_required");
    expect(verdict.title).toBe("Not everything could be checked");
    expect(verdict.summary).toContain("- GitHub listed only part of the tree.");
  });

  test("says that nothing was checked where no rule is configured", () => {
    const verdict = verdictOf({ ...input({}, []), ruleSet: compileRules([]) });
    expect(verdict).toMatchObject({ conclusion: "neutral", title: "No rule is configured" });
  });

  test("S28: a wrong configuration is neither a pass nor a failure of the code", () => {
    const verdict = configurationVerdict(["checks.forbid, line 3: unknown key `forbidden`"]);
    expect(verdict.conclusion).toBe("action_required");
    expect(verdict.summary).toContain("- checks.forbid, line 3: unknown key `forbidden`");
  });

  test("a file that does not parse is said so and does not block", () => {
    const verdict = judged({ "src/a.js": "// totalAmount\nfunction ( {{{\n" }, []);
    expect(verdict.conclusion).toBe("success");
    expect(verdict.summary).toContain(
      "`src/a.js`: Does not parse as JavaScript (line 2); checked as far as it can be read.",
    );
  });

  test("a summary with 20,000 findings keeps to GitHub's limit and says what it left out", () => {
    const files = Object.fromEntries(
      Array.from({ length: 20 }, (_, index) => [`src/f${index}.js`, "o.totalAmount;\n".repeat(1_000)]),
    );
    const verdict = judged(files, null);
    expect(verdict.title).toBe("20,000 forbidden uses of totalAmount");
    expect(verdict.summary.length).toBeLessThanOrEqual(65_535);
    expect(verdict.summary.length).toBeGreaterThan(50_000);
    const shown = verdict.summary.match(/^\| \[/gmu)!.length;
    expect(verdict.summary).toContain(
      `${(20_000 - shown).toLocaleString("en-US")} more findings did not fit`,
    );
    expect(verdict.annotations).toHaveLength(4 * ANNOTATION_BATCH);
  });

  test("one more of those that are only counted stands in the way, too", () => {
    const blockersAt = (uses: number) =>
      judged({ "src/a.js": "o.totalAmount;\n".repeat(uses) }, null).blockers;
    expect(blockersAt(1_100)).toEqual(blockersAt(1_100));
    expect(blockersAt(1_101)).not.toEqual(blockersAt(1_100));
  });

  test("findings beyond what is kept of one file are counted honestly", () => {
    const verdict = judged({ "src/a.js": "o.totalAmount;".repeat(1_001) }, null);
    expect(verdict.title).toBe("more than 1,000 forbidden uses of totalAmount");
    expect(verdict.summary).toContain("1 further finding in the same files: only counted.");
  });

  test("S22: a path or line of a stranger does nothing in the summary", () => {
    const path = "src/@acme/[x](javascript:1)|`<img>.js";
    const verdict = judged(
      { [path]: 'o.totalAmount; // "@acme/all fixes #1 <!-- hotfix:incident=7 --> | `' },
      null,
    );
    expect(verdict.summary).not.toMatch(/(?<![\w/%])@acme/u);
    expect(verdict.summary).not.toContain("<!--");
    expect(verdict.summary).not.toContain("<img>");
    expect(verdict.summary).not.toMatch(/(?<!\\)\]\(javascript:/u);
  });

  test("S26: a path with a line end is in the summary and not among the annotations, which GitHub would refuse", () => {
    const verdict = judged({ "src/a\nb.js": "o.totalAmount;", "src/-rf.js": "o.totalAmount;" }, null);
    expect(verdict.title).toBe("2 forbidden uses of totalAmount");
    expect(verdict.annotations.map(({ path }) => path)).toEqual(["src/-rf.js"]);
  });
});

describe("addedLinesOf", () => {
  test("reads the new lines of each hunk", () => {
    const patch =
      "@@ -1,3 +1,4 @@\n a\n-b\n+B\n+C\n d\n@@ -10 +11,2 @@ function x() {\n-y\n+y1\n+y2\n\\ No newline at end of file";
    expect([...addedLinesOf(patch)]).toEqual([
      [2, "B"],
      [3, "C"],
      [11, "y1"],
      [12, "y2"],
    ]);
  });
});

function added(path: string): ChangedFile {
  return { path, previousPath: null, status: "added", addedLines: null };
}

function judged(
  files: Readonly<Record<string, string>>,
  changes: readonly ChangedFile[] | null,
  more: Partial<VerdictInput> = {},
): Verdict {
  return verdictOf({ ...input(files, changes), ...more });
}

function input(
  files: Readonly<Record<string, string>>,
  changes: readonly ChangedFile[] | null,
): VerdictInput {
  const ruleSet = compileRules([RULE]);
  return {
    evaluation: evaluate(treeOf(files), ruleSet),
    ruleSet,
    changes: changes === null ? null : new Map(changes.map((change) => [change.path, change])),
    failOn: ["introduced", "touched"],
    limits: [],
    repositoryUrl: "https://github.com/acme/shop",
    sha: "abc",
    subject: { kind: "hotfix" },
  };
}

function treeOf(files: Readonly<Record<string, string>>) {
  return Object.entries(files).map(([path, text]) => ({
    path,
    mode: "100644",
    bytes: new TextEncoder().encode(text),
  }));
}
