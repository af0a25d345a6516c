import * as v from "valibot";
import { byDefault } from "./by-default.ts";
import { mapOf } from "./map-of.ts";
import { minutes } from "./minutes.ts";
import { refine } from "./refine.ts";

export const targetsSchema = v.pipe(
  mapOf({
    excellent: byDefault(minutes, 15, "Minutes from declaration to resolution that are excellent"),
    good: byDefault(minutes, 20, "Minutes that are good"),
    minimum: byDefault(minutes, 30, "Minutes that are still enough"),
  }),
  refine(({ excellent, good, minimum }, refuse) => {
    if (excellent <= good && good <= minimum) return;
    refuse(["excellent"], "must not be above targets.good, nor that above targets.minimum");
  }),
);
