import process from "node:process";
import { describe, expect, it } from "vitest";
import { parseConfiguration, validate } from "../../../src/config/parse.ts";
import { defaultConfig, type Config } from "../../../src/config/schema.ts";
import { fc } from "../../support/fast-check.ts";

function problemsOf(text: string | null): readonly string[] {
  const parsed = parseConfiguration(text);
  if (parsed.ok) throw new Error("the file is valid");
  return parsed.problems;
}

function configOf(text: string): Config {
  const parsed = parseConfiguration(text);
  if (!parsed.ok) throw new Error(parsed.problems.join("\n"));
  return parsed.config;
}

describe("a file that is right", () => {
  it.each(["", "\n\n", "# nothing yet\n", "---\n", "services:\nbranches:\nseverities:\n"])(
    "means the defaults when it says nothing: %j",
    (text) => {
      expect(configOf(text)).toEqual(defaultConfig);
    },
  );

  it("S28: may begin with a BOM and have CRLF line ends", () => {
    const config = configOf('\uFEFFservices:\r\n  payment:\r\n    paths: ["src/payment/**"]\r\n');
    expect(config.services.payment).toEqual({ paths: ["src/payment/**"], owners: [] });
  });

  it("may name a service and nothing else of it", () => {
    expect(configOf("services:\n  payment:\n").services.payment).toEqual({ paths: [], owners: [] });
  });

  it("replaces the severities as a whole, in the order written", () => {
    const config = configOf("severities:\n  worst: { sla: 5 }\n  bad: { sla: 50, aliases: [p2] }\n");
    expect(Object.entries(config.severities)).toEqual([
      ["worst", { sla: 5, aliases: [] }],
      ["bad", { sla: 50, aliases: ["p2"] }],
    ]);
  });

  it("S28: counts characters, of which an emoji is one, like the JSON Schema does", () => {
    expect(configOf(`labels: { incident: ${"\u{1F525}".repeat(50)} }`).labels.incident).toHaveLength(100);
    expect(problemsOf(`labels: { incident: ${"\u{1F525}".repeat(51)} }`)).toHaveLength(1);
  });

  it("may use anchors and aliases", () => {
    const config = configOf("services:\n  a: { paths: &all [src/**] }\n  b: { paths: *all }\n");
    expect(config.services.b?.paths).toEqual(["src/**"]);
  });
});

describe("a file that is wrong is explained with path, line, what was found and what is allowed", () => {
  it.each([
    [
      "services:\n  payment:\n    path: [src/**]\n",
      "services.payment.path, line 3: not a key; allowed here: the keys paths, owners, revenuePerHour and currency; did you mean paths?",
    ],
    ["release: maybe\n", 'release, line 1: found "maybe"; allowed is create, adopt or off'],
    ["\nversion: 2\n", "version, line 2: found 2; allowed is 1"],
    [
      'services:\n  payment:\n    revenuePerHour: "50000"\n',
      'services.payment.revenuePerHour, line 3: found "50000"; allowed is a number from 0 to 1000000000000',
    ],
    ["labels: [a]\n", "labels, line 1: found a list; allowed is a map with the keys incident and followUp"],
    [
      "severities:\n  critical:\n",
      "severities.critical.sla, line 2: missing; allowed is a whole number from 1 to 43200",
    ],
    [
      "severities:\n  critical: { sla: 0.5 }\n",
      "severities.critical.sla, line 2: found 0.5; allowed is a whole number from 1 to 43200",
    ],
    [
      "checks: { message: { subjectLength: 5 } }\n",
      "checks.message.subjectLength, line 1: found 5; allowed is a whole number from 20 to 200",
    ],
    ["services:\n  Payment: {}\n", "services.Payment, line 2: the name must be a lower-case word"],
    [
      "checks:\n  forbid:\n    - forbid: ok\n    - forbid: 5\n",
      "checks.forbid[1].forbid, line 4: found 5; allowed is a text of 1 to 200 characters",
    ],
    [
      'branches: { release: "" }\n',
      'branches.release, line 1: found ""; allowed is a text of 1 to 300 characters',
    ],
    [
      "severities: { a: { sla: 1, updates: [5] } }\n",
      "severities.a.updates, line 1: found a list; allowed is a map with the keys first, every and until",
    ],
    ["services: [payment]\n", "services, line 1: found a list; allowed is a map of names"],
    ["public: { money: yes }\n", 'public.money, line 1: found "yes"; allowed is true or false'],
    ["just text\n", "line 1: found a text; allowed is a map of keys, such as branches: and services:"],
    ["- a\n", "line 1: found a list; allowed is a map of keys, such as branches: and services:"],
    ["a: 1\na: 2\n", "line 2: the same key stands twice; each key may stand once"],
    ['services: { 1: {}, "1": {} }\n', "line 1: the same key stands twice; each key may stand once"],
    ["? [a, b]\n: 1\n", "line 1: a key must be plain text"],
    ["---\nversion: 1\n---\nversion: 1\n", "line 3: a second document (---) begins; one is allowed"],
  ])("%j", (text, problem) => {
    expect(problemsOf(text)).toContain(problem);
  });

  it("names every problem at once, not the first only", () => {
    expect(problemsOf("release: maybe\nversion: 3\nlabel: {}\n")).toHaveLength(3);
  });

  it.each([
    ["release: maybe\nlabel: {}\nbranch: {}\n", 3],
    // A fraction breaks no limit besides, and no rule between keys.
    ["targets: { excellent: -2.5, good: 1 }\n", 1],
    ["severities: { a: 5, b: { sla: 1 } }\n", 1],
    // What is asked of two keys together is asked beside a key that is not known.
    ["labels: { incident: a, followUp: A, color: red }\n", 2],
    // A list that is too long is that and nothing else.
    [`checks: { message: { trailers: [${"a b, ".repeat(11)}] } }\n`, 1],
    [`services: { a: { paths: [${"(a), ".repeat(3)}] }, B: { paths: 5 } }\n`, 4],
  ])("names each problem once: %j", (text, count) => {
    const problems = problemsOf(text);
    expect(new Set(problems).size).toBe(count);
    expect(problems).toHaveLength(count);
  });

  it("lists at most twenty problems and says how many there are besides", () => {
    const problems = problemsOf(Array.from({ length: 25 }, (_, index) => `key${index}: 1`).join("\n"));
    expect(problems).toHaveLength(21);
    expect(problems.at(-1)).toBe("5 more problems are not listed");
  });

  it("S22: quotes what was found, cut short, so that it stays one line of the explanation", () => {
    const [problem] = problemsOf(`release: "@everyone\\n${"x".repeat(500)}"\n`);
    expect(problem).toMatch(/^release, line 1: found "@everyone\\nx+\.\.\.; allowed/u);
    expect(problem!.length).toBeLessThan(150);
  });

  it.each([
    [
      "branches: { hotfixPrefix: x/, backMergePrefix: x/ }",
      'branches.backMergePrefix, line 1: found "x/"; it must differ from branches.hotfixPrefix',
    ],
    [
      "branches: { production: hotfix }",
      'branches.hotfixPrefix, line 1: found nothing, so "hotfix/" holds; it must not be the name of a branch and a slash',
    ],
    [
      'branches: { release: "*" }',
      'branches.release, line 1: found "*"; it must not match other branches (it matches main)',
    ],
    [
      "documents: { reports: docs, retrospectives: docs/ }",
      'documents.retrospectives, line 1: found "docs/"; it must differ from documents.reports',
    ],
    [
      "severities: { a: { sla: 1, aliases: [B] }, b: { sla: 2 } }",
      "severities.b.aliases, line 1: found nothing, so [] holds; it must name each word once (b also means a)",
    ],
    ["severities: {}", "severities, line 1: found a map; it must name at least one severity"],
    [
      "checks: { forbid: [{ forbid: a, use: a }] }",
      'checks.forbid[0].use, line 1: found "a"; it must differ from forbid',
    ],
    ["labels: { incident: a, followUp: A }", 'labels.followUp, line 1: found "A"; it must differ'],
    ["targets: { good: 40 }", "targets.excellent, line 1: found nothing, so 15 holds; it must not be above"],
    [
      "checks: { rules: [{ id: a, language: go, message: m, rule: { not: {} } }] }",
      "checks.rules[0].rule.not, line 1: found a map; it must name what to find",
    ],
  ])("refuses what each key allows but the whole does not: %s", (text, problem) => {
    expect(problemsOf(text).join("\n")).toContain(problem);
  });
});

describe("hostile files", () => {
  it.each([
    ["a tag that makes a function", "release: !!js/function 'function () {}'\n", "tags such as !!name"],
    ["a tag that makes bytes", "release: !!binary aGVsbG8=\n", "tags such as !!name"],
    ["a custom tag", "release: !secret x\n", "tags such as !!name"],
    ["more than 64 kB", `# ${"x".repeat(65_536)}\n`, "at most 64 kB"],
    ["no text at all", null, "UTF-8 text"],
    ["a NUL byte", "release: a\0b\n", "UTF-8 text"],
    ["a bomb of aliases", bomb(), "aliases"],
    ["nesting without end", "[".repeat(60_000), ""],
    ["a prototype", "__proto__: { polluted: true }\n", "line 1: __proto__ is not a key"],
    [
      "a service that is a prototype",
      "services: { __proto__: { paths: [x] } }\n",
      "line 1: __proto__ is not a key",
    ],
  ])("S28, S9: %s is refused with a sentence", (_name, text, problem) => {
    expect(problemsOf(text).join("\n")).toContain(problem);
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  });

  it("S9: a service called constructor exists only where the file has one", () => {
    expect(defaultConfig.services.constructor).toBeUndefined();
    expect(configOf("services: { constructor: {} }").services.constructor).toEqual({ paths: [], owners: [] });
  });

  it("S28: a %YAML 1.1 directive does not bring back its values", () => {
    expect(problemsOf("%YAML 1.1\n---\npublic: { money: yes }\n")[0]).toContain('found "yes"');
  });

  it("S28: any text is either a configuration or sentences, and never an exception", () => {
    const piece = fc.constantFrom(
      "a",
      ":",
      " ",
      "\n",
      "- ",
      "{",
      "}",
      "[",
      "]",
      "&a ",
      "*a",
      "!!x ",
      "'",
      '"',
      "|",
      ">",
      "#",
      "%",
      "?",
      "\t",
      "<<",
      "services",
      "~",
    );
    const text = fc.oneof(
      fc.string({ unit: "binary", maxLength: 200 }),
      fc.array(piece, { maxLength: 60 }).map((pieces) => pieces.join("")),
    );
    fc.assert(
      fc.property(text, (file) => {
        const parsed = parseConfiguration(file);
        expect(parsed.ok || parsed.problems.length > 0).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  it("S28: what the parser could just read, and is too deep for the schema, is a sentence", () => {
    let rule: object = { kind: "x" };
    for (let depth = 0; depth < 20_000; depth++) rule = { not: rule };
    const value = { checks: { rules: [{ id: "a", language: "go", message: "m", rule }] } };
    expect(validate(value, [])).toEqual({ ok: false, problems: ["the file is nested too deeply"] });
  });

  it.each([
    ["many keys", Array.from({ length: 9_000 }, (_, index) => `k${index}:`).join("\n")],
    ["many open maps", "{a: ".repeat(15_000)],
    ["many dashes", "- ".repeat(30_000)],
  ])("S28: %s in 64 kB are answered within two seconds", (_name, text) => {
    // Time of this process, not of whatever else the machine does.
    const started = process.cpuUsage();
    expect(problemsOf(text).length).toBeGreaterThan(0);
    expect(process.cpuUsage(started).user).toBeLessThan(2_000_000);
  });
});

function bomb(): string {
  const lines = ["a: &a [x, x, x, x, x, x, x, x, x]"];
  for (const [above, name] of ["ab", "bc", "cd", "de", "ef", "fg"].map((pair) => pair.split(""))) {
    lines.push(`${name}: &${name} [${Array.from({ length: 9 }, () => `*${above}`).join(", ")}]`);
  }
  return `${lines.join("\n")}\n`;
}
