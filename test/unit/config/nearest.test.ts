import { expect, it } from "vitest";
import { nearest } from "../../../src/config/nearest.ts";

const KEYS = ["paths", "owners", "revenuePerHour", "currency"];

it.each([
  ["path", "paths"],
  ["pahts", "paths"],
  ["Owner", "owners"],
  ["revenue", "revenuePerHour"],
  ["revenue_per_hour", "revenuePerHour"],
  ["curency", "currency"],
  ["x", null],
  ["completely-else", null],
  ["", null],
])("for %j it suggests %s", (word, candidate) => {
  expect(nearest(word, KEYS)).toBe(candidate);
});
