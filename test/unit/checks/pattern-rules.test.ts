import { describe, expect, test } from "vitest";
import { evaluate } from "../../../src/checks/evaluate.ts";
import { applyFixes } from "../../../src/checks/apply-fixes.ts";
import { disabledRules } from "../../../src/checks/properties/pattern-rules.ts";
import { compileRules } from "../../../src/checks/rule-set.ts";
import { usableRulesOf } from "../../../src/checks/usable-rules.ts";
import { verdictOf } from "../../../src/checks/verdict.ts";
import { parseConfiguration } from "../../../src/config/parse.ts";
import { configOf, type ConfigInput, defaultConfig } from "../../../src/config/schema.ts";
import { cpuTime } from "../../support/cpu-time.ts";

type Given = NonNullable<NonNullable<ConfigInput["checks"]>["rules"]>[number];

const noParse: Given = {
  id: "no-float-money",
  language: "JavaScript",
  rule: { pattern: "parseFloat($A)" },
  message: "Money is counted in cents.",
};

describe("rules in their full form", () => {
  test("find code by its shape, and not what only looks like it", () => {
    const { findings } = find(
      [noParse],
      "// parseFloat(a)\nparseFloat(a);\n'parseFloat(a)';\nparseFloat2(a);\n",
    );
    expect(findings).toMatchObject([
      { rule: "no-float-money", place: { line: 2, column: 1 }, message: "Money is counted in cents." },
    ]);
  });

  test.each([
    ["constraints", { constraints: { A: { regex: "^price" } } }, "parseFloat(price);\nparseFloat(x);\n", [1]],
    [
      "a neighbour",
      { rule: { pattern: "f($A)", inside: { kind: "await_expression" } } },
      "f(1);\nawait f(2);\n",
      [2],
    ],
    ["unless", { unless: "for display" }, "parseFloat(a); // for display\nparseFloat(b);\n", [2]],
    ["another language", { language: "TypeScript" as const }, "parseFloat(a);\n", []],
    ["other files", { in: ["lib/**"] }, "parseFloat(a);\n", []],
  ])("mind %s", (_, more, text, lines) => {
    expect(find([{ ...noParse, ...more }], text).findings.map(({ place }) => place.line)).toEqual(lines);
  });

  test("look into the scripts of markup", () => {
    const text = "<p>parseFloat(a)</p>\n<script>\nparseFloat(b);\n</script>\n";
    expect(find([noParse], text, "src/a.html").findings.map(({ place }) => place.line)).toEqual([3]);
  });

  test.each([
    ["toCents($A)", "No floats", "f(a)", "No floats. Write toCents(a) instead."],
    ["toCents(\n  $A\n)", "No floats.", "f(a)", "No floats. Write toCents( a ) instead."],
    ["", "No floats!", "f(a)", "No floats! Take it out."],
    ["$A", "No.", `f(${"a".repeat(5000)})`, `No. Write ${"a".repeat(200)}… instead.`],
  ])("say with each finding what the fix %j writes there", (fix, message, text, told) => {
    const { findings } = find([{ ...noParse, rule: { pattern: "f($A)" }, fix, message }], text);
    expect(findings.map((finding) => finding.message)).toEqual([told]);
  });

  test("write what the fix says, with what was matched", () => {
    const rule: Given = {
      ...noParse,
      rule: { pattern: "pay($A, $$$REST)" },
      fix: "charge({ order: $A }, $$$REST)",
    };
    const text = "pay(o, 'é', 2);\npay(p, x);\n";
    const fixes = find([rule], text).findings.map(({ fix }) => fix!);
    expect(new TextDecoder().decode(applyFixes(new TextEncoder().encode(text), fixes) ?? undefined)).toBe(
      "charge({ order: o }, 'é', 2);\ncharge({ order: p }, x);\n",
    );
  });

  test("one that warns never fails the check, and one that fails says what to do", () => {
    const judged = (rule: Given) => verdictOf(verdictInput([rule], "parseFloat(a);\n"));
    expect(judged({ ...noParse, severity: "warning" }).conclusion).toBe("neutral");
    const verdict = judged({ ...noParse, because: "PAYMENT-CRITICAL-042" });
    expect(verdict).toMatchObject({ conclusion: "failure", title: "1 forbidden use of no-float-money" });
    expect(verdict.summary).toContain("**What to do:** Money is counted in cents. (PAYMENT-CRITICAL-042)");
  });

  test.each([
    [
      "a pattern that is no code",
      { pattern: "parseFloat($A" },
      "the pattern `parseFloat($A` is no code of JavaScript",
    ],
    ["a kind that there is not", { kind: "nope" }, "Kind `nope` is invalid"],
    ["a broken expression", { regex: "(a+" }, "unclosed group"],
    ["one deep inside", { any: [{ kind: "program" }, { not: { pattern: "a b (" } }] }, "is no code"],
  ])("S27: %s is explained and disabled while the others run", (_, rule, because) => {
    const { checks } = configWith([{ ...noParse, id: "broken", rule }, noParse]);
    const disabled = disabledRules(checks.rules);
    expect(disabled.map(({ id }) => id)).toEqual(["broken"]);
    expect(disabled[0]!.sentence).toContain(because);
    expect(find([{ ...noParse, id: "broken", rule }, noParse], "parseFloat(a);\n").findings).toHaveLength(1);
  });

  test("S27: what would cost a hostile file its square is not in the language of rules", () => {
    const text =
      "checks:\n  rules:\n    - id: slow\n      language: JavaScript\n      message: x\n      rule: { kind: program, has: { pattern: y(), stopBy: end } }\n";
    const parsed = parseConfiguration(text);
    expect(parsed.ok ? [] : parsed.problems.join()).toMatch(
      /has\.stopBy, line 6: not a key; allowed here: the keys pattern, kind, regex/u,
    );
  });

  test("S27: a line of 1 MB, an exploding expression and a tree of 100,000 levels end soon, and say what was not seen", () => {
    const explode: Given = { ...noParse, rule: { kind: "string_fragment", regex: "^(a+)+$" } };
    const took = cpuTime(() => {
      expect(find([explode], `x('${"a".repeat(400_000)}!')`).notes).toEqual([]);
      for (const text of [
        `a${"+a".repeat(100_000)}`,
        `${"x(".repeat(20_000)}${")".repeat(20_000)}`,
        `x('${"a".repeat(1_000_000)}!')`,
      ]) {
        const { notes } = find([{ ...noParse, rule: { pattern: "$A + $A" } }], text);
        expect(notes.some(({ incomplete }) => incomplete)).toBe(true);
      }
    });
    expect(took).toBeLessThan(10_000);
  });
});

function configWith(rules: readonly Given[]) {
  return configOf({ checks: { rules: [...rules] } });
}

function find(rules: readonly Given[], text: string, path = "src/a.js") {
  return verdictInput(rules, text, path).evaluation;
}

function verdictInput(rules: readonly Given[], text: string, path = "src/a.js") {
  const ruleSet = compileRules(usableRulesOf(configWith(rules)));
  const bytes = new TextEncoder().encode(text);
  return {
    evaluation: evaluate([{ path, mode: "100644", bytes }], ruleSet),
    ruleSet,
    changes: null,
    failOn: defaultConfig.checks.failOn,
    limits: [],
    repositoryUrl: "https://github.com/acme/shop",
    sha: "c".repeat(40),
    subject: { kind: "hotfix" as const },
  };
}
