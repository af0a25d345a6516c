import { describe, expect, it } from "vitest";
import { dayAfter, dueDayOf } from "../../../src/incident/due-day.ts";
import { said } from "../../../src/incident/say.ts";

/** A Friday. */
const WRITTEN = "2026-11-20T23:50:00Z";

describe("the day on which an action item is due", () => {
  it.each([
    ["2026-12-01", "2026-12-01"],
    ["today", "2026-11-20"],
    ["Tomorrow", "2026-11-21"],
    ["in 5 days", "2026-11-25"],
    ["in 1 day", "2026-11-21"],
    ["in  2 weeks", "2026-12-04"],
    ["in 3 months", "2027-02-20"],
    ["monday", "2026-11-23"],
    // Today is one: the next is meant.
    ["friday", "2026-11-27"],
    ["2028-02-29", "2028-02-29"],
  ])("%s is %s", (written, day) => {
    expect(dueDayOf(written, WRITTEN)).toEqual({ ok: true, day });
  });

  it.each([
    ["2026-02-30", "there is no day 2026-02-30"],
    ["2027-02-29", "there is no day 2027-02-29"],
    ["2026-13-01", "there is no day 2026-13-01"],
    ["2026-11-19", "2026-11-19 is over already"],
    ["2030-01-01", "2030-01-01 is more than two years away"],
    ["in 999 months", "is more than two years away"],
    ["next friday", "`next friday` can mean several days"],
    ["03/04/2027", "`03/04/2027` can mean several days"],
    ["soon", "`soon` is no day that the app understands; write the date, such as 2026-12-01"],
    ["in a week", "is no day that the app understands"],
  ])("%s is asked about", (written, why) => {
    const due = dueDayOf(written, WRITTEN);
    expect(due.ok ? due.day : said(due.why, "en")).toContain(why);
  });

  it("the last day of a shorter month stands for one that it has not", () => {
    expect(dueDayOf("in 3 months", "2026-11-30T08:00:00Z")).toEqual({ ok: true, day: "2027-02-28" });
  });

  it("by the horizon counts days from the day of the comment", () => {
    expect(dayAfter(WRITTEN, 14)).toBe("2026-12-04");
  });
});
