import { describe, expect, it } from "vitest";
import { retryDelay } from "../../../src/reconcile/retry-delay.ts";

describe("the pause before the next try", () => {
  it("doubles from one second to five minutes at most", () => {
    const longest = Array.from({ length: 12 }, (_, index) => retryDelay(index + 1, () => 1));
    expect(longest).toEqual([
      1000, 2000, 4000, 8000, 16_000, 32_000, 64_000, 128_000, 256_000, 300_000, 300_000, 300_000,
    ]);
  });

  it("is anywhere below that, so that what failed together does not come back together", () => {
    expect(retryDelay(5, () => 0.25)).toBe(4000);
    expect(retryDelay(5, () => 0.5)).toBe(8000);
  });

  it("F1: leaves GitHub a moment to show what was just written", () => {
    expect(retryDelay(1, () => 0)).toBe(200);
  });

  it("stays a number after very many tries", () => {
    expect(retryDelay(5000, () => 1)).toBe(300_000);
  });
});
