import { byDefault } from "./by-default.ts";
import { mapOf } from "./map-of.ts";
import { positive } from "./positive.ts";

const days = positive(731);

const daysSchema = mapOf({
  sprint: byDefault(days, 14, "Days until an action item of this sprint is due"),
  next: byDefault(days, 28, "Days until an action item of the next sprint is due"),
  quarter: byDefault(days, 90, "Days until an action item of the quarter is due"),
});

export const followUpsSchema = mapOf({
  days: byDefault(daysSchema, {}, "When action items without a date of their own are due"),
});
