import { describe, expect, it } from "vitest";
import type { IncidentTimes } from "../../../src/incident/facts/incident-times.ts";
import { parseForm } from "../../../src/incident/form.ts";
import { impactOf, impactWindowOf } from "../../../src/incident/impact.ts";
import { sharesIn } from "../../../src/incident/shares.ts";
import { type SaidShare, statedIn } from "../../../src/incident/stated-facts.ts";
import { at, released, shopConfig } from "../../support/state-builder.ts";
import { fc } from "../../support/fast-check.ts";

const said = { by: "leo", at: at("14:45"), url: "#" };
const share = (percent: number, from: string | null, range = 0): SaidShare => ({
  share: percent / 100,
  least: (percent - range) / 100,
  most: (percent + range) / 100,
  from: from === null ? null : at(from),
  said,
});
const hour = { from: at("14:00"), to: at("15:00") };

function times(over: Partial<IncidentTimes>): IncidentTimes {
  const none = { detected: null, released: null, tagged: null, recovered: null, verified: null };
  return { impactStarted: at("14:00"), declared: at("14:10"), ...none, ...over } as IncidentTimes;
}

function impact(over: Partial<IncidentTimes>, shares: readonly SaidShare[] = []) {
  const form = parseForm("### Revenue per hour\n\n60000\n");
  return impactOf(shopConfig, released().repository, form, null, {
    times: times(over),
    stated: { ...statedIn([]), shares },
  })!;
}

describe("the share", () => {
  it("is the whole where nobody said", () => {
    expect(sharesIn(hour, [])).toEqual([
      { ...hour, milliseconds: 3_600_000, share: 1, least: 1, most: 1, statedBy: null },
    ]);
  });

  it("holds until the next one begins, in the order of time and not of talking", () => {
    const pieces = sharesIn(hour, [share(100, null), share(50, "14:30"), share(70, "14:15")]);
    expect(pieces.map(({ from, to, share: part }) => [from, to, part])).toEqual([
      [at("14:00"), at("14:15"), 1],
      [at("14:15"), at("14:30"), 0.7],
      [at("14:30"), at("15:00"), 0.5],
    ]);
  });

  it("said again from the same time takes its place; before the window it counts from the window on, after it not at all", () => {
    expect(sharesIn(hour, [share(80, null), share(60, "13:00"), share(10, "15:00")])).toMatchObject([
      { ...hour, share: 0.6 },
    ]);
    expect(sharesIn(hour, [share(80, "14:30"), share(60, "14:30")])).toMatchObject([
      { share: 1 },
      { share: 0.6 },
    ]);
  });

  it("cuts the window without a gap and without an overlap", () => {
    const minute = fc.integer({ min: 0, max: 59 }).map((value) => `14:${String(value).padStart(2, "0")}`);
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.integer({ min: 1, max: 100 }), minute), { maxLength: 10 }), (list) => {
        const pieces = sharesIn(
          hour,
          list.map(([percent, from]) => share(percent, from)),
        );
        const total = pieces.reduce((sum, each) => sum + each.milliseconds, 0);
        const joins = pieces.slice(1).every((each, index) => each.from === pieces[index]!.to);
        expect([total, joins, pieces[0]!.from, pieces.at(-1)!.to]).toEqual([
          3_600_000,
          true,
          hour.from,
          hour.to,
        ]);
      }),
    );
  });
});

describe("the loss", () => {
  it("is the sum of the pieces", () => {
    const { loss, pieces } = impact({ recovered: at("15:00") }, [share(100, null), share(50, "14:30")]);
    expect(pieces.map((each) => each.loss)).toEqual([30_000, 15_000]);
    expect(loss).toBe(45_000);
  });

  it.each([
    ["nothing is open", { recovered: at("15:00"), declared: at("14:00") }, [], null],
    ["the start", { recovered: at("15:00") }, [], { low: 50_000, high: 60_000, because: ["start"] }],
    [
      "the start, by what was detected",
      { recovered: at("15:00"), detected: at("14:05") },
      [],
      { low: 55_000, high: 60_000, because: ["start"] },
    ],
    [
      "the end, verified later",
      { recovered: at("15:00"), verified: at("15:06"), declared: at("14:00") },
      [],
      { low: 60_000, high: 66_000, because: ["end"] },
    ],
    [
      "the end, verified before",
      { recovered: at("15:00"), verified: at("14:54"), declared: at("14:00") },
      [],
      { low: 54_000, high: 60_000, because: ["end"] },
    ],
    [
      "the share",
      { recovered: at("15:00"), declared: at("14:00") },
      [share(70, null, 10)],
      { low: 36_000, high: 48_000, because: ["share"] },
    ],
    [
      "nothing but the release is known of the end",
      { released: at("15:00"), declared: at("14:00") },
      [],
      null,
    ],
    ["it was declared when it was over", { recovered: at("15:00"), declared: at("15:30") }, [], null],
    ["nobody said when it started", { impactStarted: null, recovered: at("15:00") }, [], null],
  ] as const)("its range is what is open: %s", (_, over, shares, range) => {
    const { range: actual, loss } = impact(over, shares);
    const rounded = actual && { ...actual, low: Math.round(actual.low), high: Math.round(actual.high) };
    expect(rounded).toEqual(range);
    expect(actual?.low ?? loss!).toBeLessThanOrEqual(loss!);
    expect(actual?.high ?? loss!).toBeGreaterThanOrEqual(loss!);
  });

  it("the window ends with the recovery, else the verification, else the release, and says which", () => {
    const ends = { released: at("14:50"), verified: at("14:55"), recovered: at("15:00") };
    expect(impactWindowOf(times(ends))).toMatchObject({ to: at("15:00"), toIs: "recovery" });
    expect(impactWindowOf(times({ ...ends, recovered: null }))).toMatchObject({
      to: at("14:55"),
      toIs: "recovery",
    });
    expect(impactWindowOf(times({ released: at("14:50") }))).toMatchObject({
      to: at("14:50"),
      toIs: "release",
    });
    expect(impactWindowOf(times({}))).toBeNull();
    expect(impactWindowOf(times({ impactStarted: null, recovered: at("15:00") }))).toMatchObject({
      from: at("14:10"),
      fromIsDeclaration: true,
    });
  });
});
