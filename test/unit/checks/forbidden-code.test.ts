import { describe, expect, test } from "vitest";
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
