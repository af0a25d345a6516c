import * as v from "valibot";

const integer = v.integer<number, string>("must be a whole number");

/** A whole number. A fraction is as wrong as a text: no limit and no rule is asked of it. */
export const whole = v.pipe(v.number(), {
  ...integer,
  "~run"(dataset, config) {
    const checked = integer["~run"](dataset, config);
    return checked.issues === undefined ? checked : { ...checked, typed: false };
  },
} satisfies typeof integer);
