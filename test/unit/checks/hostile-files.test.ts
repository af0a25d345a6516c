import { describe, expect, test } from "vitest";
import { evaluate, runTask, runTaskAside } from "../../../src/checks/evaluate.ts";
import type { Evaluation } from "../../../src/checks/evaluation.ts";
import { taskOf } from "../../../src/checks/file-task.ts";
import { compileRules, rulesOf } from "../../../src/checks/rule-set.ts";
import { decodeSource, encodeSource } from "../../../src/checks/source-text.ts";
import { configOf } from "../../../src/config/schema.ts";
import type { ForbidRule } from "../../../src/config/schema/forbid-rule-schema.ts";
import { cpuTime } from "../../support/cpu-time.ts";

describe("files that are not what they should be", () => {
  test("a line of 5 MB is matched by words, with exact columns, in no time, and the note says so", () => {
    const text = `${"abcdefghijklmnopq=1;".repeat(250_000)}o.totalAmount;`;
    const took = cpuTime(() => {
      expect(placesIn("src/min.js", text)).toEqual(["1:5000003-5000014"]);
      expect(check("src/min.js", text).notes).toMatchObject([
        { sentence: expect.stringContaining("Not parsed as JavaScript (longer than a million characters)") },
      ]);
    });
    expect(took).toBeLessThan(2_000);
  });

  test("a line of a million characters is parsed, with exact columns, in seconds", () => {
    const text = `${"abcdefghijklmnopq=1;".repeat(49_990)}/* totalAmount */o.totalAmount;`;
    const took = cpuTime(() => expect(placesIn("src/min.js", text)).toEqual(["1:999820-999831"]));
    expect(took).toBeLessThan(5_000);
  });

  test("S26: what would take a parser a minute and gigabytes is searched as text, and says so", () => {
    const hostile = ["[".repeat(9_900_000), "`${".repeat(3_000_000), "} ) ] ".repeat(1_600_000)];
    for (const path of ["src/a.js", "src/a.ts", "src/a.css", "src/A.java", "src/a.py", "src/a.go"]) {
      for (const text of hostile) {
        const start = performance.now();
        const { findings, notes } = check(path, `${text}o.totalAmount`);
        expect(performance.now() - start).toBeLessThan(2_000);
        expect(findings.map(({ form }) => form)).toEqual(["word"]);
        expect(notes.map(({ sentence }) => sentence)).toEqual([expect.stringMatching(/^Not parsed as /u)]);
      }
    }
  });

  test("a line of 5 MB full of uses keeps 1,000 findings and counts the others", () => {
    const { findings, omitted } = check("src/min.js", "o.totalAmount;".repeat(20_000));
    expect(findings).toHaveLength(1_000);
    expect(omitted).toBe(19_000);
    expect(findings.at(-1)!.place.column).toBe(999 * 14 + 3);
    expect(findings[500]!.excerpt).toMatch(/^….{1,170}…$/u);
  });

  test("invalid UTF-8 around code hides nothing", () => {
    const bytes = Buffer.concat([Buffer.from([0x2f, 0x2f, 0xff, 0xc0, 0x0a]), Buffer.from("o.totalAmount;")]);
    expect(placesIn("src/a.js", bytes)).toEqual(["2:3-14"]);
  });

  test.each(["utf-16le", "utf-16be"] as const)("%s with a byte order mark is read", (encoding) => {
    const bytes = Buffer.from("\uFEFFa;\r\no.totalAmount;", "utf16le");
    expect(placesIn("src/a.js", encoding === "utf-16le" ? bytes : bytes.swap16())).toEqual(["2:3-14"]);
  });

  test("NUL bytes in code end nothing", () => {
    for (const path of ["src/a.js", "src/a.ts", "src/a.tsx", "src/a.py", "src/a.java", "src/a.go"]) {
      expect(placesIn(path, "\0\n/* \0 */ o.totalAmount;\0").length).toBe(1);
    }
    expect(placesIn("src/a.css", ".a { color: red\0; totalAmount: 1 }").length).toBe(1);
    expect(placesIn("src/a.html", "<p>\0</p><x totalAmount=1>").length).toBe(1);
  });

  test("a binary file that contains the name is noted, not reported", () => {
    const { findings, notes } = check("src/logo.png", "\x89PNG\0\0totalAmount");
    expect(findings).toEqual([]);
    expect(notes).toMatchObject([{ path: "src/logo.png", incomplete: false }]);
  });

  test("a file that is another language than its name says is still checked", () => {
    expect(placesIn("src/a.js", "def pay(order):\n    return order.totalAmount\n")).toEqual(["2:18-29"]);
    expect(check("src/a.js", "%PDF-1.4 totalAmount (((").notes).toMatchObject([
      { sentence: expect.stringContaining("Does not parse as JavaScript") },
    ]);
  });

  test.each([
    ["parentheses", "src/a.js", `${"(".repeat(100_000)}o.totalAmount`],
    ["blocks", "src/a.ts", `${"{".repeat(100_000)}o.totalAmount`],
    ["arrows", "src/a.tsx", `${"a=>".repeat(50_000)}o.totalAmount`],
    ["elements", "src/a.tsx", `${"<a>".repeat(50_000)}{o.totalAmount}`],
  ])("nesting of %s, deeper than any stack, neither crashes nor hides", (_, path, text) => {
    expect(placesIn(path, text)).toHaveLength(1);
  });

  test("HTML that would take its grammar minutes is matched by words, and the note says so", () => {
    const took = cpuTime(() => {
      const { findings, notes } = check("src/a.html", `${"<a>".repeat(100_000)}totalAmount`);
      expect(findings).toMatchObject([{ precision: "word" }]);
      expect(notes).toMatchObject([{ sentence: "Not parsed as HTML; names in it were matched as words." }]);
    });
    expect(took).toBeLessThan(2_000);
  });

  test.each([
    ["blocks of Svelte that never close", "src/a.svelte", "{#if o.totalAmount "],
    ["control flow that never closes", "src/a.html", "@if (o.totalAmount "],
    ["interpolations that never close", "src/a.html", "{{ o.totalAmount "],
    ["handlers full of entities", "src/a.html", `<b onclick="&quot;&quot;+o.totalAmount">`],
  ])("%s cost no more than their length", (_, path, piece) => {
    const took = cpuTime(() => expect(check(path, piece.repeat(5_000)).findings.length).toBeGreaterThan(0));
    expect(took).toBeLessThan(5_000);
  });

  test("one file that breaks does not keep the others from being checked", () => {
    const { findings, notes } = evaluate(
      [
        { path: "src/a.js", mode: "100644", bytes: brokenBytes() },
        { path: "src/b.js", mode: "100644", bytes: Buffer.from("o.totalAmount;") },
      ],
      rules(),
    );
    expect(findings.map(({ path }) => path)).toEqual(["src/b.js"]);
    expect(notes).toMatchObject([{ path: "src/a.js", incomplete: true }]);
  });

  test("what is parsed on a thread of its own gives the same, whatever becomes of the bytes", async () => {
    for (const [path, content] of [
      ["src/a.js", "// totalAmount\no.totalAmount; ("],
      ["src/a.vue", "<template>{{ o.totalAmount }}</template>"],
      ["src/a.txt", "totalAmount"],
      ["src/b.js", "o.amount"],
    ] as const) {
      const task = taskOf(path, "100644", rules())!;
      const bytes = Buffer.from(content);
      const expected = runTask(task, bytes);
      const aside = runTaskAside(task, bytes);
      bytes.fill(0);
      expect([path, await aside]).toEqual([path, expected]);
    }
    expect(await runTaskAside(taskOf("src/a.js", "100644", rules())!, brokenBytes())).toMatchObject({
      notes: [{ incomplete: true }],
    });
  });

  test("S27: names that look like patterns are only names", () => {
    for (const name of ["(a+)+$", "a.b", "total-amount", "$total", "sum_é", "😀", "[x]", "a b"]) {
      const text = `o[${JSON.stringify(name)}];\no["x${name}"];`;
      const found = evaluate(
        [{ path: "src/a.js", mode: "100644", bytes: Buffer.from(text) }],
        rules({ forbid: name }),
      );
      expect([name, found.findings.map(({ place }) => place.line)]).toEqual([name, [1]]);
    }
  });
});

describe("which files a rule covers", () => {
  test.each([
    [["src/**"], "src/a.js", true],
    [["src/**"], "src/.hidden/a.js", true],
    [["src/**"], "lib/src/a.js", false],
    [["**"], ".github/a.js", true],
    [["src/**", "!src/vendor/**"], "src/vendor/a.js", false],
    [["!src/vendor/**"], "src/a.js", true],
    [["src/*.{js,ts}"], "src/a.ts", true],
    [["src/**"], "src/a\nb.js", true],
    [["**/*.js"], "-rf.js", true],
  ])("%j and %j: %s", (globs, path, expected) => {
    const { filesChecked } = evaluate(
      [{ path, mode: "100644", bytes: Buffer.from("x") }],
      rules({ in: globs }),
    );
    expect(filesChecked === 1).toBe(expected);
  });
});

describe("rulesOf", () => {
  test("takes neither the rule itself nor the app's own documents for uses", () => {
    const config = configOf({ checks: { forbid: [{ forbid: "totalAmount" }] } });
    const files = [
      ".github/hotfix.yml",
      "incidents/A-HIGH-001.md",
      "retrospectives/A-HIGH-001.md",
      "src/a.md",
    ];
    const { findings } = evaluate(
      files.map((path) => ({ path, mode: "100644", bytes: Buffer.from("totalAmount") })),
      compileRules(rulesOf(config)),
    );
    expect(findings.map(({ path }) => path)).toEqual(["src/a.md"]);
  });
});

describe("decodeSource", () => {
  test("gives back the bytes it took, byte order mark and line ends included", () => {
    for (const text of ["a\r\nb", "\uFEFFa", "", "😀\n"]) {
      const bytes = Buffer.from(text);
      const source = decodeSource(bytes);
      expect(source.isLossless).toBe(true);
      expect(Buffer.from(encodeSource(source.text, source))).toEqual(bytes);
    }
  });

  test("says that damaged bytes cannot be written back", () => {
    expect(decodeSource(Buffer.from([0x61, 0xff])).isLossless).toBe(false);
  });
});

function rules(changes: Partial<ForbidRule> = {}) {
  return compileRules([{ forbid: "totalAmount", in: ["**"], ...changes }]);
}

function check(path: string, content: string | Uint8Array): Evaluation {
  return evaluate([{ path, mode: "100644", bytes: Buffer.from(content) }], rules());
}

function placesIn(path: string, content: string | Uint8Array): readonly string[] {
  return check(path, content).findings.map(({ place }) => `${place.line}:${place.column}-${place.endColumn}`);
}

/** Bytes that cannot even be read, as a stand-in for a parser that throws. */
function brokenBytes(): Uint8Array {
  return new Proxy(new Uint8Array(8), {
    get() {
      throw new Error("broken");
    },
  });
}
