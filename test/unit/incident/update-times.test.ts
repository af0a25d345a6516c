import { describe, expect, it } from "vitest";
import { onTimeOf, updateTimesOf } from "../../../src/incident/update-times.ts";

const at = (time: string): string => `2026-11-20T${time}:00Z`;
const due = ["14:36", "14:56", "15:16"].map(at);
const told = (...sent: readonly string[]) =>
  updateTimesOf(
    due,
    sent.map((time) => ({ at: at(time) })),
  ).map((each) => each.told);

describe("updates against the times at which they were due", () => {
  it.each([
    [[], ["not", "not", "not"]],
    [["14:33"], ["on time", "not", "not"]],
    [
      ["14:36", "14:56", "15:16"],
      ["on time", "on time", "on time"],
    ],
    // Late for the first; the second is still owed.
    [["14:37"], ["late", "not", "not"]],
    [
      ["14:37", "14:50"],
      ["late", "on time", "not"],
    ],
    [["15:00"], ["late", "late", "not"]],
    // Twice for one due time is no update for the next.
    [
      ["14:32", "14:33"],
      ["on time", "not", "not"],
    ],
    [
      ["14:32", "14:40"],
      ["on time", "on time", "not"],
    ],
    [["16:00"], ["late", "late", "late"]],
    // In whatever order they are told.
    [
      ["14:50", "14:33"],
      ["on time", "on time", "not"],
    ],
  ])("sent at %j: %j", (sent, expected) => {
    expect(told(...sent)).toEqual(expected);
  });

  it("count until the release, and not before there was one", () => {
    const times = updateTimesOf(due, [{ at: at("14:33") }, { at: at("15:01") }]);
    expect(onTimeOf(times, null)).toBeNull();
    expect(onTimeOf(times, at("14:35"))).toBeNull();
    expect(onTimeOf(times, at("14:56"))).toEqual({ met: 1, due: 2 });
  });
});
