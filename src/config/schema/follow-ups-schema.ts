import { z } from "./zod.ts";

const days = z.number().int().positive().max(731);

export const followUpsSchema = z.strictObject({
  days: z
    .strictObject({
      sprint: days.default(14).describe("Days until an action item of this sprint is due"),
      next: days.default(28).describe("Days until an action item of the next sprint is due"),
      quarter: days.default(90).describe("Days until an action item of the quarter is due"),
    })
    .prefault({})
    .describe("When action items without a date of their own are due"),
});
