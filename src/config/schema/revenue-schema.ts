import { currency, money } from "./money.ts";
import { z } from "./zod.ts";

export const revenueSchema = z.strictObject({
  perHour: money.optional().describe("Where neither the service nor the issue names a figure"),
  currency: currency.default("EUR").describe("ISO 4217 code of figures that name none"),
});
