import { is } from "valibot";
import { describe, expect, it } from "vitest";
import { configOf, configSchema } from "../../../src/config/schema.ts";
import { readTime, understood } from "../../../src/incident/clock-time.ts";
import { said } from "../../../src/incident/say.ts";
import { momentsOf, wallTimeOf } from "../../../src/incident/zone.ts";
import { fc } from "../../support/fast-check.ts";

/** The instant, or why there is none. */
function when(text: string, at: string, zone = "UTC"): string {
  const read = readTime(text);
  if (!read.ok) return `unread: ${said(read.why, "en")}`;
  const answer = understood(read.time, at, zone);
  return answer.ok ? answer.at : `${said(answer.why, "en")}. ${said(answer.nextStep, "en")}`;
}

const NIGHT = "2026-11-20T14:45:30Z";

describe("a time that somebody wrote", () => {
  it.each([
    ["14:30", "UTC", "2026-11-20T14:30:00Z"],
    ["14:30:15", "UTC", "2026-11-20T14:30:15Z"],
    ["14.30", "UTC", "2026-11-20T14:30:00Z"],
    ["2:30 pm", "UTC", "2026-11-20T14:30:00Z"],
    ["2 pm", "UTC", "2026-11-20T14:00:00Z"],
    ["12 am", "UTC", "2026-11-20T00:00:00Z"],
    ["12:15 pm", "UTC", "2026-11-20T12:15:00Z"],
    ["15:30", "Europe/Berlin", "2026-11-20T14:30:00Z"],
    ["09:30", "America/New_York", "2026-11-20T14:30:00Z"],
    ["14:30 UTC", "Europe/Berlin", "2026-11-20T14:30:00Z"],
    ["14:30Z", "Europe/Berlin", "2026-11-20T14:30:00Z"],
    ["15:30 +01:00", "America/New_York", "2026-11-20T14:30:00Z"],
    ["2026-11-20T14:30:15Z", "Europe/Berlin", "2026-11-20T14:30:15Z"],
    ["2026-11-20 15:30", "Europe/Berlin", "2026-11-20T14:30:00Z"],
    ["2026-11-20T15:30:15.123+01:00", "UTC", "2026-11-20T14:30:15Z"],
    ["today 14:30", "UTC", "2026-11-20T14:30:00Z"],
    ["yesterday at 23:50", "UTC", "2026-11-19T23:50:00Z"],
    ["now", "UTC", NIGHT],
    ["7 minutes ago", "UTC", "2026-11-20T14:38:30Z"],
    ["90s ago", "UTC", "2026-11-20T14:44:00Z"],
    ["an hour ago", "UTC", "2026-11-20T13:45:30Z"],
    ["1 h 20 min ago", "UTC", "2026-11-20T13:25:30Z"],
    ["2 days ago", "UTC", "2026-11-18T14:45:30Z"],
    // Not over today: the newest one that is.
    ["23:50", "UTC", "2026-11-19T23:50:00Z"],
    ["15:30", "UTC", "2026-11-19T15:30:00Z"],
    ["00:30", "Asia/Tokyo", "2026-11-19T15:30:00Z"],
  ])("%s in %s is %s", (text, zone, expected) => {
    expect(when(text, NIGHT, zone)).toBe(expected);
  });

  it.each([
    "",
    "soon",
    "24:00",
    "14:60",
    "14:30:60",
    "13 pm",
    "0 am",
    "5",
    "2026-02-30 14:30",
    "2026-13-01 14:30",
    "14:30 +25:00",
    "0000-01-01 10:00",
    "-5 minutes ago",
    "14:30:15:20",
    "99999999999 minutes ago",
  ])("%j is none, and examples are given", (text) => {
    expect(when(text, NIGHT)).toMatch(/^unread: .* is no time; write one such as 14:30, /u);
  });

  it("in the future is refused with the comment's own time", () => {
    expect(when("2026-11-21 09:00", NIGHT)).toBe(
      "2026-11-21 09:00:00 UTC is in the future of the comment, which was written 2026-11-20 14:45:30 UTC. Write a time that is over",
    );
    expect(when("today 23:00", NIGHT)).toContain("is in the future of the comment");
  });

  it("a little ahead is asked about: somebody's clock is wrong, or yesterday is meant", () => {
    expect(when("14:50", NIGHT)).toBe(
      "14:50 is in the future of the comment, which was written 2026-11-20 14:45:30 UTC. Write it again when it is over, or `yesterday 14:50` if that is meant",
    );
    expect(when("yesterday 14:50", NIGHT)).toBe("2026-11-19T14:50:00Z");
  });
});

describe("when clocks are changed", () => {
  it.each([
    // Put forward: 02:00 to 03:00 is left out.
    ["02:30", "Europe/Berlin", "2026-03-29T08:00:00Z", "there was no 02:30 on 2026-03-29 in Europe/Berlin"],
    [
      "02:30",
      "America/New_York",
      "2026-03-08T12:00:00Z",
      "there was no 02:30 on 2026-03-08 in America/New_York",
    ],
    ["2026-03-29 02:30", "Europe/Berlin", "2026-03-29T08:00:00Z", "there was no 02:30 on 2026-03-29"],
    ["02:30 UTC", "Europe/Berlin", "2026-03-29T08:00:00Z", "2026-03-29T02:30:00Z"],
    ["01:59", "Europe/Berlin", "2026-03-29T08:00:00Z", "2026-03-29T00:59:00Z"],
    ["03:00", "Europe/Berlin", "2026-03-29T08:00:00Z", "2026-03-29T01:00:00Z"],
    // Half an hour before the change it is the one of yesterday that is meant.
    ["02:30", "Europe/Berlin", "2026-03-29T00:30:00Z", "2026-03-28T01:30:00Z"],
    // Put back: 02:00 to 03:00 is there twice.
    [
      "02:30",
      "Europe/Berlin",
      "2026-10-25T08:00:00Z",
      "it was 02:30 twice on 2026-10-25 in Europe/Berlin, because the clocks were put back: 2026-10-25 00:30:00 UTC or 2026-10-25 01:30:00 UTC. Write the one that is meant in UTC",
    ],
    [
      "01:30",
      "America/New_York",
      "2026-11-01T12:00:00Z",
      "it was 01:30 twice on 2026-11-01 in America/New_York",
    ],
    // Between the two only one of them has come.
    ["02:30", "Europe/Berlin", "2026-10-25T00:45:00Z", "2026-10-25T00:30:00Z"],
    ["01:30", "America/New_York", "2026-11-01T05:45:00Z", "2026-11-01T05:30:00Z"],
    ["00:30 UTC", "Europe/Berlin", "2026-10-25T08:00:00Z", "2026-10-25T00:30:00Z"],
    ["20 minutes ago", "Europe/Berlin", "2026-10-25T01:10:00Z", "2026-10-25T00:50:00Z"],
  ])("%s in %s, said %s: %s", (text, zone, at, expected) => {
    expect(when(text, at, zone)).toContain(expected);
  });

  it("the clocks of a zone show every moment once, but for that hour", () => {
    const zones = [
      "Europe/Berlin",
      "America/New_York",
      "Asia/Kolkata",
      "Australia/Lord_Howe",
      "Pacific/Apia",
    ];
    fc.assert(
      fc.property(
        fc.constantFrom(...zones),
        fc.integer({ min: Date.UTC(2005, 0, 1) / 1_000, max: Date.UTC(2035, 0, 1) / 1_000 }),
        (zone, second) => {
          const moment = second * 1_000;
          const moments = momentsOf(wallTimeOf(moment, zone), zone);
          expect(moments).toContain(moment);
          expect(moments.length).toBeLessThanOrEqual(2);
        },
      ),
      { numRuns: 300 },
    );
  });

  it("the configured zone is one that there is, by its name", () => {
    expect(configOf({ timezone: "Europe/Rome" }).timezone).toBe("Europe/Rome");
    for (const timezone of ["Mars/Olympus", "+01:00", "", "Europe", "../etc/passwd"]) {
      expect([timezone, is(configSchema, { timezone })]).toEqual([timezone, false]);
    }
  });
});

it("reading and understanding never throw, and what is understood is never after the comment", () => {
  const words = fc.constantFrom(
    ..."14:30 2:30 pm am UTC Z +01:00 today yesterday now ago 7 minutes h 2026-11-20 T - : . at start 99999 d".split(
      " ",
    ),
  );
  const text = fc.oneof(
    fc.string({ maxLength: 60 }),
    fc.array(words, { maxLength: 6 }).map((each) => each.join(" ")),
  );
  const zone = fc.constantFrom("UTC", "Europe/Berlin", "America/New_York");
  const date = fc.date({ min: new Date("2020-01-01"), max: new Date("2030-01-01"), noInvalidDate: true });
  fc.assert(
    fc.property(text, zone, date, (written, where, then) => {
      const at = `${then.toISOString().slice(0, 19)}Z`;
      const read = readTime(written);
      const answer = read.ok ? understood(read.time, at, where) : null;
      const instant = answer?.ok === true ? answer.at : at;
      expect(Date.parse(instant)).toBeLessThanOrEqual(Date.parse(at));
      expect(instant).toMatch(/^[\d:TZ-]{20}$/u);
    }),
    { numRuns: 2_000 },
  );
});
