import { minutes } from "./minutes.ts";
import { z } from "./zod.ts";

export const targetsSchema = z
  .strictObject({
    excellent: minutes.default(15).describe("Minutes from declaration to resolution that are excellent"),
    good: minutes.default(20).describe("Minutes that are good"),
    minimum: minutes.default(30).describe("Minutes that are still enough"),
  })
  .refine(({ excellent, good, minimum }) => excellent <= good && good <= minimum, {
    path: ["excellent"],
    error: "must not be above targets.good, nor that above targets.minimum",
  });
