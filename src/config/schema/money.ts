import { z } from "./zod.ts";

export const money = z.number().nonnegative().max(1e12);

export const currency = z.string().regex(/^[A-Z]{3}$/u, { error: "must be an ISO 4217 code such as EUR" });
