import { expect, it } from "vitest";
import { formatExactMoney, formatMoney } from "../../../src/documents/money.ts";
import { formatDuration } from "../../../src/documents/duration.ts";
import { parseForm } from "../../../src/incident/form.ts";
import { impactOf } from "../../../src/incident/impact.ts";
import type { IncidentTimes } from "../../../src/incident/facts/incident-times.ts";
import { statedIn } from "../../../src/incident/stated-facts.ts";
import { landed, shopConfig } from "../../support/state-builder.ts";

/** 14:30:15 to 14:42:00, and verified at 14:41:30, on the night that the product was made for. */
const times = {
  impactStarted: "2026-11-20T14:30:15Z",
  declared: "2026-11-20T14:31:00Z",
  released: "2026-11-20T14:40:00Z",
  recovered: "2026-11-20T14:42:00Z",
  verified: "2026-11-20T14:41:30Z",
} as IncidentTimes;

function impact(revenue: string, currency = "EUR") {
  const form = parseForm(`### Revenue per hour\n\n${revenue}\n\n### Currency\n\n${currency}\n`);
  return impactOf(shopConfig, landed().repository, form, null, { times, stated: statedIn([]) })!;
}

it("11 min 45 s at EUR 50,000 an hour is EUR 9,792, or EUR 9,791.67 before rounding", () => {
  const { window, loss, statedPer } = impact("50000");
  expect(statedPer).toBe("hour");
  expect(window).toMatchObject({ from: times.impactStarted, to: times.recovered, toIs: "recovery" });
  expect(formatDuration(window!.milliseconds)).toBe("11 min 45 s");
  expect(formatMoney(loss!, "EUR")).toBe("EUR 9,792");
  expect(formatExactMoney(loss!, "EUR")).toBe("EUR 9,791.67");
});

it("given as EUR 833 a minute it is EUR 9,788, because nothing is computed from what was rounded to be shown", () => {
  for (const text of ["833/min", "EUR 833 per minute", "833 a minute"]) {
    expect(formatMoney(impact(text).loss!, "EUR")).toBe("EUR 9,788");
    expect(impact(text)).toMatchObject({ perMinute: 833, statedPer: "minute" });
  }
  expect(formatMoney(impact("50000").perMinute, "EUR")).toBe("EUR 833");
});

it("a currency without minor units has no cents, one with three has three digits", () => {
  expect(formatExactMoney(impact("50000", "JPY").loss!, "JPY")).toBe("JPY 9,792");
  expect(formatExactMoney(impact("50000", "KWD").loss!, "KWD")).toBe("KWD 9,791.667");
});

it("the range is what people left open: it began between its start and the declaration, and ended between verified and recovered", () => {
  const { range, loss } = impact("50000");
  // 14:31:00 to 14:41:30 is 630 s.
  expect(range).toEqual({ low: (50_000 * 630) / 3_600, high: loss, because: ["start", "end"] });
});
