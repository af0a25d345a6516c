import * as v from "valibot";

export const money = v.pipe(v.number(), v.minValue(0), v.maxValue(1e12));

export const currency = v.pipe(v.string(), v.regex(/^[A-Z]{3}$/u, "must be an ISO 4217 code such as EUR"));
