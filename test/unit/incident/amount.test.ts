import { describe, expect, it } from "vitest";
import { parseAmount } from "../../../src/incident/amount.ts";
import { fc } from "../../support/fast-check.ts";

describe("parseAmount", () => {
  it.each([
    ["50000", 50_000, null],
    ["50,000", 50_000, null],
    ["50.000", 50_000, null],
    ["50 000", 50_000, null],
    ["50'000", 50_000, null],
    ["1,234,567", 1_234_567, null],
    ["1.234.567,50", 1_234_567.5, null],
    ["1,234.5", 1234.5, null],
    ["12.50", 12.5, null],
    ["0", 0, null],
    ["EUR 50000", 50_000, "EUR"],
    ["eur 50,000/h", 50_000, "EUR"],
    ["50.000 EUR per hour", 50_000, "EUR"],
    ["€50,000", 50_000, "EUR"],
    ["50k", 50_000, null],
    ["1.5k GBP", 1500, "GBP"],
    ["BHD 50000", 50_000, "BHD"],
  ])("reads %s as %d in %s", (text, value, currency) => {
    expect(parseAmount(text)).toEqual({ ok: true, value, currency });
  });

  it.each([
    ["0.500", "two ways"],
    ["0,500", "two ways"],
    ["BHD 50.000", "two ways"],
    ["1.234,567", "two ways"],
    ["1,23,456", "two ways"],
    ["12,5,5", "two ways"],
    ["50,000.", "cannot be read"],
    ["-5", "cannot be read"],
    ["1e9", "cannot be read"],
    ["EUR 5 USD", "cannot be read"],
    ["$50,000", "cannot be read"],
    ["about 50000", "cannot be read"],
    ["", "cannot be read"],
    ["Infinity", "cannot be read"],
    ["99999999999999", "too large"],
  ])("asks about %s instead of guessing", (text, why) => {
    const amount = parseAmount(text);
    expect(amount.ok ? amount : amount.why).toContain(why);
  });

  it("never gives a number that is not one, whatever is typed", () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 40 }), (text) => {
        const amount = parseAmount(text);
        expect(!amount.ok || (Number.isFinite(amount.value) && amount.value >= 0)).toBe(true);
      }),
    );
  });

  it("reads every whole number back, with and without thousands", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 1_000_000_000 }),
        fc.constantFrom(",", ".", " "),
        (value, mark) => {
          const grouped = value.toString().replace(/\B(?=(\d{3})+$)/gu, mark);
          expect(parseAmount(grouped)).toEqual({ ok: true, value, currency: null });
        },
      ),
    );
  });
});
