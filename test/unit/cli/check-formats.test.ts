import { describe, expect, test } from "vitest";
import { evaluate } from "../../../src/checks/evaluate.ts";
import { compileRules } from "../../../src/checks/rule-set.ts";
import type { PatternRule } from "../../../src/config/schema/pattern-rule-schema.ts";
import { githubReport, jsonReport, textReport } from "../../../src/cli/check/report.ts";
import { sarifReport } from "../../../src/cli/check/sarif.ts";
import { wrongBy } from "../../support/published-schema.ts";

const ruleSet = compileRules([
  { forbid: "totalAmount", use: "amount", in: ["**"], because: "PAYMENT-CRITICAL-042" },
  { forbid: "grossSum", in: ["**"] },
]);

const FLOAT: PatternRule = {
  id: "no-float-money",
  language: "JavaScript",
  rule: { pattern: "parseFloat($A)" },
  message: "Money is counted in cents.\nNever as fractions.\n",
  fix: "toCents($A)",
  severity: "warning",
  in: ["**"],
};

const patterns = compileRules([FLOAT]);

const evaluation = evaluate(
  [
    file(
      "src/pay.js",
      'log("💳"); charge(order.totalAmount);\ncharge(order.totalAmount);\ncharge(order.totalAmount);',
    ),
    file("a b%#?,:.sql", "select grossSum"),
    file("c:d.js", "// grossSum\nfunction ({"),
  ],
  ruleSet,
);

describe("the SARIF of hotfix check", () => {
  const log: unknown = JSON.parse(sarifReport(evaluation, ruleSet));

  test("is valid by the schema of the standard, which finds what is wrong", () => {
    expect(wrongBy("sarif", log)).toBeNull();
    expect(wrongBy("sarif", { ...(log as object), verdict: "red" })).not.toBeNull();
  });

  test("knows rules in their full form, and which of them only warn", () => {
    const found = evaluate([file("src/a.js", "parseFloat(a);")], patterns);
    const report: unknown = JSON.parse(sarifReport(found, patterns));
    expect(wrongBy("sarif", report)).toBeNull();
    expect(report).toMatchObject({
      runs: [
        {
          tool: { driver: { rules: [{ id: "no-float-money", defaultConfiguration: { level: "warning" } }] } },
          results: [{ ruleId: "no-float-money", ruleIndex: 0, level: "warning" }],
        },
      ],
    });
  });

  test("counts columns in characters, as it says", () => {
    expect(log).toMatchObject({
      runs: [
        {
          columnKind: "unicodeCodePoints",
          results: [
            {
              ruleId: "forbid grossSum",
              ruleIndex: 1,
              locations: [{ physicalLocation: { artifactLocation: { uri: "a%20b%25%23%3F%2C%3A.sql" } } }],
            },
            {
              ruleId: "forbid totalAmount",
              ruleIndex: 0,
              locations: [
                {
                  physicalLocation: {
                    artifactLocation: { uri: "src/pay.js", uriBaseId: "%SRCROOT%" },
                    region: { startLine: 1, startColumn: 24, endColumn: 35 },
                  },
                },
              ],
              fixes: [{ artifactChanges: [{ replacements: [{ insertedContent: { text: "amount" } }] }] }],
            },
            {},
            {},
          ],
        },
      ],
    });
  });

  test("has of each rule what GitHub's page asks for, and the reason with each finding", () => {
    const both = compileRules([
      {
        forbid: "totalAmount",
        use: "amount",
        in: ["**"],
        unless: "Valid usage",
        because: "PAYMENT-CRITICAL-042",
      },
      FLOAT,
    ]);
    const report: unknown = JSON.parse(sarifReport(evaluate([file("a.js", "o.totalAmount;")], both), both));
    expect(wrongBy("sarif", report)).toBeNull();
    expect(report).toMatchObject({
      runs: [
        {
          tool: {
            driver: {
              semanticVersion: expect.stringMatching(/^\d+\.\d+\.\d+$/u),
              rules: [
                {
                  shortDescription: { text: '"totalAmount" must not be used.' },
                  fullDescription: { text: '"totalAmount" must not be used. Why: PAYMENT-CRITICAL-042' },
                  help: {
                    text: 'Use "amount" instead, or put the comment "Valid usage" on the line where it is right.',
                  },
                },
                {
                  fullDescription: { text: "Money is counted in cents. Never as fractions." },
                  help: { text: "Write toCents($A) instead." },
                },
              ],
            },
          },
          results: [{ message: { text: expect.stringMatching(/ \(PAYMENT-CRITICAL-042\)$/u) } }],
        },
      ],
    });
  });

  test("says that the run was no success where something was not looked at", () => {
    const note = { path: "src/a b.js", sentence: "Larger than 10 MB, not looked at.", incomplete: true };
    const report: unknown = JSON.parse(sarifReport({ ...evaluation, notes: [note] }, ruleSet));
    expect(wrongBy("sarif", report)).toBeNull();
    expect(report).toMatchObject({
      runs: [
        {
          invocations: [
            {
              executionSuccessful: false,
              toolExecutionNotifications: [
                {
                  level: "error",
                  locations: [{ physicalLocation: { artifactLocation: { uri: "src/a%20b.js" } } }],
                },
              ],
            },
          ],
        },
      ],
    });
  });

  test("tells equal findings apart, and finds each again when lines move", () => {
    const prints = fingerprintsOf(log);
    expect(new Set(prints).size).toBe(4);
    const moved = evaluate([file("src/pay.js", "\n\ncharge(order.totalAmount);")], ruleSet);
    expect(prints).toContain(fingerprintsOf(JSON.parse(sarifReport(moved, ruleSet)))[0]);
  });
});

describe("the other formats of hotfix check", () => {
  test("S23: workflow commands are escaped, so that no name or line can start one", () => {
    const hostile = evaluate([file("a\n::set-output name=x::y,b:c%.js", "o.totalAmount")], ruleSet);
    const lines = githubReport(hostile, 2, "--fix").trimEnd().split("\n");
    expect(lines).toEqual([
      '::error file=a%0A%3A%3Aset-output name=x%3A%3Ay%2Cb%3Ac%25.js,line=1,endLine=1,col=3,endColumn=13,title=forbid totalAmount::"totalAmount" is forbidden here (member access). Use "amount" instead. (PAYMENT-CRITICAL-042)',
      "1 forbidden use (1 file, 2 rules). With --fix it is replaced.",
    ]);
  });

  test("S23: a line of a file is no command to the runner that prints the plain text, and no name is one", () => {
    const code = "::stop-commands::x // ##[error]\no.totalAmount; // ##[error]x\n::add-mask::o.totalAmount";
    const found = evaluate(
      [file("::error::a", code), file("b.js", "/*\n::debug::*/ o.totalAmount")],
      ruleSet,
    );
    const lines = textReport(found, 2, "--fix").split("\n");
    expect(lines.filter((line) => line.includes("add-mask") || line.includes("debug"))).toHaveLength(2);
    expect(lines.filter((line) => line.trim().startsWith("::") || line.includes("##["))).toEqual([]);
  });

  test("--fix is promised for what it mends, be it an error or a warning", () => {
    const both = compileRules([FLOAT, { forbid: "totalAmount", in: ["**"] }]);
    const found = evaluate([file("a.js", "parseFloat(o.totalAmount);")], both);
    expect(textReport(found, 2, "--fix")).toContain(
      "1 forbidden use, 1 warning (1 file, 2 rules). With --fix 1 is replaced.",
    );
  });

  test("a warning is told as one", () => {
    const found = evaluate([file("src/a.js", "parseFloat(a);")], patterns);
    expect(githubReport(found, 1, "--fix")).toMatch(
      /^::warning file=src\/a\.js,line=1,.*::Money is counted in cents\. Never as fractions\. Write toCents\(a\) instead\.\n/u,
    );
    expect(textReport(found, 1, "--fix")).toContain(
      "src/a.js:1:1: warning: Money is counted in cents. Never as fractions. Write toCents(a) instead.\n",
    );
  });

  test("JSON has a version and everything that the engine found", () => {
    expect(JSON.parse(jsonReport(evaluation))).toEqual({ version: 1, ...evaluation });
  });
});

function file(path: string, text: string) {
  return { path, mode: "100644", bytes: Buffer.from(text) };
}

function fingerprintsOf(log: unknown): readonly string[] {
  const { runs } = log as { runs: { results: { partialFingerprints: Record<string, string> }[] }[] };
  return runs[0]!.results.map(({ partialFingerprints }) => partialFingerprints["hotfix/v1"]!);
}
