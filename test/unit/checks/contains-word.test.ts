import { expect, test } from "vitest";
import { containsWord } from "../../../src/checks/contains-word.ts";
import { fc } from "../../support/fast-check.ts";

test("a word is found exactly where the bytes of it are", () => {
  const pieces = fc.constantFrom(
    "totalAmount",
    "totalA",
    "A",
    "mount",
    "lAm",
    "é",
    "x",
    "AAAA",
    "Amount",
    "\0",
  );
  const words = fc.constantFrom("totalAmount", "Amount", "amount", "totalA", "A", "é1", "AA", "x");
  fc.assert(
    fc.property(fc.array(pieces, { maxLength: 60 }), words, (parts, word) => {
      const text = parts.join("");
      expect(containsWord(Buffer.from(text), word)).toBe(text.includes(word));
    }),
    { numRuns: 2_000 },
  );
});

test("a file that is full of the rare byte is searched for the word, at its end too", () => {
  const text = "A".repeat(10_000);
  expect(containsWord(Buffer.from(text), "totalAmount")).toBe(false);
  expect(containsWord(Buffer.from(`${text}totalAmount`), "totalAmount")).toBe(true);
  expect(containsWord(Buffer.from("ount"), "totalAmount")).toBe(false);
});
