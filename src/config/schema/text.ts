import * as v from "valibot";

/** A text of 1 to `limit` characters. */
export function text(limit: number) {
  return v.pipe(
    v.string(),
    v.minLength(1, "must not be empty"),
    v.maxCodePoints(limit, `must have at most ${limit} characters`),
  );
}
