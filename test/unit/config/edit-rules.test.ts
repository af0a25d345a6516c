import { describe, expect, it, test } from "vitest";
import { addRule } from "../../../src/config/edit/add-rule.ts";
import { ownList, verified } from "../../../src/config/edit/edited.ts";
import { removeRules } from "../../../src/config/edit/remove-rule.ts";
import { parseConfiguration } from "../../../src/config/parse.ts";
import { readYaml } from "../../../src/config/read-yaml.ts";
import { fc } from "../../support/fast-check.ts";

const rule = {
  forbid: "totalAmount",
  use: "amount",
  in: ["src/**"],
  because: "PAYMENT-CRITICAL-042: orders have none",
};

const long = Array.from(
  { length: 180 },
  (_, index) => `    - forbid: name${index} # the ${index}th\n      in: ["src/${index}/**"]\n`,
).join("");

/** Files as people write them. All are valid, and each must take one more rule without losing a character. */
const shapes: Readonly<Record<string, string>> = {
  "an empty file": "",
  "only a comment": "# Nothing yet.\n",
  "only a comment without line end": "# Nothing yet.",
  "a document start": "---\n",
  "a document start with a comment and keys": "--- # ours\nlocale: it\n",
  "a document end": "locale: it\n...\n",
  "no checks key": "branches:\n  production: main\n",
  "no checks key, no final line end": "branches:\n  production: main",
  "no checks key, trailing comment": "locale: it\n\n# The end.\n",
  "indented root": "  locale: it\n",
  "checks with nothing behind it": "checks:\nlocale: it\n",
  "checks with a comment behind it": "checks: # later\nlocale: it\n",
  "checks at the end without line end": "locale: it\nchecks:",
  "checks as an empty map": "checks: {}\nlocale: it\n",
  "checks as a flow map": "checks: { failOn: [introduced] } # strict\nlocale: it\n",
  "checks without forbid": "checks:\n  # What fails.\n  failOn: [introduced]\nlocale: it\n",
  "checks without forbid, deep indentation": "checks:\n        failOn:\n        - introduced\n",
  "forbid with nothing behind it": "checks:\n  forbid:\n  failOn: [introduced]\n",
  "forbid with a comment behind it": "checks:\n  forbid: # none yet\n",
  "an empty flow list": "checks:\n  forbid: []\n",
  "an empty flow list with a comment": "checks:\n  forbid: [ ] # none yet\n  failOn: [introduced]\n",
  "a flow list of flow maps": "checks:\n  forbid: [{ forbid: total, use: sum }]\n",
  "a flow list with a trailing comma": "checks:\n  forbid: [{ forbid: total }, ]\n",
  "a flow list over several lines":
    "checks:\n  forbid: [\n    { forbid: total }, # old\n    { forbid: sum } # new\n  ]\n",
  "a block list": "checks:\n  forbid:\n    - forbid: total\n      in: [src/**]\n",
  "a block list at the column of its key": "checks:\n  forbid:\n  - forbid: total\n  failOn: [introduced]\n",
  "a block list without final line end": "checks:\n  forbid:\n    - forbid: total\n      in: [src/**]",
  "comments before, after and inline":
    "# Top.\nchecks: # all\n  # Names.\n  forbid: # these\n    # The first.\n    - forbid: total # bad\n      use: sum # good\n      # Its end.\n    # Maybe later.\n  # What fails.\n  failOn: [introduced]\n# Bottom.\n",
  "keys after the list": "checks:\n  forbid:\n    - forbid: total\n  failOn: [introduced]\n\nlocale: it\n",
  "blank lines between entries":
    "checks:\n  forbid:\n    - forbid: total\n\n    - forbid: sum\n\nlocale: it\n",
  "flow maps in a block list":
    "checks:\n  forbid:\n    - { forbid: total, use: sum } # x\n    - { forbid: b }\n",
  "a dash on its own line": "checks:\n  forbid:\n    -\n      forbid: total\n      use: sum\n",
  "folded text":
    "checks:\n  forbid:\n    - forbid: total\n      because: >-\n        It was\n        wrong.\nlocale: it\n",
  "kept line ends":
    "checks:\n  forbid:\n    - forbid: total\n      because: |+\n        It was wrong.\n\n\nlocale: it\n",
  "text over two lines":
    'checks:\n  forbid:\n    - forbid: total\n      because: "It was\n        wrong."\nlocale: it\n',
  "a list as the last value of an entry":
    "checks:\n  forbid:\n    - forbid: total\n      in:\n        - src/**\n        - lib/**\n  failOn: [introduced]\n",
  "line ends of Windows":
    "checks:\r\n  forbid:\r\n    - forbid: total # x\r\n      use: sum\r\nlocale: it\r\n",
  "line ends of Windows, empty list": "checks:\r\n  forbid: []\r\n",
  "a byte order mark": "\uFEFFchecks:\n  forbid:\n    - forbid: total\n",
  "a byte order mark and nothing else": "\uFEFF",
  "tabs between tokens": "checks:\t# all\n  forbid:\t# these\n    - forbid:\ttotal\t# bad\n",
  "quoted keys": "\"checks\":\n  'forbid':\n    - \"forbid\": 'total'\n",
  json: '{\n  "locale": "it",\n  "checks": {\n    "forbid": [\n      { "forbid": "total" }\n    ]\n  }\n}\n',
  "json on one line": '{"locale":"it"}',
  "json without forbid": '{ "checks": { "failOn": ["introduced"] } }\n',
  "anchors elsewhere": "x: &a 1\n".replace(
    "x: &a 1\n",
    "checks:\n  failOn: &f [introduced]\n  forbid:\n    - forbid: total\n",
  ),
  "an anchor in an entry":
    "checks:\n  forbid:\n    - forbid: total\n      in: &code [src/**]\n    - forbid: sum\n      in: *code\n",
  duplicates: "checks:\n  forbid:\n    - forbid: total\n    - forbid: total\n",
  "another rule about the same name": "checks:\n  forbid:\n    - forbid: totalAmount\n      in: [lib/**]\n",
  "very long": `# Long.\nchecks:\n  forbid:\n${long}  failOn: [introduced]\n`,
  "a file that extends another": "_extends: .github\nchecks:\n  forbid:\n    - forbid: total\n",
  "a comment that looks like a list":
    "checks:\n  forbid:\n    - forbid: total\n    # - forbid: sum\nlocale: it\n",
  "text that looks like keys":
    'checks:\n  forbid:\n    - forbid: total\n      because: "checks: forbid: []"\n',
};

function valueOf(text: string): Record<string, unknown> {
  const reading = readYaml(text);
  if (!reading.ok) throw new Error(reading.problems.join("\n"));
  return structuredClone(reading.value);
}

/** What the file says, with the rule at the end of its list. */
function valueWith(text: string, added: object): Record<string, unknown> {
  const value = valueOf(text);
  const checks = { ...(value["checks"] as Record<string, unknown> | null | undefined) };
  const list = (checks["forbid"] ?? []) as unknown[];
  return { ...value, checks: { ...checks, forbid: [...list, added] } };
}

/** Whether `after` is `before` with one piece put in. */
function isOneInsertion(before: string, after: string): boolean {
  let same = 0;
  while (same < before.length && before[same] === after[same]) same += 1;
  let tail = 0;
  while (tail < before.length - same && before.at(-1 - tail) === after.at(-1 - tail)) tail += 1;
  return same + tail === before.length;
}

function added(text: string, what: object = rule): string {
  const edited = addRule(text, what as typeof rule);
  if (!edited.ok) throw new Error(edited.why);
  return edited.text;
}

describe("a rule is added to a configuration file", () => {
  test.each(Object.entries(shapes))("%s: one piece is put in, and the file says one rule more", (_, text) => {
    const after = added(text);
    expect(valueOf(after)).toEqual(valueWith(text, rule));
    expect(isOneInsertion(text, after)).toBe(true);
    expect(parseConfiguration(after).ok).toBe(true);
    // The line ends are those of the file.
    expect(after.replaceAll(/\r?\n/gu, "X").includes("\r")).toBe(false);
    expect(/\r\n/u.test(after) && /[^\r]\n/u.test(after)).toBe(false);
  });

  test.each(["null", "~", "Null"])(
    "a list that is written as %s gives way to it, its comment stays",
    (word) => {
      const after = added(`checks:\n  forbid: ${word} # none\nlocale: it\n`);
      expect(valueOf(after)).toEqual(valueWith("checks:\n  forbid:\nlocale: it\n", rule));
      expect(after).toMatch(/^checks:\n {2}forbid: # none\n {4}- forbid: totalAmount\n/u);
      expect(after).toMatch(/\nlocale: it\n$/u);
    },
  );

  it("S28: any rule is written so that it is read again as it was, in every shape", () => {
    const text = fc.string({ unit: "grapheme", minLength: 1, maxLength: 40 });
    const hostile = fc.constantFrom(
      "*",
      "**/*.ts",
      "!src/x",
      "- a",
      "# b",
      "a: b",
      "a #b",
      "{",
      "}",
      "[",
      "]",
      ",",
      "'",
      '"',
      "\\",
      "&a",
      "*a",
      "null",
      "~",
      "true",
      "1",
      "1e3",
      "0x1",
      "2026-11-20",
      "---",
      "...",
      "%YAML",
      "<<",
      "@x",
      "`x`",
      "?",
      ":",
      " x ",
      "<!-- x -->",
      "\u2028",
      "\u0085",
      "\t",
      "💥",
      "=",
    );
    const word = fc.oneof(text, hostile);
    const anyRule = fc
      .record(
        { forbid: word, use: word, in: fc.array(word, { minLength: 1, maxLength: 3 }), because: word },
        { requiredKeys: ["forbid", "in"] },
      )
      .filter(({ forbid, use }) => forbid !== use);
    fc.assert(
      fc.property(anyRule, fc.constantFrom(...Object.keys(shapes)), (what, name) => {
        const before = shapes[name]!;
        const edited = addRule(before, what);
        // Some words are no rule at all: the schema says so wherever they stand.
        const isRule = parseConfiguration(JSON.stringify({ checks: { forbid: [what] } })).ok;
        expect(edited.ok).toBe(isRule);
        if (!edited.ok) return;
        expect(isOneInsertion(before, edited.text)).toBe(true);
        expect(valueOf(edited.text)).toEqual(valueWith(before, what));
      }),
      { numRuns: 400 },
    );
  });

  test.each([
    ["an alias", "services: &a {}\nchecks: *a\n"],
    [
      "a list that stands twice",
      "checks:\n  forbid: &a\n    - forbid: total\n  failOn: []\nlocale: en\n".replace(
        "failOn: []",
        "failOn: *a",
      ),
    ],
    ["broken", "checks: [\n"],
    ["not valid", "checks:\n  forbid: yes\n"],
    ["an unknown key", "chekcs: {}\n"],
    ["doubled keys", "checks: {}\nchecks: {}\n"],
    ["two documents", "locale: it\n---\nlocale: en\n"],
    ["a list", "- locale\n"],
    ["full", `${"# x\n".repeat(16_370)}`],
  ])("S28: %s is left to a person", (_, text) => {
    expect(addRule(text, rule)).toMatchObject({ ok: false, why: expect.stringMatching(/^the file /u) });
  });

  it("reads as people write it", () => {
    expect(added(shapes["comments before, after and inline"]!)).toBe(
      '# Top.\nchecks: # all\n  # Names.\n  forbid: # these\n    # The first.\n    - forbid: total # bad\n      use: sum # good\n      # Its end.\n    - forbid: totalAmount\n      use: amount\n      in: [src/**]\n      because: "PAYMENT-CRITICAL-042: orders have none"\n    # Maybe later.\n  # What fails.\n  failOn: [introduced]\n# Bottom.\n',
    );
    expect(added("checks:\n  forbid: []\n")).toBe(
      'checks:\n  forbid: [{ forbid: totalAmount, use: amount, in: [ src/** ], because: "PAYMENT-CRITICAL-042: orders have none" }]\n',
    );
  });
});

describe("an edit", () => {
  const text = "locale: it\n";
  const right = `locale: it\nchecks: { forbid: [${JSON.stringify(rule)}] }\n`;
  const edit = (...candidates: readonly string[]) =>
    verified(
      text,
      (list) => [...list, rule],
      () => candidates,
    );

  it("counts only where the file then says exactly what it said, with the change", () => {
    const wrong = [
      "checks: [\n",
      right.replace("locale: it\n", ""),
      right.replace("locale: it", "locale: en"),
      right.replace("src/**", "lib/**"),
      `${right}release: off\n`,
      text,
    ];
    expect(edit(...wrong)).toMatchObject({ ok: false });
    expect(edit(...wrong, right)).toEqual({ ok: true, text: right });
  });
});

describe("a rule is taken out of a configuration file", () => {
  test.each(Object.entries(shapes))("%s: what was added goes, and what was there stays", (_, text) => {
    const named = { ...rule, forbid: "notThere" };
    const after = added(text, named);
    const edited = removeRules(after, "notThere");
    if (!edited.ok) throw new Error(edited.why);
    expect(ownList(edited.text)).toEqual(ownList(text));
    expect(ownList(text).length === 0 || edited.text === text).toBe(true);
  });

  test.each(
    Object.entries(shapes).filter(
      ([, text]) => ownList(text).length > 1 && !text.includes("*code") && text.length < 5000,
    ),
  )("%s: each entry can go, and the others keep their comments", (_, text) => {
    for (const entry of ownList(text)) {
      const { forbid } = entry as { forbid: string };
      const edited = removeRules(text, forbid);
      if (!edited.ok) throw new Error(edited.why);
      expect(ownList(edited.text)).toEqual(
        ownList(text).filter((each) => (each as { forbid: string }).forbid !== forbid),
      );
      // Only a flow list has lines that change.
      const strangers = edited.text.split("\n").filter((line) => !text.split("\n").includes(line));
      expect(/^\s*- /mu.test(text) && ownList(edited.text).length > 0 ? strangers : []).toEqual([]);
    }
  });

  it("takes the comments that belong to it, and no others", () => {
    const text =
      "checks:\n  forbid:\n    # The first.\n    - forbid: total # bad\n      # Its end.\n\n    # The second, because\n    # of 42.\n    - forbid: sum\n      use: total # instead\n    - forbid: x\n  # What fails.\n  failOn: [introduced]\n";
    expect(removeRules(text, "sum")).toEqual({
      ok: true,
      text: "checks:\n  forbid:\n    # The first.\n    - forbid: total # bad\n      # Its end.\n\n    - forbid: x\n  # What fails.\n  failOn: [introduced]\n",
    });
    expect(removeRules(text, "total")).toMatchObject({
      text: expect.stringMatching(/^checks:\n {2}forbid:\n\n {4}# The second/u),
    });
  });

  it("takes a rule in its full form by its id, and nothing of the same words elsewhere", () => {
    const full = "id: total\n      language: JavaScript\n      rule: { pattern: f($A) }\n      message: no\n";
    const text = `checks:\n  rules: # shapes\n    # Counted in cents.\n    - ${full}\n    # Stays.\n    - ${full.replace("total", "x")}  forbid:\n    - forbid: sum # total\n`;
    expect(removeRules(text, "total")).toEqual({
      ok: true,
      text: text.replace(`    # Counted in cents.\n    - ${full}`, ""),
    });
    expect(removeRules(text, "sum")).toMatchObject({ text: expect.stringMatching(/ {2}forbid: \[\]\n$/u) });
    expect(removeRules(text, "JavaScript")).toMatchObject({ ok: false });
    const json =
      '{"checks":{"rules":[{"id":"total","language":"Css","rule":{"kind":"a"},"message":"no"}]}}\n';
    expect(removeRules(json, "total")).toEqual({ ok: true, text: '{"checks":{"rules":[]}}\n' });
  });

  it("leaves an empty list where it was the only one", () => {
    expect(removeRules("checks:\n  forbid: # names\n    - forbid: total\nlocale: it\n", "total")).toEqual({
      ok: true,
      text: "checks:\n  forbid: [] # names\nlocale: it\n",
    });
  });

  it("leaves to a person what others refer to, and what is not there", () => {
    expect(removeRules(shapes["an anchor in an entry"]!, "total")).toMatchObject({ ok: false });
    expect(removeRules("_extends: .github\n", "total")).toEqual({
      ok: false,
      why: "the file itself has no such rule",
    });
  });
});
