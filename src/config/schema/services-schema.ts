import { globs } from "./glob.ts";
import { currency, money } from "./money.ts";
import { withoutPrototype } from "./without-prototype.ts";
import { z } from "./zod.ts";

const owner = z.string().regex(/^@?[A-Za-z0-9][A-Za-z0-9-]{0,38}(?:\/[A-Za-z0-9._-]{1,100})?$/u, {
  error: "must be a GitHub user or team, such as @alice or @acme/payments",
});

const serviceSchema = z.strictObject({
  paths: globs.default([]).describe("Globs of the files that belong to the service"),
  owners: z.array(owner).max(20).default([]).describe("Users or teams asked to review its hotfixes"),
  revenuePerHour: money.optional().describe("What the service sells in an hour"),
  currency: currency.optional().describe("ISO 4217 code of `revenuePerHour`; default: `revenue.currency`"),
});

export const servicesSchema = z
  .record(z.string().regex(/^[a-z][a-z0-9-]{0,30}$/u, { error: "must be a lower-case word" }), serviceSchema)
  .transform(withoutPrototype);
