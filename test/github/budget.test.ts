import { describe, expect, it } from "vitest";
import { Budget } from "../../src/github/budget.ts";
import { Parked } from "../../src/github/parked.ts";
import { fc } from "../support/fast-check.ts";

const write = { surface: "rest", isForToken: false, isWrite: true, points: 5 } as const;
const read = { surface: "rest", isForToken: false, isWrite: false, points: 1 } as const;
const query = { surface: "graphql", isForToken: false, isWrite: false, points: 1 } as const;

function aBudget() {
  const clock = { now: 1_000_000 };
  return { clock, budget: new Budget(() => clock.now) };
}

function spend(budget: Budget, call: Parameters<Budget["spend"]>[0], urgent = true): Parked | null {
  try {
    budget.spend(call, urgent ? "urgent" : "normal");
    return null;
  } catch (error) {
    if (error instanceof Parked) return error;
    throw error;
  }
}

describe("the budget of an installation", () => {
  it("lets a burst of eighty writes through and parks the next until the first has left the minute for certain (F13)", () => {
    const { budget, clock } = aBudget();
    for (let i = 0; i < 80; i += 1) {
      expect(spend(budget, write)).toBeNull();
      clock.now += 10;
    }
    expect(spend(budget, write)?.until).toBe(1_000_000 + 61_000);
    clock.now = 1_000_000 + 61_000;
    expect(spend(budget, write)).toBeNull();
  });

  it("I11: lets five hundred writes through in an hour, and the next when the first is an hour old", () => {
    const { budget, clock } = aBudget();
    const begun = clock.now;
    let done = 0;
    for (let minute = 0; minute < 8; minute += 1) {
      for (let i = 0; i < 80; i += 1) if (spend(budget, write) === null) done += 1;
      clock.now += 61_000;
    }
    expect(done).toBe(500);
    expect(spend(budget, write)?.until).toBe(begun + 3_601_000);
  });

  it("keeps a fifth of the writes for urgent work, so that small incidents cannot hold up a critical one (S39)", () => {
    const { budget } = aBudget();
    for (let i = 0; i < 64; i += 1) expect(spend(budget, write, false)).toBeNull();
    expect(spend(budget, write, false)).toBeInstanceOf(Parked);
    expect(spend(budget, write, true)).toBeNull();
  });

  it("goes on reading while the writes are spent", () => {
    const { budget } = aBudget();
    for (let i = 0; i < 80; i += 1) spend(budget, write);
    expect(spend(budget, read)).toBeNull();
    expect(spend(budget, query)).toBeNull();
  });

  it("counts REST and GraphQL points apart", () => {
    const { budget } = aBudget();
    for (let i = 0; i < 900; i += 1) expect(spend(budget, read)).toBeNull();
    expect(spend(budget, read)).toBeInstanceOf(Parked);
    expect(spend(budget, query)).toBeNull();
  });

  it("I11: never lets more than 80 writes reach GitHub in any minute, whenever they come and however long they are under way", () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.integer({ min: 0, max: 20_000 }), fc.nat(1_000)), {
          minLength: 50,
          maxLength: 900,
        }),
        (calls) => {
          const { budget, clock } = aBudget();
          const done: number[] = [];
          for (const [gap, underWay] of calls) {
            clock.now += gap % 977 === 0 ? gap : gap % 40;
            const parked = spend(budget, write);
            if (parked !== null && gap % 2 === 0) clock.now = parked.until;
            if (parked === null || spend(budget, write) === null) done.push(clock.now + underWay);
          }
          const within = (length: number) =>
            Math.max(0, ...done.map((end) => done.filter((at) => at > end - length && at <= end).length));
          expect(within(60_000)).toBeLessThanOrEqual(80);
        },
      ),
      { numRuns: 30 },
    );
  });

  it("waits a minute where GitHub names no time, and longer each time after that (F13)", () => {
    const { budget, clock } = aBudget();
    expect(budget.pause(null, "both")).toBe(clock.now + 60_000);
    expect(spend(budget, read)?.until).toBe(clock.now + 60_000);
    expect(budget.pause(null, "both")).toBe(clock.now + 120_000);
    budget.relax();
    expect(budget.pause(null, "both")).toBe(clock.now + 60_000);
  });

  it("pauses only the surface whose allowance is used up", () => {
    const { budget, clock } = aBudget();
    budget.pause(clock.now + 5000, "graphql");
    expect(spend(budget, query)?.until).toBe(clock.now + 5000);
    expect(spend(budget, read)).toBeNull();
  });

  it("lets a hundred calls run at once and the next when one has ended", async () => {
    const { budget } = aBudget();
    const leaves = await Promise.all(Array.from({ length: 100 }, () => budget.enter()));
    let entered = false;
    const waiting = budget.enter().then((leave) => {
      entered = true;
      return leave;
    });
    await Promise.resolve();
    expect(entered).toBe(false);
    leaves[0]!();
    await waiting;
    expect(entered).toBe(true);
  });
});
