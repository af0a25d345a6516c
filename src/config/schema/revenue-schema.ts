import * as v from "valibot";
import { byDefault } from "./by-default.ts";
import { mapOf } from "./map-of.ts";
import { currency, money } from "./money.ts";

export const revenueSchema = mapOf({
  perHour: v.optional(v.pipe(money, v.description("Where neither the service nor the issue names a figure"))),
  currency: byDefault(currency, "EUR", "ISO 4217 code of figures that name none"),
});
