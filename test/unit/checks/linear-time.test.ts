import { describe, expect, test } from "vitest";
import { evaluate } from "../../../src/checks/evaluate.ts";
import { migrationsResult } from "../../../src/checks/properties/migrations.ts";
import { compileRules, type Rule } from "../../../src/checks/rule-set.ts";
import { cpuTime } from "../../support/cpu-time.ts";
import { changed, FULL_TREE, treeOf } from "./change-builder.ts";

type Make = (times: number) => string;

const HOSTILE: readonly (readonly [what: string, path: string, make: Make])[] = [
  ["an attribute of dots", "a.html", (n) => `<p totalAmount${".".repeat(n * 10)}!>`],
  ["a start tag of types", "a.html", (n) => `<script${" type=".repeat(n)}>o.totalAmount</script>`],
  ["templates in templates", "a.html", (n) => `<script type=text/html>totalAmount`.repeat(n / 2)],
  ["white space before a comment", "a.js", (n) => `${" ".repeat(n * 20)}o.totalAmount/* ok here */;`],
  ["comments on one line", "a.js", (n) => `${" ".repeat(n)}${"o.totalAmount/* ok here */;".repeat(n)}`],
  ["uses on one line of text", "a.txt", (n) => "totalAmount ".repeat(n * 10)],
  ["keys in an argument list", "a.js", (n) => `f(${'"totalAmount",'.repeat(n)}1)`],
  ["keys in a sequence", "a.js", (n) => `x[${'"totalAmount",'.repeat(n)}1]`],
  [
    "fields that are read bare",
    "A.java",
    (n) => `class A{int totalAmount;int f(){${"g(totalAmount);".repeat(n / 2)}}}`,
  ],
  ["white space in a loop of Svelte", "a.svelte", (n) => `{#each${" ".repeat(n * 20)}o.totalAmount as {a}}`],
  ["loops of Svelte that name nothing", "a.svelte", (n) => `{#each ${"totalAmount as  ".repeat(n)}}`],
  [
    "lists in lists of Go",
    "a.go",
    (n) => `package p\nvar x = T${"{".repeat(n / 10)}totalAmount: 1${"}".repeat(n / 10)}`,
  ],
  ["one template of many keys", "a.js", (n) => `x[\`${"totalAmount${a}".repeat(n)}\`]`],
];

const MIGRATIONS: readonly (readonly [what: string, path: string, make: Make])[] = [
  ["empty lines of SQL", "migrations/1.sql", (n) => "\n".repeat(n * 5)],
  ["carriage returns of SQL", "migrations/1.sql", (n) => "\r".repeat(n * 5)],
  ["empty lines of Ruby", "db/migrate/1_a.rb", (n) => "\n".repeat(n * 5)],
  ["ways down that never end", "db/migrate/1_a.rb", (n) => "  def down\n".repeat(n * 5)],
  [
    "signs of comments in Python",
    "versions/1.py",
    (n) => `revision = 1\ndef upgrade():\n  x\ndef downgrade():\n  ${"#".repeat(n * 5)}\u2028x\n`,
  ],
  ["tables that are altered on one line", "migrations/1.up.sql", (n) => "alter table ".repeat(n * 2)],
  [
    "white space in Ruby",
    "db/migrate/1_a.rb",
    (n) => `def change\n  remove_column ${" ".repeat(n * 20)}x\nend`,
  ],
  [
    "brackets in Python",
    "versions/1.py",
    (n) => `revision = 1\ndef upgrade():\n  x\ndef downgrade(${")".repeat(n * 20)}\n  x\n`,
  ],
  ["operations of Django", "a/migrations/0001_a.py", (n) => `class Migration:\n${"RunPython(x) ".repeat(n)}`],
  [
    "functions in functions",
    "migrations/1.js",
    (n) => `${"function up(){".repeat(n / 10)}${"}".repeat(n / 10)}`,
  ],
];

describe("S27: four times the text takes about four times the time", () => {
  const rules = compileRules([{ forbid: "totalAmount", in: ["**"], unless: "ok here" }]);

  test.each(HOSTILE)("for %s", (_, path, make) => {
    const ratio = growth(make, (text) =>
      evaluate([{ path, mode: "100644", bytes: Buffer.from(text) }], rules),
    );
    expect(ratio).toBeLessThan(8);
  });

  test.each(MIGRATIONS)("for %s", (_, path, make) => {
    const ratio = growth(make, (text) => migrationsResult([changed(path, text)], treeOf()));
    expect(ratio).toBeLessThan(8);
  });

  test("for the name of a migration", () => {
    const took = cpuTime(() => {
      for (const name of [`V1${"_".repeat(4_000)}`, `U${"1".repeat(4_000)}`]) {
        migrationsResult(
          Array.from({ length: 100 }, () => changed(`migrations/${name}.sql`, "x")),
          FULL_TREE,
        );
      }
    });
    expect(took).toBeLessThan(500);
  });
});

/** How many times as long four times as much takes; the best of three, because a busy machine only ever adds, also to what is computed. What takes no time does not grow. */
function growth(make: Make, work: (text: string) => unknown): number {
  const took = (text: string): number => cpuTime(() => work(text));
  const [small, large] = [make(1_000), make(4_000)];
  took(small);
  const best = (text: string): number => Math.min(took(text), took(text), took(text));
  return best(large) / Math.max(best(small), 4);
}

describe("S27: code in markup is bounded", () => {
  test.each([
    ["braces of Svelte", "a.svelte", "{a}"],
    ["interpolations", "a.html", "{{a}}"],
    ["bindings", "a.vue", '<b :c="d"/>'],
  ])("more %s than a page has are searched as words, and the note says so", (_, path, piece) => {
    const { findings, notes } = find(path, `${piece.repeat(6_000)}{{ o.totalAmount }}`);
    expect(findings).toMatchObject([{ precision: "word" }]);
    expect(notes).toMatchObject([
      { sentence: "Not parsed as HTML; names in it were matched as words.".replace("HTML", nameOf(path)) },
      { sentence: expect.stringContaining("not looked at for rules with patterns"), incomplete: true },
    ]);
  });

  test("as many as a page has are read as code", () => {
    const { findings, notes } = find(
      "a.vue",
      `${'<b :c="d"/>'.repeat(4_000)}{{ o.totalAmount }} totalAmount`,
    );
    expect(findings).toMatchObject([{ precision: "code" }]);
    expect(notes).toEqual([]);
  });

  test("uses that stand in each other by the thousand are searched as words: each is judged by all that is around it", () => {
    for (const text of [
      `o${".totalAmount".repeat(50_000)};`,
      `${"o.totalAmount(".repeat(50_000)}${")".repeat(50_000)}`,
    ]) {
      const { findings, notes } = find("a.ts", text);
      expect(findings[0]).toMatchObject({ precision: "word" });
      expect(notes[0]?.sentence).toContain("matched as words");
    }
    expect(find("a.ts", "o.totalAmount;\n".repeat(1_000)).findings[0]).toMatchObject({ precision: "code" });
  });

  test("a script in a template in a template is read", () => {
    const text = `<script type="text/x-template"><b :c="o.totalAmount"></b></script>`;
    expect(find("a.html", text).findings).toMatchObject([{ precision: "code" }]);
  });
});

function nameOf(path: string): string {
  return path.endsWith(".svelte") ? "Svelte" : "HTML";
}

function find(path: string, text: string) {
  const pattern: Rule = {
    id: "no-float",
    language: "TypeScript",
    rule: { pattern: "parseFloat($A)" },
    message: "Count cents.",
    severity: "error",
    in: ["**"],
  };
  const rules = compileRules([{ forbid: "totalAmount", in: ["**"] }, pattern]);
  return evaluate([{ path, mode: "100644", bytes: Buffer.from(text) }], rules);
}
