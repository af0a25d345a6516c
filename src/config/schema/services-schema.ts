import * as v from "valibot";
import { listOf } from "./list-of.ts";
import { byDefault } from "./by-default.ts";
import { globs } from "./glob.ts";
import { mapOf } from "./map-of.ts";
import { currency, money } from "./money.ts";
import { named } from "./named.ts";

const owner = v.pipe(
  v.string(),
  v.regex(
    /^@?[A-Za-z0-9][A-Za-z0-9-]{0,38}(?:\/[A-Za-z0-9._-]{1,100})?$/u,
    "must be a GitHub user or team, such as @alice or @acme/payments",
  ),
);

const serviceSchema = mapOf({
  paths: byDefault(globs, [], "Globs of the files that belong to the service"),
  owners: byDefault(listOf(owner, 20), [], "Users or teams asked to review its hotfixes"),
  revenuePerHour: v.optional(v.pipe(money, v.description("What the service sells in an hour"))),
  currency: v.optional(
    v.pipe(currency, v.description("ISO 4217 code of `revenuePerHour`; default: `revenue.currency`")),
  ),
});

export const servicesSchema = named(
  v.pipe(v.string(), v.regex(/^[a-z][a-z0-9-]{0,30}$/u, "must be a lower-case word")),
  serviceSchema,
);
