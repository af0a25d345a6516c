import { describe, expect, test } from "vitest";
import { applyFixes } from "../../../src/checks/apply-fixes.ts";
import { evaluate } from "../../../src/checks/evaluate.ts";
import { compileRules } from "../../../src/checks/rule-set.ts";
import { FORBIDDEN_CODE_CORPUS } from "./forbidden-code-corpus.ts";

const rules = compileRules([
  {
    forbid: "totalAmount",
    use: "amount",
    in: ["src/**"],
    unless: "Valid usage",
    because: "PAYMENT-CRITICAL-042",
  },
]);

describe("the corpus of forbidden code", () => {
  test("is large enough to mean something, and names each case once", () => {
    expect(FORBIDDEN_CODE_CORPUS.length).toBeGreaterThanOrEqual(120);
    expect(new Set(FORBIDDEN_CODE_CORPUS.map(({ name }) => name)).size).toBe(FORBIDDEN_CODE_CORPUS.length);
  });

  test.each(FORBIDDEN_CODE_CORPUS)("$name", ({ path, code, forms }) => {
    const { text, places } = unmarked(code);
    const { findings } = evaluate([{ path, mode: "100644", bytes: new TextEncoder().encode(text) }], rules);
    expect(findings.map(({ place }) => `${place.line}:${place.column}-${place.endColumn}`)).toEqual(places);
    const seen = findings.map(({ form }) => form);
    expect(seen).toEqual(forms ?? seen);
  });
});

/** Takes the marks out, and counts lines and characters by itself, in another way than the product does. */
function unmarked(code: string): { text: string; places: string[] } {
  const places: string[] = [];
  let line = 1;
  let column = 1;
  let start = 0;
  let text = "";
  for (const character of code) {
    if (character === "«") {
      start = column;
      continue;
    }
    if (character === "»") {
      places.push(`${line}:${start}-${column}`);
      continue;
    }
    text += character;
    if (character === "\n") {
      line += 1;
      column = 1;
    } else if (character !== "\uFEFF") column += 1;
  }
  return { text, places };
}

describe("replacements", () => {
  const fixed = (path: string, text: string, ruleSet = rules) => {
    const bytes = new TextEncoder().encode(text);
    const { findings } = evaluate([{ path: `src/${path}`, mode: "100644", bytes }], ruleSet);
    const fixes = findings.flatMap(({ fix }) => fix ?? []);
    return { findings, text: new TextDecoder().decode(applyFixes(bytes, fixes) ?? bytes) };
  };

  test.each([
    ["a.js", "o = { amount: 1, totalAmount: 2 };"],
    ["a.js", "o = { amount, totalAmount };"],
    ["a.js", "o = { 'amount': 1, ['totalAmount']: 2 };"],
    ["a.js", "const { amount, totalAmount } = o;"],
    ["a.js", "const { amount = 1, totalAmount = 2 } = o;"],
    ["a.js", "class A { amount = 1; get totalAmount() {} }"],
    ["a.ts", "interface O { amount: number; totalAmount: number }"],
    ["a.ts", "enum E { amount, totalAmount = 1 }"],
    ["a.tsx", "<A amount={1} totalAmount={2} />;"],
    ["a.py", "Order(amount=1, totalAmount=2)"],
    ["a.py", "x = {'amount': 1, 'totalAmount': 2}"],
    ["a.py", "class O:\n    amount: int\n    totalAmount: int\n"],
    ["A.java", "class A { int x, amount; int totalAmount; }"],
    ["A.java", "record A(int amount, int totalAmount) {}"],
    ["a.go", "package p\ntype O struct { amount, totalAmount int }"],
    ["a.go", "package p\nvar x = O{amount: 1, totalAmount: 2}"],
    ["a.html", "<price :amount='1' :totalAmount='2'></price>"],
    ["a.css", ".a { amount: 1; totalAmount: 2 }"],
    ["a.js", "order.amount = 1; order.totalAmount = 2;"],
    ["a.js", "class A { constructor(o) { this.amount = 1; this['amount'] = 1; this['totalAmount'] = 2; } }"],
    ["a.py", "self.amount = 1\nself.totalAmount = 2\n"],
    ["a.py", "o['amount'] = 1\no['totalAmount'] = 2\n"],
    ["a.go", "package p\nfunc f() { o.amount = 1; o.totalAmount = 2 }"],
    ["A.java", "class A { void f() { o.amount = 1; o.totalAmount = 2; } }"],
  ])("never make two of one name: %s %s", (path, text) => {
    const { findings, text: after } = fixed(path, text);
    expect(after).toBe(text);
    expect(findings.map(({ message }) => message)).toEqual([
      expect.stringContaining('"amount" is there already, so a person must decide.'),
    ]);
  });

  const two = compileRules([
    { forbid: "totalAmount", use: "amount", in: ["**"] },
    { forbid: "legacyTotal", use: "amount", in: ["**"] },
    { forbid: "sum", use: "total", in: ["**"] },
  ]);

  test.each([
    ["a.js", "o = { legacyTotal: 1, totalAmount: 2 };"],
    ["a.js", "const { legacyTotal, totalAmount = 1 } = o;"],
    ["a.js", "o.legacyTotal = 1; o.totalAmount = 2;"],
    ["a.js", "class A { legacyTotal = 1; static totalAmount = 2; }"],
    ["a.ts", "interface O { legacyTotal: number; totalAmount: number }"],
    ["a.tsx", "<A legacyTotal={1} totalAmount={2} />;"],
    ["a.py", "Order(legacyTotal=1, totalAmount=2)"],
    ["a.py", "self.legacyTotal = 1\nself.totalAmount = 2\n"],
    ["A.java", "class A { int legacyTotal; int totalAmount; }"],
    ["a.go", "package p\nvar x = O{legacyTotal: 1, totalAmount: 2}"],
    ["a.html", "<price :legacyTotal='1' :totalAmount='2'></price>"],
    ["a.css", ".a { legacyTotal: 1; totalAmount: 2 }"],
  ])("of two rules never make two of one name: %s %s", (path, text) => {
    const { findings, text: after } = fixed(path, text, two);
    expect(after).toBe(text);
    const reason = 'Another name there would become "amount" as well, so a person must decide.';
    expect(findings.map(({ message }) => message)).toEqual(
      Array.from({ length: 2 }, () => expect.stringContaining(reason)),
    );
  });

  test("of two rules are made where they do not meet", () => {
    expect(fixed("a.js", "f({ legacyTotal: 1, sum: o.totalAmount }, { totalAmount: 2 });", two).text).toBe(
      "f({ amount: 1, total: o.amount }, { amount: 2 });",
    );
    expect(fixed("a.js", "a.legacyTotal = b.totalAmount; b.totalAmount = 1;", two).text).toBe(
      "a.amount = b.amount; b.amount = 1;",
    );
  });

  test.each([
    ["a.js", "o = { total: o.totalAmount, amount: 1 };", "o = { total: o.amount, amount: 1 };"],
    ["a.js", "o = { totalAmount: { amount: 1 } };", "o = { amount: { amount: 1 } };"],
    ["a.js", "o = { totalAmount: amount };", "o = { amount: amount };"],
    [
      "a.py",
      "class O:\n    @property\n    def totalAmount(self): ...\n    @totalAmount.setter\n    def totalAmount(self, v): ...\n",
      "class O:\n    @property\n    def amount(self): ...\n    @amount.setter\n    def amount(self, v): ...\n",
    ],
    [
      "A.java",
      "class A { int totalAmount; int f() { return totalAmount; } void g(int totalAmount) { this.totalAmount = totalAmount; } }",
      "class A { int amount; int f() { return amount; } void g(int totalAmount) { this.amount = totalAmount; } }",
    ],
    [
      "A.java",
      "class A { int totalAmount, amount; int f() { return totalAmount + amount; } }",
      "class A { int totalAmount, amount; int f() { return totalAmount + amount; } }",
    ],
    ["a.js", "order.totalAmount = 2; send(order.totalAmount);", "order.amount = 2; send(order.amount);"],
    [
      "A.java",
      "class A { int totalAmount; int f(int amount) { return totalAmount + amount; } }",
      "class A { int amount; int f(int amount) { return totalAmount + amount; } }",
    ],
  ])("keep the code whole: %s %s", (path, text, after) => {
    expect(fixed(path, text).text).toBe(after);
  });
});
