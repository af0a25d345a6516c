import * as v from "valibot";
import { whole } from "./whole.ts";

/** A whole number from 1 to `limit`. */
export function positive(limit: number) {
  return v.pipe(whole, v.gtValue(0), v.maxValue(limit));
}
