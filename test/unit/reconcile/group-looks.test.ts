import { describe, expect, it } from "vitest";
import { GroupLooks } from "../../../src/reconcile/group-looks.ts";
import type { PassResult } from "../../../src/reconcile/worker.ts";

const SHA = "d".repeat(40);
const SEEN: PassResult = { wakeAt: null, fields: { outcome: "published" } };

describe("F1: a group that GitHub tells of and does not show", () => {
  it("is looked for again for ten minutes, ever more seldom, and then let go", () => {
    const looks = new GroupLooks();
    const pauses: number[] = [];
    let now = 0;
    let result = looks.resultOf(SHA, null, now);
    while (result.wakeAt !== null) {
      pauses.push(result.wakeAt - now);
      now = result.wakeAt;
      result = looks.resultOf(SHA, null, now);
    }
    expect(result.fields).toEqual({ outcome: "gone" });
    expect(pauses).toEqual(pauses.toSorted((one, other) => one - other));
    expect(pauses.length).toBeLessThan(10);
    expect(now).toBeGreaterThan(10 * 60_000);
    expect(now).toBeLessThan(15 * 60_000);
  });

  it("is forgotten when it shows", () => {
    const looks = new GroupLooks();
    const first = looks.resultOf(SHA, null, 0);
    looks.resultOf(SHA, null, 1000);
    expect(looks.resultOf(SHA, SEEN, 2000)).toBe(SEEN);
    expect(looks.resultOf(SHA, null, 0)).toEqual(first);
  });
});
