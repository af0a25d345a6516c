import { describe, expect, test } from "vitest";
import { capBody } from "../../../src/documents/cap-body.ts";
import { formatDuration, formatMinutes } from "../../../src/documents/duration.ts";
import { formatDay, formatInstant, formatTimeOfDay } from "../../../src/documents/instant.ts";
import { formatExactMoney, formatMoney, roundToMinorUnit } from "../../../src/documents/money.ts";
import { formatNumber } from "../../../src/documents/number.ts";
import { fc } from "../../support/fast-check.ts";

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

describe("durations", () => {
  test.each([
    [0, "0 s"],
    [999, "0 s"],
    [45 * SECOND, "45 s"],
    [11 * MINUTE + 45 * SECOND, "11 min 45 s"],
    [HOUR, "1 h"],
    [3 * HOUR + 30 * MINUTE + 21 * SECOND, "3 h 30 min 21 s"],
    [DAY, "1 d"],
    [DAY + 2 * HOUR + 3 * MINUTE + 4 * SECOND, "1 d 2 h 3 min"],
    [400 * DAY + MINUTE, "400 d 1 min"],
    [-45 * SECOND, "−45 s"],
  ])("%d ms is %s", (milliseconds, expected) => {
    expect(formatDuration(milliseconds)).toBe(expected);
  });

  test("no day, hour or minute is ever lost", () => {
    const units: Record<string, number> = { d: DAY, h: HOUR, min: MINUTE, s: SECOND };
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 5_000 * DAY }), (milliseconds) => {
        const words = formatDuration(milliseconds).matchAll(/(\d+) (d|h|min|s)/gu);
        const said = Array.from(words, ([, count, unit]) => Number(count) * units[unit!]!).reduce(
          (a, b) => a + b,
          0,
        );
        expect(milliseconds - said).toBeGreaterThanOrEqual(0);
        expect(milliseconds - said).toBeLessThan(milliseconds >= DAY ? MINUTE : SECOND);
      }),
    );
  });

  test("the minutes of an SLA, and what is no duration", () => {
    expect(formatMinutes(1_440)).toBe("1 d");
    expect(() => formatDuration(Number.NaN)).toThrow(RangeError);
  });
});

describe("money", () => {
  test.each([
    [(50_000 * 705) / 3_600, "EUR", "EUR 9,792", "EUR 9,791.67"],
    [50_000 / 60, "EUR", "EUR 833", "EUR 833.33"],
    [50 / 60, "EUR", "EUR 0.83", "EUR 0.83"],
    [0, "EUR", "EUR 0", "EUR 0.00"],
    [1_234_567.5, "JPY", "JPY 1,234,568", "JPY 1,234,568"],
    [0.4, "JPY", "JPY 0", "JPY 0"],
    [12.3456, "KWD", "KWD 12.346", "KWD 12.346"],
    [1e12, "USD", "USD 1,000,000,000,000", "USD 1,000,000,000,000.00"],
    [-5.5, "EUR", "EUR -5.50", "EUR -5.50"],
    [-0.001, "EUR", "EUR 0.00", "EUR 0.00"],
  ])("%d %s reads %s, exactly %s", (amount, currency, read, exact) => {
    expect(formatMoney(amount, currency)).toBe(read);
    expect(formatExactMoney(amount, currency)).toBe(exact);
  });

  test("the loss of the worked example comes from the hourly rate, not from the rounded one", () => {
    expect(roundToMinorUnit((50_000 * 705) / 3_600, "EUR")).toBe(9_791.67);
    expect(formatMoney((50_000 * 705) / 3_600, "EUR")).not.toBe(formatMoney((833 * 705) / 60, "EUR"));
  });

  test("halves go up, as people expect of the digits they typed", () => {
    expect(formatNumber(1.005, 2)).toBe("1.01");
    expect(formatNumber(999.995, 2)).toBe("1,000.00");
  });

  test("what is no amount is refused", () => {
    expect(() => formatMoney(Number.POSITIVE_INFINITY, "EUR")).toThrow(RangeError);
    expect(() => formatNumber(1e21)).toThrow(RangeError);
  });
});

describe("instants", () => {
  test("are shown in UTC, whatever zone they came in and wherever the app runs", () => {
    expect(formatInstant("2026-11-20T14:30:15Z")).toBe("2026-11-20 14:30:15 UTC");
    expect(formatInstant("2026-11-20T15:30:15.900+01:00")).toBe("2026-11-20 14:30:15 UTC");
    expect(formatDay("2026-11-20T23:30:00-05:00")).toBe("2026-11-21");
    expect(formatTimeOfDay("2026-11-20T14:30:15Z")).toBe("14:30:15");
  });

  test("what is no instant is refused", () => {
    expect(() => formatInstant("yesterday")).toThrow(RangeError);
  });
});

describe("the length of a body", () => {
  test("a body that fits is left alone", () => {
    expect(capBody("x".repeat(60_000), () => "cut")).toHaveLength(60_000);
  });

  test("a longer one is cut after a line, says so, and closes its fence", () => {
    const body = `intro\n\`\`\`\`sh\n${"git push\n".repeat(20_000)}`;
    const cut = capBody(body, () => "**Cut.**");
    expect(cut.length).toBeLessThanOrEqual(60_000);
    expect(cut.endsWith("git push\n````\n\n**Cut.**")).toBe(true);
  });

  test("one endless line is cut too, never inside a character", () => {
    const cut = capBody("🔥".repeat(100), () => "cut", 101);
    expect(cut.length).toBeLessThanOrEqual(101);
    expect(cut.isWellFormed()).toBe(true);
    expect(cut.endsWith("\n\ncut")).toBe(true);
  });
});
